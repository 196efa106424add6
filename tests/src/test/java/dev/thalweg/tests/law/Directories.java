package dev.thalweg.tests.law;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Where the law's checkpoints lie, and what takes them away.
final class Directories {
    private Directories() {}

    private static final Path IN_MEMORY = Path.of("/dev/shm");

    /// In memory where the machine has such a place: nothing here pulls the plug, so that waiting for a disk would show nothing.
    static Path create(String prefix) throws IOException {
        return Files.isWritable(IN_MEMORY)
                ? Files.createTempDirectory(IN_MEMORY, prefix)
                : Files.createTempDirectory(prefix);
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
