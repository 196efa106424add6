package dev.thalweg.tests.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The checked-in sources, wherever the tests were started from.
record SourceTree(Path root) {
    static SourceTree find() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.exists(here.resolve("config/format.prefs"))) {
            here = here.getParent();
        }
        if (here == null) {
            throw new IllegalStateException("The tests run outside the project");
        }
        return new SourceTree(here);
    }

    /// One Java file.
    record JavaFile(Path path, String name, List<String> lines) {
        /// Tests, and what tests are made with, such as the program that records Spark's answers.
        boolean isTest() {
            return !path.toString().contains("/src/main/");
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    List<JavaFile> javaFiles() {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.filter(m -> Files.exists(m.resolve("pom.xml"))).map(m -> m.resolve("src"))
                    .filter(Files::isDirectory).flatMap(this::javaFilesBelow).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<JavaFile> javaFilesBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).map(this::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JavaFile read(Path file) {
        try {
            return new JavaFile(root.relativize(file), file.getFileName().toString().replace(".java", ""),
                    Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Path> below(String folder, String suffix) {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(f -> f.toString().endsWith(suffix) && !isBuilt(root.relativize(f))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isBuilt(Path path) {
        for (Path part : path) {
            if (part.toString().equals("target") || part.toString().equals(".git")) {
                return true;
            }
        }
        return false;
    }
}
