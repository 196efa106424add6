package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.FixedWidth;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/// Vectors of a known number of rows, made ready to be written at raw addresses.
public final class RawVectors {
    private RawVectors() {}

    /// Allocates a fixed-width vector whose rows are all there; [#setNull] takes one away.
    public static void allocate(FieldVector vector, int rows) {
        FixedWidth.allocateAll((BaseFixedWidthVector) vector, rows);
    }

    /// Allocates STRING or BINARY rows that are all there; the caller writes offsets (from 0) and bytes.
    public static void allocate(FieldVector vector, int rows, long bytes) {
        BaseVariableWidthVector variable = (BaseVariableWidthVector) vector;
        variable.allocateNew(Math.max(bytes, 1), Math.max(rows, 1));
        Memory.putInt(vector.getOffsetBufferAddress(), 0);
        FixedWidth.setAll(vector.getValidityBuffer(), rows);
    }

    /// To be called when the offsets of a variable-width vector are written.
    public static void finish(FieldVector vector, int rows) {
        BaseVariableWidthVector variable = (BaseVariableWidthVector) vector;
        variable.setLastSet(rows - 1);
        variable.setValueCount(rows);
    }

    public static void setNull(FieldVector vector, int row) {
        Memory.putBit(vector.getValidityBufferAddress(), row, false);
    }
}
