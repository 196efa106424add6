package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RowCodec;
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

/// `first` and `last` in the order of arrival, where rows are only added.
///
/// State: whether a row was seen, 8 bytes, and its value in the group's tail. Only the one row a group that a batch decides
/// for is encoded.
final class FirstOrLast implements Accumulator {
    private final int argument;
    private final Field field;
    private final int offset;
    private final boolean last;
    private final Tails tails;
    private final int part;
    private final RowCodec codec;
    private final BatchGroups batchGroups = new BatchGroups();
    private int[] chosen = new int[0];

    /// @param field the argument's
    FirstOrLast(int argument, Field field, int offset, boolean last, Tails tails, int part,
            BufferAllocator allocator) {
        this.argument = argument;
        this.field = field;
        this.offset = offset;
        this.last = last;
        this.tails = tails;
        this.part = part;
        this.codec = new RowCodec(RowType.of(field), allocator);
    }

    @Override
    public int valueBytes() {
        return 8;
    }

    @Override
    public void add(CallRows rows) {
        choose(rows);
        int count = batchGroups.count();
        int[] physical = new int[count];
        for (int i = 0; i < count; i++) {
            physical[i] = rows.row[chosen[i]];
        }
        try (Batch column = rows.batch().retain().project(RowType.of(field), List.of(argument))) {
            EncodedKeys bytes = codec.encode(column, physical, count);
            for (int i = 0; i < count; i++) {
                Memory.putLong(rows.value[chosen[i]] + offset, 1);
                tails.replace(batchGroups.slot(i), part, bytes.address(i), bytes.length(i));
            }
        }
    }

    private void choose(CallRows rows) {
        batchGroups.begin();
        if (chosen.length < rows.count) {
            chosen = Arrays.copyOf(chosen, rows.count);
        }
        for (int i = 0; i < rows.count; i++) {
            if (last || Memory.getLong(rows.value[i] + offset) == 0) {
                int known = batchGroups.count();
                int group = batchGroups.number(rows.slot[i]);
                if (last || group == known) {
                    chosen[group] = i;
                }
            }
        }
    }

    @Override
    public void writeResult(GroupStates groups, Field output, FieldVector vector) {
        long[] at = new long[groups.count];
        int seen = 0;
        for (int i = 0; i < groups.count; i++) {
            if (Memory.getLong(groups.value[i] + offset) != 0) {
                at[seen++] = Tails.address(groups.tail[i], part);
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
        codec.close();
    }
}
