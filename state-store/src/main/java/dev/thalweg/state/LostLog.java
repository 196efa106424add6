package dev.thalweg.state;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.state.log.RecordType;
import dev.thalweg.state.log.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells a checkpoint whose log was taken away from one that never had a trigger. Both have no log to go on from; taken for
/// new, the first would read its input again under numbers that its sink has already committed, and lose rows.
final class LostLog {
    private LostLog() {}

    /// What speaks for triggers although there is no directory `log`, which is made before any source is opened.
    static Optional<String> withoutDirectory(Path checkpoint) {
        return Files.isDirectory(checkpoint.resolve("log"))
                ? Optional.empty()
                : List.of("snapshots", "sources", "sinks").stream().filter(part -> holdsAnything(checkpoint, part))
                        .findFirst().map(part -> problem(checkpoint, "has no 'log'", part));
    }

    /// What speaks for triggers although the log holds none.
    static Optional<String> withoutTriggers(Path checkpoint, RecoveryReport log) {
        boolean isLost = log.last(RecordType.TRIGGER).isEmpty() && holdsAnything(checkpoint, "snapshots");
        return isLost
                ? Optional.of(problem(checkpoint, "has a log without any trigger", "snapshots"))
                : Optional.empty();
    }

    private static String problem(Path checkpoint, String what, String part) {
        return "Checkpoint " + checkpoint + " " + what + ", but its '" + part
                + "' says that its query has had triggers."
                + " Restore the whole checkpoint from a copy, or start with a new checkpoint and a new place for the"
                + " output.";
    }

    static Corrupted refusal(String problem) {
        return new Corrupted("THW-5049", problem);
    }

    private static boolean holdsAnything(Path checkpoint, String part) {
        Path directory = checkpoint.resolve(part);
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.anyMatch(file -> Files.isRegularFile(file) && file.toFile().length() > 0);
        } catch (IOException e) {
            throw new Unavailable("THW-5032",
                    "Checkpoint " + checkpoint + " cannot be read: " + e + ". Check its permissions.", e);
        }
    }
}
