package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyLayout;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RowEquality;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.KeyedState.SlotVisitor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// Builds the output rows of groups, a column at a time: the net changes of a trigger, or the groups that time has closed.
final class GroupOutput {
    private static final int ROWS_MAX = 16_384;
    private static final int BLOCK = 256;

    private final AggregateDeclaration spec;
    private final KeyedState groups;
    private final List<Accumulator> accumulators;
    private final KeyDecoder keys;
    private final BufferAllocator allocator;
    private final GroupStates rows = new GroupStates();
    private long[] weights = new long[256];
    /// For a new row the place of the old row of its group; -1 where it has none.
    private int[] oldRow = new int[256];
    @SuppressWarnings("UnusedVariable") // what is loaded ahead must go somewhere, or the JIT drops the loads
    private long loaded;

    GroupOutput(AggregateDeclaration spec, KeyedState groups, List<Accumulator> accumulators, KeyLayout layout,
            BufferAllocator allocator) {
        this.spec = spec;
        this.groups = groups;
        this.accumulators = accumulators;
        this.keys = new KeyDecoder(layout);
        this.allocator = allocator;
    }

    /// Emits the old row (weight -1) and the new row (weight +1) of every group whose row differs.
    void emitChanges(Downstream out) {
        rows.clear();
        for (int from = 0; from < groups.changedCount(); from += BLOCK) {
            int to = Math.min(from + BLOCK, groups.changedCount());
            load(from, to);
            for (int i = from; i < to; i++) {
                addChange(i);
                if (rows.count >= ROWS_MAX - 1) {
                    flush(out);
                }
            }
        }
        flush(out);
    }

    /// Brings entries that lie anywhere in memory into the cache: no load of this loop waits for another.
    private void load(int from, int to) {
        long seen = 0;
        for (int i = from; i < to; i++) {
            int slot = groups.changed(i);
            seen += groups.keyLength(slot) + Memory.getLong(groups.value(slot));
        }
        loaded = seen;
    }

    private void addChange(int number) {
        int slot = groups.changed(number);
        long before = groups.changedBefore(number);
        boolean was = before != 0 && isAlive(before);
        boolean is = !groups.isChangedRemoved(number) && isAlive(groups.value(slot));
        if (was && is && isSame(slot, before)) {
            return;
        }
        long key = groups.keyAddress(slot);
        int old = -1;
        if (was) {
            old = rows.count;
            add(key, before, groups.tailBefore(slot), -1, -1);
        }
        if (is) {
            add(key, groups.value(slot), groups.tail(slot), 1, old);
        }
    }

    private boolean isAlive(long value) {
        return spec.isGlobal() || Memory.getLong(value + AggregateOperator.WEIGHT_OFFSET) > 0;
    }

    private boolean isSame(int slot, long before) {
        long value = groups.value(slot);
        int bytes = AggregateOperator.WEIGHT_OFFSET + 8;
        for (Accumulator accumulator : accumulators) {
            bytes += accumulator.valueBytes();
        }
        int tail = groups.tailLength(slot);
        return Memory.equal(before, value, bytes) && tail == groups.tailBeforeLength(slot)
                && (tail == 0 || Memory.equal(groups.tail(slot), groups.tailBefore(slot), tail));
    }

    private void add(long key, long value, long tail, long weight, int old) {
        int at = rows.count;
        rows.add(key, value, tail);
        if (at == weights.length) {
            weights = Arrays.copyOf(weights, at * 2);
            oldRow = Arrays.copyOf(oldRow, at * 2);
        }
        weights[at] = weight;
        oldRow[at] = old;
    }

    /// Emits, as inserts, every living group whose time is at or below `micros`.
    void emitThrough(long micros, Downstream out) {
        rows.clear();
        groups.forEachThrough(micros, new SlotVisitor() {
            @Override
            public void visit(int slot) {
                if (isAlive(groups.value(slot))) {
                    add(groups.keyAddress(slot), groups.value(slot), groups.tail(slot), 1, -1);
                }
                if (rows.count == ROWS_MAX) {
                    flush(out);
                }
            }

            @Override
            public void takingBack() {
                flush(out);
            }
        });
        flush(out);
    }

    /// Shows columns of the keys of every group whose time is at or below `micros`.
    ///
    /// @param columns of the aggregate's input, all of them keys
    void forEachKeyThrough(long micros, List<Integer> columns, Consumer<Batch> taker) {
        rows.clear();
        groups.forEachThrough(micros, new SlotVisitor() {
            @Override
            public void visit(int slot) {
                rows.add(groups.keyAddress(slot), 0, 0);
                if (rows.count == ROWS_MAX) {
                    takingBack();
                }
            }

            @Override
            public void takingBack() {
                if (rows.count > 0) {
                    taker.accept(keys(columns));
                    rows.clear();
                }
            }
        });
        if (rows.count > 0) {
            taker.accept(keys(columns));
            rows.clear();
        }
    }

    /// Shows columns of the keys of every group that has gone in this trigger.
    void forEachKeyGone(List<Integer> columns, Consumer<Batch> taker) {
        rows.clear();
        for (int i = 0; i < groups.changedCount(); i++) {
            if (groups.isChangedRemoved(i)) {
                rows.add(groups.keyAddress(groups.changed(i)), 0, 0);
            }
            if (rows.count == ROWS_MAX || (rows.count > 0 && i == groups.changedCount() - 1)) {
                taker.accept(keys(columns));
                rows.clear();
            }
        }
    }

    private Batch keys(List<Integer> chosen) {
        RowType type = spec.input().select(chosen);
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < chosen.size(); i++) {
                int place = spec.keys().indexOf(chosen.get(i));
                columns.add(keys.decode(place, type.field(i), rows.key, rows.count, allocator));
            }
            return columns.batch(type, rows.count);
        }
    }

    private void flush(Downstream out) {
        if (rows.count == 0) {
            return;
        }
        out.emit(withoutEqual(batch()));
        rows.clear();
    }

    private Batch batch() {
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < spec.keys().size(); i++) {
                columns.add(keys.decode(i, spec.output().field(i), rows.key, rows.count, allocator));
            }
            for (Accumulator accumulator : accumulators) {
                Field field = spec.output().field(columns.size());
                accumulator.writeResult(rows, field, columns.add(field));
            }
            if (!onlyInserts()) {
                columns.addWeights(weights, rows.count);
            }
            return columns.batch(spec.output(), rows.count);
        }
    }

    private boolean onlyInserts() {
        for (int i = 0; i < rows.count; i++) {
            if (weights[i] != 1) {
                return false;
            }
        }
        return true;
    }

    /// State may change without the row changing (one more row below the maximum): such a pair is left out.
    private Batch withoutEqual(Batch batch) {
        RowEquality results = new RowEquality(batch,
                IntStream.range(spec.keys().size(), batch.columnCount()).boxed().toList());
        int[] kept = new int[rows.count];
        int count = 0;
        for (int i = 0; i < rows.count; i++) {
            if (oldRow[i] >= 0 && results.equal(oldRow[i], i)) {
                count--; // the old row, which is the one just before
            } else {
                kept[count++] = i;
            }
        }
        return count == rows.count ? batch : batch.select(kept, count);
    }
}
