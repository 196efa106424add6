package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.DataType;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Where generated code writes one computed column. Rows come in ascending order; rows left out are of no consequence.
public sealed interface OutputColumn permits FixedColumn, TextColumn, SliceColumn, ObjectColumn {
    /// The writer for a column of this type.
    ///
    /// @param sliced a text that is not to be copied
    static OutputColumn of(Field field, boolean sliced) {
        DataType type = field.type();
        if (type == DataType.Simple.STRING || type == DataType.Simple.BINARY) {
            return sliced ? new SliceColumn(field) : new TextColumn(field);
        }
        return type.isNested() ? new ObjectColumn(field) : new FixedColumn(field);
    }

    /// Starts a new vector for `rows` rows.
    void begin(int rows, BufferAllocator allocator);

    /// The vector written, with `rows` rows; the caller owns it.
    FieldVector finish(int rows);

    /// Drops the vector begun, if any.
    void discard();
}
