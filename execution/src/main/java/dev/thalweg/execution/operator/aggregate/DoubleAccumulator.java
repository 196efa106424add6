package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// What comes to one DOUBLE a group, or to NULL.
///
/// Cost: two calls a group that changed.
interface DoubleAccumulator extends Accumulator {
    /// Where its part begins in the fixed part of a group.
    int offset();

    /// Whether the group's answer is NULL.
    ///
    /// @param at the address of its part
    boolean isNull(long at);

    /// The group's answer.
    ///
    /// @param at the address of its part, which is not NULL
    double value(long at);

    @Override
    default void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < groups.count; i++) {
            long at = groups.value[i] + offset();
            if (isNull(at)) {
                RawVectors.setNull(vector, i);
            } else {
                Memory.putDouble(data + ((long) i << 3), value(at));
            }
        }
    }
}
