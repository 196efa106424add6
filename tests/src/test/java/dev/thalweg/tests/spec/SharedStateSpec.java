package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Aggregates of the same values")
final class SharedStateSpec {
    private static final String MEASURES = "CREATE STREAM m (k STRING, v BIGINT, d DOUBLE) USING memory";

    @Test
    @DisplayName("each give their own result of what they keep together")
    void share() {
        try (Scenario scenario = given(MEASURES).query(OutputMode.Update(),
                """
                        SELECT k, sum(v), avg(v), avg(d), sum(d), var_pop(d), stddev_pop(d), round(corr(v, d), 6), regr_count(v, d)
                        FROM STREAM m GROUP BY k""")) {
            scenario.trigger("a, 1, 1.0", "a, 5, 3.0").emits("a, 6, 3.0, 2.0, 4.0, 1.0, 1.0, 1.0, 2")
                    .trigger("a, NULL, NULL", "b, 2, NULL")
                    .emits("b, 2, 2.0, NULL, NULL, NULL, NULL, NULL, 0");
        }
    }

    @Test
    @DisplayName("keep what is theirs where a filter, DISTINCT or the values differ")
    void keepApart() {
        try (Scenario scenario = given(MEASURES).query(OutputMode.Update(), """
                SELECT sum(v), avg(v) FILTER (WHERE v > 1), avg(DISTINCT v), avg(v + 1), try_sum(v) FILTER (WHERE v > 1)
                FROM STREAM m""")) {
            scenario.trigger("a, 1, 0.0", "a, 1, 0.0", "a, 4, 0.0").emits("6, 4.0, 2.5, 3.0, 4").trigger("a, 8, 0.0")
                    .emits("14, 6.0, 4.333333333333333, 4.5, 12");
        }
    }

    @Test
    @DisplayName("take back together what changes below")
    void takeBack() {
        try (Scenario scenario = given(MEASURES).query(OutputMode.Complete(), """
                SELECT sum(total), avg(total), count(*) FILTER (WHERE total > 4), count(total) FILTER (WHERE total > 4)
                FROM (SELECT k, sum(v) AS total FROM STREAM m GROUP BY k)""")) {
            scenario.trigger("a, 1, 0.0", "b, 5, 0.0", "c, NULL, 0.0").emits("6, 3.0, 1, 1")
                    .trigger("b, -2, 0.0", "a, 9, 0.0")
                    .emits("13, 6.5, 1, 1");
        }
    }
}
