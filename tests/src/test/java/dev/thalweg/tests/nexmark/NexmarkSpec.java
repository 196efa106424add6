package dev.thalweg.tests.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs `examples/nexmark/qN.sql` in ten triggers and compares what is kept at the end with DuckDB's answer, row by row.
///
/// What DuckDB is asked is the file `nexmark/qN.sql` of the test resources, or where there is none the example's own SELECT.
/// `-Dthalweg.nexmark.events=1000000` takes so many events of all three tables.
@DisplayName("NEXMark's query")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NexmarkSpec {
    private static final Path EXAMPLES = Path.of("../examples/nexmark").toAbsolutePath().normalize();
    private static final Path ANSWERS = Path.of("src/test/resources/nexmark");
    private static final long EVENTS = Long.getLong("thalweg.nexmark.events", 100_000);
    private static final int TRIGGERS = 10;

    @TempDir
    private static Path directory;
    private Connection duck;

    @BeforeAll
    void makeEvents() throws Exception {
        duck = DriverManager.getConnection("jdbc:duckdb:");
        ask("SET TimeZone = 'UTC'");
        try (ThalwegSession session = session()) {
            for (String table : List.of("person", "auction", "bid")) {
                Path rows = directory.resolve(table);
                session.readStream().format("nexmark").option("table", table).option("numEvents", EVENTS).load()
                        .writeStream().format("json").option("checkpointLocation", rows + "-checkpoint")
                        .trigger(Trigger.AvailableNow()).start(rows.toString()).awaitTermination();
                ask("CREATE TABLE " + table + " AS SELECT * REPLACE (dateTime::TIMESTAMP AS dateTime"
                        + (table.equals("auction") ? ", expires::TIMESTAMP AS expires" : "") + ") FROM read_json('"
                        + rows + "/*.json')");
            }
        }
        ask("CREATE TABLE side AS FROM read_csv('" + EXAMPLES + "/side.csv')");
    }

    @AfterAll
    void close() throws SQLException {
        duck.close();
    }

    private static ThalwegSession session() {
        return ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC").create();
    }

    static Stream<String> queries() {
        return IntStream.rangeClosed(0, 22).mapToObj(number -> "q" + number);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    @DisplayName("gives what DuckDB gives of the same events")
    void equalsDuckDb(String name) throws Exception {
        String example = Files.readString(EXAMPLES.resolve(name + ".sql"))
                .replace("numEvents '100000'", "numEvents '" + EVENTS + "'")
                .replace("maxEventsPerTrigger '10000'", "maxEventsPerTrigger '" + EVENTS / TRIGGERS + "'")
                .replace("path 'examples/nexmark/", "path '" + EXAMPLES + "/")
                .replace("'target/nexmark/", "'" + directory + "/");
        Path found = directory.resolve(name + "-found");
        String comparable = Files.exists(ANSWERS.resolve(name + "-comparable.sql"))
                ? Files.readString(ANSWERS.resolve(name + "-comparable.sql"))
                : "SELECT * FROM " + (name.equals("q10") ? "log" : name);
        try (ThalwegSession session = session()) {
            statements(example).forEach(session::sql);
            session.sql("CREATE TABLE found USING csv OPTIONS (header 'true', path '" + found + "')");
            session.sql("INSERT INTO found " + comparable);
        }
        assertSame(answer(name, example), found);
    }

    /// Those up to the AWAIT: what follows is for people to look at.
    private static List<String> statements(String example) {
        List<String> statements = new ArrayList<>();
        for (String statement : example.replaceAll("(?m)^--.*$", "").split(";\\s*\n", -1)) {
            statements.add(statement.strip());
            if (statement.strip().startsWith("AWAIT")) {
                return statements;
            }
        }
        throw new IllegalArgumentException("an example without AWAIT: " + example);
    }

    private static String answer(String name, String example) throws IOException {
        Path own = ANSWERS.resolve(name + ".sql");
        if (Files.exists(own)) {
            return Files.readString(own);
        }
        String view = statements(example).stream().filter(s -> s.startsWith("CREATE MATERIALIZED VIEW")).findFirst()
                .orElseThrow();
        return view.substring(view.indexOf(" AS\n") + 4).replace("STREAM ", "");
    }

    private void assertSame(String answer, Path found) throws SQLException {
        ask("CREATE OR REPLACE TABLE expected AS " + answer);
        ask("CREATE OR REPLACE TABLE found AS FROM expected LIMIT 0");
        ask("INSERT INTO found FROM read_csv('" + found + "/*.csv', header = true, all_varchar = true)");
        assertThat(number("SELECT count(*) FROM expected")).as("rows that DuckDB gives").isPositive();
        assertThat(rows("FROM (FROM expected EXCEPT ALL FROM found) LIMIT 5")).as("rows that are missing").isEmpty();
        assertThat(rows("FROM (FROM found EXCEPT ALL FROM expected) LIMIT 5")).as("rows too many").isEmpty();
    }

    private void ask(String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = duck.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = duck.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i > 1 ? ", " : "").append(result.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
