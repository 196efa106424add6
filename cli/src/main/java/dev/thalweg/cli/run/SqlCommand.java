package dev.thalweg.cli.run;

import dev.thalweg.cli.shell.Shell;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `thalweg sql`: statements from the command line, from a file, or typed into a shell.
@Command(name = "sql", mixinStandardHelpOptions = true, description = "Opens a shell, or runs the statements given with -e or -f.")
public final class SqlCommand implements Callable<Integer> {
    private static final String HISTORY = ".thalweg_history";

    private final Streams streams;

    @ArgGroup
    private @Nullable Given given; // picocli leaves it out when neither is there

    @Mixin
    private ScriptSession session = new ScriptSession();

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

    /// The statements, when they are not typed.
    static final class Given {
        @Option(names = "-e", paramLabel = "STATEMENTS", required = true, description = "Statements to run.")
        private Optional<String> text = Optional.empty();

        @Option(names = "-f", paramLabel = "FILE", required = true, description = "A file of statements to run.")
        private Optional<Path> file = Optional.empty();
    }

    public SqlCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Given script = given;
        if (script == null) {
            return new Shell(streams, session, Path.of(System.getProperty("user.home"), HISTORY)).run();
        }
        return session.run(streams, script.text.orElseGet(() -> RunCommand.read(script.file.orElseThrow(), spec)));
    }
}
