package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.VectorEquality;
import dev.thalweg.spi.data.Batch;
import java.util.List;

/// Picks the rows that a sink is to see of changes that are net already: a key's old row right before its new one, and nothing
/// else of that key in the trigger. So nothing need wait for the trigger's end, nor be added up.
///
/// **Cost** a look at each row's weight, and a comparison where a key has both rows.
final class NetRows {
    private final List<Integer> key;
    private final Taken taken;

    /// What goes to the sink: rows of new keys, new rows of keys that had one, old rows of keys that vanish.
    record Taken(boolean inserts, boolean updates, boolean deletes) {}

    /// @param key the columns that identify a row
    NetRows(List<Integer> key, Taken taken) {
        this.key = key;
        this.taken = taken;
    }

    /// A view of the rows that go to the sink, deletes with their weight; takes over the reference.
    Batch of(Batch batch) {
        int count = batch.rowCount();
        int[] picked = new int[count];
        int rows = 0;
        boolean deletes = false;
        for (int i = 0; i < count; i++) {
            boolean isNew = batch.weight(i) > 0;
            boolean isTaken = isNew
                    ? isReplacement(batch, i) ? taken.updates() && !isEqual(batch, i - 1, i) : taken.inserts()
                    : taken.deletes() && !isReplacement(batch, i + 1);
            if (isTaken) {
                picked[rows++] = batch.physical(i);
                deletes |= !isNew;
            }
        }
        Batch shown = deletes ? batch : batch.once();
        return rows == count ? shown : shown.select(picked, rows);
    }

    /// Whether the row takes the place of the one before it.
    private boolean isReplacement(Batch batch, int row) {
        if (row == 0 || row == batch.rowCount() || batch.weight(row - 1) > 0 || batch.weight(row) < 0) {
            return false;
        }
        for (int column : key) {
            if (!equal(batch, column, row - 1, row)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEqual(Batch batch, int row, int other) {
        for (int column = 0; column < batch.columnCount(); column++) {
            if (!equal(batch, column, row, other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Batch batch, int column, int row, int other) {
        return VectorEquality.equal(batch.vector(column), batch.type().type(column), batch.physical(row),
                batch.physical(other));
    }
}
