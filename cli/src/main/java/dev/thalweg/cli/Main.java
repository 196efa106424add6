package dev.thalweg.cli;

import dev.thalweg.cli.run.CheckpointCommand;
import dev.thalweg.cli.run.RunCommand;
import dev.thalweg.cli.run.SqlCommand;
import dev.thalweg.cli.run.Streams;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `thalweg`.
///
/// Exit codes: 0 all done, 1 a statement or query failed, 2 wrong usage, 3 no suitable JDK, 130 ended by Ctrl-C.
@Command(name = "thalweg", description = "Streaming SQL over tables without end.", version = "thalweg 0.1.0-SNAPSHOT", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", footer = {
        "", "Exit codes: 0 all done, 1 a statement or query failed, 2 wrong usage, 3 no suitable JDK,",
        "130 ended by Ctrl-C."})
public final class Main implements Runnable {
    static final int OLDEST_JDK = 25;
    static final int NO_JDK = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

    private Main() {}

    public static void main(String[] args) {
        PrintStream messages = printer(new FileOutputStream(FileDescriptor.err), true);
        if (Runtime.version().feature() < OLDEST_JDK) {
            messages.println("thalweg needs JDK " + OLDEST_JDK + " or newer, and this is " + Runtime.version()
                    + ". Install one and set JAVA_HOME to it.");
            System.exit(NO_JDK);
        }
        PrintStream results = printer(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false);
        int code = run(new Streams(results, messages, System.console() != null && System.console().isTerminal()), args);
        results.flush();
        System.exit(code);
    }

    private static PrintStream printer(OutputStream stream, boolean autoFlush) {
        return new PrintStream(stream, autoFlush, StandardCharsets.UTF_8);
    }

    /// Runs the command and gives its exit code.
    public static int run(Streams streams, String... args) {
        CommandLine command = new CommandLine(new Main())
                .addSubcommand(new RunCommand(streams))
                .addSubcommand(new SqlCommand(streams))
                .addSubcommand(new CheckpointCommand(streams));
        command.setOut(new java.io.PrintWriter(streams.results(), true));
        command.setErr(new java.io.PrintWriter(streams.messages(), true));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        return command.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "Say what to do: run FILE, sql, or checkpoint show|verify DIR.");
    }
}
