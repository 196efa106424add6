package dev.thalweg.tests.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Medians of what was measured, and how many times ours they are.
final class Report {
    private static final int SECONDS_LEAST = 5;
    private static final int STEPS_LEAST = 10;

    private final Workload workload;
    private final BenchFiles.Made input;
    private final Comparison.Taken taken;

    Report(Workload workload, BenchFiles.Made input, Comparison.Taken taken) {
        this.workload = workload;
        this.input = input;
        this.taken = taken;
    }

    void print() {
        System.out.printf("%-20s %5s %9s %7s %9s %7s %12s %8s %9s %6s%n", "", "runs", "CPU s", "ratio", "wall s",
                "ratio", "rows/s", "peak MB", "write MB",
                "steps");
        print("cold", Figures::cold);
        print("warm", Figures::warm);
        warnings().forEach(warning -> System.out.println("  " + warning));
    }

    /// What keeps the figures from being a fair comparison: runs that are too short, too few triggers or checkpoints.
    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        double seconds = Figures.best(taken.ours()).wall();
        if (seconds < SECONDS_LEAST) {
            warnings.add(
                    "a run of ours took %.2f s, less than %d: about --repeat %.0f would do, or so many times the --events"
                            .formatted(
                                    seconds, SECONDS_LEAST, Math.ceil(SECONDS_LEAST / Math.max(seconds, 0.001))));
        }
        taken.turns().forEach((contender, turns) -> {
            long steps = Figures.best(turns).steps();
            if (contender.dialect() != Dialect.DUCKDB && steps < STEPS_LEAST) {
                warnings.add("%s took the input in %d triggers or checkpoints, fewer than %d".formatted(
                        contender.label(), steps, STEPS_LEAST));
            }
        });
        return warnings;
    }

    private void print(String temperature, Function<List<Turn>, Figures> which) {
        Figures ours = which.apply(taken.ours());
        taken.turns().forEach((contender, turns) -> {
            Figures figures = which.apply(turns);
            if (figures.runs() > 0) {
                System.out.printf("%-4s %-15s %5d %9.2f %6.2fx %9.2f %6.2fx %,12.0f %8.0f %9.1f %6d%n", temperature,
                        contender.label(), figures.runs(), figures.cpu(),
                        figures.cpu() / ours.cpu(), figures.wall(), figures.wall() / ours.wall(),
                        input.rows() / figures.wall(), figures.peak(), figures.written(), figures.steps());
            }
        });
    }

    void append(Path file) throws IOException {
        ObjectNode line = new ObjectMapper().createObjectNode();
        line.put("query", workload.label()).put("input", input.description()).put("referenceSeconds",
                taken.reference());
        for (Map.Entry<Contender, List<Turn>> entry : taken.turns().entrySet()) {
            Figures figures = Figures.best(entry.getValue());
            line.putObject(entry.getKey().label()).put("runs", figures.runs()).put("cpuSeconds", figures.cpu())
                    .put("wallSeconds", figures.wall()).put("peakMegabytes", figures.peak())
                    .put("writtenMegabytes", figures.written()).put("steps", figures.steps())
                    .put("cpuToReference", figures.cpu() / taken.reference());
        }
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
