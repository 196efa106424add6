package dev.thalweg.tests.law;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Label;
import net.jqwik.api.Reporter;
import net.jqwik.api.Example;

/// The oracles of the law against each other, without the engine.
@Label("The oracles of the law")
final class OracleProperties {
    private static final int PLANS = 700;
    private static final int DATA_SETS = 3;

    @Example
    @Label("agree: the interpreter and DuckDB, on every case that DuckDB can answer, and those are most")
    void agree(Reporter reporter) {
        Distribution distribution = new Distribution(Part.ALL);
        int answered = 0;
        try (DuckDb duck = new DuckDb()) {
            for (long seed = 0; seed < PLANS; seed++) {
                QueryGenerator.Plan plan = QueryGenerator.draw(seed);
                for (int i = 0; i < DATA_SETS; i++) {
                    QueryCase query = DataGenerator.draw(plan, seed, i);
                    distribution.add(query,
                            Interpreter.after(query, query.triggers().size() - 1, LatenessModel.of(query)).late());
                    if (DuckSql.reaches(query)) {
                        answered++;
                        String difference = RowBag.difference(duck.batch(query), Interpreter.batch(query));
                        assertThat(difference)
                                .as("interpreter against DuckDB, seed %d/%d:%n%s", seed, i, DuckSql.of(query.query()))
                                .isEmpty();
                    }
                }
            }
        }
        reporter.publishValue("distribution", distribution.toString());
        reporter.publishValue("answered by DuckDB", answered + " of " + PLANS * DATA_SETS);
        assertThat(answered).isGreaterThanOrEqualTo(PLANS * DATA_SETS * 8 / 10);
        assertThat(distribution.rare()).as("drawn in fewer than one case in two hundred:%n%s", distribution).isEmpty();
    }
}
