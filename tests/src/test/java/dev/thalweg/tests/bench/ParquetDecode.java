package dev.thalweg.tests.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.thalweg.source.parquet.ParquetScan;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;

/// What it costs to bring 2 M bids of a Parquet file into vectors, beside what DuckDB needs to sum over the same columns.
///
/// CPU seconds of the whole process, JIT compiler and garbage collector included; DuckDB has one thread, as a split has.
public final class ParquetDecode {
    private static final int TURNS = 15;
    private static final int WARM_UP = 8;
    private static final List<String> SUMS = List.of("sum(auction)", "sum(bidder)", "sum(price)",
            "sum(strlen(channel))",
            "sum(strlen(url))", "max(date_time)", "sum(strlen(extra))");
    private static final String BIDS = """
            SELECT (1000 + i // 50 + (random() * 100)::BIGINT)::BIGINT AS auction,
                (1000 + random() * random() * 50000)::BIGINT AS bidder,
                (exp(random() * 12) * 100)::BIGINT AS price,
                ['Google', 'Facebook', 'Baidu', 'Apple', 'channel-' || (random() * 9999)::INT][1 + (random() * 4.99)::INT % 5] AS channel,
                'https://www.nexmark.com/' || substr(md5((random() * 20000)::INT::VARCHAR), 1, 8)
                    || '/item.htm?query=1&channel_id=' || (random() * 9999)::INT AS url,
                TIMESTAMP '2026-01-01' + INTERVAL (i) MILLISECOND AS date_time,
                substr(md5(random()::VARCHAR) || md5(random()::VARCHAR), 1, 20 + (random() * 40)::INT) AS extra
            FROM range(2000000) t(i)""";

    private ParquetDecode() {}

    private interface Work {
        void run() throws Exception;
    }

    /// Makes the files, lets both read them in turn and prints the means, since the process's clock ticks too slowly for medians.
    ///
    /// @param arguments where the files may lie
    public static void main(String[] arguments) throws Exception {
        Path directory = Scratch.empty(Path.of(arguments[0]).resolve("parquet"));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:"); Statement sql = duck.createStatement()) {
            sql.execute("SET threads = 1");
            sql.execute("SELECT setseed(0.42)");
            sql.execute("CREATE TABLE bids AS " + BIDS);
            for (String codec : List.of("snappy", "zstd")) {
                Path file = directory.resolve(codec + ".parquet");
                sql.execute("COPY bids TO '" + file + "' (FORMAT parquet, COMPRESSION " + codec + ")");
                RowType all = ParquetScan.columns(file, Files.size(file));
                for (List<Integer> columns : List.of(List.of(0, 1, 2, 3, 4, 5, 6), List.of(0, 2), List.of(1, 3))) {
                    compare(file, all, columns, sql);
                }
            }
        }
    }

    private static void compare(Path file, RowType all, List<Integer> columns, Statement sql) throws Exception {
        String query = "SELECT " + String.join(", ", columns.stream().map(SUMS::get).toList()) + " FROM '" + file + "'";
        double ours = 0;
        double theirs = 0;
        for (int turn = -WARM_UP; turn < TURNS; turn++) {
            double own = cpuSeconds(() -> read(file, all.select(columns)));
            double other = cpuSeconds(() -> query(sql, query));
            ours += turn < 0 ? 0 : own / TURNS;
            theirs += turn < 0 ? 0 : other / TURNS;
        }
        System.out.printf("%s, %d MB, %s: Thalweg %.3f, DuckDB %.3f CPU s%n", file.getFileName(),
                Files.size(file) >> 20, all.select(columns).names(), ours, theirs);
    }

    private static void query(Statement sql, String query) throws SQLException {
        sql.executeQuery(query).close();
    }

    private static void read(Path file, RowType columns) throws IOException {
        long size = Files.size(file);
        try (RootAllocator allocator = new RootAllocator();
                ParquetScan scan = new ParquetScan(new ParquetScan.Range(file, size, 0, size),
                        new ParquetScan.Wanted(columns, List.of(), 8192), allocator)) {
            for (Optional<Batch> batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                batch.get().close();
            }
        }
    }

    private static double cpuSeconds(Work work) throws Exception {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = machine.getProcessCpuTime();
        work.run();
        return (machine.getProcessCpuTime() - start) / 1e9;
    }
}
