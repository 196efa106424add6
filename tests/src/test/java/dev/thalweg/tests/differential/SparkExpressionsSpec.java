package dev.thalweg.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Expressions, as Spark 4.2 answers them")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SparkExpressionsSpec {
    private static final int KNOWN_MAX = 93;

    private final Set<String> known = KnownDifferences.expressions();
    private final OurAnswer ours = new OurAnswer();

    @AfterAll
    void leavesNoMemoryBehind() {
        ours.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"strings", "encodings", "math", "datetime", "conditions", "collections", "json", "casts",
            "operators"})
    void answersAsSpark(String file) {
        List<String> differences = new ArrayList<>();
        for (RecordedAnswer spark : RecordedAnswer.read(file)) {
            String answer = ours.to(spark.expression(), spark.zone());
            boolean same = spark.isError() ? answer.startsWith("ERROR\t") : answer.equals(spark.answer());
            if (!same && !known.contains(spark.expression())) {
                differences.add(spark.expression() + "\n    Spark " + spark.answer() + "\n    ours  " + answer);
            }
        }
        assertThat(differences).as("differences from Spark in %s.tsv", file).isEmpty();
    }

    @Test
    @DisplayName("of which known differences only become fewer")
    void knownDifferencesShrink() {
        assertThat(known).hasSizeLessThanOrEqualTo(KNOWN_MAX);
    }
}
