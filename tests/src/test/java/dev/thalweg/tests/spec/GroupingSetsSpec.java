package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("GROUPING SETS")
final class GroupingSetsSpec {
    private static Scenario clicks(String query) {
        return given("""
                CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
                USING memory""").query(OutputMode.Complete(), query);
    }

    @Test
    @DisplayName("tell the group of NULL from the total")
    void tellNullFromTheTotal() {
        Scenario scenario = clicks("SELECT url, count(*), count(url) FROM STREAM clicks GROUP BY ROLLUP(url)");
        try {
            scenario.trigger("a, 12:00", "NULL, 12:00").emits("a, 1, 1", "NULL, 1, 0", "NULL, 2, 1")
                    .trigger("a, 12:00").emits("a, 2, 2", "NULL, 1, 0", "NULL, 3, 2");
        } finally {
            scenario.close();
        }
    }

    @Test
    @DisplayName("over an aggregate without keys are, after a restart, where their rows are")
    void overATotal() {
        Scenario scenario = clicks("""
                SELECT c, m, count(*) FROM (SELECT count(*) c, max(url) m FROM STREAM clicks) GROUP BY CUBE(c, m)""");
        try {
            scenario.trigger("a, 12:00").emits("1, a, 1", "1, NULL, 1", "NULL, a, 1", "NULL, NULL, 1")
                    .trigger("b, 12:00").emits("2, b, 1", "2, NULL, 1", "NULL, b, 1", "NULL, NULL, 1")
                    .trigger("c, 12:00").emits("3, c, 1", "3, NULL, 1", "NULL, c, 1", "NULL, NULL, 1");
        } finally {
            scenario.close();
        }
    }
}
