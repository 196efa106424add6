package dev.thalweg.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("Expressions, as Spark 4.2 answers them")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SparkExpressionsSpec {
    private static final Pattern DOUBLE = Pattern.compile("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?");
    private static final String ERROR = "ERROR\t";
    private static final List<String> FILES = List.of("strings", "encodings", "math", "datetime", "time", "conditions",
            "collections", "lambdas", "json", "csv", "more", "variant", "casts", "operators", "aggregates",
            "sketches", "windows");
    private static final int KNOWN_MAX = 83;

    private final Set<String> known = KnownDifferences.expressions();
    private final OurAnswer ours = new OurAnswer();
    private final OurAggregate ourAggregates = new OurAggregate();
    /// By file, what each expression that we answer otherwise is answered.
    private final Map<String, Map<String, String>> differences = new HashMap<>();

    @AfterAll
    void leavesNoMemoryBehind() {
        ours.close();
        ourAggregates.close();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("FILES")
    void answersAsSpark(String file) {
        Map<String, String> unknown = new TreeMap<>(differences(file));
        unknown.keySet().removeAll(known);
        assertThat(unknown.values()).as("differences from Spark in %s.tsv", file).isEmpty();
    }

    private Map<String, String> differences(String file) {
        return differences.computeIfAbsent(file, _ -> {
            Map<String, String> found = new TreeMap<>();
            for (RecordedAnswer spark : RecordedAnswer.read(file)) {
                boolean isAggregate = !spark.from().isEmpty();
                String answer = isAggregate ? ourAggregates.to(spark) : ours.to(spark.expression(), spark.zone());
                if (!(spark.isError() ? isSameError(answer, spark) : isSame(answer, spark, isAggregate))) {
                    found.put(spark.expression(), spark.expression() + spark.from() + "\n    Spark " + spark.answer()
                            + "\n    ours  " + answer);
                }
            }
            return found;
        });
    }

    private static boolean isSame(String ours, RecordedAnswer spark, boolean isAggregate) {
        boolean isExact = !isAggregate || spark.type().contains("DECIMAL");
        return isExact ? ours.equals(spark.answer()) : isNearlySame(ours, spark.answer());
    }

    /// An error that is found at the same time: a function that we lack is none of Spark's errors, unless it lacks it, too.
    private static boolean isSameError(String ours, RecordedAnswer spark) {
        if (!ours.startsWith(ERROR)) {
            return false;
        }
        ErrorKind kind = ErrorKind.ofOurs(ours.substring(ERROR.length()));
        return kind == ErrorKind.ofSpark(spark.value())
                || (kind == ErrorKind.MISSING && spark.value().equals("UNRESOLVED_ROUTINE"));
    }

    /// The same, or DOUBLEs that differ in their last digits: Spark adds up in another order, and so do two tasks of ours from one run
    /// to the next, which a third moment shows most.
    private static boolean isNearlySame(String ours, String spark) {
        List<String> one = DOUBLE.matcher(ours).results().map(MatchResult::group).toList();
        List<String> other = DOUBLE.matcher(spark).results().map(MatchResult::group).toList();
        return DOUBLE.matcher(ours).replaceAll("x").equals(DOUBLE.matcher(spark).replaceAll("x"))
                && one.size() == other.size()
                && IntStream.range(0, one.size()).allMatch(i -> isNear(one.get(i), other.get(i)));
    }

    private static boolean isNear(String ours, String spark) {
        double left = Double.parseDouble(ours);
        double right = Double.parseDouble(spark);
        return Double.compare(left, right) == 0 || (Math.abs(left - right) <= 64 * Math.ulp(right) && left * right > 0);
    }

    @Test
    @DisplayName("of which known differences only become fewer")
    void knownDifferencesShrink() {
        assertThat(known).hasSizeLessThanOrEqualTo(KNOWN_MAX);
    }

    @Test
    @DisplayName("and each known difference is one still")
    void knownDifferencesDiffer() {
        Set<String> mended = new TreeSet<>(known);
        FILES.forEach(file -> mended.removeAll(differences(file).keySet()));
        assertThat(mended).as("answered as Spark does, or asked no more: take them off the list").isEmpty();
    }
}
