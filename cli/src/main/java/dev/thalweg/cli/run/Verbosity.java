package dev.thalweg.cli.run;

import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.streaming.StreamingQueryException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How much is told on standard error (`--verbose`).
///
/// @param verbose whether to tell what is done, and where an error comes from
public record Verbosity(boolean verbose) {
    static Verbosity of(Arguments arguments) {
        return new Verbosity(arguments.has(Option.VERBOSE));
    }

    /// Takes effect on logs when no log has been written yet.
    void apply(PrintStream messages) {
        if (!verbose) {
            return;
        }
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
        messages.println(cacheInUse().map(cache -> "Started with the ahead-of-time cache of classes " + cache + ".")
                .orElse("Started without an ahead-of-time cache of classes."));
    }

    /// The JDK falls back in silence when a cache does not fit. On Linux the process can be asked; elsewhere the launcher
    /// is believed.
    private static Optional<String> cacheInUse() {
        Optional<String> cache = Optional.ofNullable(System.getProperty("thalweg.aot"));
        try {
            Path maps = Path.of("/proc/self/maps");
            String mapped = Files.exists(maps) ? Files.readString(maps) : "";
            return cache.filter(file -> mapped.isEmpty() || mapped.contains(file));
        } catch (IOException _) {
            return cache;
        }
    }

    /// Tells of an error: its text, and with `--verbose` its trace.
    public void report(Throwable error, PrintStream messages) {
        messages.println(text(error));
        if (verbose) {
            error.printStackTrace(messages);
        }
        messages.flush();
    }

    private static String text(Throwable error) {
        return switch (error) {
            case ThalwegException known -> String.valueOf(known.getMessage());
            case StreamingQueryException ended when ended.getCause() instanceof ThalwegException known ->
                    String.valueOf(known.getMessage());
            default -> "Thalweg failed where it should not: " + error + ". Run it again with --verbose and report what"
                    + " it prints.";
        };
    }
}
