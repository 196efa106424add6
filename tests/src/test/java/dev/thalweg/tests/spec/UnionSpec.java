package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("UNION ALL of two streams")
final class UnionSpec {
    private final Scenario scenario = given(
            """
                    CREATE STREAM left_side (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory;
                    CREATE STREAM right_side (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory""")
            .query(OutputMode.Append(),
                    """
                            SELECT window.end, count(*) FROM (SELECT * FROM STREAM left_side UNION ALL SELECT * FROM STREAM right_side)
                            GROUP BY window(ts, INTERVAL '10' SECOND)""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("is as far as the side that is behind")
    void waitsForTheSideThatIsBehind() {
        scenario.into("left_side", "a, 12:00:01", "a, 12:01:00").run().emitsNothing()
                .into("right_side", "b, 12:00:02").run().emitsNothing().drops(0)
                .into("right_side", "b, 12:00:10").run().emits("12:00:10, 2");
    }
}
