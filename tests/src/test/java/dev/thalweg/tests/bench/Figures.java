package dev.thalweg.tests.bench;

import java.util.List;
import java.util.function.ToLongFunction;

/// Medians over the runs of one engine.
///
/// @param cpu seconds
/// @param wall seconds
/// @param peak megabytes of memory
/// @param written megabytes handed to the file system, which are the checkpoint's, and RocksDB's own
/// @param steps triggers or checkpoints
record Figures(int runs, double cpu, double wall, double peak, double written, long steps) {
    static Figures cold(List<Turn> turns) {
        return of(turns, turns.stream().flatMap(turn -> turn.cold().stream()).toList());
    }

    /// Of the later runs; no run at all where each JVM made only one.
    static Figures warm(List<Turn> turns) {
        return of(turns, turns.stream().flatMap(turn -> turn.warm().stream()).toList());
    }

    /// Warm where there is something warm.
    static Figures best(List<Turn> turns) {
        Figures warm = warm(turns);
        return warm.runs() > 0 ? warm : cold(turns);
    }

    private static Figures of(List<Turn> turns, List<Turn.Time> times) {
        return new Figures(times.size(), median(times, Turn.Time::cpu) / 1e3, median(times, Turn.Time::wall) / 1e3,
                median(turns, Turn::peakKilobytes) / 1024.0, median(times, Turn.Time::written) / 1024.0,
                median(times, Turn.Time::steps));
    }

    private static <T> long median(List<T> values, ToLongFunction<T> figure) {
        return values.stream().mapToLong(figure).sorted().skip((values.size() - 1) / 2).findFirst().orElse(0);
    }
}
