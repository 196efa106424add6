package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.ThalwegSession;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("UNION of a stream and a table")
final class UnionWithTableSpec {
    private static final String GIVEN = """
            CREATE STREAM s (k STRING, n BIGINT) USING memory;
            CREATE TABLE t (k STRING, n BIGINT) USING memory;
            INSERT INTO t VALUES ('a', 1), ('a', 2), ('b', 3)""";
    private static final String TIMED = """
            CREATE STREAM s (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory;
            CREATE TABLE past (k STRING, ts TIMESTAMP) USING memory;
            INSERT INTO past VALUES ('x', TIMESTAMP '2026-01-01 11:59:58'), ('y', TIMESTAMP '2026-01-01 12:00:03')""";

    @Test
    @DisplayName("counts the table's rows once, also after restarts")
    void countsOnce() {
        try (Scenario scenario = given(GIVEN).query(OutputMode.Complete(), """
                SELECT k, count(*), sum(n) FROM (SELECT * FROM STREAM s UNION ALL SELECT * FROM t) GROUP BY k""")) {
            scenario.into("s", "a, 10").run().emits("a, 3, 13", "b, 1, 3")
                    .into("s", "c, 1").run().emits("a, 3, 13", "b, 1, 3", "c, 1, 1");
        }
    }

    @Test
    @DisplayName("has the table's rows in the first trigger, and those of the stream as they come")
    void passesOn() {
        try (Scenario scenario = given(GIVEN).query(OutputMode.Append(),
                "SELECT k, n FROM t UNION ALL SELECT k, n FROM STREAM s")) {
            scenario.into("s", "a, 10").run().emits("a, 10")
                    .into("s", "a, 1").run().emits("a, 1");
        }
    }

    @Test
    @DisplayName("without ALL gives each row once")
    void distinct() {
        try (Scenario scenario = given(GIVEN).query(OutputMode.Append(),
                "SELECT k, n FROM t UNION SELECT k, n FROM STREAM s")) {
            scenario.into("s", "a, 1", "a, 10", "a, 10").run().emits("a, 10")
                    .into("s", "b, 3", "c, 1").run().emits("c, 1");
        }
    }

    @Test
    @DisplayName("takes what is computed of the table once: an aggregate, a distinct, an outer join with another table")
    void computedOnce() {
        try (Scenario scenario = given(GIVEN).query(OutputMode.Append(), """
                SELECT k, n FROM STREAM s
                UNION ALL SELECT 'all', count(*) FROM t
                UNION ALL SELECT DISTINCT k, 0 FROM t
                UNION ALL SELECT u.k, t.n FROM t RIGHT JOIN (VALUES ('a'), ('z')) AS u(k) ON u.k = t.k""")) {
            scenario.into("s", "a, 10").run().emits("a, 10").holds(0)
                    .into("s", "b, 11").run().emits("b, 11");
        }
    }

    @Test
    @DisplayName("does not wait for the table: its rows hold no watermark back, and none of them is late")
    void backfillThenLive() {
        try (Scenario scenario = given(TIMED).query(OutputMode.Append(), """
                SELECT window.end, count(*) FROM (SELECT * FROM STREAM s UNION ALL SELECT * FROM past)
                GROUP BY window(ts, INTERVAL '10' SECOND)""")) {
            scenario.into("s", "a, 12:00:01").run().emits("12:00, 1").drops(0)
                    .into("s", "b, 12:00:20").run().emits("12:00:10, 2").drops(0)
                    .into("s", "c, 12:00:05").run().emitsNothing().drops(1);
        }
    }

    @Test
    @DisplayName("goes on after a restart though the table has changed: its rows have flowed, and stay as they were")
    void tableThatChanges(@TempDir Path folder) throws IOException {
        Path files = Files.createDirectory(folder.resolve("past"));
        Files.writeString(files.resolve("1.csv"), "a,1\n");
        List<String> emitted = new ArrayList<>();
        try (ThalwegSession session = Way.session(2)) {
            session.sql("CREATE STREAM s (k STRING, n BIGINT) USING memory");
            session.sql("CREATE TABLE past (k STRING, n BIGINT) USING csv OPTIONS (path '" + files + "')");
            String union = "SELECT * FROM STREAM s UNION ALL SELECT * FROM past";
            start(session, union, folder, emitted).stop();
            assertThat(emitted).containsExactly("a, 1");
            Files.writeString(files.resolve("2.csv"), "b,2\n");
            session.sql("INSERT INTO s VALUES ('c', 3)");
            start(session, union, folder, emitted).stop();
            assertThat(emitted).containsExactly("a, 1", "c, 3");
            String joined = "SELECT s.k, p.n FROM STREAM s JOIN past p ON s.k = p.k";
            start(session, joined, folder.resolve("joined"), emitted).stop();
            Files.writeString(files.resolve("3.csv"), "c,4\n");
            assertThatThrownBy(() -> start(session, joined, folder.resolve("joined"), emitted))
                    .isInstanceOf(InvalidQuery.class).hasMessageContaining("REFRESH TABLE past");
        }
    }

    private static StreamingQuery start(ThalwegSession session, String query, Path folder, List<String> emitted) {
        StreamingQuery started = session.sql(query).writeStream().outputMode(OutputMode.Append())
                .trigger(Trigger.ProcessingTime("1 hour"))
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .foreachBatch((rows, number) -> rows.collectAsList().forEach(row -> emitted.add(Texts.of(row))))
                .start();
        started.processAllAvailable();
        return started;
    }
}
