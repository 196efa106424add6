package dev.thalweg.execution.exchange;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.KeyLayout;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.Murmur3;
import java.lang.foreign.Arena;
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
    private final int singleOwner;
    private int[] owners = new int[0];

    /// What rows are routed by.
    ///
    /// @param columns of the key, in the order of the consumer's state; empty: everything to one task
    public record Key(RowType input, List<Integer> columns, OptionalInt time) {}

    public KeyRouter(Key key, int tasks, BufferAllocator allocator) {
        this(KeyEncoder.of(key.input(), key.columns(), key.time(), allocator), key.columns().isEmpty(), tasks);
    }

    private KeyRouter(KeyEncoder encoder, boolean singleton, int tasks) {
        this.encoder = encoder;
        this.tasks = tasks;
        this.singleton = singleton;
        this.singleOwner = singletonOwner(tasks);
        this.ownerOfGroup = new int[KeyGroups.COUNT];
        for (int group = 0; group < ownerOfGroup.length; group++) {
            ownerOfGroup[group] = KeyGroups.taskOf(group, tasks);
        }
    }

    /// Routes by the whole row, bit by bit: -0.0 is not 0.0.
    public static KeyRouter wholeRows(RowType type, int tasks, BufferAllocator allocator) {
        return new KeyRouter(KeyEncoder.exact(type, allocator), false, tasks);
    }

    /// The task that owns the empty key: to it goes what must be in one place.
    public static int singletonOwner(int tasks) {
        try (Arena memory = Arena.ofConfined()) {
            int length = KeyLayout.of(new RowType(List.of())).fixedBytes();
            return KeyGroups.taskOf(KeyGroups.group(Murmur3.hash(memory.allocate(16).address(), length)), tasks);
        }
    }

    /// Hands each part over to `target`; takes over the reference to `batch`.
    public void route(Batch batch, Target target) {
        if (tasks == 1) {
            target.take(0, batch);
            return;
        }
        if (singleton) {
            target.take(singleOwner, batch);
            return;
        }
        try (batch) {
            int rows = batch.rowCount();
            int[] counts = countOwners(encoder.encode(batch), rows);
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
