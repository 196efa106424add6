package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("dropDuplicates")
final class DropDuplicatesSpec {
    private final Scenario scenario = given(
            """
                    CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""")
            .query(OutputMode.Append(), session -> session.sql("SELECT * FROM STREAM clicks").dropDuplicates("url"));

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("keeps the first row of each key by arrival, whatever the number of tasks")
    void keepsTheFirstRow() {
        scenario.trigger("a, 12:00:07", "a, 12:00:05", "NULL, 12:00:01").emits("a, 12:00:07", "NULL, 12:00:01")
                .trigger("a, 12:00:01", "b, 12:00:09", "b, 12:00:08").emits("b, 12:00:09").holds(3);
    }
}
