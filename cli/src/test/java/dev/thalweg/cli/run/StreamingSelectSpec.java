package dev.thalweg.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A streaming SELECT that nobody watches on a terminal")
final class StreamingSelectSpec {
    @TempDir
    Path directory;

    @BeforeEach
    void writeClicks() throws IOException {
        Files.writeString(directory.resolve("1.json"), """
                {"url": "a", "ts": "2024-05-01T10:00:00Z"}
                """);
        Files.writeString(directory.resolve("2.json"), """
                {"url": "b", "ts": "2024-05-01T10:00:30Z"}
                {"url": "a", "ts": "2024-05-01T10:01:00Z"}
                """);
        Files.writeString(directory.resolve("3.json"), "");
    }

    private CommandRun run(String format, String select) {
        CommandRun run = CommandRun.of("sql", "--format", format, "-e", """
                SET thalweg.trigger = 'availableNow';
                CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
                USING json OPTIONS (path '%s', fileOrder 'name', maxFilesPerTrigger 1);
                %s;""".formatted(directory, select));
        assertThat(run.exitCode()).as(run.messages()).isZero();
        return run;
    }

    @Test
    @DisplayName("prints the rows that are new or changed, a table each trigger that has some")
    void tables() {
        assertThat(run("table", "SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url").results())
                .startsWith("""
                        -- trigger 0, watermark 2024-05-01 09:59:50
                        +---+---+
                        |url|n  |
                        +---+---+
                        |a  |1  |
                        +---+---+
                        -- trigger 1, watermark 2024-05-01 10:00:50
                        +---+---+
                        |url|n  |
                        +---+---+
                        """)
                .contains("|a  |2  |").contains("|b  |1  |").doesNotContain("trigger 2").doesNotContain("_change");
    }

    @Test
    @DisplayName("says in a table which rows vanish")
    void vanishingRows() {
        assertThat(run("table", "SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url HAVING count(*) < 2")
                .results()).contains("|url|n  |_change|").contains("|a  |1  |-D     |").contains("|b  |1  |+I     |");
    }

    @Test
    @DisplayName("prints CSV with one header and the change first")
    void csv() {
        assertThat(run("csv", "SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url").results().lines())
                .startsWith("_change,url,n", "+I,a,1").contains("-U,a,1", "+U,a,2", "+I,b,1").hasSize(5);
    }

    @Test
    @DisplayName("prints a JSON object a row, with trigger and change first")
    void json() {
        assertThat(run("json", "SELECT url, ts FROM STREAM clicks").results()).isEqualTo("""
                {"_trigger":0,"_change":"+I","url":"a","ts":"2024-05-01T10:00:00.000Z"}
                {"_trigger":1,"_change":"+I","url":"b","ts":"2024-05-01T10:00:30.000Z"}
                {"_trigger":1,"_change":"+I","url":"a","ts":"2024-05-01T10:01:00.000Z"}
                """);
    }

    @Test
    @DisplayName("keeps its messages from the results")
    void messages() {
        assertThat(run("csv", "SELECT url FROM STREAM clicks").messages()).isEmpty();
    }
}
