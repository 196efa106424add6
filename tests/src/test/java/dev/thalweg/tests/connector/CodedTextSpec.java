package dev.thalweg.tests.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.Trigger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The law over columns that never leave their dictionaries: what a stream of Parquet files gives at last is what DuckDB finds
/// in the same files at once.
@DisplayName("A stream of texts and numbers that Parquet keeps in dictionaries")
@Timeout(120)
final class CodedTextSpec {
    private static final int FILES = 4;

    @TempDir
    private Path temp;

    private final ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
            .create();

    /// Each file has other texts than the one before, and some the same; `k` and `kind` are NULL or empty now and then, as `code` is NULL,
    /// `own` is another in nearly each row. Of two tables one has each key once, the other some of them twice and one of NULL.
    @BeforeEach
    void write() throws SQLException {
        for (int file = 0; file < FILES; file++) {
            duck("COPY (SELECT i AS id, CASE WHEN i % 11 = 3 THEN '' WHEN i % 7 <> 1 THEN 'key ' || (i * 31 % (20 + 9 * "
                    + file + ")) END AS k, CASE WHEN i % 13 <> 5 THEN ['view', 'click', 'purchase', ''][1 + i % "
                    + (2 + file % 3)
                    + "] END AS kind, 'own ' || i AS own, (i % 100)::BIGINT AS n,"
                    + " CASE WHEN i % 9 <> 4 THEN (i * 13 % 50)::BIGINT END AS code FROM range(" + 5_000 * file + ", "
                    + 5_000 * (file + 1) + ") t(i)) TO '" + temp + "/rows-" + file
                    + ".parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
        }
        duck("COPY (SELECT 'key ' || i AS id, CASE WHEN i % 5 <> 2 THEN 'name ' || (i % 9) END AS name, 'group ' || (i % 4) AS part,"
                + " i AS price FROM range(3, 40) t(i) UNION ALL SELECT '', 'empty', '', 0) TO '" + temp
                + "/unique.parquet' (FORMAT parquet)");
        duck("COPY (SELECT id, name, part, price FROM '" + temp
                + "/unique.parquet' UNION ALL SELECT id, 'again', part, -price FROM '"
                + temp + "/unique.parquet' WHERE price % 3 = 0 UNION ALL SELECT NULL, 'null', 'null', 1) TO '" + temp
                + "/twice.parquet' (FORMAT parquet)");
        session.sql(
                "CREATE STREAM facts (id BIGINT, k STRING, kind STRING, own STRING, n BIGINT, code BIGINT) USING parquet OPTIONS (path '"
                        + temp + "/rows-*.parquet', maxFilesPerTrigger '1', fileOrder 'name')");
        for (String table : List.of("unique", "twice")) {
            session.sql(
                    "CREATE TABLE " + table + "_keys (id STRING, name STRING, part STRING, price BIGINT) USING parquet"
                            + " OPTIONS (path '" + temp + "/" + table + ".parquet')");
        }
    }

    /// Says so when anything has leaked.
    @AfterEach
    void close() {
        session.close();
    }

    private static void duck(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> expected(String query) throws SQLException {
        String sql = query.replace("STREAM facts", "'" + temp + "/rows-*.parquet' facts")
                .replace("unique_keys", "'" + temp + "/unique.parquet'")
                .replace("twice_keys", "'" + temp + "/twice.parquet'");
        List<String> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(result.getObject(i)).append('|');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private List<String> streamed(String query, String mode) throws Exception {
        session.sql(query).writeStream().queryName("answer").format("memory").outputMode(mode)
                .trigger(Trigger.AvailableNow()).start().awaitTermination();
        List<String> rows = new ArrayList<>();
        for (Row row : session.sql("SELECT * FROM answer").collectAsList()) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                text.append(Objects.toString(row.get(i))).append('|');
            }
            rows.add(text.toString());
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "SELECT name, count(*), sum(n * price) FROM STREAM facts JOIN unique_keys u ON k = u.id WHERE kind = 'view'"
                    + " GROUP BY name",
            "SELECT name, part, kind, count(*), min(k), count(own) FROM STREAM facts JOIN twice_keys t ON k = t.id GROUP BY name, part, kind",
            "SELECT coalesce(part, 'none'), kind, count(name) FROM STREAM facts LEFT JOIN unique_keys u ON k = u.id"
                    + " GROUP BY coalesce(part, 'none'), kind",
            "SELECT part, max(own) FROM STREAM facts LEFT JOIN twice_keys t ON k = t.id AND price > n GROUP BY part",
            "SELECT k, kind, count(*), count(k), min(kind), max(k) FROM STREAM facts GROUP BY k, kind",
            "SELECT kind, count(DISTINCT k), sum(n) FROM STREAM facts WHERE k LIKE 'key 1%' AND kind <> 'click' GROUP BY kind",
            "SELECT DISTINCT k, kind FROM STREAM facts WHERE kind IS NULL OR length(k) > 4",
            "SELECT n, count(*), min(id), max(k) FROM STREAM facts GROUP BY n",
            "SELECT n, kind, CAST(floor(id / 1000) AS BIGINT), sum(id) FROM STREAM facts WHERE n % 3 = 1 GROUP BY n, kind, CAST(floor(id / 1000) AS BIGINT)",
            "SELECT code, id + id % 2 * 800 - (id + id % 2 * 800) % 800, count(*) FROM STREAM facts GROUP BY code, id + id % 2 * 800 - (id + id % 2 * 800) % 800",
            "SELECT id - id % 2 * 800 - (id - id % 2 * 800) % 800, code, max(n) FROM STREAM facts GROUP BY id - id % 2 * 800 - (id - id % 2 * 800) % 800, code",
            "SELECT part, count(*), sum(n) FROM STREAM facts JOIN twice_keys t ON code = price GROUP BY part",
            "SELECT name, count(*), count(code) FROM STREAM facts LEFT JOIN unique_keys u ON code = price WHERE code IS NULL OR code > 1 GROUP BY name",
            "SELECT DISTINCT n, k, 'all' FROM STREAM facts WHERE n BETWEEN 10 AND 40 AND kind = 'view'",
            "SELECT upper(kind), length(k), count(*) FROM STREAM facts GROUP BY upper(kind), length(k)"})
    @DisplayName("is joined with tables, filtered and grouped as the texts would be")
    void groups(String query) throws Exception {
        assertThat(streamed(query, "update")).containsExactlyInAnyOrderElementsOf(expected(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT id, k, kind, own FROM STREAM facts WHERE kind = 'purchase' AND n < 10",
            "SELECT facts.id, kind, name, part, price FROM STREAM facts JOIN unique_keys u ON k = u.id WHERE n = 7",
            "SELECT facts.id, name, k || '/' || part FROM STREAM facts LEFT JOIN twice_keys t ON k = t.id WHERE kind IN ('view', '')"
                    + " AND n < 20",
            "SELECT id, kind FROM STREAM facts WHERE k IN (SELECT id FROM unique_keys) AND n = 50",
            "SELECT facts.id, k FROM STREAM facts WHERE n = 50 AND NOT EXISTS (SELECT 1 FROM unique_keys u WHERE u.id = k)"})
    @DisplayName("goes on as texts, row by row")
    void passes(String query) throws Exception {
        assertThat(streamed(query, "append")).containsExactlyInAnyOrderElementsOf(expected(query));
    }

    @Test
    @DisplayName("gives the same to many tasks as to one")
    void manyTasks() throws Exception {
        session.conf().set("thalweg.sql.tasks", "4");
        groups("SELECT name, part, count(*) FROM STREAM facts JOIN twice_keys t ON k = t.id GROUP BY name, part");
        groups("SELECT k, sum(n) FROM STREAM facts GROUP BY k HAVING count(*) > 100");
        passes("SELECT facts.id, name, kind FROM STREAM facts LEFT JOIN unique_keys u ON k = u.id WHERE n = 3");
        groups("SELECT DISTINCT kind, own FROM STREAM facts WHERE n = 9");
    }
}
