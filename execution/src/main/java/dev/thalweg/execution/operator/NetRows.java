package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.RowEquality;
import dev.thalweg.spi.data.Batch;
import java.util.List;
import java.util.stream.IntStream;

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
        RowEquality keys = new RowEquality(batch, key);
        RowEquality rest = new RowEquality(batch, IntStream.range(0, batch.columnCount()).boxed()
                .filter(column -> !key.contains(column)).toList());
        int count = batch.rowCount();
        int[] picked = new int[count];
        int rows = 0;
        boolean deletes = false;
        for (int i = 0; i < count; i++) {
            int row = batch.physical(i);
            if (batch.weight(i) > 0) {
                rows = taken.inserts() ? add(picked, rows, row) : rows;
            } else if (i + 1 < count && batch.weight(i + 1) > 0 && keys.equal(row, batch.physical(i + 1))) {
                int fresh = batch.physical(++i);
                rows = taken.updates() && !rest.equal(row, fresh) ? add(picked, rows, fresh) : rows;
            } else if (taken.deletes()) {
                rows = add(picked, rows, row);
                deletes = true;
            }
        }
        Batch shown = deletes ? batch : batch.once();
        return rows == count ? shown : shown.select(picked, rows);
    }

    private static int add(int[] picked, int rows, int row) {
        picked[rows] = row;
        return rows + 1;
    }
}
