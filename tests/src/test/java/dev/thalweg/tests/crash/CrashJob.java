package dev.thalweg.tests.crash;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;

/// What is killed: queries over the same small files, a file a trigger, each into files of its own.
///
/// @param directory everything is below it: `in`, and for each query `out-…` and `checkpoint-…`
/// @param cacheBytesMax bytes of state that may stay in memory between triggers, if not as many as usual
record CrashJob(Path directory, OptionalLong cacheBytesMax) {
    private static final int ROWS_A_FILE = 8;
    private static final int SECONDS_A_FILE = 4;

    CrashJob(Path directory) {
        this(directory, OptionalLong.empty());
    }

    /// The queries of the job.
    enum Query {
        /// file -> windowed aggregate -> file; its windows close as the watermark passes, the rest with the end of the input.
        AGGREGATE("""
                SELECT window.start AS start, device, count(*) AS readings, sum(v) AS total
                FROM STREAM readings GROUP BY window(ts, INTERVAL '5' SECOND), device"""),
        /// file -> filter -> file.
        FILTER("SELECT device, ts, v FROM STREAM readings WHERE v % 3 <> 0"),
        /// Both of them as one query, every change of the windows beside them, and its late rows: four sinks, committed together.
        BOTH("");

        private final String sql;

        Query(String sql) {
            this.sql = sql;
        }
    }

    /// Writes the input: in order of time but for some rows, of which a few are late.
    void writeInput(int files, long seed) throws IOException {
        Random random = new Random(seed);
        Files.createDirectories(input());
        for (int file = 0; file < files; file++) {
            StringBuilder rows = new StringBuilder();
            for (int row = 0; row < ROWS_A_FILE; row++) {
                long second = (long) file * SECONDS_A_FILE + random.nextInt(SECONDS_A_FILE)
                        - (random.nextInt(12) == 0 ? 15 : 0);
                rows.append("{\"device\":\"d").append(random.nextInt(5)).append("\",\"ts\":\"")
                        .append(java.time.Instant.ofEpochSecond(1_700_000_000L + second)).append("\",\"v\":")
                        .append(random.nextInt(1000)).append("}\n");
            }
            Files.writeString(input().resolve("readings-%05d.json".formatted(file)), rows);
        }
    }

    private Path input() {
        return directory.resolve("in");
    }

    /// Gets a session ready for [#start], without touching a checkpoint.
    void declare(ThalwegSession session) {
        session.sql("""
                CREATE STREAM readings (device STRING, ts TIMESTAMP, v BIGINT,
                  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)
                USING json OPTIONS (path '%s', fileOrder 'name', maxFilesPerTrigger 1, endOfInput 'flush')"""
                .formatted(input()));
        session.sql("CREATE TABLE refused USING json OPTIONS (path '%s')".formatted(outputs(Query.BOTH).get(2)));
    }

    /// Starts a query, or goes on with it; it ends with its input.
    StreamingQuery start(ThalwegSession session, Query query) {
        if (query == Query.BOTH) {
            return session.multi(query.name(), writer(session, Query.AGGREGATE, outputs(query).get(0))
                    .option("checkpointLocation", checkpoint(query).toString()).option("lateTable", "refused"),
                    writer(session, Query.FILTER, outputs(query).get(1)),
                    writer(session, Query.AGGREGATE, outputs(query).get(3)).outputMode("changelog"));
        }
        return writer(session, query, output(query)).option("checkpointLocation", checkpoint(query).toString()).start();
    }

    private static DataStreamWriter<Row> writer(ThalwegSession session, Query query, Path output) {
        Dataset<Row> rows = session.sql(query.sql);
        return rows.writeStream().format("json").outputMode("append").queryName(query.name())
                .option("path", output.toString()).trigger(Trigger.AvailableNow());
    }

    Path checkpoint(Query query) {
        return directory.resolve("checkpoint-" + query);
    }

    Path output(Query query) {
        return directory.resolve("out-" + query);
    }

    private List<Path> outputs(Query query) {
        Path first = output(query);
        return query == Query.BOTH
                ? List.of(first.resolve("windows"), first.resolve("rows"), first.resolve("late"),
                        first.resolve("changes"))
                : List.of(first);
    }

    /// The rows a plain reader sees: those of every file that is not hidden, sorted.
    List<String> rows(Query query) throws IOException {
        List<String> rows = new ArrayList<>();
        for (Path output : outputs(query)) {
            try (Stream<Path> files = Files.list(output)) {
                for (Path file : files.filter(CrashJob::isVisible).toList()) {
                    rows.addAll(Files.readAllLines(file));
                }
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private static boolean isVisible(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith("_") && !name.startsWith(".");
    }
}
