package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// Refuses the rows whose time the operator's watermark has overtaken, inserts and deletes alike: their group may be
/// freed, so they could not be counted, nor taken back.
///
/// Judges by W, the watermark after the trigger before: [#advance] is called when the trigger ends. A row without a time
/// is never late, but where it belongs before all others.
public final class Lateness {
    private static final int NOWHERE = -1;

    private final int column;
    private final boolean nullsAreFirst;
    private final BatchRows batchRows = new BatchRows();
    private Watermark watermark;

    private Lateness(int column, boolean nullsAreFirst, Watermark watermark) {
        this.column = column;
        this.nullsAreFirst = nullsAreFirst;
        this.watermark = watermark;
    }

    /// Nothing is ever late: no watermark, complete mode, or a stage below has judged already.
    public static Lateness none() {
        return new Lateness(NOWHERE, false, Watermark.NONE);
    }

    /// Refuses rows by the time in one column.
    ///
    /// @param column the time, or the end of the window, in microseconds: a row is late when it is at or below W
    /// @param resumed W when the operator is made: that of the last committed trigger
    public static Lateness by(int column, Watermark resumed) {
        return new Lateness(column, false, resumed);
    }

    /// Refuses rows by their place in the order of time: where NULLs come first, any watermark has overtaken them.
    public static Lateness byOrder(int column, boolean nullsAreFirst, Watermark resumed) {
        return new Lateness(column, nullsAreFirst, resumed);
    }

    /// Hands the late rows to `out` and gives back the others.
    ///
    /// @param input taken over
    /// @return the rows on time: a batch that the caller closes
    public Batch refuse(Batch input, Downstream out) {
        if (column == NOWHERE || watermark.micros() == Long.MIN_VALUE || input.rowCount() == 0) {
            return input;
        }
        FieldVector times = input.vector(column);
        long data = times.getDataBufferAddress();
        long validity = times.getNullCount() == 0 ? 0 : times.getValidityBufferAddress();
        int[] rows = batchRows.of(input);
        int late = countLate(data, validity, rows, input.rowCount());
        return late == 0 ? input : split(input, late, data, validity, rows, out);
    }

    private boolean isLate(long data, long validity, int row) {
        boolean hasTime = validity == 0 || Memory.getBit(validity, row);
        return hasTime ? Memory.getLong(data + ((long) row << 3)) <= watermark.micros() : nullsAreFirst;
    }

    private int countLate(long data, long validity, int[] rows, int count) {
        int late = 0;
        for (int i = 0; i < count; i++) {
            late += isLate(data, validity, rows[i]) ? 1 : 0;
        }
        return late;
    }

    private Batch split(Batch input, int late, long data, long validity, int[] rows, Downstream out) {
        int count = input.rowCount();
        int[] refused = new int[late];
        int[] kept = new int[count - late];
        int refusedCount = 0;
        int keptCount = 0;
        for (int i = 0; i < count; i++) {
            if (isLate(data, validity, rows[i])) {
                refused[refusedCount++] = rows[i];
            } else {
                kept[keptCount++] = rows[i];
            }
        }
        out.late(input.retain().select(refused, refusedCount));
        return input.select(kept, keptCount);
    }

    /// The trigger is over: from now on its watermark judges.
    public void advance(Watermark next) {
        watermark = watermark.max(next);
    }
}
