package dev.thalweg.tests.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the JVM of either engine does: it runs one query several times over the same files, each time with a new
/// checkpoint, prints a line `TIME wall cpu` in milliseconds for each, and at last `PEAK kilobytes`, the most memory that
/// the process has held; or it writes the query's answer to a file.
///
/// The processor time is that of the whole process from the query's start to its end: compiler and garbage collector of
/// the JVM and threads of RocksDB are in it.
final class EngineRun {
    /// An engine, as far as the benchmark sees it.
    interface Engine {
        /// Runs the query over all files into the sink that keeps nothing.
        void run(BenchQuery query, Path input, Path checkpoint) throws Exception;

        /// The groups and their counts, as text.
        List<String> answer(BenchQuery query, Path input, Path checkpoint) throws Exception;
    }

    private final Engine engine;
    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    EngineRun(Engine engine) {
        this.engine = engine;
    }

    /// @param arguments query, data directory, work directory, and either a number of rounds or `answer=FILE`
    void main(String... arguments) throws Exception {
        BenchQuery query = BenchQuery.valueOf(arguments[0]);
        Path input = Path.of(arguments[1]).resolve(query.input());
        Path work = Path.of(arguments[2]);
        if (arguments[3].startsWith("answer=")) {
            writeAnswer(query, input, work, Path.of(arguments[3].substring("answer=".length())));
            return;
        }
        for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
            time(query, input, work.resolve("checkpoint-" + round));
        }
        System.out.println("PEAK " + peakKilobytes());
    }

    /// As Linux counts it; 0 on other systems.
    private static long peakKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong).findFirst().orElse(0);
    }

    private void writeAnswer(BenchQuery query, Path input, Path work, Path target) throws Exception {
        List<String> answer = engine.answer(query, input, work.resolve("checkpoint-answer"));
        Files.write(target, answer.stream().sorted().toList());
    }

    private void time(BenchQuery query, Path input, Path checkpoint) throws Exception {
        Scratch.empty(checkpoint);
        long cpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        engine.run(query, input, checkpoint);
        System.out.println("TIME " + (System.nanoTime() - wall) / 1_000_000 + " "
                + (process.getProcessCpuTime() - cpu) / 1_000_000);
        deleteQuietly(checkpoint);
    }

    /// Spark still deletes files of its own for a moment after a query's end.
    private static void deleteQuietly(Path directory) {
        try {
            Scratch.delete(directory);
        } catch (IOException e) {
            System.err.println("left behind: " + directory);
        }
    }
}
