package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A tumbling window in update mode")
final class UpdateWindowSpec {
    private final Scenario scenario = given(
            """
                    CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""")
            .query(OutputMode.Update(), """
                    SELECT window.end, count(*) FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE)""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("is emitted whenever it changes, and only then")
    void isEmittedWhenItChanges() {
        scenario.trigger("a, 12:00:05", "b, 12:01:40").emits("12:01, 1", "12:02, 1")
                .trigger("a, 12:01:10").emits("12:02, 2")
                .trigger("b, 12:00:59").emitsNothing().drops(1);
    }

    @Test
    @DisplayName("is freed when the watermark reaches its end")
    void isFreed() {
        scenario.trigger("a, 12:00:05", "b, 12:00:40").holds(1).trigger("a, 12:05:00").holds(1);
    }
}
