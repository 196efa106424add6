package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import java.util.Objects;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/// Whether two rows of a vector hold the same, bit for bit; NULL is the same as NULL.
public final class VectorEquality {
    private VectorEquality() {}

    public static boolean equal(FieldVector vector, DataType type, int one, int other) {
        if (vector.isNull(one) || vector.isNull(other)) {
            return vector.isNull(one) && vector.isNull(other);
        }
        if (type.isNested()) {
            return Objects.equals(VectorValues.get(vector, one, type), VectorValues.get(vector, other, type));
        }
        if (!type.isFixedWidth()) {
            return equalBytes(vector, one, other);
        }
        if (type == Simple.BOOLEAN || type == Simple.VOID) {
            return Memory.getBit(vector.getDataBufferAddress(), one) == Memory.getBit(vector.getDataBufferAddress(),
                    other);
        }
        int width = type instanceof Decimal
                ? 16
                : ((BaseFixedWidthVector) vector).getTypeWidth();
        long data = vector.getDataBufferAddress();
        return Memory.equal(data + (long) one * width, data + (long) other * width, width);
    }

    private static boolean equalBytes(FieldVector vector, int one, int other) {
        long offsets = vector.getOffsetBufferAddress();
        long data = vector.getDataBufferAddress();
        int oneAt = Memory.getInt(offsets + ((long) one << 2));
        int otherAt = Memory.getInt(offsets + ((long) other << 2));
        int length = Memory.getInt(offsets + (((long) one + 1) << 2)) - oneAt;
        return length == Memory.getInt(offsets + (((long) other + 1) << 2)) - otherAt
                && Memory.equal(data + oneAt, data + otherAt, length);
    }
}
