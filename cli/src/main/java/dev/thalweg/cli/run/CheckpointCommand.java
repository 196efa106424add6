package dev.thalweg.cli.run;

import dev.thalweg.execution.trigger.CheckpointCheck;
import dev.thalweg.execution.trigger.Connectors;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.file.LocalPath;
import dev.thalweg.state.CheckpointReader;
import java.nio.file.Path;
import java.util.List;

/// `thalweg checkpoint show|verify DIR`: looks at a checkpoint without holding or changing it; its query may be running.
public final class CheckpointCommand {
    private static final int SOUND = 0;
    private static final int UNSOUND = 1;

    private CheckpointCommand() {}

    /// Runs the command, and returns the exit code.
    public static int run(Streams streams, Arguments arguments) {
        arguments.allow("checkpoint", Option.VERBOSE);
        String deed = arguments.next().filter(word -> word.equals("show") || word.equals("verify"))
                .orElseThrow(() -> new WrongUsage("Say what to do: checkpoint show DIR, or checkpoint verify DIR."));
        String written = arguments.last("'checkpoint " + deed + "' needs the directory of a checkpoint.");
        try {
            Path directory = LocalPath.of("DIR", written);
            return deed.equals("show") ? show(directory, streams) : verify(directory, streams);
        } catch (ThalwegException e) {
            Verbosity.of(arguments).report(e, streams.messages());
            return UNSOUND;
        } finally {
            streams.results().flush();
        }
    }

    private static int show(Path directory, Streams streams) {
        new CheckpointReader(directory).show().forEach(streams.results()::println);
        return SOUND;
    }

    private static int verify(Path directory, Streams streams) {
        List<String> problems = new CheckpointCheck(directory, Connectors.discover()).problems();
        problems.forEach(streams.results()::println);
        if (problems.isEmpty()) {
            streams.results().println("Checkpoint " + directory + " is sound.");
        }
        return problems.isEmpty() ? SOUND : UNSOUND;
    }
}
