package dev.thalweg.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.CommandRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A script that awaits a query")
final class AwaitSpec {
    @Test
    @Timeout(60)
    @DisplayName("ends when another of its queries fails, with that one's error")
    void endsWithAnother() {
        CommandRun run = CommandRun.of("sql", "-e", """
                CREATE STREAM r USING rate OPTIONS (rowsPerSecond 100);
                CREATE MATERIALIZED VIEW ok AS SELECT value FROM STREAM r;
                CREATE MATERIALIZED VIEW bad AS SELECT 1 / (5 - value) AS x FROM STREAM r;
                AWAIT QUERY ok;""");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.messages()).contains("THW-4001", "'bad'");
    }

    @Test
    @DisplayName("goes on when that one has ended, or is idle")
    void goesOn() {
        CommandRun run = CommandRun.of("sql", "--format", "csv", "-e", """
                CREATE STREAM s (a INT) USING memory;
                INSERT INTO s VALUES (1), (2);
                CREATE MATERIALIZED VIEW m AS SELECT sum(a) AS a FROM STREAM s;
                AWAIT QUERY m UNTIL IDLE;
                SELECT a FROM m;
                STOP QUERY m;
                AWAIT QUERY m;
                SELECT a + 1 AS b FROM m;""");
        assertThat(run.messages()).doesNotContain("THW-");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    @DisplayName("shows its progress and its plan line by line")
    void describes() {
        CommandRun run = CommandRun.of("sql", "--format", "table", "-e", """
                CREATE STREAM s (a INT) USING memory;
                INSERT INTO s VALUES (1), (2);
                CREATE MATERIALIZED VIEW m AS SELECT sum(a) AS a FROM STREAM s;
                AWAIT QUERY m UNTIL IDLE;
                DESCRIBE QUERY m;
                STOP QUERY m;""");
        assertThat(run.exitCode()).as(run.messages()).isZero();
        assertThat(run.results()).startsWith("name: m\n").contains("lastProgress:\n    {\n",
                "plan:\n    output mode: update, key: []\n");
        assertThat(run.results().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    @DisplayName("that fails ends with its error")
    void endsWithItsOwn() {
        CommandRun run = CommandRun.of("sql", "-e", """
                CREATE STREAM s (a INT) USING memory;
                INSERT INTO s VALUES (0);
                CREATE MATERIALIZED VIEW m AS SELECT 1 / a AS a FROM STREAM s;
                AWAIT QUERY m;""");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.messages()).contains("THW-4001", "'m'");
    }
}
