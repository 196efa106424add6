package dev.thalweg.tests.bench;

import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.Trigger;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// Input files that are the same for everybody who asks with the same seed, and the words with which engines read them.
///
/// Words follow Zipf's law (the word of rank r has weight 1/r) over 10,000 of them. Events are a minute of event time for
/// each 100,000, up to five seconds out of order, so that a watermark ten seconds behind makes none of them late; their
/// keys are uniform over 1,000. Bids are those of the source `nexmark`, at 10,000 events a second.
///
/// A child JVM is told by system properties what its parent made: `bench.input` (the directory) and `bench.encoding`.
final class BenchFiles {
    private static final int WORDS_PER_LINE = 10;
    private static final int VOCABULARY = 10_000;
    private static final int KEYS = 1_000;
    private static final int EVENTS_PER_MINUTE = 100_000;
    private static final int JITTER_MILLIS = 5_000;
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final String[] STATUS = {"ok", "ok", "ok", "ok", "slow", "failed"};
    private static final String[] REGION = {"eu-west", "eu-north", "us-east", "us-west", "ap-south"};

    private final Path directory;
    private final long seed;

    BenchFiles(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
    }

    /// What was made.
    ///
    /// @param directory where the files lie
    /// @param rows how many rows they hold
    /// @param description seed, rows, files, bytes and checksum
    record Made(Path directory, long rows, String description) {}

    /// Makes what is not there yet.
    ///
    /// @param events lines or events; of NEXMark the events of all three tables, of which 46 of 50 are bids
    Made make(Input input, Input.Encoding encoding, long events) throws Exception {
        Path target = directory.resolve("%s-%s-%d-%d".formatted(input.label(), encoding.label(), seed, events));
        Path done = directory.resolve(target.getFileName() + ".txt");
        long rows = input == Input.BIDS ? events / 50 * 46 : events;
        if (!Files.exists(done)) {
            Scratch.empty(target);
            switch (input) {
                case LINES -> writeLines(target, events);
                case EVENTS -> writeEvents(target, events);
                case BIDS -> writeBids(target, encoding, events);
            }
            Files.writeString(done, describe(input, target, rows));
        }
        return new Made(target, rows, Files.readString(done));
    }

    private String describe(Input input, Path target, long rows) throws IOException {
        CRC32C hash = new CRC32C();
        long bytes = 0;
        List<Path> files;
        try (Stream<Path> list = Files.list(target)) {
            files = list.sorted().toList();
        }
        byte[] buffer = new byte[1 << 20];
        for (Path file : files) {
            bytes += Files.size(file);
            try (var in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    hash.update(buffer, 0, read);
                }
            }
        }
        return "%s: seed %d, %,d rows, %d files, %,d MB, CRC-32C %08x".formatted(input.label(), seed, rows,
                files.size(),
                bytes / 1_000_000, hash.getValue());
    }

    /// The statement with which Thalweg reads the files; with a watermark where the query has windows.
    static String createStream(Input input, Workload workload) {
        String watermark = workload.hasWindows()
                ? ", WATERMARK FOR " + input.time() + " AS " + input.time() + " - INTERVAL '10' SECOND"
                : "";
        return "CREATE STREAM " + input.table() + " (" + input.columns() + watermark + ") USING " + encoding()
                + " OPTIONS (path '" + System.getProperty("bench.input") + "', maxFilesPerTrigger '"
                + Input.FILES_A_TRIGGER + "')";
    }

    /// What stands behind FROM in DuckDB.
    static String duckTable(Input input) {
        String files = "'" + System.getProperty("bench.input") + "/*'";
        return switch (Input.Encoding.valueOf(encoding().toUpperCase(Locale.ROOT))) {
            // one column of text: DuckDB has no other way to say it
            case TEXT -> "read_csv(" + files
                    + ", columns = {'value': 'VARCHAR'}, delim = '\\x01', quote = '', header = false)";
            case JSON -> readJson(input, System.getProperty("bench.input") + "/*");
            case PARQUET -> "read_parquet(" + files + ")";
        };
    }

    private static String readJson(Input input, String files) {
        String columns = Arrays.stream(input.columns().split(", "))
                .map(column -> "'" + column.replace(" ", "': '") + "'").collect(Collectors.joining(", "));
        return "read_json('" + files + "', format = 'newline_delimited', columns = {" + columns + "})";
    }

    private static String encoding() {
        return System.getProperty("bench.encoding");
    }

    private interface LineMaker {
        String line(SplittableRandom random, long row);
    }

    private void writeLines(Path target, long lines) throws IOException {
        double[] cumulative = zipf();
        write(target, "txt", lines, (random, row) -> line(random, cumulative));
    }

    private void writeEvents(Path target, long events) throws IOException {
        write(target, "json", events, BenchFiles::event);
    }

    private void write(Path target, String ending, long rows, LineMaker maker) throws IOException {
        for (int file = 0; file < Input.FILES; file++) {
            SplittableRandom random = new SplittableRandom(seed + file);
            Path path = target.resolve("part-%02d.%s".formatted(file, ending));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
                for (long row = rows * file / Input.FILES; row < rows * (file + 1) / Input.FILES; row++) {
                    out.write(maker.line(random, row).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    /// Our JSON sink writes what the source `nexmark` makes, a file a trigger; DuckDB makes Parquet of each.
    private void writeBids(Path target, Input.Encoding encoding, long events) throws Exception {
        Path json = Scratch.empty(directory.resolve("made"));
        try (ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
                .create()) {
            session.readStream().format("nexmark").option("table", "bid").option("seed", seed)
                    .option("numEvents", events)
                    .option("maxEventsPerTrigger", (events + Input.FILES - 1) / Input.FILES).load()
                    .writeStream().format("json").option("checkpointLocation", json.resolve("checkpoint").toString())
                    .trigger(Trigger.AvailableNow()).start(json.resolve("rows").toString()).awaitTermination();
        }
        List<Path> parts;
        try (Stream<Path> list = Files.list(json.resolve("rows"))) {
            parts = list.filter(path -> path.toString().endsWith(".json")).sorted().toList();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            for (int part = 0; part < parts.size(); part++) {
                Path file = target.resolve("part-%02d.%s".formatted(part, encoding.label()));
                if (encoding == Input.Encoding.JSON) {
                    Files.move(parts.get(part), file);
                } else {
                    sql.execute("COPY (SELECT * FROM " + readJson(Input.BIDS, parts.get(part).toString()) + ") TO '"
                            + file + "' (FORMAT parquet)");
                }
            }
        }
        Scratch.delete(json);
    }

    private static String line(SplittableRandom random, double[] cumulative) {
        StringBuilder line = new StringBuilder(80);
        for (int word = 0; word < WORDS_PER_LINE; word++) {
            int found = Arrays.binarySearch(cumulative, random.nextDouble());
            appendWord(line, found < 0 ? -found - 1 : found).append(word < WORDS_PER_LINE - 1 ? ' ' : '\n');
        }
        return line.toString();
    }

    /// Frequent words are short, as in a language: the rank, in syllables.
    private static StringBuilder appendWord(StringBuilder line, int rank) {
        int rest = rank;
        do {
            line.append("bdfgklmnprstvz".charAt(rest % 14)).append("aeiou".charAt(rest / 14 % 5));
            rest /= 70;
        } while (rest > 0);
        return line;
    }

    private static double[] zipf() {
        double[] cumulative = new double[VOCABULARY];
        double sum = 0;
        for (int rank = 0; rank < VOCABULARY; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < VOCABULARY; rank++) {
            cumulative[rank] /= sum;
        }
        return cumulative;
    }

    private static String event(SplittableRandom random, long row) {
        long millis = row * 60_000 / EVENTS_PER_MINUTE + random.nextInt(JITTER_MILLIS);
        String time = START.plusMillis(millis).toString();
        return "{\"ts\":\"" + time + "\",\"key\":\"k" + random.nextInt(KEYS) + "\",\"value\":"
                + random.nextInt(100_000) / 100.0 + ",\"device\":" + random.nextInt(50_000) + ",\"status\":\""
                + STATUS[random.nextInt(STATUS.length)] + "\",\"region\":\"" + REGION[random.nextInt(REGION.length)]
                + "\"}\n";
    }
}
