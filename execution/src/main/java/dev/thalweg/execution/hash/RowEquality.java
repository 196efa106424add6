package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/// Whether rows of a batch hold the same in some of its columns, bit for bit; NULL is the same as NULL.
///
/// **Cost** what a column is like is found out once a batch; numbers without NULLs are then compared where they lie.
public final class RowEquality {
    private final List<FieldVector> vectors;
    private final List<DataType> types;
    private final long[] data;
    /// Bytes of a value that is compared where it lies; 0 where [VectorEquality] is asked.
    private final int[] widths;

    public RowEquality(Batch batch, List<Integer> columns) {
        vectors = columns.stream().map(batch::vector).toList();
        types = columns.stream().map(batch.type()::type).toList();
        data = new long[columns.size()];
        widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(vectors.get(i), types.get(i));
            data[i] = widths[i] > 0 ? vectors.get(i).getDataBufferAddress() : 0;
        }
    }

    private static int width(FieldVector vector, DataType type) {
        if (type.isNested() || !type.isFixedWidth() || type == Simple.BOOLEAN || type == Simple.VOID
                || vector.getNullCount() > 0) {
            return 0;
        }
        return type instanceof Decimal ? 16 : ((BaseFixedWidthVector) vector).getTypeWidth();
    }

    /// Whether two rows are alike.
    ///
    /// @param one a physical row, as `other` is
    public boolean equal(int one, int other) {
        for (int i = 0; i < widths.length; i++) {
            long width = widths[i];
            boolean same = width == 8
                    ? Memory.getLong(data[i] + ((long) one << 3)) == Memory.getLong(data[i] + ((long) other << 3))
                    : width > 0
                            ? Memory.equal(data[i] + one * width, data[i] + other * width, (int) width)
                            : VectorEquality.equal(vectors.get(i), types.get(i), one, other);
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
