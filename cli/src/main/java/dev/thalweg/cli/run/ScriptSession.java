package dev.thalweg.cli.run;

import dev.thalweg.ThalwegSession;
import dev.thalweg.cli.shell.LiveTable;
import dev.thalweg.streaming.StreamingQueryException;
import java.util.function.Supplier;
import org.jline.terminal.Size;

/// What `run` and `sql` share: the session that their statements run in, their options, and how a script ends.
///
/// Ctrl-C stops every query after the trigger it is in; the JVM then exits with 130.
public final class ScriptSession {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final ResultFormat format;
    private final Verbosity verbosity;

    public ScriptSession(ResultFormat format, Verbosity verbosity) {
        this.format = format;
        this.verbosity = verbosity;
    }

    static ScriptSession of(Arguments arguments) {
        return new ScriptSession(arguments.value(Option.FORMAT).map(ResultFormat::named).orElse(ResultFormat.TABLE),
                Verbosity.of(arguments));
    }

    public Verbosity verbosity() {
        return verbosity;
    }

    /// Begins a session that shows its results on these streams.
    public ThalwegSession open(Streams streams) {
        verbosity.apply(streams.messages());
        return ThalwegSession.builder().output(text -> {
            streams.results().print(text);
            streams.results().flush();
        }).create();
    }

    /// Writes answers to the results' stream; on a terminal, a table of a streaming SELECT is redrawn.
    ///
    /// @param size of the terminal, asked only when there is one
    public ScriptRunner runner(ThalwegSession session, Streams streams, Supplier<Size> size) {
        Supplier<ResultWriter> plain = () -> format.writer(streams.results(), session.conf().zone());
        boolean redraws = streams.isTerminal() && format == ResultFormat.TABLE;
        return new ScriptRunner(session, streams.results(), plain,
                redraws ? () -> new LiveTable(streams.results(), session.conf().zone(), size) : plain);
    }

    /// Runs a script to the end of all its queries.
    ///
    /// @return the exit code
    int run(Streams streams, String script) {
        try (ThalwegSession session = open(streams)) {
            Size size = streams.isTerminal() ? LiveTable.sizeOfTerminal() : Size.of(0, 0);
            ScriptRunner runner = runner(session, streams, () -> size);
            Thread stop = new Thread(runner::stop, "stop on Ctrl-C");
            Runtime.getRuntime().addShutdownHook(stop);
            try {
                runner.runToEnd(script);
                return DONE;
            } finally {
                remove(stop);
            }
        } catch (StreamingQueryException | RuntimeException e) {
            verbosity.report(e, streams.messages());
            return FAILED;
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // Ctrl-C was pressed: the hook is what ended the script
        }
    }
}
