package dev.thalweg.execution.trigger;

import dev.thalweg.execution.progress.QueryProgress.Observed;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;

/// The event times of the rows that reach a watermark's declaration in one task: the greatest moves the watermark, the rest
/// is for progress. Nulls are passed over.
///
/// **Cost** one pass over one column, no call a row. **Thread** one task; read by the trigger thread between rounds.
final class EventTimeGauge {
    private final int column;
    private long max = Long.MIN_VALUE;
    private long min = Long.MAX_VALUE;
    private double sum;
    private long count;

    EventTimeGauge(int column) {
        this.column = column;
    }

    void observe(Batch batch) {
        FieldVector times = batch.vector(column);
        long data = times.getDataBufferAddress();
        int[] selection = batch.selection();
        if (times.getNullCount() > 0) {
            observeNullable(batch, data, times.getValidityBufferAddress());
        } else if (selection == null) {
            observeAll(data, batch.rowCount());
        } else {
            observeSelected(data, selection, batch.rowCount());
        }
    }

    private void observeAll(long data, int rows) {
        long base = Memory.getLong(data);
        long least = base;
        long greatest = base;
        long above = 0; // relative to the first row, so that the sum of a batch cannot overflow
        for (int row = 0; row < rows; row++) {
            long time = Memory.getLong(data + ((long) row << 3));
            greatest = Math.max(greatest, time);
            least = Math.min(least, time);
            above += time - base;
        }
        add(least, greatest, (double) base * rows + above, rows);
    }

    private void observeSelected(long data, int[] selection, int rows) {
        long base = Memory.getLong(data + ((long) selection[0] << 3));
        long least = base;
        long greatest = base;
        long above = 0;
        for (int row = 0; row < rows; row++) {
            long time = Memory.getLong(data + ((long) selection[row] << 3));
            greatest = Math.max(greatest, time);
            least = Math.min(least, time);
            above += time - base;
        }
        add(least, greatest, (double) base * rows + above, rows);
    }

    private void observeNullable(Batch batch, long data, long validity) {
        for (int row = 0; row < batch.rowCount(); row++) {
            int at = batch.physical(row);
            if (Memory.getBit(validity, at)) {
                long time = Memory.getLong(data + ((long) at << 3));
                add(time, time, (double) time, 1);
            }
        }
    }

    private void add(long least, long greatest, double total, long rows) {
        min = Math.min(min, least);
        max = Math.max(max, greatest);
        sum += total;
        count += rows;
    }

    /// The greatest time since [#reset]; `Long.MIN_VALUE` when no row had one.
    long maxMicros() {
        return max;
    }

    void mergeInto(EventTimeGauge total) {
        if (count > 0) {
            total.add(min, max, sum, count);
        }
    }

    Optional<Observed> observed() {
        return count == 0 ? Optional.empty() : Optional.of(new Observed(min, max, Math.round(sum / count)));
    }

    void reset() {
        max = Long.MIN_VALUE;
        min = Long.MAX_VALUE;
        sum = 0;
        count = 0;
    }
}
