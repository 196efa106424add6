package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.SortKeys;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.state.EncodedKeys;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// `max_by` and `min_by` of any columns, where rows are only added; ties as [LongExtremeBy] has them.
///
/// State: whether there is a row, 8 bytes, and its order and value in the group's tail. A batch is folded first, so that each
/// group it touches writes its tail once at most.
final class BestRow implements Accumulator {
    private static final int LENGTH_BYTES = 4;

    private final Field field;
    private final int argument;
    private final int offset;
    private final boolean max;
    private final Tails tails;
    private final int part;
    private final SortKeys order;
    private final RowCodec codec;
    private final Scratch scratch;
    private final BatchGroups batchGroups = new BatchGroups();
    private int[] best = new int[0];

    /// @param field the value's
    /// @param keys what is to be extreme, then the value
    BestRow(int argument, Field field, List<SortKey> keys, int offset, boolean max, Tails tails, int part,
            BufferAllocator allocator) {
        this.argument = argument;
        this.field = field;
        this.offset = offset;
        this.max = max;
        this.tails = tails;
        this.part = part;
        this.order = new SortKeys(keys, allocator);
        this.codec = new RowCodec(RowType.of(field), allocator);
        this.scratch = new Scratch(allocator);
    }

    @Override
    public int valueBytes() {
        return 8;
    }

    @Override
    public void add(CallRows rows) {
        EncodedKeys keys = order.encode(rows.batch(), rows.row, rows.count);
        fold(rows, keys);
        int better = 0;
        int[] chosen = new int[batchGroups.count()];
        int[] physical = new int[batchGroups.count()];
        for (int group = 0; group < batchGroups.count(); group++) {
            int row = best[group];
            long held = Tails.address(tails.tail(rows.slot[row]), part);
            if (Memory.getLong(rows.value[row] + offset) == 0 || isBeyond(keys.address(row), keys.length(row),
                    held + LENGTH_BYTES, Memory.getInt(held))) {
                chosen[better] = row;
                physical[better++] = rows.row[row];
            }
        }
        try (Batch column = rows.batch().retain().project(RowType.of(field), List.of(argument))) {
            EncodedKeys values = codec.encode(column, physical, better);
            for (int i = 0; i < better; i++) {
                store(rows, chosen[i], keys, values.address(i), values.length(i));
            }
        }
    }

    private void fold(CallRows rows, EncodedKeys keys) {
        batchGroups.begin();
        for (int i = 0; i < rows.count; i++) {
            int known = batchGroups.count();
            int group = batchGroups.number(rows.slot[i]);
            if (group == known) {
                if (group == best.length) {
                    best = Arrays.copyOf(best, Math.max(256, group * 2));
                }
                best[group] = i;
            } else if (isBeyond(keys.address(i), keys.length(i), keys.address(best[group]),
                    keys.length(best[group]))) {
                best[group] = i;
            }
        }
    }

    private boolean isBeyond(long candidate, int length, long held, int heldLength) {
        int compared = OrderedValues.compare(candidate, length, held, heldLength);
        return max ? compared > 0 : compared < 0;
    }

    private void store(CallRows rows, int row, EncodedKeys keys, long value, int valueLength) {
        int length = keys.length(row);
        long to = scratch.reserve(LENGTH_BYTES + length + valueLength);
        Memory.putInt(to, length);
        Memory.copy(keys.address(row), to + LENGTH_BYTES, length);
        Memory.copy(value, to + LENGTH_BYTES + length, valueLength);
        Memory.putLong(rows.value[row] + offset, 1);
        tails.replace(rows.slot[row], part, to, LENGTH_BYTES + length + valueLength);
    }

    @Override
    public void writeResult(GroupStates groups, Field output, FieldVector vector) {
        long[] at = new long[groups.count];
        int seen = 0;
        for (int i = 0; i < groups.count; i++) {
            if (Memory.getLong(groups.value[i] + offset) != 0) {
                long held = Tails.address(groups.tail[i], part);
                at[seen++] = held + LENGTH_BYTES + Memory.getInt(held);
            }
        }
        vector.allocateNew();
        try (Batch values = codec.decode(at, seen)) {
            int next = 0;
            for (int i = 0; i < groups.count; i++) {
                boolean isSeen = Memory.getLong(groups.value[i] + offset) != 0;
                VectorValues.set(vector, i, output.type(),
                        isSeen ? VectorValues.get(values.vector(0), next++, field.type()) : null);
            }
        }
        vector.setValueCount(groups.count);
    }

    @Override
    public void close() {
        order.close();
        codec.close();
        scratch.close();
    }
}
