package dev.thalweg.execution.operator;

import dev.thalweg.planner.incremental.ClockBound;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/// From which clock on each row of a batch is shown and from which on no more; and so which rows must wait, which are shown now
/// and which never again.
///
/// Cost: a loop a bound, and one over all rows.
final class ClockTimes {
    private final List<ClockBound> bounds;
    private final boolean enters;
    private final boolean leaves;

    ClockTimes(List<ClockBound> bounds) {
        this.bounds = List.copyOf(bounds);
        this.enters = bounds.stream().anyMatch(bound -> !bound.leaves());
        this.leaves = bounds.stream().anyMatch(ClockBound::leaves);
    }

    /// Whether rows that were shown leave.
    boolean leaves() {
        return leaves;
    }

    /// Rows of a batch by what the clock says of them.
    ///
    /// @param early shown later
    /// @param current shown now
    /// @param doubtful taken back while they are shown, or are about to be
    record Sorted(Part early, Part current, Part doubtful) {}

    /// @param rows physical row numbers of the batch
    Sorted sort(Batch batch, int[] rows, long now) {
        int count = batch.rowCount();
        long[] begins = new long[count];
        long[] ends = new long[count];
        bound(batch, rows, begins, ends);
        Sorted sorted = new Sorted(new Part(batch, rows, begins, ends), new Part(batch, rows, begins, ends),
                new Part(batch, rows, begins, ends));
        for (int i = 0; i < count; i++) {
            if (ends[i] <= now || ends[i] <= begins[i]) {
                continue; // gone, or going by itself in this trigger, or never shown
            }
            if (begins[i] > now) {
                sorted.early().add(i);
            } else if (enters && batch.weight(i) < 0) {
                sorted.doubtful().add(i);
            } else {
                sorted.current().add(i);
            }
        }
        return sorted;
    }

    private void bound(Batch batch, int[] rows, long[] begins, long[] ends) {
        Arrays.fill(begins, Long.MIN_VALUE);
        Arrays.fill(ends, Long.MAX_VALUE);
        for (ClockBound bound : bounds) {
            FieldVector vector = batch.vector(bound.column());
            long data = vector.getDataBufferAddress();
            long validity = vector.getNullCount() == 0 ? 0 : vector.getValidityBufferAddress();
            for (int i = 0; i < begins.length; i++) {
                if (validity != 0 && !Memory.getBit(validity, rows[i])) {
                    ends[i] = Long.MIN_VALUE; // no comparison with NULL is true
                    continue;
                }
                long turn = bound.turnsAt(Memory.getLong(data + ((long) rows[i] << 3)));
                if (bound.leaves()) {
                    ends[i] = Math.min(ends[i], turn);
                } else {
                    begins[i] = Math.max(begins[i], turn);
                }
            }
        }
    }

    /// Some rows of a batch, in order.
    static final class Part {
        private final Batch batch;
        private final int[] rows;
        private final long[] begins;
        private final long[] ends;
        private final int[] picked;
        private int count;

        private Part(Batch batch, int[] rows, long[] begins, long[] ends) {
            this.batch = batch;
            this.rows = rows;
            this.begins = begins;
            this.ends = ends;
            this.picked = new int[begins.length];
        }

        private void add(int row) {
            picked[count++] = row;
        }

        /// Adds one row of another part of the same batch.
        void add(Part other, int index) {
            add(other.picked[index]);
        }

        Batch batch() {
            return batch;
        }

        int count() {
            return count;
        }

        /// The numbers of the rows in the batch's columns.
        int[] physical() {
            int[] physical = new int[count];
            for (int i = 0; i < count; i++) {
                physical[i] = rows[picked[i]];
            }
            return physical;
        }

        long weight(int index) {
            return batch.weight(picked[index]);
        }

        long end(int index) {
            return ends[picked[index]];
        }

        long[] begins() {
            return picked(begins);
        }

        long[] ends() {
            return picked(ends);
        }

        private long[] picked(long[] times) {
            long[] some = new long[count];
            for (int i = 0; i < count; i++) {
                some[i] = times[picked[i]];
            }
            return some;
        }
    }
}
