package dev.thalweg.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.source.SourceHarness;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file source")
final class FileSourceSpec {
    @TempDir
    Path directory;

    private Path in = Path.of("");
    private Path checkpoint = Path.of("");

    @BeforeEach
    void directories() throws IOException {
        in = Files.createDirectories(directory.resolve("in"));
        checkpoint = Files.createDirectories(directory.resolve("checkpoint"));
    }

    private SourceHarness text(String... options) {
        Map<String, String> map = new LinkedHashMap<>(Map.of("path", in.toString()));
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return new SourceHarness("text", map, null, checkpoint);
    }

    private void write(String name, int modifiedSecond, String text) throws IOException {
        Path file = in.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * modifiedSecond));
    }

    private static List<String> values(List<List<Object>> rows) {
        return rows.stream().map(r -> String.valueOf(r.getFirst())).toList();
    }

    @Test
    @DisplayName("takes files in the order they were modified, or by name when told to; hidden and empty ones never")
    void ordersFiles() throws IOException {
        write("a", 3, "third\n");
        write("b", 1, "first\r\n");
        write("c", 2, "second");
        write("_hidden", 1, "x");
        write(".hidden", 1, "x");
        write("empty", 1, "");
        write("deeper/d", 1, "not entered");
        try (SourceHarness source = text()) {
            assertThat(values(source.all())).containsExactly("first", "second", "third");
        }
        checkpoint = Files.createDirectories(directory.resolve("checkpoint2"));
        try (SourceHarness source = text("fileOrder", "name", "recursiveFileLookup", "true", "pathGlobFilter",
                "[a-d]")) {
            assertThat(values(source.all())).containsExactly("third", "first", "second", "not entered");
        }
    }

    @Test
    @DisplayName("gives the same rows for the same range, after a restart and after files have grown")
    void readsARangeAgain() throws IOException {
        write("a", 1, "one\n");
        write("b", 2, "two\n");
        try (SourceHarness source = text("maxFilesPerTrigger", "1")) {
            Offset none = source.source().initial();
            Offset first = source.latest(none);
            Offset second = source.latest(first);
            assertThat(values(source.read(none, first))).containsExactly("one");
            write("c", 0, "older, but found later\n");
            Files.writeString(in.resolve("a"), "more\n", StandardOpenOption.APPEND);
            source.restart();
            Offset parsed = source.source().parse(second.json());
            assertThat(parsed).isEqualTo(second);
            assertThat(values(source.read(none, parsed))).containsExactly("one", "two");
            assertThat(values(source.read(parsed, source.latest(parsed)))).containsExactly("older, but found later");
            assertThat(source.source().version(new OffsetRange<>(none, first))).contains("\"size\":4");
        }
    }

    @Test
    @DisplayName("keeps the place of files that a run listed but died before it took them")
    void keepsPlaces() throws IOException {
        write("b", 2, "two\n");
        try (SourceHarness source = text()) {
            source.latest(source.source().initial()); // the offset is lost with the process
            write("a", 1, "one\n");
            source.restart();
            assertThat(values(source.all())).containsExactly("two", "one");
        }
    }

    @Test
    @DisplayName("cuts a torn end of its list of seen files, and refuses a damaged line")
    void mendsItsList() throws IOException {
        write("a", 1, "one\n");
        write("b", 2, "two\n");
        Path log = checkpoint.resolve("seen-files.log");
        try (SourceHarness source = text()) {
            source.latest(source.source().initial());
            Files.writeString(log, "torn", StandardOpenOption.APPEND);
            source.restart();
            assertThat(values(source.all())).containsExactly("one", "two");
            Files.writeString(log, Files.readString(log).replace("\"size\":4", "\"size\":5"));
            assertThatThrownBy(source::restart).isInstanceOf(Corrupted.class).hasMessageContaining("Line 1");
            Files.delete(log);
            source.restart();
            Offset taken = source.source().parse("{\"files\":2}");
            assertThatThrownBy(() -> source.latest(taken)).isInstanceOf(Corrupted.class);
        }
    }

    @Test
    @DisplayName("forgets old files that were taken for good and deleted, knows those that are there, and goes on counting")
    void forgetsWhatIsGone() throws IOException {
        int day = 24 * 60 * 60;
        int files = 300;
        try (SourceHarness source = text("maxFilesPerTrigger", "10")) {
            Offset taken = source.source().initial();
            for (int i = 0; i < files; i++) {
                write("f%03d".formatted(i), i * day, "row " + i + "\n");
            }
            for (int trigger = 0; trigger < files / 10; trigger++) {
                Offset next = source.latest(taken);
                List<String> rows = values(source.read(taken, next));
                assertThat(rows).hasSize(10).startsWith("row " + trigger * 10);
                source.source().commit(taken); // COMMIT of the trigger before is durable
                taken = next;
                for (int i = trigger * 10; i < trigger * 10 + 10; i++) {
                    if (i % 100 != 7) {
                        Files.delete(in.resolve("f%03d".formatted(i))); // a consumer tidies up
                    }
                }
            }
            assertThat(Files.readAllLines(checkpoint.resolve("seen-files.log"))).hasSizeLessThan(130);
            write("f001", day, "put back after most of a year: a new file\n");
            write("f%03d".formatted(files - 3), (files - 3) * day, "put back within a week\n");
            for (int run = 0; run < 2; run++) {
                Offset more = source.latest(taken);
                assertThat(more.json()).isEqualTo("{\"files\":301}");
                assertThat(values(source.read(taken, more)))
                        .containsExactly("put back after most of a year: a new file");
                source.restart(); // and the files of which "f007" is one are still there, and known
                taken = source.source().parse(taken.json());
            }
        }
    }

    @Test
    @DisplayName("forgets nothing while a directory is empty or away, as a share is that is not mounted")
    void forgetsNothingOfWhatIsAway() throws IOException {
        try (SourceHarness source = text()) {
            for (int i = 0; i < 150; i++) {
                write("f%03d".formatted(i), i * 1_000_000, "row\n");
            }
            Offset taken = source.latest(source.source().initial());
            Path away = directory.resolve("away");
            Files.move(in, away);
            source.source().commit(taken);
            source.restart();
            Files.move(away, in);
            assertThat(source.latest(taken)).isEqualTo(taken);
        }
    }

    @Test
    @DisplayName("cuts an append of which a block never reached the disk, and refuses a list that is then too short")
    void cutsAnAppendTornInItsMiddle() throws IOException {
        write("a", 1, "one\n");
        Path log = checkpoint.resolve("seen-files.log");
        try (SourceHarness source = text()) {
            Offset first = source.latest(source.source().initial());
            write("b", 2, "two\n");
            write("c", 3, "three\n");
            source.latest(first);
            String[] lines = Files.readString(log).split("\n", -1);
            String torn = "\0".repeat(lines[1].length() - 5) + lines[1].substring(lines[1].length() - 5);
            Files.writeString(log, lines[0] + "\n" + torn + "\n" + lines[2] + "\n");
            source.restart();
            Offset taken = source.source().parse("{\"files\":3}");
            assertThatThrownBy(() -> source.latest(taken)).hasMessageContaining("THW-5024");
            assertThatThrownBy(() -> source.read(first, taken)).hasMessageContaining("THW-5024");
            assertThat(values(source.all())).containsExactly("one", "two", "three");
        }
    }

    @Test
    @DisplayName("takes no more files or bytes a trigger than it may, and the latest first when told to")
    void limitsTriggers() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("f" + i, i, "line " + i + "\n");
        }
        try (SourceHarness source = text("maxBytesPerTrigger", "10", "latestFirst", "true")) {
            Offset none = source.source().initial();
            Offset first = source.latest(none);
            assertThat(values(source.read(none, first))).containsExactly("line 4", "line 3");
            write("f9", 9, "line 9\n");
            assertThat(values(source.read(first, source.latest(first)))).containsExactly("line 9", "line 2");
        }
    }

    @Test
    @DisplayName("reads a glob, a single file, and several paths")
    void readsPaths() throws IOException {
        write("x/1.txt", 1, "a\n");
        write("y/2.txt", 2, "b\n");
        write("y/3.log", 3, "c\n");
        try (SourceHarness source = text("path", "file://" + in + "/*/*.txt")) {
            assertThat(values(source.all())).containsExactly("a", "b");
        }
        try (SourceHarness source = new SourceHarness("text",
                Map.of("paths", "[\"" + in + "/y/3.log\", \"" + in + "/x\"]"), null, null)) {
            assertThat(values(source.all())).containsExactly("a", "c");
        }
        assertThatThrownBy(() -> text("path", in + "/missing")).isInstanceOf(Unavailable.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    @DisplayName("makes columns of directories named key=value")
    void readsPartitions() throws IOException {
        write("day=2001-01-01/hour=7/a.json", 1, "{\"x\":1}\n");
        write("day=__HIVE_DEFAULT_PARTITION__/hour=8/b.json", 2, "{\"x\":2}\n{\"x\":3}\n");
        RowType declared = RowType.of(Field.of("x", Simple.INT));
        try (SourceHarness source = new SourceHarness("json", Map.of("path", in.toString()), declared, null)) {
            assertThat(source.schema.sql()).isEqualTo("x INT, day DATE, hour INT");
            assertThat(source.all()).containsExactly(Arrays.asList(1, 11323, 7), Arrays.asList(2, null, 8),
                    Arrays.asList(3, null, 8));
            Offset none = source.source().initial();
            assertThat(source.read(none, source.latest(none), List.of(2))).containsExactly(List.of(7), List.of(8),
                    List.of(8));
        }
    }

    @Test
    @DisplayName("reads gzip, and says what to do about a torn or deleted file")
    void judgesFiles() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            lines.append("line ").append(i * 7919 % 100_003).append('\n');
        }
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        Path file = in.resolve("a.gz");
        Files.write(file, packed.toByteArray());
        try (SourceHarness source = text()) {
            assertThat(source.all()).hasSize(100_000);
        }
        Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        checkpoint = Files.createDirectories(directory.resolve("checkpoint2"));
        try (SourceHarness source = text()) {
            assertThatThrownBy(source::all).isInstanceOf(Corrupted.class).hasMessageContaining("a.gz")
                    .hasMessageContaining("ignoreCorruptFiles");
        }
        try (SourceHarness source = text("ignoreCorruptFiles", "true")) {
            assertThat(source.all()).hasSizeBetween(1000, 99_999);
            assertThat(source.dropped).hasSize(1);
            Files.delete(file);
        }
        try (SourceHarness source = text()) {
            assertThatThrownBy(source::all).isInstanceOf(Unavailable.class).hasMessageContaining("has been deleted");
        }
        try (SourceHarness source = text("ignoreMissingFiles", "true")) {
            assertThat(source.all()).isEmpty();
            assertThat(source.dropped).hasSize(1);
        }
    }

    @Test
    @DisplayName("cuts a large file at line ends, so that its splits give each line once")
    void cutsLargeFiles() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            lines.append("{\"i\":").append(i).append(",\"pad\":\"").append("x".repeat(i % 60)).append("\"}\n");
        }
        write("big.json", 1, lines.toString());
        RowType type = RowType.of(Field.of("i", Simple.INT));
        try (SourceHarness source = new SourceHarness("json", Map.of("path", in.toString()), type, null)) {
            Offset none = source.source().initial();
            assertThat(source.source().plan(new OffsetRange<>(none, source.latest(none)))).hasSizeGreaterThan(1);
            List<Object> expected = new ArrayList<>();
            for (int i = 0; i < 1_000_000; i++) {
                expected.add(i);
            }
            assertThat(source.all().stream().map(List::getFirst).toList()).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("reads lines much longer than its buffer, and whole files")
    void readsLongLines() throws IOException {
        String line = "äx".repeat(1_000_000);
        write("a", 1, line + "\nshort\n");
        try (SourceHarness source = text()) {
            assertThat(values(source.all())).containsExactly(line, "short");
        }
        try (SourceHarness source = text("wholetext", "true")) {
            assertThat(values(source.all())).containsExactly(line + "\nshort\n");
        }
        try (SourceHarness source = text("lineSep", "xä")) {
            assertThat(source.all()).hasSize(1_000_000);
        }
    }

    @Test
    @DisplayName("wakes the query when a file appears")
    void wakesTheQuery() throws IOException, InterruptedException {
        try (SourceHarness source = text()) {
            CountDownLatch woken = new CountDownLatch(1);
            assertThat(source.source().onAvailable(woken::countDown)).isPresent();
            Files.writeString(in.resolve(".a"), "x\n");
            Files.move(in.resolve(".a"), in.resolve("a"));
            assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @DisplayName("goes by what it is told of, and looks for itself when somebody waits and once a second")
    void goesByNews() throws IOException, InterruptedException {
        Path below = Files.createDirectories(in.resolve("below")); // what appears there is not told
        long[] now = {0};
        InstantSource clock = () -> Instant.ofEpochMilli(now[0]);
        try (SourceHarness source = new SourceHarness("text",
                Map.of("path", in.toString(), "recursiveFileLookup", "true"), null, checkpoint, ZoneOffset.UTC,
                clock.withZone(ZoneOffset.UTC), 10)) {
            Semaphore woken = new Semaphore(0);
            source.source().onAvailable(woken::release);
            Offset none = source.latest(source.source().initial());
            Files.writeString(below.resolve("untold"), "one\n");
            Files.writeString(in.resolve("told"), "told\n");
            Offset told = none;
            while (told.equals(none)) {
                assertThat(woken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                told = source.source().latest(none, ReadLimit.news(now[0]));
            }
            assertThat(source.read(none, told)).containsExactly(List.of("told"));
            Offset asked = source.latest(told);
            assertThat(source.read(told, asked)).containsExactly(List.of("one"));
            Files.writeString(below.resolve("later"), "two\n");
            assertThat(source.source().latest(asked, ReadLimit.news(now[0]))).isEqualTo(asked);
            now[0] = 1_000;
            Offset later = source.source().latest(asked, ReadLimit.news(now[0]));
            assertThat(source.read(asked, later)).containsExactly(List.of("two"));
        }
    }

    @Test
    @DisplayName("refuses what it does not know or cannot do")
    void refusesOptions() {
        assertThatThrownBy(() -> text("maxFilePerTrigger", "1")).isInstanceOf(InvalidOption.class)
                .hasMessageContaining("Did you mean 'maxFilesPerTrigger'?");
        assertThatThrownBy(() -> text("cleanSource", "delete")).isInstanceOf(InvalidOption.class);
        assertThatThrownBy(() -> text("maxFilesPerTrigger", "0")).isInstanceOf(InvalidOption.class);
        assertThatThrownBy(() -> new SourceHarness("json", Map.of("path", in.toString()), null, null))
                .isInstanceOf(InvalidQuery.class).hasMessageContaining("Name the columns");
    }
}
