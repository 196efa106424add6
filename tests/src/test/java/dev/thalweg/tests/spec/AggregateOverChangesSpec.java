package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An aggregate over rows that change")
final class AggregateOverChangesSpec {
    private static Scenario votes(OutputMode mode, String calls) {
        return given("CREATE STREAM votes (name STRING, n INT) USING memory").query(mode,
                "SELECT " + calls + " FROM (SELECT name, sum(n) AS total FROM STREAM votes GROUP BY name)");
    }

    @Test
    @DisplayName("keeps percentiles and the mode of what is there now")
    void percentiles() {
        try (Scenario scenario = votes(OutputMode.Complete(), """
                median(total), percentile_disc(0.5) WITHIN GROUP (ORDER BY total DESC), percentile_approx(total, 0.0),
                mode(total)""")) {
            scenario.trigger("a, 1", "b, 5", "c, 5").emits("5.0, 5.0, 1, 5").trigger("b, 5", "c, 1")
                    .emits("6.0, 6.0, 1, 1").trigger("a, 20").emits("10.0, 10.0, 6, 6");
        }
    }

    @Test
    @DisplayName("names the row beside the extreme, which another takes over when it falls back")
    void extremes() {
        try (Scenario scenario = votes(OutputMode.Update(), "max_by(name, total), min_by(name, total), max(total)")) {
            scenario.trigger("a, 1", "b, 5").emits("b, a, 5").trigger("b, -5").emits("a, b, 1").trigger("b, 9", "a, 1")
                    .emits("b, a, 9");
        }
    }

    @Test
    @DisplayName("names the best two, and hands states of frequent items on")
    void bestTwo() {
        try (Scenario scenario = votes(OutputMode.Update(), """
                max_by(name, total, 2), min_by(total, total, 2),
                approx_top_k_estimate(approx_top_k_accumulate(total, 10), 1)""")) {
            scenario.trigger("a, 1", "b, 5").emits("[b, a], [1, 5], [[1,1]]").trigger("c, 5", "a, 1")
                    .emits("[c, b], [2, 5], [[5,2]]").trigger("b, -5").emits("[c, a], [0, 2], [[0,1]]");
        }
    }

    @Test
    @DisplayName("takes moments, pairs and bits back without a trace")
    void moments() {
        try (Scenario scenario = votes(OutputMode.Complete(), """
                covar_pop(total, total), regr_count(total, total), bit_or(total), bit_and(total), bit_xor(total),
                round(skewness(total), 6), product(total)""")) {
            scenario.trigger("a, 1", "b, 5").emits("4.0, 2, 5, 1, 4, 0.0, 5.0").trigger("b, -4")
                    .emits("0.0, 2, 1, 1, 0, NULL, 1.0").trigger("c, 4").emits("2.0, 3, 5, 0, 4, 0.707107, 4.0");
        }
    }

    @Test
    @DisplayName("lists values in their order, and changes the list where a value changes")
    void lists() {
        try (Scenario scenario = votes(OutputMode.Changelog(), """
                listagg(name, '|') WITHIN GROUP (ORDER BY total DESC), array_agg(total ORDER BY total)""")) {
            scenario.trigger("a, 1", "b, 5").emits("b|a, [1, 5], +I").trigger("a, 9")
                    .emits("b|a, [1, 5], -U", "a|b, [5, 10], +U");
        }
    }

    @Test
    @DisplayName("is an input of yet another one")
    void threeLevels() {
        try (Scenario scenario = given("CREATE STREAM votes (name STRING, n INT) USING memory").query(
                OutputMode.Update(), """
                        SELECT parity, median(m), first(m) FROM (
                          SELECT total % 2 AS parity, max(total) AS m FROM (
                            SELECT name, sum(n) AS total FROM STREAM votes GROUP BY name) GROUP BY total % 2)
                        GROUP BY parity""")) {
            scenario.trigger("a, 1", "b, 5", "c, 2").emits("1, 5.0, 5", "0, 2.0, 2").trigger("b, 1")
                    .emits("1, 1.0, 1", "0, 6.0, 6");
        }
    }

    @Test
    @DisplayName("keeps numbers beside keys, and bits")
    void tuplesAndBits() {
        String calls = """
                tuple_sketch_summary_integer(tuple_sketch_agg_integer(name, CAST(%1$s AS INT), 12, 'max')),
                tuple_sketch_estimate_double(tuple_sketch_agg_double(%1$s, 1.0D)),
                bitmap_count(bitmap_construct_agg(%1$s))""";
        try (Scenario scenario = votes(OutputMode.Complete(), calls.formatted("total"))) {
            scenario.trigger("a, 1", "b, 5", "c, 5").emits("11, 2.0, 2").trigger("c, 1").emits("12, 3.0, 3")
                    .trigger("c, -5", "d, NULL").emits("7, 2.0, 2");
        }
        try (Scenario scenario = given("CREATE STREAM votes (name STRING, n INT) USING memory").query(
                OutputMode.Update(), "SELECT " + calls.formatted("n") + " FROM STREAM votes")) {
            scenario.trigger("a, 1", "b, 5", "a, 7").emits("12, 3.0, 3").trigger("b, 9", "NULL, 2", "c, NULL")
                    .emits("16, 5.0, 5");
        }
    }

    @Test
    @DisplayName("puts sketches together that windows have made")
    void tupleSketchesTogether() {
        try (Scenario scenario = given("CREATE STREAM votes (name STRING, n INT) USING memory").query(
                OutputMode.Update(), """
                        SELECT tuple_sketch_summary_integer(tuple_union_agg_integer(s)),
                          tuple_sketch_summary_integer(tuple_intersection_agg_integer(s)) FROM (
                          SELECT name, tuple_sketch_agg_integer(n, 1) AS s FROM STREAM votes GROUP BY name)""")) {
            scenario.trigger("a, 1", "a, 2", "b, 2").emits("3, 2").trigger("b, 1", "c, 1").emits("5, 3");
        }
    }

    @Test
    @DisplayName("estimates as it would over rows that stay")
    void sketches() {
        try (Scenario scenario = votes(OutputMode.Complete(), """
                approx_count_distinct(total), hll_sketch_estimate(hll_sketch_agg(total)), approx_top_k(total, 1)""")) {
            scenario.trigger("a, 1", "b, 5", "c, 5").emits("2, 2, [[5,2]]").trigger("c, 1").emits("3, 3, [[1,1]]")
                    .trigger("c, -5").emits("2, 2, [[1,2]]");
        }
    }
}
