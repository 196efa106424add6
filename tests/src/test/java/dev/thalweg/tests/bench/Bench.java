package dev.thalweg.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/// Compares engines on the queries that a user names.
///
/// It is what `thalweg bench` starts. It makes the input, compares the answers, takes times, prints a table for each query
/// and adds a line of JSON to the file results.jsonl. The page docs/benchmarks.md says how to read them.
public final class Bench {
    private static final long SEED = 42;

    private final BenchArguments wanted;
    private boolean failed;

    private Bench(BenchArguments wanted) {
        this.wanted = wanted;
    }

    /// Runs what is asked for. It ends with 1 if a check fails, with 2 if what is asked cannot be understood.
    ///
    /// @param arguments the directory for data, then what the user typed
    public static void main(String[] arguments) throws Exception {
        BenchArguments wanted;
        try {
            wanted = BenchArguments.of(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println("thalweg bench: " + e.getMessage() + "\n" + BenchArguments.USAGE);
            System.exit(2);
            return;
        }
        Bench bench = new Bench(wanted);
        bench.run();
        if (bench.failed) {
            System.exit(1);
        }
    }

    private void run() throws Exception {
        Files.createDirectories(wanted.directory());
        System.out.printf("Java %s, %s, %d processors, seed %d%n", Runtime.version(), wanted.jvmFlags(),
                Runtime.getRuntime().availableProcessors(), SEED);
        BenchFiles files = new BenchFiles(wanted.directory(), SEED, wanted.data());
        for (Workload workload : wanted.workloads()) {
            BenchFiles.Made input = files.repeat(
                    files.make(workload.input(), wanted.encoding(workload), wanted.effort().events()),
                    wanted.effort().repeats());
            if (workload.has(Workload.Trait.EVENT_TIME)
                    && wanted.contenders().stream().anyMatch(contender -> contender.dialect() == Dialect.FLINK)) {
                files.deal(input.files());
            }
            System.out.printf("%n%s, %s%n", workload.label(), input.description());
            Comparison comparison = new Comparison(wanted, workload, input);
            Comparison.Taken taken = comparison.run();
            Report report = new Report(workload, input, taken);
            report.print();
            report.append(wanted.directory().resolve("results.jsonl"));
            compare(workload, input, taken);
            if (wanted.use().contains(BenchArguments.Use.PROFILE)) {
                System.out.println("  flame graph of warm runs: " + comparison.profile());
            }
        }
    }

    /// With what was recorded.
    private void compare(Workload workload, BenchFiles.Made input, Comparison.Taken taken) throws IOException {
        if (Collections.disjoint(wanted.use(), List.of(BenchArguments.Use.CHECK, BenchArguments.Use.RECORD))) {
            return;
        }
        Recorded recorded = Recorded.read(wanted.recorded());
        String size = "%,d rows of %s as %s".formatted(input.rows(), input.files().input().label(),
                input.files().encoding().label());
        double ratio = Figures.best(taken.ours()).cpu() / taken.reference();
        if (wanted.use().contains(BenchArguments.Use.RECORD)) {
            recorded.record(workload.label(), size, ratio);
        } else {
            Recorded.Verdict verdict = recorded.check(workload.label(), size, ratio);
            System.out.println(verdict.line());
            failed |= verdict.fails();
        }
    }
}
