package dev.thalweg.tests.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the JVM of every engine does: it runs one query several times over the same files, each time with a new checkpoint, prints a
/// line `TIME wall cpu written steps` for each (milliseconds, kilobytes handed to the file system, and triggers or
/// checkpoints), and at last `PEAK kilobytes`, the most memory that the process has held; or it writes the query's answer as
/// CSV files.
///
/// The processor time is that of the whole process from the query's start to its end: compiler and garbage collector of
/// the JVM and threads of RocksDB are in it.
final class EngineRun {
    /// An engine that knows its input, as far as the benchmark sees it.
    interface Engine {
        /// Runs the query over all files into the sink that keeps nothing.
        ///
        /// @return how many triggers or checkpoints it took them in; 1 for a batch
        long run(Workload workload, Path checkpoint) throws Exception;

        /// Writes the query's last result, with a header, into CSV files in a directory of their own.
        void answer(Workload workload, Path checkpoint, Path target) throws Exception;
    }

    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Engine engine;

    EngineRun(Engine engine) {
        this.engine = engine;
    }

    void fulfil(Assignment assignment) throws Exception {
        Path work = assignment.work();
        if (assignment.answer().isPresent()) {
            engine.answer(assignment.workload(), work.resolve("checkpoint-answer"), assignment.answer().get());
            return;
        }
        for (int round = 0; round < assignment.rounds(); round++) {
            time(assignment.workload(), work.resolve("checkpoint-" + round));
        }
        System.out.println("PEAK " + counter("/proc/self/status", "VmHWM:"));
    }

    /// As Linux counts it; 0 on other systems.
    private static long counter(String file, String name) throws IOException {
        Path counters = Path.of(file);
        if (!Files.exists(counters)) {
            return 0;
        }
        return Files.readAllLines(counters).stream().filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong).findFirst().orElse(0);
    }

    private void time(Workload workload, Path checkpoint) throws Exception {
        Scratch.empty(checkpoint);
        long written = counter("/proc/self/io", "wchar:");
        long cpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        long steps = engine.run(workload, checkpoint);
        System.out.println("TIME " + (System.nanoTime() - wall) / 1_000_000 + " "
                + (process.getProcessCpuTime() - cpu) / 1_000_000 + " "
                + (counter("/proc/self/io", "wchar:") - written) / 1024 + " " + steps);
        deleteQuietly(checkpoint);
    }

    /// Spark and Flink still delete files of their own for a moment after a query's end.
    private static void deleteQuietly(Path directory) {
        try {
            Scratch.delete(directory);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + directory);
        }
    }
}
