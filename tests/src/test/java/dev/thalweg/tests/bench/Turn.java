package dev.thalweg.tests.bench;

import java.util.ArrayList;
import java.util.List;

/// What one JVM said: the times of its runs, the cold one first, and the most memory it held.
///
/// @param warmUp how many runs, from the first on, do not count as warm
record Turn(List<Time> times, int warmUp, long peakKilobytes) {
    /// One run of a query, in milliseconds; the kilobytes it wrote; the triggers or checkpoints it took.
    record Time(long wall, long cpu, long written, long steps) {}

    static Turn of(List<String> lines, int warmUp) {
        List<Time> times = new ArrayList<>();
        long peak = 0;
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "TIME" -> times.add(new Time(Long.parseLong(words[1]), Long.parseLong(words[2]),
                        Long.parseLong(words[3]), Long.parseLong(words[4])));
                case "PEAK" -> peak = Long.parseLong(words[1]);
                default -> {
                } // a rule: an engine may print what it likes
            }
        }
        return new Turn(times, warmUp, peak);
    }

    List<Time> cold() {
        return times.subList(0, 1);
    }

    List<Time> warm() {
        return times.subList(Math.min(warmUp, times.size()), times.size());
    }
}
