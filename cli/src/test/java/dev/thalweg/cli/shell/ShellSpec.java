package dev.thalweg.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.run.ResultFormat;
import dev.thalweg.cli.run.ScriptSession;
import dev.thalweg.cli.run.Streams;
import dev.thalweg.cli.run.Verbosity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The shell")
final class ShellSpec {
    @TempDir
    Path home;

    private String type(String input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printer = new PrintStream(out, true, UTF_8);
        try (Terminal terminal = new DumbTerminal("test", Terminal.TYPE_DUMB,
                new ByteArrayInputStream(input.getBytes(UTF_8)), out, UTF_8)) {
            Shell shell = new Shell(new Streams(InputStream.nullInputStream(), printer, printer, true),
                    new ScriptSession(ResultFormat.TABLE, new Verbosity(false)), home.resolve("history"));
            assertThat(shell.run(terminal)).isZero();
        }
        return out.toString(UTF_8);
    }

    @Test
    @DisplayName("runs a statement once its semicolon is typed, however many lines it takes")
    void manyLines() throws IOException {
        assertThat(type("SELECT 1 +\n41 AS answer\n;\n\\q\n")).contains("|42    |");
        assertThat(Files.readString(home.resolve("history"))).contains("answer");
    }

    @Test
    @DisplayName("goes on after an error, and ends with its input")
    void goesOn() throws IOException {
        assertThat(type("SELECT x FROM nowhere;\nSELECT 7 AS n;\n")).contains("nowhere").contains("|7  |");
    }

    @Test
    @DisplayName("lists tables and describes one by backslash commands, and helps")
    void commands() throws IOException {
        assertThat(type("CREATE TABLE clicks (url STRING) USING memory;\n\\d\n\\d clicks\n\\?\n\\x\n"))
                .contains("|clicks|table|").contains("|url     |string").contains("running queries")
                .contains("no command '\\x'");
    }

    @Test
    @DisplayName("is left by \\q, and by what other shells call it")
    void leaves() throws IOException {
        for (String word : List.of("\\q", "\\q;", "exit", "QUIT;")) {
            assertThat(type(word + "\nSELECT 7 AS n;\n")).as(word).doesNotContain("|7  |");
        }
    }

    @Test
    @DisplayName("takes a semicolon in a string for text")
    void semicolonInText() {
        StatementLines lines = new StatementLines();
        assertThatThrownBy(() -> lines.parse("SELECT ';'", 10, ParseContext.ACCEPT_LINE)).isInstanceOf(EOFError.class);
        assertThat(lines.parse("SELECT ';';", 11, ParseContext.ACCEPT_LINE).line()).isEqualTo("SELECT ';';");
    }

    @Test
    @DisplayName("can end the statement that runs and live on")
    void interrupts() throws InterruptedException {
        StatementThread statements = new StatementThread();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        boolean[] ended = new boolean[1];
        Thread shell = Thread.ofPlatform().start(() -> statements.run(() -> {
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                ended[0] = true;
            }
        }));
        begun.await();
        statements.interrupt();
        shell.join();
        assertThat(ended[0]).isTrue();
    }
}
