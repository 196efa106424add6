package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The command")
final class MainSpec {
    @TempDir
    Path directory;

    private Path script(String sql) throws IOException {
        return Files.writeString(directory.resolve("script.sql"), sql);
    }

    @Test
    @DisplayName("answers wrong usage with what is right, and exit code 2")
    void wrongUsage() {
        assertThat(CommandRun.of()).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.results()).isEmpty();
            assertThat(run.messages()).contains("Say what to do").contains("Usage: thalweg");
        });
        assertThat(CommandRun.of("run")).satisfies(run -> assertThat(run.exitCode()).isEqualTo(2));
        assertThat(CommandRun.of("checkpoint").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("run", "nowhere.sql")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.messages()).contains("'nowhere.sql' cannot be read: there is none here");
        });
        assertThat(CommandRun.of("sql", "-f", directory.toString())).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.messages())
                    .contains("'" + directory + "' cannot be read: it is a directory; name a file in it.")
                    .doesNotContain("Exception");
        });
        assertThat(CommandRun.of("sql", "-e", "SELECT 1", "--format", "xml")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.messages()).contains("xml").contains("table");
        });
        assertThat(CommandRun.of("sql", "-e", "SELECT 1", "-f", "x.sql").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("sql", "x.sql").messages()).contains("run by 'run x.sql'");
    }

    @Test
    @DisplayName("gives help on standard output, and exit code 0")
    void help() {
        assertThat(CommandRun.of("--help")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(0);
            assertThat(run.results()).contains("run").contains("sql").contains("checkpoint");
        });
    }

    @Test
    @DisplayName("writes the answer of a batch query as a table, CSV or JSON")
    void writesAnswers() {
        String sql = """
                SELECT * FROM VALUES (1, 'a,"b"', TIMESTAMP '2024-05-01 10:00:00'), (2, NULL, NULL), (3, '', NULL)
                AS t(n, text, at) ORDER BY n""";
        assertThat(CommandRun.of("sql", "-e", sql).results()).isEqualTo("""
                +---+-----+-------------------+
                |n  |text |at                 |
                +---+-----+-------------------+
                |1  |a,"b"|2024-05-01 10:00:00|
                |2  |NULL |NULL               |
                |3  |     |NULL               |
                +---+-----+-------------------+
                """);
        assertThat(CommandRun.of("sql", "-e", sql, "--format", "csv").results()).isEqualTo("""
                n,text,at
                1,"a,""b\""",2024-05-01T10:00:00.000Z
                2,,
                3,"",
                """);
        assertThat(CommandRun.of("sql", "--format=json", "-e", sql).results()).isEqualTo("""
                {"n":1,"text":"a,\\"b\\"","at":"2024-05-01T10:00:00.000Z"}
                {"n":2,"text":null,"at":null}
                {"n":3,"text":"","at":null}
                """);
    }

    @Test
    @DisplayName("shows plans as text, and says nothing of statements that have no answer")
    void otherStatements() {
        CommandRun run = CommandRun.of("sql", "-e",
                """
                        SET thalweg.trigger = 'availableNow'; CREATE TABLE t (n INT) USING memory; INSERT INTO t VALUES (1);""");
        assertThat(run).isEqualTo(new CommandRun(0, "", ""));
        assertThat(CommandRun.of("sql", "-e", "EXPLAIN INCREMENTAL SELECT 1 AS one").results()).contains("one")
                .doesNotContain("|plan");
    }

    @Test
    @DisplayName("ends a file at its first failing statement with exit code 1 and the error's text alone")
    void stopsAtTheFirstFailure() throws IOException {
        CommandRun run = CommandRun.of("run",
                script("SELECT 1 AS n; SELECT m FROM nowhere; SELECT 2 AS n;").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.results()).contains("|1  |").doesNotContain("|2  |");
        assertThat(run.messages()).contains("nowhere").contains("THW-").doesNotContain("\tat ");
        assertThat(CommandRun.of("sql", "--verbose", "-e", "SELECT m FROM nowhere").messages()).contains("\tat ");
    }

    @Test
    @DisplayName("tells of every syntax error of a file before anything is run")
    void syntaxErrors() {
        CommandRun run = CommandRun.of("sql", "-e", "SELECT 1; SELECT FROM; CREATE STREEM s;");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.results()).isEmpty();
        assertThat(run.messages()).contains("STREEM").contains("column");
    }

    @Test
    @DisplayName("fails when a query fails that runs behind the statements")
    void backgroundFailure() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("in")).resolve("1.json"), "{\"n\": 0}\n");
        CommandRun run = CommandRun.of("run", script("""
                CREATE STREAM s (n INT) USING json OPTIONS (path '%s');
                CREATE TABLE t (x DOUBLE) USING noop;
                INSERT INTO t AS QUERY divide SELECT 1 / n FROM STREAM s;
                SELECT n FROM STREAM s;""".formatted(directory.resolve("in"))).toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.messages()).contains("THW-4001");
    }

    @Test
    @DisplayName("shows and verifies a checkpoint")
    void checkpoints() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("in")).resolve("1.json"), "{\"n\": 0}\n");
        String checkpoint = directory.resolve("checkpoint").toString();
        CommandRun run = CommandRun.of("run", script("""
                SET thalweg.trigger = 'availableNow';
                CREATE STREAM s (n INT) USING json OPTIONS (path '%s');
                CREATE MATERIALIZED VIEW v OPTIONS (checkpointLocation '%s') AS SELECT n, count(*) AS c
                FROM STREAM s GROUP BY n;""".formatted(directory.resolve("in"), checkpoint)).toString());
        assertThat(run.exitCode()).as(run.messages()).isZero();
        assertThat(CommandRun.of("checkpoint", "show", checkpoint).results()).contains("query id").contains("TRIGGER");
        assertThat(CommandRun.of("checkpoint", "verify", checkpoint)).satisfies(verified -> {
            assertThat(verified.exitCode()).isZero();
            assertThat(verified.results()).contains("is sound");
        });
        assertThat(CommandRun.of("checkpoint", "show", directory.toString())).satisfies(refused -> {
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.messages()).contains("is not a checkpoint");
        });
    }
}
