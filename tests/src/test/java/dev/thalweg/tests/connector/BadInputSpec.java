package dev.thalweg.tests.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every input is read twice, as a table and as a stream, and must give the same rows or the same error.
@DisplayName("Input that is not what its table says")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class BadInputSpec {
    private static final String COLUMNS = "a INT, b STRING, _corrupt_record STRING";

    @TempDir
    private Path directory;
    private final ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.tasks", 2).create();

    @AfterEach
    void close() {
        session.close();
    }

    /// An input and what a user gets.
    ///
    /// @param kept the rows in mode PERMISSIVE
    /// @param good the rows in mode DROPMALFORMED
    /// @param failure words of the error in mode FAILFAST; none when there is none
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Case(String name, String file, byte[] content, String options, List<String> kept, List<String> good,
            List<String> failure) {
        static Case of(String name, String file, String content, String options) {
            return new Case(name, file, content.getBytes(UTF_8), options, List.of(), List.of(), List.of());
        }

        Case keeps(String... rows) {
            return new Case(name, file, content, options, List.of(rows), good, failure);
        }

        Case drops(String... left) {
            return new Case(name, file, content, options, kept, List.of(left), failure);
        }

        /// Every record is good.
        Case isFine(String... rows) {
            return new Case(name, file, content, options, List.of(rows), List.of(rows), List.of());
        }

        Case fails(String... words) {
            return new Case(name, file, content, options, kept, good, List.of(words));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> json() {
        return Stream.of(
                Case.of("an unfinished object", "a.json", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\n{\"a\":3,\"b\":\"z\"}\n",
                        "")
                        .keeps("[1,x,null]", "[null,null,{\"a\":2,]", "[3,z,null]").drops("[1,x,null]", "[3,z,null]")
                        .fails("a.json", "line 2", "Mend the file, or set the option mode"),
                Case.of("a value of another type", "a.json", "{\"a\":\"one\",\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n", "")
                        .keeps("[null,x,{\"a\":\"one\",\"b\":\"x\"}]", "[2,y,null]").drops("[2,y,null]")
                        .fails("a.json", "line 1", "field 'a' is a string, which does not fit INT"),
                Case.of("a number that is too large", "a.json", "{\"a\":2147483647}\n{\"a\":2147483648}\n", "")
                        .keeps("[2147483647,null,null]", "[null,null,{\"a\":2147483648}]")
                        .drops("[2147483647,null,null]").fails("line 2"),
                Case.of("records that are no objects", "a.json", "42\n\"text\"\ntrue\n{\"a\":1}\n", "")
                        .keeps("[null,null,42]", "[null,null,\"text\"]", "[null,null,true]", "[1,null,null]")
                        .drops("[1,null,null]").fails("line 1"),
                Case.of("prose", "a.json", "once upon a time\n", "").keeps("[null,null,once upon a time]").drops()
                        .fails("line 1", "not JSON"),
                Case.of("a half-written last line", "a.json", "{\"a\":1}\n{\"a\":2,\"b\":\"ha", "")
                        .keeps("[1,null,null]", "[null,null,{\"a\":2,\"b\":\"ha]").drops("[1,null,null]")
                        .fails("line 2"),
                Case.of("an empty file", "a.json", "", "").isFine(),
                Case.of("blank lines only", "a.json", "\n\r\n  \n\t\n", "").isFine(),
                Case.of("a byte order mark only", "a.json", "\uFEFF", "").isFine(),
                Case.of("a byte order mark and CR LF", "a.json", "\uFEFF{\"a\":1}\r\n\r\n{\"a\":2}\r\n", "")
                        .isFine("[1,null,null]", "[2,null,null]"),
                Case.of("a field twice and fields nobody asked for", "a.json", "{\"a\":1,\"a\":2,\"c\":[{}]}\n", "")
                        .isFine("[2,null,null]"),
                Case.of("ten thousand brackets", "a.json", "{\"a\":1,\"b\":" + "[".repeat(10_000) + "}\n{\"a\":2}\n",
                        ", columnNameOfCorruptRecord 'none'")
                        .keeps("[null,null,null]", "[2,null,null]").drops("[2,null,null]").fails("line 1"));
    }

    static Stream<Case> csv() {
        return Stream.of(
                Case.of("too few and too many fields", "a.csv", "1,x\n2\n3,y,z\n4,w\n", "")
                        .keeps("[1,x,null]", "[2,null,2]", "[3,y,3,y,z]", "[4,w,null]")
                        .drops("[1,x,null]", "[4,w,null]").fails("a.csv", "line 2", "set the option mode"),
                Case.of("a value of another type", "a.csv", "1,x\ntwo,y\n", "").keeps("[1,x,null]", "[null,y,two,y]")
                        .drops("[1,x,null]").fails("line 2", "'two' does not fit column a INT"),
                Case.of("a value of another type under a header", "a.csv", "a,b\n1,x\ntwo,y\n", ", header true")
                        .keeps("[1,x,null]", "[null,y,two,y]").drops("[1,x,null]").fails("line 3"),
                Case.of("an empty file", "a.csv", "", "").isFine(),
                Case.of("a header and nothing else", "a.csv", "a,b\n", ", header true").isFine(),
                Case.of("a byte order mark and CR LF", "a.csv", "\uFEFFa,b\r\n1,x\r\n2,y\r\n", ", header true")
                        .isFine("[1,x,null]", "[2,y,null]"));
    }

    @ParameterizedTest(name = "json: {0}")
    @MethodSource("json")
    void isReadAsJson(Case one) throws IOException {
        check("json", one);
    }

    @ParameterizedTest(name = "csv: {0}")
    @MethodSource("csv")
    void isReadAsCsv(Case one) throws IOException {
        check("csv", one);
    }

    private void check(String format, Case one) throws IOException {
        Path in = write(one.file(), one.content());
        assertThat(read(format, COLUMNS, in, one.options())).isEqualTo(one.kept());
        assertThat(read(format, COLUMNS, in, one.options() + ", mode 'DROPMALFORMED'")).isEqualTo(one.good());
        if (one.failure().isEmpty()) {
            assertThat(read(format, COLUMNS, in, one.options() + ", mode 'FAILFAST'")).isEqualTo(one.kept());
        } else {
            assertFails(format, COLUMNS, in, one.options() + ", mode 'FAILFAST'", one.failure());
        }
    }

    @Test
    @DisplayName("is malformed where it is not UTF-8, in JSON and in CSV")
    void judgesUtf8() throws IOException {
        Path json = write("latin.json",
                "{\"a\":1,\"b\":\"caf\u00e9\"}\n{\"a\":2,\"b\":\"tea\"}\n".getBytes(ISO_8859_1));
        assertThat(read("json", "a INT, b STRING", json, ", mode 'DROPMALFORMED'")).containsExactly("[2,tea]");
        assertFails("json", "a INT, b STRING", json, ", mode 'FAILFAST'", List.of("latin.json", "line 1", "UTF-8"));
        Path cut = write("cut.json", Arrays.copyOf("{\"a\":1,\"b\":\"\u00e9".getBytes(UTF_8), 13));
        assertThat(read("json", "a INT, b STRING", cut, "")).containsExactly("[null,null]");
        Path csv = write("latin.csv", "1,caf\u00e9\n2,tea\n".getBytes(ISO_8859_1));
        assertThat(read("csv", "a INT, b STRING", csv, ", mode 'DROPMALFORMED'")).containsExactly("[2,tea]");
        assertFails("csv", "a INT, b STRING", csv, ", mode 'FAILFAST'", List.of("latin.csv", "line 1", "UTF-8"));
    }

    @Test
    @DisplayName("is a clear error where it is a gzip file cut short, with the rows before that place if the user says so")
    void tellsATruncatedGzip() throws IOException {
        StringBuilder rows = new StringBuilder();
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            rows.append("{\"a\":").append(i).append(",\"b\":\"").append(random.nextLong()).append("\"}\n");
        }
        byte[] whole = gzip(rows.toString());
        Path cut = write("cut.json.gz", Arrays.copyOf(whole, whole.length / 2));
        assertFails("json", "a INT, b STRING", cut, "",
                List.of("cut.json.gz is no whole gzip file", "Restore it, or set the option ignoreCorruptFiles"));
        List<String> before = read("json", "a INT", cut, ", ignoreCorruptFiles true, mode 'DROPMALFORMED'");
        assertThat(before).hasSizeBetween(5_000, 15_000).startsWith("[0]", "[1]", "[2]");
        Path flipped = write("flipped.json.gz", whole);
        byte[] bytes = whole.clone();
        bytes[whole.length - 6] ^= 1; // in the checksum
        Files.write(flipped, bytes);
        assertFails("json", "a INT, b STRING", flipped, "", List.of("flipped.json.gz", "gzip"));
    }

    @Test
    @DisplayName("is a clear error where it is not gzip at all, and no rows where it is an empty gzip file")
    void tellsWhatIsNoGzip() throws IOException {
        Path plain = write("plain.csv.gz", "1,x\n".getBytes(UTF_8));
        assertFails("csv", "a INT, b STRING", plain, "", List.of("plain.csv.gz is no whole gzip file"));
        assertThat(read("csv", "a INT, b STRING", write("none.csv.gz", gzip("")), "")).isEmpty();
    }

    @Test
    @DisplayName("is a clear error where there is nothing, naming the path")
    void tellsAMissingPath() {
        Path nowhere = directory.resolve("nowhere");
        assertThatThrownBy(() -> {
            session.sql("CREATE TABLE t (a INT) USING json OPTIONS (path '" + nowhere + "')");
            session.sql("SELECT * FROM t").collectAsList();
        }).hasMessageContaining(nowhere.toString()).hasMessageContaining("[THW-2");
    }

    @Test
    @DisplayName("ends however long its one line is")
    void readsALongLine() throws IOException {
        String text = "x".repeat(3_000_000);
        Path one = write("long.json", ("{\"a\":1,\"b\":\"" + text + "\"}").getBytes(UTF_8));
        assertThat(read("json", "a INT, b STRING", one, "")).containsExactly("[1," + text + "]");
        Path quote = write("long.csv", ("1,\"" + text + "\n2,x\n").getBytes(UTF_8)); // a quote that never ends
        assertThat(read("csv", "a INT, b STRING", quote, ", multiLine true, mode 'DROPMALFORMED'"))
                .containsExactly("[1,\"" + text + "]", "[2,x]"); // so it is no quote
    }

    @ParameterizedTest(name = "is malformed, and no crash, where it is {0} at random")
    @MethodSource("formats")
    void survivesNoise(String format) throws IOException {
        Random random = new Random(7);
        byte[] bytes = new byte[200_000];
        random.nextBytes(bytes);
        Path noise = write("noise." + format, bytes);
        String columns = format.equals("text") ? "value STRING" : COLUMNS;
        assertThat(read(format, columns, noise, "")).isNotEmpty();
        String likely = "{}[]\":,\\\n\r\t 01.eE+-truefalsn\"\"\n\n\u0000";
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) likely.charAt(random.nextInt(likely.length()));
        }
        Path lookalike = write("lookalike." + format, bytes);
        assertThat(read(format, columns, lookalike, "")).isNotEmpty();
    }

    @Test
    @DisplayName("leaves nothing behind when it is a directory that does not fit its column")
    void partitionThatDoesNotFit() throws IOException {
        Path file = directory.resolve("in/n=x/a.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"a\":1}\n");
        assertThatThrownBy(() -> session.read().schema("a INT, n INT").json(directory.resolve("in").toString())
                .collectAsList()).hasMessageContainingAll("THW-2032", "n=x")
                .satisfies(error -> assertThat(error.getSuppressed()).isEmpty());
    }

    static Stream<String> formats() {
        return Stream.of("json", "csv", "text");
    }

    private Path write(String name, byte[] content) throws IOException {
        Path in = Files.createDirectories(directory.resolve("in-" + name));
        return Files.write(in.resolve(name), content);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// The rows of a table; the stream over the same files has the same.
    private List<String> read(String format, String columns, Path file, String options) {
        List<String> rows = asTable(format, columns, file, options);
        assertThat(asStream(format, columns, file, options)).as("as a stream")
                .containsExactlyInAnyOrderElementsOf(rows);
        return rows;
    }

    private List<String> asTable(String format, String columns, Path file, String options) {
        session.sql("CREATE OR REPLACE TABLE t (%s) USING %s OPTIONS (path '%s'%s)".formatted(columns, format,
                file.getParent(), options));
        return session.sql("SELECT * FROM t").collectAsList().stream().map(Row::toString).toList();
    }

    private List<String> asStream(String format, String columns, Path file, String options) {
        session.sql("CREATE OR REPLACE STREAM s (%s) USING %s OPTIONS (path '%s'%s)".formatted(columns, format,
                file.getParent(), options));
        session.sql("SET thalweg.trigger = 'availableNow'");
        session.sql("CREATE OR REPLACE MATERIALIZED VIEW answer AS SELECT * FROM STREAM s");
        session.sql("AWAIT QUERY answer TIMEOUT INTERVAL '40' SECOND");
        return session.sql("SELECT * FROM answer").collectAsList().stream().map(Row::toString).toList();
    }

    private void assertFails(String format, String columns, Path file, String options, List<String> words) {
        String[] expected = words.toArray(String[]::new);
        assertThatThrownBy(() -> asTable(format, columns, file, options)).hasMessageContainingAll(expected)
                .hasMessageMatching("(?s).*\\[THW-2\\d{3}\\].*");
        assertThatThrownBy(() -> asStream(format, columns, file, options)).as("as a stream")
                .hasMessageContainingAll(expected).hasMessageContaining("trigger 0");
    }
}
