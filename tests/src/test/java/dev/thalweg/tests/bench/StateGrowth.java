package dev.thalweg.tests.bench;

import dev.thalweg.Row;
import dev.thalweg.RowFactory;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.StreamingQueryProgress;
import dev.thalweg.types.StructType;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// What an event costs, and how much state a key takes, as keys become more: count and sum per key, the keys drawn at
/// random, checkpoint on. All keys are there, and some triggers have run, before time is taken.
public final class StateGrowth {
    private static final int[] KEYS = {10_000, 100_000, 1_000_000, 10_000_000};
    private static final int ROWS_A_TRIGGER = 2_000_000;
    /// Until the JIT compiler has seen what a trigger does.
    private static final int WARM_UP = 5;
    private static final int TRIGGERS = 20;

    private final ThalwegSession session;
    private final int keys;

    private StateGrowth(ThalwegSession session, int keys) {
        this.session = session;
        this.keys = keys;
    }

    /// Measures for each number of keys and prints a line.
    ///
    /// @param arguments where checkpoints may lie; then numbers of keys, if not the usual ones
    public static void main(String[] arguments) throws Exception {
        int[] asked = Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        for (int keys : asked.length == 0 ? KEYS : asked) {
            Path checkpoint = Scratch.empty(Path.of(arguments[0]).resolve("growth"));
            try (ThalwegSession session = ThalwegSession.builder().create()) {
                new StateGrowth(session, keys).run(checkpoint);
            }
            Scratch.delete(checkpoint);
        }
    }

    private void run(Path checkpoint) throws Exception {
        List<Row> numbers = LongStream.range(0, ROWS_A_TRIGGER).mapToObj(RowFactory::create).toList();
        session.createDataFrame(numbers, StructType.fromDDL("n BIGINT")).createOrReplaceTempView("numbers");
        session.sql("CREATE STREAM events (k BIGINT, v BIGINT) USING memory");
        StreamingQuery query = session.sql("SELECT k, count(*) AS n, sum(v) AS total FROM STREAM events GROUP BY k")
                .writeStream().format("noop").outputMode(OutputMode.Update())
                .option("checkpointLocation", checkpoint.toString()).start();
        for (int first = 0; first < keys; first += ROWS_A_TRIGGER) {
            trigger(query, "n + " + first, Math.min(keys - first, ROWS_A_TRIGGER));
        }
        long nanos = 0;
        for (int trigger = 0; trigger < WARM_UP + TRIGGERS; trigger++) {
            long used = trigger(query, "pmod(xxhash64(n, " + trigger + "), " + keys + ")", ROWS_A_TRIGGER);
            nanos += trigger < WARM_UP ? 0 : used;
        }
        StreamingQueryProgress last = query.recentProgress()[query.recentProgress().length - 1];
        var state = last.stateOperators()[0];
        System.out.printf("%,11d keys: %,11.0f events a CPU second, %.0f bytes of state a key, %,d in memory%n", keys,
                (double) ROWS_A_TRIGGER * TRIGGERS / nanos * 1e9,
                (double) state.memoryUsedBytes() / state.numRowsTotal(), state.customMetrics().get("rowsInMemory"));
        query.stop();
    }

    /// @return processor time, in nanoseconds, that the whole process has used from the moment the rows were there
    private long trigger(StreamingQuery query, String key, int rows) {
        session.sql("INSERT INTO events SELECT " + key + ", n FROM numbers WHERE n < " + rows);
        long before = cpuNanos();
        query.processAllAvailable();
        return cpuNanos() - before;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
