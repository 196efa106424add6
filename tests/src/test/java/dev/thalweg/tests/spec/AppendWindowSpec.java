package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A tumbling window in append mode")
final class AppendWindowSpec {
    private final Scenario scenario = given(
            """
                    CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""")
            .query(OutputMode.Append(), """
                    SELECT window.end, count(*) FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE)""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("is emitted once, by the trigger that moves the watermark to its end, and never again")
    void isEmittedOnceTheWatermarkPasses() {
        scenario.trigger("a, 12:00:05", "b, 12:00:40").emitsNothing().holds(1)
                .trigger("a, 12:01:10").emits("12:01, 2").holds(1) // the watermark is now 12:01:00
                .restart()
                .trigger("b, 12:00:59").emitsNothing().drops(1);
    }

    @Test
    @DisplayName("has no place for a row without a time")
    void ignoresRowsWithoutATime() {
        scenario.trigger("a, NULL", "a, 12:00:05").trigger("a, 12:02:00").emits("12:01, 1").drops(0);
    }

    @Test
    @DisplayName("stays open while the watermark is a moment short of its end")
    void staysOpenUntilTheEndIsReached() {
        scenario.trigger("a, 12:00:05").trigger("a, 12:01:09.999999").emitsNothing().trigger("b, 12:00:00").drops(0)
                .trigger("a, 12:01:10").emits("12:01, 2");
    }

    @Test
    @DisplayName("is known for one beside a key too large to be computed twice")
    void largeKey() {
        String large = "length(concat(" + "k, ".repeat(70) + "''))";
        try (Scenario beside = given("""
                CREATE STREAM s (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""")
                .query(OutputMode.Append(), "SELECT date_format(window.end, 'HH:mm') AS minute, " + large
                        + " AS size, count(*) AS n FROM STREAM s GROUP BY window(ts, INTERVAL '1' MINUTE), " + large)) {
            beside.trigger("a, 12:00:05").emitsNothing().trigger("a, 12:02:00").emits("12:01, 70, 1").holds(1);
        }
    }
}
