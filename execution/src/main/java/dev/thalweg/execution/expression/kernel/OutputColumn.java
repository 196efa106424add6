package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import org.apache.arrow.memory.BufferAllocator;

/// Where generated code writes one computed column. Rows come in ascending order; rows left out are of no consequence.
public sealed interface OutputColumn permits FixedColumn, TextColumn, SliceColumn, ObjectColumn {
    /// The writer for a column of this type.
    ///
    /// @param sliced a text that is not to be copied
    /// @param alike the same in each row of a batch
    static OutputColumn of(Field field, boolean sliced, boolean alike) {
        DataType type = field.type();
        if (type == DataType.Simple.STRING || type == DataType.Simple.BINARY) {
            return sliced ? new SliceColumn(field) : new TextColumn(field);
        }
        return type.isNested() ? new ObjectColumn(field) : new FixedColumn(field, alike);
    }

    /// Starts a new vector for `rows` rows.
    void begin(int rows, BufferAllocator allocator);

    /// What was written, as `rows` rows; the caller owns it.
    Column finish(int rows);

    /// Drops the vector begun, if any.
    void discard();
}
