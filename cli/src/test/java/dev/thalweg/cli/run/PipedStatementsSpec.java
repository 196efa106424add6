package dev.thalweg.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.CommandRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Statements from a pipe")
final class PipedStatementsSpec {
    @Test
    @DisplayName("are all run, also the last one without a semicolon or a newline behind it")
    void allRun() {
        assertThat(CommandRun.piped("SELECT 1 AS n;\nSELECT 2 AS n", "sql", "--format", "json"))
                .isEqualTo(new CommandRun(0, "{\"n\":1}\n{\"n\":2}\n", ""));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"SELECT 'it,string", "SELECT `it,name", "SELECT /* it,comment"})
    @DisplayName("that leave a quote, a backquote or a comment open are refused with its place, and none of them is run")
    void leftOpen(String opened, String what) {
        assertThat(CommandRun.piped("SELECT 1;\n" + opened + ";\nSELECT 2;\n", "sql")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.results()).isEmpty();
            assertThat(run.messages()).contains("The " + what + " that starts here is not closed (line 2, column 8)")
                    .contains("THW-1002");
        });
    }

    @Test
    @DisplayName("end at the first that fails, with exit code 1, as those of a file do")
    void endAtTheFirstFailure() {
        assertThat(
                CommandRun.piped("SELECT 1 AS n;\nSELECT m FROM nowhere;\nSELECT 2 AS n;\n", "sql", "--format", "csv"))
                .satisfies(run -> {
                    assertThat(run.exitCode()).isEqualTo(1);
                    assertThat(run.results()).isEqualTo("n\n1\n");
                    assertThat(run.messages()).contains("nowhere").contains("THW-1101");
                });
    }

    @Test
    @DisplayName("show neither banner nor prompt, and an empty pipe shows nothing")
    void noPrompts() {
        assertThat(CommandRun.piped("", "sql")).isEqualTo(new CommandRun(0, "", ""));
        assertThat(CommandRun.piped("SELECT 7 AS n;", "sql").results())
                .isEqualTo("+---+\n|n  |\n+---+\n|7  |\n+---+\n");
    }

    @Test
    @DisplayName("are SQL alone: the shell's short commands are refused by name")
    void shortCommands() {
        assertThat(CommandRun.piped("\\d\n", "sql").messages()).contains("line 1, column 1")
                .contains("the shell alone");
    }

    @Test
    @DisplayName("that are no text in UTF-8 are wrong usage")
    void notText() {
        assertThat(CommandRun.piped(new byte[] {(byte) 0xff, ';'}, "sql")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.messages()).contains("Standard input cannot be read: it is not text in UTF-8.");
        });
    }
}
