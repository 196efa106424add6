package dev.thalweg.cli.run;

/// `thalweg run FILE`: carries out the statements of a file, then waits for every query that they started.
public final class RunCommand {
    private RunCommand() {}

    /// Runs the command, and returns the exit code.
    public static int run(Streams streams, Arguments arguments) {
        arguments.allow("run", Option.FORMAT, Option.VERBOSE);
        String script = ScriptText.ofFile(arguments.last("'run' needs the name of a file."));
        return ScriptSession.of(arguments).run(streams, script);
    }
}
