package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;

/// Finds the rows of a batch that are the first of their key, and remembers the key.
///
/// State: the `seen` table of the operator, whose value is 1. Cost: one probe a row.
/// Thread: one task. What was found is valid until the next call.
final class FirstOfKeys implements AutoCloseable {
    private final KeyEncoder encoder;
    private final KeyedState seen;
    private final BatchRows batchRows = new BatchRows();
    private final EncodedKeys fresh = new EncodedKeys(0);
    private int[] slots = new int[0];

    /// @param encoder of the key; taken over
    FirstOfKeys(KeyEncoder encoder, KeyedState seen) {
        this.encoder = encoder;
        this.seen = seen;
    }

    /// The physical numbers of the rows, in the order of the batch.
    int[] find(Batch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return new int[0];
        }
        EncodedKeys keys = encoder.encode(batch);
        if (slots.length < count) {
            slots = new int[count];
        }
        int made = seen.findOrInsert(keys, slots);
        int[] found = new int[made];
        fresh.reset(made);
        if (made == 0) {
            return found;
        }
        int[] rows = batchRows.of(batch);
        int first = 0;
        for (int i = 0; i < count; i++) {
            long at = seen.value(slots[i]);
            if (Memory.getLong(at) == 0) { // a new entry, touched already
                Memory.putLong(at, 1);
                fresh.set(first, keys.address(i), keys.length(i), keys.hash(i));
                found[first++] = rows[i];
            }
        }
        return found;
    }

    /// Their keys.
    EncodedKeys keys() {
        return fresh;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
