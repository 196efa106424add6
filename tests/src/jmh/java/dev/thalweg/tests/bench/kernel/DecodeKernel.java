package dev.thalweg.tests.bench.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.source.parquet.ParquetScan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.format.CsvDecoder;
import dev.thalweg.spi.format.CsvOptions;
import dev.thalweg.spi.format.JsonDecoder;
import dev.thalweg.spi.format.JsonOptions;
import dev.thalweg.spi.format.MalformedRecord;
import dev.thalweg.spi.format.RowDecoder;
import dev.thalweg.spi.format.Utf8Scan;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// How fast one core brings bids into vectors, as bytes of text and as rows a second: from JSON and CSV in memory, from Parquet
/// in the file system's cache. `bytes` of Parquet are those of the file, whichever columns are read.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DecodeKernel {
    private static final int ROWS = 100_000;
    private static final int BATCH_ROWS = 8_192;
    private static final RowType BID = RowType.of(Field.of("auction", Simple.BIGINT),
            Field.of("bidder", Simple.BIGINT), Field.of("price", Simple.BIGINT), Field.of("channel", Simple.STRING),
            Field.of("url", Simple.STRING), Field.of("dateTime", Simple.TIMESTAMP), Field.of("extra", Simple.STRING));

    /// Which columns are wanted.
    public enum Columns {
        ALL_SEVEN(List.of(0, 1, 2, 3, 4, 5, 6)), AUCTION_AND_PRICE(List.of(0, 2)), CHANNEL_AND_TIME(List.of(3, 5));

        private final List<Integer> columns;

        Columns(List<Integer> columns) {
            this.columns = columns;
        }
    }

    /// What was decoded.
    @AuxCounters
    @State(Scope.Thread)
    public static class Decoded {
        public long bytes;
        public long rows;
    }

    @Param
    Columns columns = Columns.ALL_SEVEN;
    @Param("target/bench/kernels")
    String directory = "";

    private final RootAllocator allocator = new RootAllocator();
    private final Arena arena = Arena.ofShared();
    private MemorySegment json = MemorySegment.NULL;
    private MemorySegment csv = MemorySegment.NULL;
    private Path parquet = Path.of("");

    @Setup(Level.Trial)
    public void open() throws IOException, SQLException {
        SplittableRandom random = new SplittableRandom(42);
        StringBuilder lines = new StringBuilder();
        StringBuilder records = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            Object[] values = {1_000 + row / 50, 1_000 + random.nextInt(50_000), random.nextInt(10_000_000),
                    "channel-" + random.nextInt(10_000),
                    "https://www.nexmark.com/" + letters(8, random) + "/" + letters(4, random) + "/item.htm?query=1",
                    Instant.ofEpochMilli(1_767_225_600_000L + row), letters(30 + random.nextInt(60), random)};
            lines.append("""
                    {"auction":%d,"bidder":%d,"price":%d,"channel":"%s","url":"%s","dateTime":"%s","extra":"%s"}
                    """.formatted(values));
            records.append("%d,%d,%d,%s,%s,%s,%s\n".formatted(values));
        }
        json = offHeap(lines);
        csv = offHeap(records);
        parquet = Files.createDirectories(Path.of(directory)).resolve("bids.parquet");
        Path text = parquet.resolveSibling("bids.json");
        Files.writeString(text, lines);
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:"); Statement sql = duck.createStatement()) {
            sql.execute("COPY (FROM read_json('" + text + "', format = 'newline_delimited')) TO '" + parquet
                    + "' (FORMAT parquet)");
        }
        Files.delete(text);
    }

    private static String letters(int count, SplittableRandom random) {
        return random.ints(count, 'a', 'z' + 1).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    /// With the room behind them that decoders want.
    private MemorySegment offHeap(StringBuilder text) {
        byte[] bytes = text.toString().getBytes(UTF_8);
        MemorySegment segment = arena.allocate(bytes.length + Utf8Scan.PADDING_BYTES, 8);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    @Benchmark
    public void json(Decoded decoded) throws MalformedRecord {
        JsonOptions options = JsonOptions.of(TableOptions.none(), ZoneOffset.UTC);
        try (RowDecoder decoder = new JsonDecoder(BID.select(columns.columns), options, allocator, BATCH_ROWS)) {
            decode(decoder, json, decoded);
        }
    }

    @Benchmark
    public void csv(Decoded decoded) throws MalformedRecord {
        CsvOptions options = CsvOptions.of(TableOptions.none(), ZoneOffset.UTC);
        try (RowDecoder decoder = new CsvDecoder(BID, columns.columns, options, allocator, BATCH_ROWS, true)) {
            decode(decoder, csv, decoded);
        }
    }

    private static void decode(RowDecoder decoder, MemorySegment text, Decoded decoded) throws MalformedRecord {
        long end = text.address() + text.byteSize() - Utf8Scan.PADDING_BYTES;
        for (long at = text.address(); at < end;) {
            at = decoder.decode(at, end, true);
            try (Batch batch = decoder.take()) {
                decoded.rows += batch.rowCount();
            }
        }
        decoded.bytes += text.byteSize() - Utf8Scan.PADDING_BYTES;
    }

    @Benchmark
    public void parquet(Decoded decoded) throws IOException {
        long size = Files.size(parquet);
        try (ParquetScan scan = new ParquetScan(new ParquetScan.Range(parquet, size, 0, size),
                new ParquetScan.Wanted(ParquetScan.columns(parquet, size).select(columns.columns), List.of(),
                        BATCH_ROWS),
                allocator)) {
            for (Optional<Batch> batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                decoded.rows += batch.get().rowCount();
                batch.get().close();
            }
        }
        decoded.bytes += size;
    }

    @TearDown(Level.Trial)
    public void close() {
        arena.close();
        allocator.close();
    }
}
