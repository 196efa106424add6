package dev.thalweg.cli.run;

import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.state.CheckpointReader;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `thalweg checkpoint show|verify DIR`: looks at a checkpoint without holding or changing it; its query may be running.
@Command(name = "checkpoint", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "(show | verify)", description = "Shows or verifies the checkpoint of a query.")
public final class CheckpointCommand implements Runnable {
    private final Streams streams;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

    public CheckpointCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: show DIR or verify DIR.");
    }

    @Command(name = "show", description = "Tells what a checkpoint holds: its query, tables of state, versions and log.")
    int show(@Parameters(paramLabel = "DIR") Path directory, @Mixin Verbosity verbosity) {
        return read(verbosity, () -> {
            new CheckpointReader(directory).show().forEach(streams.results()::println);
            return true;
        });
    }

    @Command(name = "verify", description = "Reads every byte of a checkpoint and tells what is wrong. Exit 1 if anything is.")
    int verify(@Parameters(paramLabel = "DIR") Path directory, @Mixin Verbosity verbosity) {
        return read(verbosity, () -> {
            List<String> problems = new CheckpointReader(directory).verify();
            problems.forEach(streams.results()::println);
            if (problems.isEmpty()) {
                streams.results().println("Checkpoint " + directory + " is sound.");
            }
            return problems.isEmpty();
        });
    }

    private int read(Verbosity verbosity, java.util.function.BooleanSupplier look) {
        try {
            return look.getAsBoolean() ? 0 : 1;
        } catch (ThalwegException e) {
            verbosity.report(e, streams.messages());
            return 1;
        } finally {
            streams.results().flush();
        }
    }
}
