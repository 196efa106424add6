package dev.thalweg.cli.shell;

import dev.thalweg.ThalwegSession;
import dev.thalweg.cli.run.ScriptRunner;
import dev.thalweg.cli.run.ScriptSession;
import dev.thalweg.cli.run.Streams;
import dev.thalweg.parser.Statement;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.streaming.StreamingQueryException;
import dev.thalweg.streaming.StreamingQueryListener;
import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/// `thalweg sql`: reads statements, each over as many lines as it needs, and shows what they answer.
///
/// Ctrl-C ends the statement that runs, or forgets what is typed; Ctrl-D ends the shell and every query it started.
public final class Shell {
    private static final String PROMPT = "thalweg> ";
    private static final String MORE = "       > ";

    private final Streams streams;
    private final ScriptSession scripts;
    private final Path history;

    /// @param history the file that keeps what was typed
    public Shell(Streams streams, ScriptSession scripts, Path history) {
        this.streams = streams;
        this.scripts = scripts;
        this.history = history;
    }

    /// Reads and runs until the input ends.
    ///
    /// @return the exit code
    public int run() {
        try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
            return run(terminal);
        } catch (IOException e) {
            streams.messages().println("The terminal cannot be used: " + e + ". Run statements with -e or -f instead.");
            return 1;
        }
    }

    int run(Terminal terminal) {
        try (ThalwegSession session = scripts.open(streams)) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).appName("thalweg")
                    .parser(new StatementLines()).completer(new Completion(session))
                    .variable(LineReader.HISTORY_FILE, history)
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, MORE)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true).build();
            session.streams().addListener(failures(reader));
            StatementThread statements = new StatementThread();
            terminal.handle(Signal.INT, _ -> statements.interrupt());
            ShellHelp help = new ShellHelp(terminal.writer());
            ScriptRunner runner = scripts.runner(session, streams, terminal::getSize);
            terminal.writer().println("Thalweg " + session.version() + ". \\? for help, \\q to leave.");
            read(reader, line -> {
                if (!help.isAsked(line)) {
                    session.streams().resetTerminated(); // what failed before has been told
                    statements.run(() -> execute(runner, help.statement(line)));
                }
            });
        }
        return 0;
    }

    private static void read(LineReader reader, java.util.function.Consumer<String> use) {
        while (true) {
            try {
                String line = reader.readLine(PROMPT).strip();
                if (ShellHelp.leaves(line)) {
                    return;
                }
                if (!line.isEmpty()) {
                    use.accept(line);
                }
            } catch (UserInterruptException _) {
                // Ctrl-C while typing: what was typed is forgotten
            } catch (EndOfFileException _) {
                return;
            }
        }
    }

    private void execute(ScriptRunner runner, String text) {
        try {
            for (Statement statement : StatementParser.parseScript(text)) {
                runner.run(statement);
                if (Thread.currentThread().isInterrupted()) {
                    streams.messages().println("Stopped.");
                    return;
                }
            }
        } catch (StreamingQueryException | RuntimeException e) {
            if (Thread.interrupted()) {
                streams.messages().println("Stopped.");
            } else {
                scripts.verbosity().report(e, streams.messages());
            }
        }
    }

    /// Tells when a query fails that nobody waits for.
    private static StreamingQueryListener failures(LineReader reader) {
        return new StreamingQueryListener() {
            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                event.exception().filter(_ -> reader.isReading())
                        .ifPresent(error -> reader.printAbove("A query failed: " + error));
            }
        };
    }
}
