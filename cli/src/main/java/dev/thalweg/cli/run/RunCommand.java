package dev.thalweg.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `thalweg run FILE`: carries out the statements of a file, then waits for every query that they started.
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the SQL statements of a file, and waits for the queries that they start.")
public final class RunCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "FILE", description = "SQL statements, each ended by a semicolon.")
    private Path file = Path.of("");

    @Mixin
    private ScriptSession session = new ScriptSession();

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

    public RunCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        return session.run(streams, read(file, spec));
    }

    static String read(Path file, CommandSpec spec) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "File '" + file + "' cannot be read: "
                    + (Files.exists(file) ? e : "there is none here, in " + Path.of("").toAbsolutePath()) + ".");
        }
    }
}
