package dev.thalweg.tests.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.spi.error.Corrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every run is a session of its own, as it would be a process of its own.
@DisplayName("A target that was created without columns")
final class TargetColumnsSpec {
    @TempDir
    private Path directory;

    @BeforeEach
    void makeInput() throws IOException {
        Files.createDirectories(directory.resolve("in"));
        input(1, "{\"k\":1,\"v\":1000,\"ts\":\"2024-01-01T00:00:00Z\"}");
    }

    private void input(int number, String row) throws IOException {
        Files.writeString(directory.resolve("in").resolve(number + ".json"), row + "\n");
    }

    private void run(String options, String query) {
        try (ThalwegSession session = session()) {
            session.sql("SET thalweg.trigger = 'availableNow'");
            session.sql(
                    "CREATE STREAM s (k BIGINT, v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL 0 SECONDS)"
                            + " USING json OPTIONS (path '" + directory.resolve("in") + "', fileOrder 'name')");
            session.sql("CREATE TABLE o USING json OPTIONS (path '" + directory.resolve("out")
                    + "', checkpointLocation '" + directory.resolve("checkpoint") + "'" + options + ")");
            session.sql("INSERT INTO o " + query);
            session.sql("AWAIT QUERY o TIMEOUT INTERVAL '40' SECOND");
        }
    }

    private static ThalwegSession session() {
        return ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC").create();
    }

    /// The lines of the output, file by file.
    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private List<String> rows(String sql) {
        try (ThalwegSession session = session()) {
            session.sql("CREATE TABLE o USING json OPTIONS (path '" + directory.resolve("out") + "')");
            return session.sql(sql).collectAsList().stream().map(Row::toString).toList();
        }
    }

    @Test
    @DisplayName("has those of the query that writes, in their order, also after a restart")
    void keepsTheOrder() throws IOException {
        String query = "SELECT k AS user_id, v AS amount FROM STREAM s";
        run("", query);
        input(2, "{\"k\":2,\"v\":2000}");
        run("", query);
        assertThat(lines()).containsExactly("{\"user_id\":1,\"amount\":1000}", "{\"user_id\":2,\"amount\":2000}");
        assertThat(rows("SELECT * FROM o ORDER BY user_id")).containsExactly("[1,1000]", "[2,2000]");
    }

    @Test
    @DisplayName("has those of the query that writes, though no row has come yet, also in another session")
    void hasThemWithoutRows() {
        run("", "SELECT k AS user_id, v AS amount FROM STREAM s WHERE v < 0");
        assertThat(rows("SELECT user_id, amount FROM o")).isEmpty();
    }

    @Test
    @DisplayName("has their types: a time that JSON wrote as text stays a time")
    void keepsTheTypes() throws IOException {
        String query = "SELECT ts AS at, k FROM STREAM s";
        run("", query);
        input(2, "{\"k\":2,\"ts\":\"2024-01-01T00:05:00Z\"}");
        run("", query);
        assertThat(lines()).containsExactly("{\"at\":\"2024-01-01T00:00:00.000Z\",\"k\":1}",
                "{\"at\":\"2024-01-01T00:05:00.000Z\",\"k\":2}");
        assertThat(rows("SELECT typeof(at), typeof(k) FROM o LIMIT 1")).containsExactly("[timestamp,bigint]");
    }

    @Test
    @DisplayName("takes the changes of a changelog after a restart, too")
    void keepsAChangelog() throws IOException {
        String query = "SELECT v AS a, count(*) AS n, max(k) AS k FROM STREAM s GROUP BY v";
        run(", outputMode 'changelog'", query);
        input(2, "{\"k\":2,\"v\":2000}");
        run(", outputMode 'changelog'", query);
        assertThat(lines()).containsExactly("{\"a\":1000,\"n\":1,\"k\":1,\"_change\":\"+I\"}",
                "{\"a\":2000,\"n\":1,\"k\":2,\"_change\":\"+I\"}");
    }

    @Test
    @DisplayName("has those of the first INSERT of rows that are all there, whatever session the second is in")
    void keepsThoseOfABatch() throws IOException {
        String create = "CREATE TABLE t USING json OPTIONS (path '" + directory.resolve("out") + "')";
        try (ThalwegSession session = session()) {
            session.sql(create);
            session.sql("INSERT INTO t SELECT 1 AS z, 'x' AS a");
            session.sql("INSERT INTO t SELECT 2 AS z, 'y' AS a");
        }
        try (ThalwegSession session = session()) {
            session.sql(create);
            session.sql("INSERT INTO t SELECT CAST(NULL AS INT), 'z'");
            assertThatThrownBy(() -> session.sql("INSERT INTO t SELECT 'x', 4")).hasMessageContaining("THW-1207");
        }
        assertThat(lines()).containsExactly("{\"z\":1,\"a\":\"x\"}", "{\"z\":2,\"a\":\"y\"}", "{\"a\":\"z\"}");
    }

    @Test
    @DisplayName("is never told from its own output: without the record of its columns it is refused, with columns taken")
    void needsTheRecord() throws IOException {
        String query = "SELECT k AS user_id, v AS amount FROM STREAM s";
        run("", query);
        Files.delete(directory.resolve("out/_thalweg/columns"));
        assertThatThrownBy(() -> run("", query)).isInstanceOf(Corrupted.class).hasMessageContaining("THW-5080")
                .hasMessageContaining("name the columns in CREATE TABLE");
    }
}
