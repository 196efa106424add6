package dev.thalweg.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Expressions, as Spark 4.2 answers them")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SparkExpressionsSpec {
    private static final Pattern DOUBLE = Pattern.compile("DOUBLE\t(-?[0-9.E+-]+)");
    private static final int KNOWN_MAX = 121;

    private final Set<String> known = KnownDifferences.expressions();
    private final OurAnswer ours = new OurAnswer();
    private final OurAggregate ourAggregates = new OurAggregate();

    @AfterAll
    void leavesNoMemoryBehind() {
        ours.close();
        ourAggregates.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"strings", "encodings", "math", "datetime", "conditions", "collections", "json", "casts",
            "operators"})
    void answersAsSpark(String file) {
        compare(file, spark -> ours.to(spark.expression(), spark.zone()), String::equals);
    }

    @Test
    @DisplayName("aggregates")
    void aggregatesAsSpark() {
        compare("aggregates", ourAggregates::to, SparkExpressionsSpec::isNearlySame);
    }

    private void compare(String file, Function<RecordedAnswer, String> answers,
            BiPredicate<String, String> sameness) {
        List<String> differences = new ArrayList<>();
        for (RecordedAnswer spark : RecordedAnswer.read(file)) {
            String answer = answers.apply(spark);
            boolean same = spark.isError() ? answer.startsWith("ERROR\t") : sameness.test(answer, spark.answer());
            if (!same && !known.contains(spark.expression())) {
                differences.add(spark.expression() + spark.from() + "\n    Spark " + spark.answer() + "\n    ours  "
                        + answer);
            }
        }
        assertThat(differences).as("differences from Spark in %s.tsv", file).isEmpty();
    }

    /// The same, or DOUBLEs that differ in their last digits: Spark adds up in another order.
    private static boolean isNearlySame(String ours, String spark) {
        Matcher one = DOUBLE.matcher(ours);
        Matcher other = DOUBLE.matcher(spark);
        if (!one.matches() || !other.matches()) {
            return ours.equals(spark);
        }
        double left = Double.parseDouble(one.group(1));
        double right = Double.parseDouble(other.group(1));
        return Double.compare(left, right) == 0 || (Math.abs(left - right) <= 4 * Math.ulp(right) && left * right > 0);
    }

    @Test
    @DisplayName("of which known differences only become fewer")
    void knownDifferencesShrink() {
        assertThat(known).hasSizeLessThanOrEqualTo(KNOWN_MAX);
    }
}
