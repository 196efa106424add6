package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Sliding windows")
final class SlidingWindowSpec {
    private final Scenario scenario = given(
            """
                    CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""")
            .query(OutputMode.Append(),
                    """
                            SELECT window.start, window.end, count(*) FROM STREAM clicks GROUP BY window(ts, INTERVAL '20' SECOND, INTERVAL '10' SECOND)""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("each count a row that is in them")
    void countARowInEach() {
        scenario.trigger("a, 12:00:05", "b, 12:00:15").emitsNothing().holds(3)
                .trigger("c, 12:00:40").emits("11:59:50, 12:00:10, 1", "12:00, 12:00:20, 2", "12:00:10, 12:00:30, 1");
    }

    @Test
    @DisplayName("that are open count a row that others refuse, and it is late once")
    void openOnesCountARowThatOthersRefuse() {
        scenario.trigger("a, 12:00:40").trigger("b, 12:00:25", "c, 12:00:05").drops(2)
                .trigger("d, 12:01:30").emits("12:00:20, 12:00:40, 1", "12:00:30, 12:00:50, 1", "12:00:40, 12:01, 1");
    }

    @Nested
    @DisplayName("by key, of a size that is no multiple of their slide")
    final class ByKey {
        private final Scenario byKey = given(
                """
                        CREATE STREAM clicks (id BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""")
                .query(OutputMode.Update(), """
                        SELECT window.start, id, count(*), max(ts) FROM STREAM clicks
                        GROUP BY id, window(ts, INTERVAL '25' SECOND, INTERVAL '10' SECOND)""");

        @AfterEach
        void close() {
            byKey.close();
        }

        @Test
        @DisplayName("have three or two rows for one, also for a key that is NULL or as small as can be")
        void dependOnTheTimeInTheSlide() {
            byKey.trigger("NULL, 12:00:04", "NULL, 12:00:06", "-9223372036854775808, 12:00:06").emits(
                    "11:59:40, NULL, 1, 12:00:04", "11:59:50, NULL, 2, 12:00:06", "12:00, NULL, 2, 12:00:06",
                    "11:59:50, -9223372036854775808, 1, 12:00:06", "12:00, -9223372036854775808, 1, 12:00:06");
        }

        @Test
        @DisplayName("take a row that is late for some of them into the others")
        void takeALateRow() {
            byKey.trigger("1, 12:00:40").emits("12:00:20, 1, 1, 12:00:40", "12:00:30, 1, 1, 12:00:40",
                    "12:00:40, 1, 1, 12:00:40")
                    .trigger("1, 12:00:12", "1, 12:00:02").drops(2).emits("12:00:10, 1, 1, 12:00:12");
        }
    }

    @Nested
    @DisplayName("whose start is computed with")
    final class Computed {
        private final Scenario hours = given("CREATE STREAM clicks (url STRING, ts TIMESTAMP) USING memory")
                .query(OutputMode.Update(), """
                        SELECT hour(w.start), count(*) FROM
                        (SELECT window(ts, INTERVAL '1' HOUR, INTERVAL '30' MINUTE) AS w FROM STREAM clicks)
                        WHERE minute(w.start) = 30 GROUP BY hour(w.start)""");

        @AfterEach
        void close() {
            hours.close();
        }

        @Test
        @DisplayName("are told apart by what is computed")
        void areToldApart() {
            hours.trigger("a, 12:05", "b, 12:40", "c, 13:10").emits("11, 1", "12, 2");
        }
    }
}
