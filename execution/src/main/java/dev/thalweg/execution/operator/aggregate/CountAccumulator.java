package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// `count(…)`: the weights of the rows that count.
///
/// State: 8 bytes; none for `count(*)`, which is the weight that every group keeps anyway.
final class CountAccumulator implements Accumulator {
    private final int offset;
    private final boolean ofGroup;

    private CountAccumulator(int offset, boolean ofGroup) {
        this.offset = offset;
        this.ofGroup = ofGroup;
    }

    /// Counts every row of the group.
    static CountAccumulator all() {
        return new CountAccumulator(AggregateOperator.WEIGHT_OFFSET, true);
    }

    static CountAccumulator at(int offset) {
        return new CountAccumulator(offset, false);
    }

    @Override
    public int valueBytes() {
        return ofGroup ? 0 : 8;
    }

    @Override
    public void add(CallRows rows) {
        if (!ofGroup) {
            addWeights(rows, offset);
        }
    }

    /// Counts the rows where a BOOLEAN is true.
    void addWhere(CallRows rows, FieldVector condition) {
        long data = condition.getDataBufferAddress();
        long validity = condition.getNullCount() == 0 ? 0 : condition.getValidityBufferAddress();
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            int row = rows.row[i];
            long is = CallRows.bit(data, row) & (validity == 0 ? 1 : CallRows.bit(validity, row)); // which is hard to foretell
            long at = rows.value[i] + offset;
            Memory.putLong(at, Memory.getLong(at) + (weight == null ? is : is * weight[i]));
        }
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        if (!ofGroup) {
            mergeLongs(rows, partial, offset);
        }
    }

    /// Adds the number at `offset` of each partial to its group's.
    static void mergeLongs(CallRows rows, long[] partial, int offset) {
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset;
            Memory.putLong(at, Memory.getLong(at) + Memory.getLong(partial[i] + offset));
        }
    }

    static void addWeights(CallRows rows, int offset) {
        long[] value = rows.value;
        long[] weight = rows.weight;
        if (weight == null) {
            for (int i = 0; i < rows.count; i++) {
                long at = value[i] + offset;
                Memory.putLong(at, Memory.getLong(at) + 1);
            }
        } else {
            for (int i = 0; i < rows.count; i++) {
                long at = value[i] + offset;
                Memory.putLong(at, Memory.getLong(at) + weight[i]);
            }
        }
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < groups.count; i++) {
            Memory.putLong(data + ((long) i << 3), Memory.getLong(groups.value[i] + offset));
        }
    }
}
