package dev.thalweg.cli;

import dev.thalweg.ThalwegSession;
import dev.thalweg.cli.run.Arguments;
import dev.thalweg.cli.run.CheckpointCommand;
import dev.thalweg.cli.run.RunCommand;
import dev.thalweg.cli.run.SqlCommand;
import dev.thalweg.cli.run.Streams;
import dev.thalweg.cli.run.Usage;
import dev.thalweg.cli.run.WrongUsage;
import java.io.Console;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The command `thalweg`.
///
/// Exit codes: 0 all done, 1 a statement or query failed or a checkpoint is not sound, 2 wrong usage, 3 no suitable JDK, 130
/// ended by Ctrl-C, 143 by SIGTERM.
public final class Main {
    static final int OLDEST_JDK = 25;
    private static final int DONE = 0;
    private static final int WRONG_USAGE = 2;
    private static final int NO_JDK = 3;

    private Main() {}

    public static void main(String[] args) {
        PrintStream messages = printer(new FileOutputStream(FileDescriptor.err), true);
        if (Runtime.version().feature() < OLDEST_JDK) {
            messages.println("thalweg needs JDK " + OLDEST_JDK + " or newer, and this is " + Runtime.version()
                    + ". Install one and set JAVA_HOME to it.");
            System.exit(NO_JDK);
        }
        PrintStream results = printer(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false);
        int code = run(new Streams(System.in, results, messages, isTerminal()), args);
        results.flush();
        System.exit(code);
    }

    private static PrintStream printer(OutputStream stream, boolean autoFlush) {
        return new PrintStream(stream, autoFlush, StandardCharsets.UTF_8);
    }

    /// Runs the command and gives its exit code.
    public static int run(Streams streams, String... args) {
        try {
            Arguments arguments = new Arguments(List.of(args));
            if (arguments.asksForHelp()) {
                return say(streams, Usage.TEXT);
            }
            if (arguments.asksForVersion()) {
                return say(streams, "thalweg " + ThalwegSession.VERSION + "\n");
            }
            return switch (arguments.next().orElse("")) {
                case "run" -> RunCommand.run(streams, arguments);
                case "sql" -> SqlCommand.run(streams, arguments);
                case "checkpoint" -> CheckpointCommand.run(streams, arguments);
                case "" -> throw new WrongUsage("Say what to do: run FILE, sql, or checkpoint show|verify DIR.");
                case String other -> throw new WrongUsage("Unknown command '" + other + "'.");
            };
        } catch (WrongUsage e) {
            streams.messages().print(e.getMessage() + "\n\n" + Usage.TEXT);
            return WRONG_USAGE;
        }
    }

    private static int say(Streams streams, String text) {
        streams.results().print(text);
        streams.results().flush();
        return DONE;
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 has taken the console of JDK 22 back
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
