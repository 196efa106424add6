package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;

/// The physical row numbers of a batch as an array that is always there, so that loops need not ask for a selection.
public final class BatchRows {
    private int[] identity = new int[0];

    /// The first `batch.rowCount()` entries are valid; must not be written.
    public int[] of(Batch batch) {
        int[] selection = batch.selection();
        return selection != null ? selection : identity(batch.rowCount());
    }

    /// 0, 1, 2 …, at least `count` of them; must not be written.
    public int[] identity(int count) {
        if (identity.length < count) {
            int[] grown = new int[Math.max(count, 1024)];
            for (int i = 0; i < grown.length; i++) {
                grown[i] = i;
            }
            identity = grown;
        }
        return identity;
    }
}
