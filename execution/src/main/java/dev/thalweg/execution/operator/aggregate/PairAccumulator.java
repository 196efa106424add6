package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// What comes to an answer of [Pairing] from two columns of numbers, the dependent one first.
///
/// Cost: an object a group that changed.
interface PairAccumulator extends Accumulator {
    Pairing pairing();

    /// The sums of a group.
    ///
    /// @param group the address of its fixed part
    Pairing.Sums sums(long group);

    @Override
    default void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < groups.count; i++) {
            Pairing.Sums sums = sums(groups.value[i]);
            if (pairing().isNull(sums.count(), sums.xx() == 0, sums.yy() == 0)) {
                RawVectors.setNull(vector, i);
            } else if (field.type() == Simple.BIGINT) {
                Memory.putLong(data + ((long) i << 3), sums.count());
            } else {
                Memory.putDouble(data + ((long) i << 3), pairing().of(sums));
            }
        }
    }
}
