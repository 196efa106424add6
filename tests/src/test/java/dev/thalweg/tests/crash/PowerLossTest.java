package dev.thalweg.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.file.Checksum;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.streaming.StreamingQueryException;
import dev.thalweg.tests.crash.disk.DiskFileSystemProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A child runs the query on a disk that remembers only what was synced ([dev.thalweg.tests.crash.disk.ForgetfulDisk]), and writes down
/// what that has after each step. From every such state the query goes on here.
@DisplayName("A query from files into files, whose machine loses power at any step of a trigger")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class PowerLossTest {
    /// The one in which the power is cut.
    static final long TRIGGER = 1;
    private static final int FILES = 4;

    @TempDir
    private static Path directory = Path.of("");

    /// A sync that is left out.
    enum Omission {
        NONE("-"), LIST_OF_SEEN_FILES(".*/seen-files\\.log"), LOG(".*\\.seg"), STAGED_FILE(
                "out/_staging/part-.*"), STAGING_DIRECTORY(
                        "out/_staging"), MANIFEST("out/_thalweg/manifest\\.log"), OUTPUT_DIRECTORY("out");

        private final Pattern path;

        Omission(String path) {
            this.path = Pattern.compile(path);
        }

        boolean hits(Path below) {
            return path.matcher(below.toString()).matches();
        }
    }

    /// What has reached the disk before it had to: a file system may write in any order.
    enum Lead {
        NONE("-"), LOG(".*\\.seg"), LIST_OF_SEEN_FILES(".*/seen-files\\.log"), MANIFEST(
                "out/_thalweg/manifest\\.log"), NAMES(
                        "(.*/)?(out|_staging|log|sources|0)"), FILES("out/(_staging/)?part-.*");

        private final Pattern path;

        Lead(String path) {
            this.path = Pattern.compile(path);
        }

        boolean hits(Path below) {
            return path.matcher(below.toString()).matches();
        }
    }

    private static Path of(Omission omission) {
        return directory.resolve(omission.name());
    }

    static Path live(Path of) {
        return of.resolve("live");
    }

    static Path images(Path of) {
        return of.resolve("images");
    }

    @BeforeAll
    static void cutThePower() throws Exception {
        List<String> arguments = new ArrayList<>();
        for (Omission omission : Omission.values()) {
            FileQuery query = new FileQuery(live(of(omission)), "");
            for (int i = 0; i < FILES; i++) {
                query.file(i);
            }
            arguments.add(of(omission).toString());
        }
        Path log = directory.resolve("child.log");
        Process child = ChildProcess.java(PowerLossChild.class, log, arguments,
                List.of("-Djava.nio.file.spi.DefaultFileSystemProvider=" + DiskFileSystemProvider.class.getName()));
        assertThat(child.waitFor()).as(() -> read(log)).isZero();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest(name = "with what had reached the disk before it had to: {0}")
    @EnumSource
    @DisplayName("goes on as if nothing had happened")
    void goesOn(Lead lead) throws Exception {
        Map<String, String> problems = problems(Omission.NONE, lead);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    @DisplayName("does not without a sync of")
    void needsEverySync(Omission omission) throws Exception {
        Map<Lead, Map<String, String>> problems = new EnumMap<>(Lead.class);
        for (Lead lead : Lead.values()) {
            problems.put(lead, problems(omission, lead));
        }
        assertThat(problems).anySatisfy((_, of) -> assertThat(of).isNotEmpty());
    }

    /// What goes wrong after which step.
    private static Map<String, String> problems(Omission omission, Lead lead) throws Exception {
        List<Path> images;
        try (Stream<Path> all = Files.list(images(of(omission)))) {
            images = all.filter(image -> image.toString().endsWith("-" + lead)).sorted().toList();
        }
        assertThat(images).as("states of the disk").hasSizeGreaterThanOrEqualTo(10);
        Map<String, String> problems = new TreeMap<>();
        Set<Integer> seen = new HashSet<>();
        for (Path image : images) {
            if (seen.add(digest(image))) {
                String problem = goOn(live(of(omission)), image);
                if (!problem.isEmpty()) {
                    problems.put(image.getFileName().toString(), problem);
                }
            }
        }
        return problems;
    }

    private static int digest(Path image) throws IOException {
        List<Object> content = new ArrayList<>();
        try (Stream<Path> all = Files.walk(image)) {
            for (Path path : all.sorted().toList()) {
                content.add(image.relativize(path));
                content.add(Files.isDirectory(path) ? "/" : Checksum.of(Files.readAllBytes(path)));
            }
        }
        return content.hashCode();
    }

    private static String goOn(Path live, Path image) throws IOException {
        Directories.delete(live);
        Files.move(image, live);
        try {
            FileQuery query = new FileQuery(live, "");
            query.run(FileQuery.PLAIN);
            List<String> expected = new ArrayList<>(Collections.nCopies(FILES, "bob,1"));
            for (int i = 0; i < FILES; i++) {
                expected.add("ann," + i);
            }
            Collections.sort(expected);
            List<String> rows = rows(live.resolve("out"));
            return rows.equals(expected) ? "" : rows.toString();
        } catch (StreamingQueryException | ThalwegException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Of the visible files, each as often as it is there.
    private static List<String> rows(Path out) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Arrays.asList(Files.readString(file, StandardCharsets.UTF_8).split("\n")));
            }
        }
        Collections.sort(rows);
        return rows;
    }
}
