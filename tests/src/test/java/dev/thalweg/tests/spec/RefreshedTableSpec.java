package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A table beside a stream")
final class RefreshedTableSpec {
    private static final String JOIN = "SELECT v, name FROM STREAM t LEFT JOIN names ON k = id";

    @TempDir
    private Path directory;

    private ThalwegSession session(int tasks, String refresh) throws IOException {
        ThalwegSession session = Way.session(tasks);
        session.sql("CREATE STREAM t (k STRING, v INT) USING memory");
        names("a,Ann");
        session.sql("CREATE TABLE names (id STRING, name STRING) USING csv OPTIONS (path '" + directory.resolve("names")
                + "'" + refresh + ")");
        return session;
    }

    private void names(String... rows) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("names"));
        Path fresh = Files.write(folder.resolve(".fresh"), List.of(rows));
        Files.move(fresh, folder.resolve("names.csv"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private StreamingQuery start(ThalwegSession session, String query) {
        session.sql("DROP MATERIALIZED VIEW IF EXISTS result");
        StreamingQuery started = session.sql(query).writeStream().queryName("result").format("memory")
                .outputMode(OutputMode.Update()).trigger(Trigger.ProcessingTime("1000 days"))
                .option("checkpointLocation", directory.resolve("checkpoint").toString()).start();
        started.processAllAvailable();
        return started;
    }

    private static void insert(ThalwegSession session, StreamingQuery query, String... rows) {
        session.sql("INSERT INTO t VALUES " + String.join(", ", rows));
        query.processAllAvailable();
    }

    private static List<String> rows(ThalwegSession session) {
        return session.sql("SELECT * FROM result ORDER BY 1").collectAsList().stream().map(Row::toString).toList();
    }

    @ParameterizedTest(name = "by {0} tasks")
    @ValueSource(ints = {1, 4})
    @DisplayName("with refresh 'trigger' is read anew when its files have changed: rows meet the version they find")
    void isReadAnew(int tasks) throws IOException {
        try (ThalwegSession session = session(tasks, ", refresh 'trigger'")) {
            StreamingQuery query = start(session, JOIN);
            insert(session, query, "('a', 1)", "('b', 2)");
            assertThat(rows(session)).containsExactly("[1,Ann]", "[2,null]");
            names("a,Anna", "b,Bob");
            query.processAllAvailable();
            assertThat(rows(session)).as("nothing is taken back").containsExactly("[1,Ann]", "[2,null]");
            insert(session, query, "('a', 3)", "('b', 4)");
            assertThat(rows(session)).containsExactly("[1,Ann]", "[2,null]", "[3,Anna]", "[4,Bob]");
            insert(session, query, "('b', 5)");
            names("b,Bo");
            query.stop();
            query = start(session, JOIN);
            insert(session, query, "('a', 6)", "('b', 7)");
            assertThat(rows(session)).endsWith("[5,Bob]", "[6,null]", "[7,Bo]");
            names("a,A", "b,B");
            insert(session, query, "('a', 8)");
            assertThat(rows(session)).endsWith("[7,Bo]", "[8,A]");
            query.stop();
        }
    }

    @Test
    @DisplayName("is read anew inside an aggregate, a nested join and IN as well")
    void isReadAnewInside() throws IOException {
        try (ThalwegSession session = session(2, ", refresh 'trigger'")) {
            StreamingQuery query = start(session,
                    """
                            SELECT v, (SELECT count(*) FROM names) AS n, k IN (SELECT x.id FROM names x JOIN names y ON x.id = y.id)
                            FROM STREAM t""");
            insert(session, query, "('a', 1)", "('b', 2)");
            names("a,Anna", "b,Bob");
            insert(session, query, "('a', 3)", "('b', 4)", "('c', 5)");
            assertThat(rows(session)).containsExactly("[1,1,true]", "[2,1,false]", "[3,2,true]", "[4,2,true]",
                    "[5,2,false]");
            query.stop();
        }
    }

    @Test
    @DisplayName("is read anew once where REFRESH TABLE names it, by the next trigger")
    void isRefreshedOnce() throws IOException {
        try (ThalwegSession session = session(2, "")) {
            StreamingQuery query = start(session, JOIN);
            insert(session, query, "('a', 1)");
            names("a,Anna");
            insert(session, query, "('a', 2)");
            session.sql("REFRESH TABLE names");
            insert(session, query, "('a', 3)");
            names("a,Andrea");
            insert(session, query, "('a', 4)");
            assertThat(rows(session)).containsExactly("[1,Ann]", "[2,Ann]", "[3,Anna]", "[4,Anna]");
            query.stop();
        }
    }

    @Test
    @DisplayName("keeps to its version where rows that met it may be taken back, or its own are in the result")
    void keepsToItsVersion() throws IOException {
        List<String> queries = List.of(
                "SELECT k, n, name FROM (SELECT k, count(*) AS n FROM STREAM t GROUP BY k) JOIN names ON k = id",
                "SELECT k FROM STREAM t UNION ALL SELECT id FROM names");
        try (ThalwegSession session = session(1, ", refresh 'trigger'")) {
            for (String query : queries) {
                assertThatThrownBy(() -> session.sql("CREATE MATERIALIZED VIEW v AS " + query)).as(query)
                        .hasMessageContaining("THW-3343").hasMessageContaining("FROM STREAM names");
            }
        }
        try (ThalwegSession session = session(1, "")) {
            for (String query : queries) {
                session.sql("CREATE MATERIALIZED VIEW v AS " + query);
                assertThatThrownBy(() -> session.sql("REFRESH TABLE names")).as(query).hasMessageContaining("THW-3038");
                session.sql("DROP MATERIALIZED VIEW v");
            }
        }
    }

    @Test
    @DisplayName("has no other word for when it is read than start and trigger")
    void refusesOtherWords() throws IOException {
        assertThatThrownBy(() -> session(1, ", refresh 'hourly'")).hasMessageContaining("refresh")
                .hasMessageContaining("trigger");
    }
}
