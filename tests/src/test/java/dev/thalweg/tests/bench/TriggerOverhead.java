package dev.thalweg.tests.bench;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.count;
import static dev.thalweg.functions.lit;
import static dev.thalweg.functions.sum;
import static dev.thalweg.functions.window;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.RowFactory;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.MemoryStream;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.types.StructType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a trigger costs that has next to nothing to do, checkpoint on: a windowed count and sum per key over 1,000 new rows,
/// which a file or the program brings, into a memory table; and one that finds nothing new. Measured from the moment the
/// rows are there to the moment their trigger is committed.
public final class TriggerOverhead {
    static final int WARM_UP = 200;
    private static final int TRIGGERS = 1_200;
    static final int ROWS = 1_000;
    private static final int KEYS = 100;
    private static final String SPARKS = TriggerOverhead.class.getPackageName() + ".SparkTriggers";
    private static final StructType EVENT = StructType.fromDDL("k INT, v BIGINT, ts TIMESTAMP");

    private final Path directory;
    private final ThalwegSession session;

    private TriggerOverhead(Path directory, ThalwegSession session) {
        this.directory = directory;
        this.session = session;
    }

    /// Measures small and idle triggers and prints their times.
    ///
    /// @param arguments where data and checkpoints may lie; then `--vs spark`, if Spark is to do the same with its two stores
    public static void main(String[] arguments) throws Exception {
        List<String> asked = List.of(arguments).subList(1, arguments.length);
        if (!asked.isEmpty() && !asked.equals(List.of("--vs", "spark"))) {
            System.err.println("usage: thalweg bench triggers [--vs spark]");
            System.exit(2);
        }
        Path directory = Scratch.empty(Path.of(arguments[0]).resolve("triggers"));
        refuseMemory(directory);
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            TriggerOverhead overhead = new TriggerOverhead(directory, session);
            overhead.fromProgram();
            overhead.fromFiles();
        }
        for (Contender spark : asked.isEmpty()
                ? List.<Contender>of()
                : List.of(Contender.SPARK_HEAP, Contender.SPARK_ROCKSDB)) {
            System.out.println(spark.label());
            new EngineProcess(spark, EngineProcess.USUAL_FLAGS)
                    .run(SPARKS, List.of(directory.toString(), spark.store()),
                            List.of(), directory.resolve("spark.log"))
                    .forEach(System.out::println);
        }
    }

    /// A sync that no disk sees costs nothing.
    private static void refuseMemory(Path directory) throws IOException {
        String kind = Files.getFileStore(directory).type();
        if (kind.equals("tmpfs") || kind.equals("ramfs")) {
            throw new IOException(directory + " lies in memory (" + kind + "). Give a directory on a disk.");
        }
    }

    private void fromProgram() throws Exception {
        MemoryStream events = session.memoryStream("events", EVENT);
        StreamingQuery query = started("program", events.toDF());
        long[] busy = new long[TRIGGERS];
        long[] idle = new long[TRIGGERS];
        for (int trigger = 0; trigger < TRIGGERS; trigger++) {
            events.addData(rows(trigger));
            busy[trigger] = nanosOf(query);
            idle[trigger] = nanosOf(query);
        }
        query.stop();
        print(ROWS + " rows of the program", busy);
        print("nothing new", idle);
    }

    private void fromFiles() throws Exception {
        Path input = Files.createDirectories(directory.resolve("input"));
        StreamingQuery query = started("files", session.readStream().format("json").schema(EVENT)
                .load(input.toString()));
        long[] busy = new long[TRIGGERS];
        long[] idle = new long[TRIGGERS];
        for (int trigger = 0; trigger < TRIGGERS; trigger++) {
            addFile(input, trigger);
            busy[trigger] = nanosOf(query);
            idle[trigger] = nanosOf(query);
        }
        query.stop();
        print(ROWS + " rows of a file", busy);
        print("no new file", idle);
    }

    private StreamingQuery started(String name, Dataset<Row> events) throws Exception {
        return events.withWatermark("ts", "10 seconds").groupBy(window(col("ts"), "10 seconds"), col("k"))
                .agg(count(lit(1)).alias("n"), sum(col("v")).alias("total")).writeStream().format("memory")
                .queryName(name).outputMode("update")
                .option("checkpointLocation", directory.resolve(name + "-checkpoint").toString()).start();
    }

    /// One second of event time a trigger.
    private static List<Row> rows(int trigger) {
        return IntStream.range(0, ROWS).mapToObj(row -> RowFactory.create((row * 31 + trigger) % KEYS, (long) row,
                Instant.ofEpochSecond(1_700_000_000L + trigger, row * 1_000_000L))).toList();
    }

    private void addFile(Path input, int trigger) throws IOException {
        addFile(directory.resolve("next.json"), input, trigger);
    }

    /// Lets a file of rows appear, whole at once.
    static void addFile(Path hidden, Path input, int trigger) throws IOException {
        Files.writeString(hidden, rows(trigger).stream().map(row -> "{\"k\":%s,\"v\":%s,\"ts\":\"%s\"}"
                .formatted(row.get(0), row.get(1), row.get(2))).collect(Collectors.joining("\n", "", "\n")));
        Files.move(hidden, input.resolve("part-%05d.json".formatted(trigger)), StandardCopyOption.ATOMIC_MOVE);
    }

    private static long nanosOf(StreamingQuery query) {
        long start = System.nanoTime();
        query.processAllAvailable();
        return System.nanoTime() - start;
    }

    static void print(String what, long[] nanos) {
        long[] sorted = Arrays.stream(nanos).skip(WARM_UP).sorted().toArray();
        System.out.printf("trigger, %-24s median %.2f ms   p99 %.2f ms   p99.9 %.2f ms%n", what,
                sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6,
                sorted[sorted.length * 999 / 1000] / 1e6);
    }
}
