package dev.thalweg.tests.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// Expressions and streaming queries that we answer otherwise than Spark, each group with its reason; the lists may only shrink.
final class KnownDifferences {
    private static final Path FOLDER = Path.of("src/test/resources/spark");

    private KnownDifferences() {}

    static Set<String> expressions() {
        return lines("known-differences.txt");
    }

    /// Each as in `streams.txt`.
    static Set<String> streams() {
        return lines("known-stream-differences.txt");
    }

    private static Set<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file), StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("# ")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
