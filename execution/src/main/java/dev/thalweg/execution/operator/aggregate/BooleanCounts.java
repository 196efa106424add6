package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// `bool_and` and `bool_or`: how many values are true and how many false, 16 bytes, so that rows can be taken back.
final class BooleanCounts implements Accumulator {
    private final int argument;
    private final int offset;
    private final boolean all;

    /// @param all whether every value must be true; else one suffices
    BooleanCounts(int argument, int offset, boolean all) {
        this.argument = argument;
        this.offset = offset;
        this.all = all;
    }

    @Override
    public int valueBytes() {
        return 16;
    }

    @Override
    public void add(CallRows rows) {
        long data = rows.vector(argument).getDataBufferAddress();
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset + (Memory.getBit(data, rows.row[i]) ? 0 : 8);
            Memory.putLong(at, Memory.getLong(at) + (weight == null ? 1 : weight[i]));
        }
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        CountAccumulator.mergeLongs(rows, partial, offset);
        CountAccumulator.mergeLongs(rows, partial, offset + 8);
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < groups.count; i++) {
            long trues = Memory.getLong(groups.value[i] + offset);
            long falses = Memory.getLong(groups.value[i] + offset + 8);
            if (trues <= 0 && falses <= 0) {
                RawVectors.setNull(vector, i);
            }
            Memory.putBit(data, i, all ? falses <= 0 : trues > 0);
        }
    }
}
