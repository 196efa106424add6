package dev.thalweg.execution.exchange;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
import java.util.List;
import java.util.OptionalInt;
import org.apache.arrow.memory.BufferAllocator;

/// Cuts a batch into the rows that each task owns, by the key group of each row's key.
///
/// The key is encoded as the consumer's state encodes it, so that the task that gets a row owns the state it belongs to.
///
/// **Cost** one hash a row; the parts are views, nothing is copied. **Thread** one task.
public final class KeyRouter implements AutoCloseable {
    private final KeyEncoder encoder;
    private final BatchRows batchRows = new BatchRows();
    private final int[] ownerOfGroup;
    private final int tasks;
    private final boolean singleton;
    private int[] owners = new int[0];

    /// @param key the columns of the key, in the order of the consumer's state; empty: everything to one task
    public record Key(RowType input, List<Integer> columns, OptionalInt time) {}

    public KeyRouter(Key key, int tasks, BufferAllocator allocator) {
        this.encoder = KeyEncoder.of(key.input(), key.columns(), key.time(), allocator);
        this.tasks = tasks;
        this.singleton = key.columns().isEmpty();
        this.ownerOfGroup = new int[KeyGroups.COUNT];
        for (int group = 0; group < ownerOfGroup.length; group++) {
            ownerOfGroup[group] = KeyGroups.taskOf(group, tasks);
        }
    }

    /// Hands each part over to `target`; takes over the reference to `batch`.
    public void route(Batch batch, Target target) {
        if (tasks == 1) {
            target.take(0, batch);
            return;
        }
        if (singleton) {
            EncodedKeys empty = encoder.encode(batch, batchRows.of(batch), 1);
            target.take(ownerOfGroup[KeyGroups.group(empty.hash(0))], batch);
            return;
        }
        int rows = batch.rowCount();
        int[] counts = countOwners(encoder.encode(batch), rows);
        try (batch) {
            int[] physical = batchRows.of(batch);
            for (int task = 0; task < tasks; task++) {
                if (counts[task] == rows) {
                    target.take(task, batch.retain());
                } else if (counts[task] > 0) {
                    int[] selection = rowsOf(task, counts[task], physical, rows);
                    target.take(task, batch.retain().select(selection, counts[task]));
                }
            }
        }
    }

    /// Takes over one task's part of a batch.
    public interface Target {
        void take(int task, Batch part);
    }

    private int[] countOwners(EncodedKeys keys, int rows) {
        if (owners.length < rows) {
            owners = new int[rows];
        }
        int[] counts = new int[tasks];
        for (int row = 0; row < rows; row++) {
            int owner = ownerOfGroup[KeyGroups.group(keys.hash(row))];
            owners[row] = owner;
            counts[owner]++;
        }
        return counts;
    }

    private int[] rowsOf(int task, int count, int[] physical, int rows) {
        int[] selection = new int[count];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            if (owners[row] == task) {
                selection[next++] = physical[row];
            }
        }
        return selection;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
