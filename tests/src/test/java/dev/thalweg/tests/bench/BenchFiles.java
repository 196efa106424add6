package dev.thalweg.tests.bench;

import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.Trigger;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// Makes input files, and keeps them for the next run: from a seed ([MadeRows]; bids, auctions and people are those of the source
/// `nexmark`, at 10,000 events a second), or of real data.
final class BenchFiles {
    /// The real flights: a Parquet file of the columns date, delay, distance, origin and destination, in order of time.
    static final String FLIGHTS = "flights-3m.parquet";
    /// The days of the flights: each repetition of them is so much later.
    private static final int FLIGHT_DAYS = 181;

    private final Path directory;
    private final long seed;
    private final Optional<Path> data;

    /// @param directory where what is made may lie
    /// @param data where real data lies
    BenchFiles(Path directory, long seed, Optional<Path> data) {
        this.directory = directory;
        this.seed = seed;
        this.data = data;
    }

    /// What was made.
    ///
    /// @param rows how many rows they hold
    /// @param description seed, rows, files, bytes and checksum
    record Made(InputFiles files, long rows, String description) {}

    /// Makes what is not there yet.
    ///
    /// @param events lines or events; of NEXMark the events of all three tables, of which 46 of 50 are bids; of real data as
    ///        often repeated as needed, each time later
    Made make(Input input, Input.Encoding encoding, long events) throws Exception {
        Path target = directory.resolve("%s-%s-%d-%d".formatted(input.label(), encoding.label(), seed, events));
        InputFiles files = new InputFiles(input, encoding, target, 1);
        Path done = target.resolve("description.txt");
        long rows = input == Input.BIDS ? events / 50 * 46 : events;
        if (!Files.exists(done)) {
            Scratch.empty(target);
            Path into = Files.createDirectories(files.rows());
            MadeRows made = new MadeRows(seed);
            switch (input) {
                case LINES -> made.writeLines(into, events);
                case EVENTS -> made.writeEvents(into, events);
                case BIDS, AUCTION_HOUSE -> writeNexmark(files, events);
                case ADS -> {
                    Path json = Scratch.empty(directory.resolve("made"));
                    made.writeAds(json, events);
                    encode(json, files, input.table());
                    made.writeCampaigns(Files.createDirectories(files.side(Input.Side.CAMPAIGNS)));
                }
                case FLIGHTS -> writeFlights(files, events);
            }
            Files.writeString(done, describe(files, rows));
        }
        return new Made(files, rows, Files.readString(done));
    }

    /// The same files several times over, by links to them: a long input without its room on the disk. Where time goes on in the
    /// rows, they would be late the second time.
    Made repeat(Made made, int times) throws IOException {
        if (times == 1) {
            return made;
        }
        InputFiles once = made.files();
        InputFiles again = new InputFiles(once.input(), once.encoding(), once.directory(), times);
        Path done = once.directory().resolve(again.rows().getFileName() + ".txt");
        if (!Files.exists(done)) {
            Scratch.empty(again.rows());
            for (int time = 0; time < times; time++) {
                for (Path file : sorted(once.rows())) {
                    Files.createLink(again.rows().resolve("time-%03d-%s".formatted(time, file.getFileName())), file);
                }
            }
            Files.writeString(done, made.description() + ", " + times + " times");
        }
        return new Made(again, made.rows() * times, Files.readString(done));
    }

    /// Deals the rows to two files in turn, so that an engine of two threads which takes files in any order reads both at once
    /// and the event times of what it reads still go up.
    void deal(InputFiles files) throws Exception {
        Path done = files.directory().resolve("dealt.txt");
        if (Files.exists(done)) {
            return;
        }
        for (String table : files.input().streams().keySet()) {
            deal(files.rows(table), Scratch.empty(files.dealt(table)), files.encoding());
        }
        Files.writeString(done, "every second row each\n");
    }

    private static void deal(Path rows, Path target, Input.Encoding encoding) throws Exception {
        for (int hand = 0; hand < 2; hand++) {
            if (encoding == Input.Encoding.PARQUET) {
                duck("COPY (SELECT * EXCLUDE (file_row_number) FROM read_parquet('" + rows
                        + "/*', file_row_number = true) WHERE file_row_number % 2 = " + hand + ") TO '"
                        + target.resolve("hand-" + hand + ".parquet") + "' (FORMAT parquet)");
            } else {
                dealLines(rows, target.resolve("hand-" + hand + "." + encoding.label()), hand);
            }
        }
    }

    private static void dealLines(Path rows, Path target, int hand) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(target)) {
            for (Path file : sorted(rows)) {
                try (BufferedReader in = Files.newBufferedReader(file)) {
                    long number = 0;
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        if (number++ % 2 == hand) {
                            out.write(line);
                            out.write('\n');
                        }
                    }
                }
            }
        }
    }

    private String describe(InputFiles files, long rows) throws IOException {
        CRC32C hash = new CRC32C();
        long bytes = 0;
        List<Path> list = new ArrayList<>();
        for (String table : files.input().streams().keySet()) {
            list.addAll(sorted(files.rows(table)));
        }
        byte[] buffer = new byte[1 << 20];
        for (Path file : list) {
            bytes += Files.size(file);
            try (var in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    hash.update(buffer, 0, read);
                }
            }
        }
        String origin = files.input() == Input.FLIGHTS ? "of " + FLIGHTS : "seed " + seed;
        return "%s: %s, %,d rows, %d files, %,d MB, CRC-32C %08x".formatted(files.input().label(), origin, rows,
                list.size(), bytes / 1_000_000, hash.getValue());
    }

    /// Our JSON sink writes what the source `nexmark` makes, a file a trigger.
    private void writeNexmark(InputFiles files, long events) throws Exception {
        for (String table : files.input().streams().keySet()) {
            Path json = Scratch.empty(directory.resolve("made"));
            try (ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
                    .create()) {
                session.readStream().format("nexmark").option("table", table).option("seed", seed)
                        .option("numEvents", events)
                        .option("maxEventsPerTrigger", (events + Input.FILES - 1) / Input.FILES).load().writeStream()
                        .format("json").option("checkpointLocation", json.resolve("checkpoint").toString())
                        .trigger(Trigger.AvailableNow()).start(json.resolve("rows").toString()).awaitTermination();
            }
            Files.createDirectories(files.rows(table));
            encode(json.resolve("rows"), files, table);
        }
    }

    /// Takes over a directory of JSON files, in their order: as they are, or as Parquet, which DuckDB makes of each.
    private void encode(Path json, InputFiles files, String table) throws Exception {
        List<Path> parts = sorted(json).stream().filter(path -> path.toString().endsWith(".json")).toList();
        String columns = Objects.requireNonNull(files.input().streams().get(table));
        for (int part = 0; part < parts.size(); part++) {
            Path file = files.rows(table).resolve("part-%02d.%s".formatted(part, files.encoding().label()));
            if (files.encoding() == Input.Encoding.JSON) {
                Files.move(parts.get(part), file);
            } else {
                duck("COPY (SELECT * FROM " + InputFiles.readJson(columns, parts.get(part).toString()) + ") TO '"
                        + file + "' (FORMAT parquet)");
            }
        }
        Scratch.delete(directory.resolve("made"));
    }

    private void writeFlights(InputFiles files, long flights) throws SQLException {
        Path real = data.orElseThrow().resolve(FLIGHTS);
        String from = "read_parquet('" + real + "', file_row_number = true)";
        long there = count(from);
        for (int part = 0; part < Input.FILES; part++) {
            long first = flights * part / Input.FILES;
            long end = flights * (part + 1) / Input.FILES;
            duck("COPY (SELECT date + to_days((again * " + FLIGHT_DAYS + ")::INTEGER) AS departed, delay, distance, "
                    + "origin, destination FROM " + from + ", range(" + first / there + ", " + (end / there + 1)
                    + ") r(again) WHERE again * " + there + " + file_row_number BETWEEN " + first + " AND "
                    + (end - 1) + " ORDER BY again, file_row_number) TO '" + part(files, part)
                    + "' (FORMAT parquet)");
        }
    }

    private static Path part(InputFiles files, int part) {
        return files.rows().resolve("part-%02d.%s".formatted(part, files.encoding().label()));
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.sorted().toList();
        }
    }

    private static void duck(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static long count(String from) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement();
                ResultSet count = sql.executeQuery("SELECT count(*) FROM " + from)) {
            count.next();
            return count.getLong(1);
        }
    }
}
