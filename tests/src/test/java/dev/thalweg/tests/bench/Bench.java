package dev.thalweg.tests.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Compares engines on the queries that a user names.
///
/// It is what `thalweg bench` starts. It makes the input, compares the answers, takes times, prints a table for each query
/// and adds a line of JSON to the file results.jsonl. The page docs/benchmarks.md says how to read them.
public final class Bench {
    private static final long SEED = 42;

    private Bench() {}

    /// Runs what is asked for.
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
        Files.createDirectories(wanted.directory());
        double reference = ReferenceLoop.seconds();
        System.out.printf("Java %s, %s, %d processors, seed %d, reference loop %.2f s%n", Runtime.version(),
                wanted.jvmFlags(), Runtime.getRuntime().availableProcessors(), SEED, reference);
        BenchFiles files = new BenchFiles(wanted.directory(), SEED);
        for (Workload workload : wanted.workloads()) {
            BenchFiles.Made input = files.make(workload.input(), wanted.encoding(workload), wanted.events());
            System.out.printf("%n%s, %s%n", workload.label(), input.description());
            Map<Contender, List<Turn>> taken = new Comparison(wanted, workload, input).run();
            Report report = new Report(workload, input, reference, taken);
            report.print();
            report.append(wanted.directory().resolve("results.jsonl"));
        }
    }
}
