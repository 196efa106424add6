package dev.thalweg.tests.bench;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.explode;
import static dev.thalweg.functions.split;

import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.StreamingQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a trigger costs that has next to nothing to do, checkpoint on: one that finds nothing new, and one of 1,000 rows that
/// counts per key. Measured from the moment the file is there to the moment its trigger is committed.
public final class TriggerOverhead {
    private static final int TRIGGERS = 300;
    private static final int WARM_UP = 100;
    private static final int ROWS = 1_000;

    private TriggerOverhead() {}

    /// Measures idle and small triggers and prints their times.
    ///
    /// @param arguments where data and checkpoints may lie
    public static void main(String[] arguments) throws Exception {
        Path directory = Scratch.empty(Path.of(arguments[0]).resolve("triggers"));
        Path input = Files.createDirectories(directory.resolve("input"));
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            StreamingQuery query = session.readStream().format("text").load(input.toString())
                    .select(explode(split(col("value"), " ")).alias("word")).groupBy("word").count().writeStream()
                    .format("noop").outputMode("update")
                    .option("checkpointLocation", directory.resolve("checkpoint").toString()).start();
            long[] busy = new long[TRIGGERS];
            long[] idle = new long[TRIGGERS];
            for (int i = 0; i < TRIGGERS; i++) {
                addFile(directory, input, i);
                busy[i] = nanosOf(query);
                idle[i] = nanosOf(query);
            }
            query.stop();
            print("nothing new", idle);
            print(ROWS + " rows, count per key", busy);
        }
    }

    private static void addFile(Path directory, Path input, int number) throws IOException {
        Path hidden = directory.resolve("next.txt");
        Files.writeString(hidden, IntStream.range(0, ROWS).mapToObj(row -> "key" + (row * 31 + number) % 1_000)
                .collect(Collectors.joining("\n", "", "\n")));
        Files.move(hidden, input.resolve("part-%05d.txt".formatted(number)), StandardCopyOption.ATOMIC_MOVE);
    }

    private static long nanosOf(StreamingQuery query) {
        long start = System.nanoTime();
        query.processAllAvailable();
        return System.nanoTime() - start;
    }

    private static void print(String what, long[] nanos) {
        long[] sorted = Arrays.stream(nanos).skip(WARM_UP).sorted().toArray();
        System.out.printf("trigger, %-26s median %.2f ms   p99 %.2f ms%n", what, sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6);
    }
}
