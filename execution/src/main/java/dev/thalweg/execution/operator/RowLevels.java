package dev.thalweg.execution.operator;

import dev.thalweg.planner.incremental.RecursiveUnion;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;

/// The level of each row of a recursive query, as the column behind the others.
final class RowLevels {
    private final int columns;
    private final RowType leveled;
    private final BufferAllocator allocator;

    RowLevels(RecursiveUnion union, BufferAllocator allocator) {
        this.columns = union.schema().size();
        this.leveled = union.step().schema();
        this.allocator = allocator;
    }

    /// The rows with the level they are on: 0 of what the anchor gives, one more than what it was made of for the step's.
    ///
    /// @param batch taken over
    Batch of(int input, Batch batch) {
        IntVector levels = new IntVector(leveled.field(columns).name(), allocator);
        try {
            int rows = batch.vectorRows();
            levels.allocateNew(rows);
            IntVector made = input == 0 ? null : (IntVector) batch.vector(columns);
            for (int i = 0; i < rows; i++) {
                levels.set(i, made == null || made.isNull(i) ? 0 : made.get(i) + 1); // null: a row that is not selected
            }
            levels.setValueCount(rows);
        } catch (RuntimeException e) {
            levels.close();
            batch.close();
            throw e;
        }
        List<Column> all = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            all.add(batch.column(i));
        }
        Column added = Column.of(levels);
        all.add(added);
        return batch.extend(leveled, all, List.of(added));
    }

    /// The level of a physical row.
    int at(Batch batch, int row) {
        return ((IntVector) batch.vector(columns)).get(row);
    }
}
