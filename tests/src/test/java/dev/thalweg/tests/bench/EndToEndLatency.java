package dev.thalweg.tests.bench;

import static dev.thalweg.functions.col;

import dev.thalweg.RowFactory;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.streaming.MemoryStream;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.StreamingQueryListener;
import dev.thalweg.types.StructType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// How long a row takes from the moment it is there to the commit of its trigger, at a steady rate: rows of the program,
/// counted per key into a memory table, and rows of files, projected into files. Every trigger is committed, checkpoint on.
///
/// A row's time begins when its batch is handed to the engine, or its file gets its name; it ends on the query's own thread
/// when the trigger has been committed.
public final class EndToEndLatency {
    private static final int[] ROWS_A_SECOND = {1_000, 50_000, 500_000};
    private static final long WARM_UP_NANOS = 8_000_000_000L;
    private static final long RUN_NANOS = 10_000_000_000L;
    private static final long BATCH_NANOS = 1_000_000L;
    private static final long FILE_NANOS = 10_000_000L;
    private static final int KEYS = 1_000;
    private static final StructType EVENT = StructType.fromDDL("k INT, v BIGINT");

    private final Path directory;

    private EndToEndLatency(Path directory) {
        this.directory = directory;
    }

    /// Measures at each rate and prints the times.
    ///
    /// @param arguments where data and checkpoints may lie
    public static void main(String[] arguments) throws Exception {
        for (int rate : ROWS_A_SECOND) {
            new EndToEndLatency(Scratch.empty(Path.of(arguments[0]).resolve("latency"))).fromProgram(rate);
            new EndToEndLatency(Scratch.empty(Path.of(arguments[0]).resolve("latency"))).fromFiles(rate);
        }
    }

    private void fromProgram(int rate) throws Exception {
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            MemoryStream events = session.memoryStream("events", EVENT);
            Waiting waiting = new Waiting();
            session.streams().addListener(waiting);
            StreamingQuery query = start(events.toDF().groupBy("k").count().writeStream().outputMode("update")
                    .format("memory").queryName("counts"));
            produce(rate, BATCH_NANOS, (from, to) -> {
                List<Row> rows = new ArrayList<>();
                for (long row = from; row < to; row++) {
                    rows.add(RowFactory.create((int) (row % KEYS), row));
                }
                waiting.arrive(rows.size());
                events.addData(rows);
            });
            query.processAllAvailable();
            query.stop();
            waiting.print("program to memory table", rate);
        }
    }

    private void fromFiles(int rate) throws Exception {
        Path input = Files.createDirectories(directory.resolve("input"));
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            Waiting waiting = new Waiting();
            session.streams().addListener(waiting);
            StreamingQuery query = start(session.readStream().format("json").schema(EVENT).load(input.toString())
                    .select(col("k"), col("v").multiply(2).alias("twice")).writeStream().outputMode("append")
                    .format("json").option("path", directory.resolve("output").toString()));
            produce(rate, FILE_NANOS, (from, to) -> {
                StringBuilder lines = new StringBuilder();
                for (long row = from; row < to; row++) {
                    lines.append("{\"k\":").append(row % KEYS).append(",\"v\":").append(row).append("}\n");
                }
                Path hidden = directory.resolve("next.json");
                Files.write(hidden, lines.toString().getBytes(StandardCharsets.US_ASCII));
                waiting.arrive(Math.toIntExact(to - from));
                Files.move(hidden, input.resolve("part-%012d.json".formatted(from)), StandardCopyOption.ATOMIC_MOVE);
            });
            query.processAllAvailable();
            query.stop();
            waiting.print("files to files", rate);
        }
    }

    private StreamingQuery start(DataStreamWriter<Row> writer) throws Exception {
        return writer.option("checkpointLocation", directory.resolve("checkpoint").toString()).start();
    }

    private interface Arrival {
        void rows(long from, long to) throws IOException;
    }

    /// Hands over what is due, again and again.
    private static void produce(int rate, long everyNanos, Arrival arrival) throws IOException {
        long start = System.nanoTime();
        long sent = 0;
        for (long turn = 1; System.nanoTime() - start < WARM_UP_NANOS + RUN_NANOS; turn++) {
            while (System.nanoTime() - start < turn * everyNanos) {
                LockSupport.parkNanos(start + turn * everyNanos - System.nanoTime());
            }
            long due = (System.nanoTime() - start) * rate / 1_000_000_000L;
            if (due > sent) {
                arrival.rows(sent, due);
                sent = due;
            }
        }
    }

    /// Rows on their way, in order, and how long those took that have arrived.
    private static final class Waiting extends StreamingQueryListener {
        private final long start = System.nanoTime();
        private final Queue<Part> waiting = new ConcurrentLinkedQueue<>();
        private final Queue<Part> taken = new ArrayDeque<>();
        private int triggers;

        /// @param nanos when they came; of those that have arrived, how long they took
        private record Part(int rows, long nanos) {}

        void arrive(int rows) {
            waiting.add(new Part(rows, System.nanoTime()));
        }

        /// A trigger takes whole parts: the engine cannot see half of one.
        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            long now = System.nanoTime();
            long rows = event.progress().numInputRows();
            boolean isWarm = now - start > WARM_UP_NANOS;
            triggers += isWarm ? 1 : 0;
            while (rows > 0) {
                Part part = waiting.remove();
                rows -= part.rows();
                if (isWarm) {
                    taken.add(new Part(part.rows(), now - part.nanos()));
                }
            }
        }

        void print(String what, int rate) {
            List<Part> sorted = taken.stream().sorted(Comparator.comparingLong(Part::nanos)).toList();
            System.out.printf("%-24s %,8d rows/s: p50 %.2f ms   p99 %.2f ms   p99.9 %.2f ms   in %,d triggers%n", what,
                    rate, millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 0.999), triggers);
        }

        private static double millis(List<Part> sorted, double share) {
            long rows = sorted.stream().mapToLong(Part::rows).sum();
            long before = 0;
            for (Part part : sorted) {
                before += part.rows();
                if (before >= rows * share) {
                    return part.nanos() / 1e6;
                }
            }
            return Double.NaN;
        }
    }
}
