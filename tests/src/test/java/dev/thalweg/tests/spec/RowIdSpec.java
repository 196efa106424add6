package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("monotonically_increasing_id over a stream")
final class RowIdSpec {
    private static final String STREAM = "CREATE STREAM t (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts) USING memory";

    @Test
    @DisplayName("is the trigger's number and, in the lower 33 bits, that of the row, so it goes on after a restart")
    void triggerAndRow() {
        try (Scenario numbered = given(STREAM).query(OutputMode.Append(),
                "SELECT k, shiftright(id, 33) AS upper FROM (SELECT k, monotonically_increasing_id() AS id FROM STREAM t)")) {
            numbered.trigger("a, 12:00", "b, 12:00").emits("a, 0", "b, 0").trigger("c, 12:00").emits("c, 1").restart()
                    .trigger("d, 12:01").emits("d, 2");
        }
    }

    @Test
    @DisplayName("is another number in each row of a query, and a higher one in a later trigger")
    void noneTwice() {
        try (Scenario ids = given(STREAM).query(OutputMode.Complete(),
                """
                        SELECT count(*) AS n, count(DISTINCT id) AS ids, max(id) FILTER (WHERE k = 'a') < min(id) FILTER (WHERE k = 'b') AS later
                        FROM (SELECT k, monotonically_increasing_id() AS id FROM STREAM t)""")) {
            ids.trigger("a, 12:00", "a, 12:00", "a, 12:01").emits("3, 3, NULL")
                    .trigger("b, 12:00", "b, 12:02", "b, 12:02").emits("6, 6, true");
        }
    }

    @Test
    @DisplayName("numbers groups that are final, too")
    void groups() {
        try (Scenario ids = given(STREAM).query(OutputMode.Append(),
                """
                        SELECT g.window.start AS starts, count(DISTINCT id) AS ids FROM (
                          SELECT window, k, monotonically_increasing_id() AS id FROM STREAM t GROUP BY window(ts, '1 minute'), k) g
                        GROUP BY g.window""")) {
            ids.trigger("a, 12:00", "b, 12:00", "c, 12:00", "a, 12:00:30").emitsNothing()
                    .trigger("z, 12:10").emits("12:00, 3");
        }
    }

    @Test
    @DisplayName("is another number in each mention of a stream")
    void mentions() {
        try (Scenario ids = given(STREAM).query(OutputMode.Complete(), """
                SELECT count(*) AS n, count(DISTINCT id) AS ids FROM (
                  SELECT monotonically_increasing_id() AS id FROM STREAM t
                  UNION ALL SELECT monotonically_increasing_id() AS id FROM STREAM t)""")) {
            ids.trigger("a, 12:00", "b, 12:00").emits("4, 4").trigger("c, 12:00").emits("6, 6");
        }
    }
}
