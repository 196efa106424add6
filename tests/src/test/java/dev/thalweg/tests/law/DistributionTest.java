package dev.thalweg.tests.law;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the law draws")
final class DistributionTest {
    private static final int PLANS = 4_000;

    @Test
    @DisplayName("has everything, and what DuckDB answers, so often that a thousand cases have enough of it")
    void isWide() {
        Distribution distribution = new Distribution(Part.ALL);
        int answered = 0;
        for (long seed = 0; seed < PLANS; seed++) {
            QueryCase query = DataGenerator.draw(QueryGenerator.draw(seed), seed, 0);
            distribution.add(query,
                    Interpreter.after(query, query.triggers().size() - 1, LatenessModel.of(query)).late());
            answered += DuckSql.reaches(query) ? 1 : 0;
        }
        assertThat(distribution.rarerThan(Distribution.LEAST_OF_PLANS))
                .as("drawn too seldom:%n%s", distribution).isEmpty();
        assertThat(answered).isGreaterThanOrEqualTo(PLANS * 88 / 100);
    }
}
