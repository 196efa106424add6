package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("GROUPING SETS")
final class GroupingSetsSpec {
    private final Scenario scenario = given(
            """
                    CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""")
            .query(OutputMode.Complete(), """
                    SELECT url, count(*), count(url) FROM STREAM clicks GROUP BY ROLLUP(url)""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("tell the group of NULL from the total")
    void tellNullFromTheTotal() {
        scenario.trigger("a, 12:00", "NULL, 12:00").emits("a, 1, 1", "NULL, 1, 0", "NULL, 2, 1")
                .trigger("a, 12:00").emits("a, 2, 2", "NULL, 1, 0", "NULL, 3, 2");
    }
}
