package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
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
}
