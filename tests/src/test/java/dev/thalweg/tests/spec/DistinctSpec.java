package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DISTINCT")
final class DistinctSpec {
    private final Scenario scenario = given(
            """
                    CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""")
            .query(OutputMode.Append(), """
                    SELECT DISTINCT url, ts FROM STREAM clicks""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("lets a row through once, in whichever trigger it comes again")
    void letsARowThroughOnce() {
        scenario.trigger("a, 12:00:05", "a, 12:00:05", "b, 12:00:05").emits("a, 12:00:05", "b, 12:00:05")
                .trigger("a, 12:00:05", "NULL, 12:00:06", "NULL, 12:00:06").emits("NULL, 12:00:06");
    }

    @Test
    @DisplayName("forgets a row when the watermark reaches its time, and refuses it from then on")
    void forgetsAndRefuses() {
        scenario.trigger("a, 12:00:05").holds(1).trigger("b, 12:00:15").holds(1).trigger("a, 12:00:05").emitsNothing()
                .drops(1);
    }
}
