package dev.thalweg.tests.soak;

import static java.util.Objects.requireNonNull;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.execution.progress.QueryProgress.StateOperatorProgress;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import dev.thalweg.tests.spec.MovableClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Runs one query over many events and watches what it holds.
///
/// The source `rate` makes the events, and a clock that is moved by hand says how many: five seconds' worth a trigger. Event time
/// moves with them, up to three seconds behind, and one row in a thousand is an hour late. The query is stopped and goes on from its
/// checkpoint in the second third and in the last. In the end a few rows move time by a day, and nothing of what came before may be
/// held after that.
final class Soak implements AutoCloseable {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int STEP_MILLIS = 5_000;
    /// Rows that move time on at the end, at least.
    private static final int LAST_ROWS = 8;
    /// From so many triggers on a run also looks at what lies on disk and at the process, which need time to settle.
    static final int MANY_TRIGGERS = 1_000;
    private static final int LOOKS_A_THIRD = 15;

    private final SoakQuery query;
    private final int triggers;
    private final long rate;
    private final Path checkpoint;
    private final MovableClock clock = new MovableClock(BEGIN);
    private final ThalwegSession session;
    private final Peaks[] peaks = {new Peaks(), new Peaks(), new Peaks()};
    private long cpuBefore;
    private long late;
    private long input;
    private List<StateOperatorProgress> operators = List.of();

    /// @param directory where the checkpoint may lie
    Soak(SoakQuery query, long events, int triggers, Path directory) {
        this.query = query;
        this.triggers = triggers;
        this.rate = Math.max(1, events / query.streams() * 1_000 / ((long) triggers * STEP_MILLIS));
        this.checkpoint = directory.resolve("checkpoint");
        // So that snapshots are taken in every third, however few the events and small the changes: some queries log one byte an event.
        long logBytes = Math.clamp(events / 4, 128 << 10, 64 << 20);
        this.session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
                .config("thalweg.sql.tasks", 2).config("thalweg.sql.unboundedState", "refuse")
                .config("thalweg.sql.stateTtl", query.lives())
                .config("thalweg.state.cacheBytesMax", query.isOnDisk() ? 1 : 2L << 30)
                .config("thalweg.state.snapshotLogBytes", logBytes).clock(clock).create();
    }

    SoakFigures run() throws IOException {
        long cpu = cpuNanos();
        declare();
        StreamingQuery running = start();
        for (int trigger = 1; trigger <= triggers; trigger++) {
            clock.set(BEGIN.plusMillis((long) trigger * STEP_MILLIS));
            take(running);
            look(trigger);
            if (trigger == triggers * 5 / 12 || trigger == triggers * 10 / 12) {
                running.stop();
                running = start();
            }
        }
        long before = input;
        long left = drain(running);
        running.stop();
        return new SoakFigures(query, before, peaks[1], peaks[2], late, left, input - before,
                (cpuNanos() - cpu) / 1e9);
    }

    /// `raw` and `raw_others` are the rows, `events` and `others` have a watermark too: `id` counts, `g` has ten values, `k` as many as
    /// rows come in two triggers, `s` one for each four rows, never to come again; `text` is `s` in up to a hundred
    /// characters; `v` is below 1,000.
    private void declare() {
        long end = rate * triggers * STEP_MILLIS / 1_000;
        session.sql("CREATE TABLE refused USING noop");
        declare("raw", 0, end);
        declare("raw_others", 1, end);
        session.sql("CREATE VIEW events AS SELECT * FROM raw WATERMARK ts DELAY OF INTERVAL 4 SECONDS");
        session.sql("CREATE VIEW others AS SELECT * FROM raw_others WATERMARK ts DELAY OF INTERVAL 4 SECONDS");
        session.sql("SELECT s, g, date_trunc('SECOND', ts) AS t FROM raw").withWatermark("t", "4 seconds")
                .dropDuplicates("s", "t").createOrReplaceTempView("first_rows");
        session.table("events").dropDuplicatesWithinWatermark("s").createOrReplaceTempView("first_rows_within");
    }

    private void declare(String view, int seed, long end) {
        session.sql("CREATE STREAM made_" + view + " USING rate OPTIONS (rowsPerSecond " + rate + ")");
        session.sql(
                """
                        CREATE VIEW %s AS
                        SELECT value AS id, pmod(xxhash64(value, %d), 10) AS g, pmod(xxhash64(value, %d), %d) AS k,
                            value DIV 4 AS s, repeat('text ', CAST((value DIV 4) %% 17 AS INT)) || (value DIV 4) AS text, pmod(xxhash64(value, %d), 1000) AS v,
                            timestamp + CASE WHEN value >= %d THEN INTERVAL '1' DAY WHEN value %% 997 = 0 THEN INTERVAL '-1' HOUR
                                ELSE INTERVAL '-1' MILLISECOND * ((value * 7919) %% 3000) END AS ts
                        FROM STREAM made_%s"""
                        .formatted(view, 10 + seed, 20 + seed, keys(), 30 + seed, end, view));
    }

    private long keys() {
        return Math.max(10, 2 * rate * STEP_MILLIS / 1_000);
    }

    private StreamingQuery start() {
        DataStreamWriter<Row> writer = session.sql(query.sql()).writeStream().queryName("soak").outputMode(query.mode())
                .format("noop").trigger(Trigger.ProcessingTime("1 hour"))
                .option("checkpointLocation", checkpoint.toString());
        return (query.keepsLateRows() ? writer.option("lateTable", "refused") : writer).start();
    }

    private void take(StreamingQuery running) {
        running.processAllAvailable();
        var progress = requireNonNull(running.lastProgress()).detail();
        operators = progress.stateOperators();
        late += operators.stream().mapToLong(StateOperatorProgress::numRowsDroppedByWatermark).sum();
        input += progress.numInputRows();
    }

    private void look(int trigger) throws IOException {
        Peaks third = peaks[(trigger - 1) * 3 / triggers];
        third.add(operators);
        if (trigger == 1 || third != peaks[(trigger - 2) * 3 / triggers]) {
            cpuBefore = cpuNanos();
        }
        if (triggers >= MANY_TRIGGERS && trigger % (triggers / 3 / LOOKS_A_THIRD) == 0) {
            lookAround(third);
        }
    }

    private void lookAround(Peaks third) throws IOException {
        long[] sizes = FilesBelow.sizes(checkpoint);
        third.add(Measure.CHECKPOINT_FILES, sizes.length);
        third.add(Measure.CHECKPOINT_BYTES, Arrays.stream(sizes).sum());
        third.add(Measure.CPU_MILLIS, (cpuNanos() - cpuBefore) / 1_000_000);
        third.add(Measure.HEAP_BYTES, liveHeap());
        third.add(Measure.PROCESS_BYTES, processBytes());
    }

    /// Two triggers, for what the first makes final may wait in the next operator for the watermark that it moved.
    private long drain(StreamingQuery running) {
        for (int i = 0; i < 2; i++) {
            clock.set(clock.instant().plusMillis(Math.max(1, LAST_ROWS * 1_000 / rate + 1)));
            take(running);
        }
        return operators.stream().mapToLong(StateOperatorProgress::numRowsTotal).sum();
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// Memory of its own, without the pages of files that it has mapped, which come and go with the system's cache. Zero where the
    /// system does not say.
    private static long processBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).sum();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    @Override
    public void close() {
        session.close();
        Directories.delete(checkpoint);
    }
}
