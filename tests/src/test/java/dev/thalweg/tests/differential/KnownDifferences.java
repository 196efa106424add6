package dev.thalweg.tests.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// Expressions that we answer otherwise than Spark, each group with its reason; the list may only shrink.
final class KnownDifferences {
    private static final Path LIST = Path.of("src/test/resources/spark/known-differences.txt");

    private KnownDifferences() {}

    static Set<String> expressions() {
        try {
            return Files.readAllLines(LIST, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("# ")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
