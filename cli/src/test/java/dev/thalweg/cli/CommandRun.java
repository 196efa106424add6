package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.cli.run.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/// What a call of the command gave, without a terminal.
public record CommandRun(int exitCode, String results, String messages) {
    public static CommandRun of(String... args) {
        return piped("", args);
    }

    /// With a text on standard input, which is no terminal.
    public static CommandRun piped(String input, String... args) {
        return piped(input.getBytes(UTF_8), args);
    }

    /// With bytes on standard input, which is no terminal.
    public static CommandRun piped(byte[] input, String... args) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int code = Main.run(
                new Streams(new ByteArrayInputStream(input), new PrintStream(results, false, UTF_8),
                        new PrintStream(messages, true, UTF_8), false),
                args);
        return new CommandRun(code, results.toString(UTF_8), messages.toString(UTF_8));
    }
}
