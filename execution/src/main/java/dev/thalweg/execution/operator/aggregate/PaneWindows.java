package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Panes;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.Murmur3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Combines groups that were folded by pane into groups by window, each row of which is what a fold by window would give.
///
/// The panes of a key come one after the other, so that a window is made once of all its panes. Where they come out of
/// order, a window may be handed on in several parts, which its owner merges as it merges those of several tasks.
/// Windows that W has overtaken are left out: their rows were reported late when they came.
///
/// State: none between calls. Cost: one probe a group of a pane, one merge a call for each of its windows.
final class PaneWindows implements AutoCloseable {
    private static final int ROWS_MAX = 16_384;
    /// Of the pane's start, which leads its key.
    private static final int PANE_BYTES = 8;

    private final AggregateDeclaration spec;
    private final Panes panes;
    private final boolean expire;
    private final List<Accumulator> accumulators;
    private final int valueBytes;
    private final KeyDecoder decoder;
    private final List<Integer> columns;
    private final BufferAllocator allocator;
    /// What is beside the pane in the keys, and the groups of each: the first of them, then the next of each.
    private final GroupTable keys;
    private final EncodedKeys rests = new EncodedKeys(0);
    private int[] keyOf = new int[0];
    private int[] first = new int[0];
    private int[] next = new int[0];

    private Watermark watermark;

    // Rows that are being made: for each the start of its window and where its key lies.
    private int rows;
    private final long[] start = new long[ROWS_MAX];
    private final long[] key = new long[ROWS_MAX];
    /// The first window of the last rows that follow each other and are of the key at hand; the greatest time if none is.
    private long runFrom;
    /// Which group goes into which row, and where its state lies.
    private final CallRows parts = new CallRows();
    private final long[] part = new long[ROWS_MAX];

    /// @param columns of the keys as they were folded: a window's bound, which is the pane's start, then what is beside it
    /// @param decoder of those keys
    /// @param resumed W when this is made
    PaneWindows(AggregateDeclaration spec, Panes panes, List<Integer> columns, KeyDecoder decoder,
            AccumulatorChoice choice, Watermark resumed, BufferAllocator allocator) {
        this.spec = spec;
        this.panes = panes;
        this.expire = spec.freedBy().isPresent() && panes.ends().contains(spec.freedBy().getAsInt());
        this.columns = columns;
        this.decoder = decoder;
        this.accumulators = choice.accumulators();
        this.valueBytes = choice.groups().valueBytes();
        this.watermark = resumed;
        this.allocator = allocator;
        this.keys = new GroupTable(allocator);
        parts.reserve(ROWS_MAX);
    }

    /// The columns by which rows are folded: the keys, with one bound of the window for both.
    static List<Integer> columns(AggregateDeclaration spec, Panes panes) {
        List<Integer> columns = new ArrayList<>();
        List<Integer> beside = new ArrayList<>();
        for (int column : spec.keys()) {
            boolean isBound = panes.starts().contains(column) || panes.ends().contains(column);
            if (!isBound) {
                beside.add(column);
            } else if (columns.isEmpty()) {
                columns.add(column);
            }
        }
        columns.addAll(beside);
        return columns;
    }

    /// Hands on the windows of all groups.
    ///
    /// @param values where the states of the groups lie, one behind the other
    void emit(GroupTable groups, long values, Downstream out) {
        chain(groups);
        for (int k = 0; k < keys.size(); k++) {
            emitKey(k, groups, values, out);
        }
        flush(out);
        keys.clear();
    }

    void advance(Watermark next) {
        watermark = watermark.max(next);
    }

    /// Lists the groups of each key in the order in which they were first met, which is about that of their panes.
    private void chain(GroupTable groups) {
        int count = groups.size();
        rests.reset(count);
        if (keyOf.length < count) {
            keyOf = new int[count];
            first = new int[count];
            next = new int[count];
        }
        for (int id = 0; id < count; id++) {
            long rest = groups.keyAddress(id) + PANE_BYTES;
            int length = groups.keyLength(id) - PANE_BYTES;
            rests.set(id, rest, length, Murmur3.hash(rest, length));
        }
        keys.findOrInsert(rests, keyOf);
        Arrays.fill(first, 0, keys.size(), GroupTable.ABSENT);
        for (int id = count - 1; id >= 0; id--) {
            next[id] = first[keyOf[id]];
            first[keyOf[id]] = id;
        }
    }

    private void emitKey(int k, GroupTable groups, long values, Downstream out) {
        runFrom = Long.MAX_VALUE;
        long paneBefore = Long.MIN_VALUE;
        for (int id = first[k]; id != GroupTable.ABSENT; id = next[id]) {
            long at = groups.keyAddress(id);
            long pane = Memory.getLong(at);
            long last = panes.lastStart(pane);
            runFrom = pane < paneBefore ? Long.MAX_VALUE : runFrom;
            paneBefore = pane;
            for (long window = firstOpen(panes.firstStart(pane, last), last); window <= last; window += panes.slide()) {
                if (rows == ROWS_MAX || parts.count == ROWS_MAX) {
                    flush(out);
                }
                parts.slot[parts.count] = row(window, at);
                part[parts.count++] = values + (long) id * valueBytes;
            }
        }
    }

    /// The row of a window of the key at hand. Panes ascend, so those that are there already are the last rows.
    private int row(long window, long at) {
        if (window >= runFrom && window <= start[rows - 1]) {
            return rows - 1 - (int) ((start[rows - 1] - window) / panes.slide());
        }
        boolean goesOn = runFrom != Long.MAX_VALUE && window == start[rows - 1] + panes.slide();
        runFrom = goesOn ? runFrom : window;
        start[rows] = window;
        key[rows] = at;
        return rows++;
    }

    /// The first window from `window` on that W has not overtaken.
    private long firstOpen(long window, long last) {
        long micros = watermark.micros();
        if (!expire || micros == Long.MIN_VALUE || window + panes.size() > micros) {
            return window;
        }
        long open = window;
        while (open <= last && open + panes.size() <= micros) {
            open += panes.slide();
        }
        return open;
    }

    private void flush(Downstream out) {
        if (rows > 0) {
            out.emit(batch());
        }
        rows = 0;
        parts.count = 0;
        runFrom = Long.MAX_VALUE;
    }

    private Batch batch() {
        RowType type = spec.foldedType();
        try (NewColumns made = new NewColumns(allocator)) {
            for (int i = 0; i < spec.keys().size(); i++) {
                int column = spec.keys().get(i);
                Field field = type.field(i);
                if (panes.starts().contains(column)) {
                    bounds(made.add(field), 0);
                } else if (panes.ends().contains(column)) {
                    bounds(made.add(field), panes.size());
                } else {
                    made.add(decoder.decode(columns.indexOf(column), field, key, rows, allocator));
                }
            }
            merge(made.add(type.field(spec.keys().size())));
            return made.batch(type, rows);
        }
    }

    private void bounds(FieldVector vector, long add) {
        RawVectors.allocate(vector, rows);
        long data = vector.getDataBufferAddress();
        for (int row = 0; row < rows; row++) {
            Memory.putLong(data + ((long) row << 3), start[row] + add);
        }
    }

    private void merge(FieldVector partial) {
        RawVectors.allocate(partial, rows, (long) rows * valueBytes);
        long data = partial.getDataBufferAddress();
        for (long at = 0; at < (long) rows * valueBytes; at += 8) {
            Memory.putLong(data + at, 0);
        }
        for (int i = 0; i < parts.count; i++) {
            parts.value[i] = data + (long) parts.slot[i] * valueBytes;
        }
        CountAccumulator.mergeLongs(parts, part, AggregateOperator.WEIGHT_OFFSET);
        accumulators.forEach(accumulator -> accumulator.merge(parts, part));
        for (int row = 1; row <= rows; row++) {
            Memory.putInt(partial.getOffsetBufferAddress() + ((long) row << 2), row * valueBytes);
        }
        RawVectors.finish(partial, rows);
    }

    @Override
    public void close() {
        keys.close();
    }
}
