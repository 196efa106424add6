package dev.thalweg.tests.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a run over many events has shown.
///
/// @param before the peaks of its second third
/// @param after the peaks of its last third
/// @param late rows refused
/// @param left rows that are still held when time has moved far past all rows but the `lastRows` that moved it
/// @param cpuSeconds of the whole process
record SoakFigures(SoakQuery query, long events, Peaks before, Peaks after, long late, long left, long lastRows,
        double cpuSeconds) {
    static final String HEADER = """
            | query | M events | CPU s | CPU s of a third | late | rows held | rows left | state, MB | checkpoint, MB | files | live heap, MB | process, MB |
            |---|---|---|---|---|---|---|---|---|---|---|---|""";

    /// What is not as bounded state should be.
    List<String> wrong() {
        List<String> wrong = new ArrayList<>(after.grownSince(before));
        long leftMax = 10 * lastRows + query.keeps();
        if (query.isFreedByEventTime() && left > leftMax) {
            wrong.add("%,d rows are left when time has passed them, and at most %,d should be".formatted(left,
                    leftMax));
        }
        return wrong;
    }

    /// A line of the table below [#HEADER]; two numbers are the peaks of the second and the last third.
    String line() {
        return String.format(Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f → %.1f | %,d | %,d → %,d | %,d | %s | %s | %,d → %,d | %s | %s |",
                query, events / 1e6, cpuSeconds, before.of(Measure.CPU_MILLIS) / 1e3,
                after.of(Measure.CPU_MILLIS) / 1e3, late, before.of(Measure.ROWS), after.of(Measure.ROWS), left,
                megabytes(Measure.STATE_BYTES), megabytes(Measure.CHECKPOINT_BYTES),
                before.of(Measure.CHECKPOINT_FILES), after.of(Measure.CHECKPOINT_FILES),
                megabytes(Measure.HEAP_BYTES), megabytes(Measure.PROCESS_BYTES));
    }

    private String megabytes(Measure measure) {
        return String.format(Locale.ROOT, "%.1f → %.1f", before.of(measure) / 1e6, after.of(measure) / 1e6);
    }
}
