package dev.thalweg.cli.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// `thalweg run FILE`: carries out the statements of a file, then waits for every query that they started.
public final class RunCommand {
    private RunCommand() {}

    /// Runs the command, and returns the exit code.
    public static int run(Streams streams, Arguments arguments) {
        arguments.allow("run", Option.FORMAT, Option.VERBOSE);
        String script = read(arguments.last("'run' needs the name of a file."));
        return ScriptSession.of(arguments).run(streams, script);
    }

    static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new WrongUsage("File '" + file + "' cannot be read: " + switch (e) {
                case NoSuchFileException _ -> "there is none here, in " + Path.of("").toAbsolutePath();
                case CharacterCodingException _ -> "it is not text in UTF-8";
                default -> e.getMessage();
            } + ".");
        }
    }
}
