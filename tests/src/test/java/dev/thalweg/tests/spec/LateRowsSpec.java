package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Late rows")
final class LateRowsSpec {
    @Test
    @DisplayName("can be read: late(q) has each with the trigger and the watermark that had overtaken it")
    void canBeRead() {
        try (ThalwegSession session = Way.session(2)) {
            session.sql(
                    "CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory");
            session.sql(
                    "CREATE MATERIALIZED VIEW counts AS SELECT window.end, count(*) AS n FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE)");
            session.sql("AWAIT QUERY counts UNTIL IDLE");
            for (String row : List.of("('a', TIMESTAMP '2026-01-01 12:02:00')",
                    "('b', TIMESTAMP '2026-01-01 12:00:01')")) {
                session.sql("INSERT INTO clicks VALUES " + row);
                session.sql("AWAIT QUERY counts UNTIL IDLE");
            }
            List<Row> late = session.sql("SELECT * FROM late(counts)").collectAsList();
            assertThat(late).hasSize(1);
            assertThat(late.getFirst().toString()).contains("12:00:01");
            assertThat(session.sql("SELECT * FROM counts").collectAsList()).hasSize(1);
        }
    }
}
