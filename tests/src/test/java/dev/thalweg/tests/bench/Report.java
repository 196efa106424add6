package dev.thalweg.tests.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Medians of what was measured, and how many times ours they are.
final class Report {
    private final Workload workload;
    private final BenchFiles.Made input;
    private final double reference;
    private final Map<Contender, List<Turn>> taken;

    Report(Workload workload, BenchFiles.Made input, double reference, Map<Contender, List<Turn>> taken) {
        this.workload = workload;
        this.input = input;
        this.reference = reference;
        this.taken = taken;
    }

    /// Medians over the runs of one engine.
    ///
    /// @param cpu seconds
    /// @param wall seconds
    /// @param peak megabytes of memory
    /// @param written megabytes handed to the file system, which are the checkpoint's
    private record Figures(int runs, double cpu, double wall, double peak, double written) {
        static Figures of(List<Turn> turns, boolean cold) {
            List<Turn.Time> times = turns.stream().flatMap(turn -> (cold ? turn.cold() : turn.warm()).stream())
                    .toList();
            return new Figures(times.size(), median(times, Turn.Time::cpu) / 1e3, median(times, Turn.Time::wall) / 1e3,
                    median(turns, Turn::peakKilobytes) / 1024.0, median(times, Turn.Time::written) / 1024.0);
        }

        private static <T> long median(List<T> values, ToLongFunction<T> figure) {
            return values.stream().mapToLong(figure).sorted().skip((values.size() - 1) / 2).findFirst().orElse(0);
        }
    }

    void print() {
        System.out.printf("%-20s %5s %9s %7s %9s %7s %12s %8s %9s%n", "", "runs", "CPU s", "ratio", "wall s", "ratio",
                "rows/s", "peak MB", "write MB");
        for (boolean cold : List.of(true, false)) {
            Figures ours = Figures.of(taken.getOrDefault(Contender.THALWEG, List.of()), cold);
            taken.forEach((contender, turns) -> {
                Figures figures = Figures.of(turns, cold);
                if (figures.runs() > 0) {
                    System.out.printf("%-4s %-15s %5d %9.2f %6.2fx %9.2f %6.2fx %,12.0f %8.0f %9.1f%n",
                            cold ? "cold" : "warm", contender.label(), figures.runs(), figures.cpu(),
                            figures.cpu() / ours.cpu(), figures.wall(), figures.wall() / ours.wall(),
                            input.rows() / figures.wall(), figures.peak(), figures.written());
                }
            });
        }
    }

    void append(Path file) throws IOException {
        ObjectNode line = new ObjectMapper().createObjectNode();
        line.put("query", workload.label()).put("input", input.description()).put("referenceSeconds", reference);
        taken.forEach((contender, turns) -> {
            Figures warm = Figures.of(turns, turns.stream().allMatch(turn -> turn.warm().isEmpty()));
            line.putObject(contender.label()).put("runs", warm.runs()).put("cpuSeconds", warm.cpu())
                    .put("wallSeconds", warm.wall()).put("peakMegabytes", warm.peak())
                    .put("writtenMegabytes", warm.written()).put("cpuToReference", warm.cpu() / reference);
        });
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
