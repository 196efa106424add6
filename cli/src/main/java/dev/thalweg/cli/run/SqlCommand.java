package dev.thalweg.cli.run;

import dev.thalweg.cli.shell.Shell;
import java.nio.file.Path;
import java.util.Optional;

/// `thalweg sql`: statements from the command line, from a file or a pipe, or typed into a shell.
public final class SqlCommand {
    private static final String HISTORY = ".thalweg_history";

    private SqlCommand() {}

    /// Runs the command, and returns the exit code.
    public static int run(Streams streams, Arguments arguments) {
        arguments.allow("sql", Option.STATEMENTS, Option.FILE, Option.FORMAT, Option.VERBOSE);
        arguments.next().ifPresent(word -> {
            throw new WrongUsage("'" + word + "' is one word too many. A file of statements is run by 'run " + word
                    + "', statements by 'sql -e' with quotes around them.");
        });
        ScriptSession session = ScriptSession.of(arguments);
        Optional<String> text = arguments.value(Option.STATEMENTS);
        Optional<String> file = arguments.value(Option.FILE);
        if (text.isPresent() && file.isPresent()) {
            throw new WrongUsage("Give statements with -e or a file of them with -f, not both.");
        }
        if (text.isPresent()) {
            return session.run(streams, text.get());
        }
        if (file.isPresent()) {
            return session.run(streams, ScriptText.ofFile(file.get()));
        }
        if (streams.isTerminal()) {
            return new Shell(streams, session, Path.of(System.getProperty("user.home"), HISTORY)).run();
        }
        return session.run(streams, ScriptText.ofInput(streams.input())); // prompts would stand among the results
    }
}
