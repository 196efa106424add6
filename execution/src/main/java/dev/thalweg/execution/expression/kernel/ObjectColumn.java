package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.VectorValues;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A column of arrays, maps or structs: written from objects, or, where it is a column of the input that only goes along,
/// copied as a whole when its rows are known. Code does one or the other, never both.
public final class ObjectColumn implements OutputColumn {
    private final Field field;
    private @Nullable FieldVector vector;
    private int next;
    private @Nullable FieldVector source;
    private int[] rows = new int[0];
    private @Nullable BufferAllocator target;

    ObjectColumn(Field field) {
        this.field = field;
    }

    @Override
    public void begin(int capacity, BufferAllocator allocator) {
        next = 0;
        source = null;
        target = allocator;
    }

    public void write(int row, @Nullable Object value) {
        FieldVector to = written();
        for (int i = next; i < row; i++) {
            VectorValues.set(to, i, field.type(), null);
        }
        VectorValues.set(to, row, field.type(), value);
        next = row + 1;
    }

    /// Takes the value of a row of the input.
    public void copy(int at, FieldVector from, int row) {
        source = from;
        if (at >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(at + 1, Math.max(1 << 10, 2 * rows.length)));
        }
        Arrays.fill(rows, Math.min(next, at), at, Gather.NULL_ROW);
        rows[at] = row;
        next = at + 1;
    }

    private FieldVector written() {
        FieldVector open = vector;
        if (open == null) {
            open = ArrowTypes.newVector(field, begun());
            vector = open;
            open.allocateNew();
        }
        return open;
    }

    private BufferAllocator begun() {
        if (target == null) {
            throw new IllegalStateException("no vector was begun");
        }
        return target;
    }

    @Override
    public Column finish(int count) {
        FieldVector from = source;
        if (from != null) {
            source = null;
            rows = rows.length < count ? Arrays.copyOf(rows, count) : rows;
            Arrays.fill(rows, Math.min(next, count), count, Gather.NULL_ROW);
            return Column.of(Gather.rows(from, field, rows, count, begun()));
        }
        if (next < count) {
            write(count - 1, null);
        }
        FieldVector done = written();
        done.setValueCount(count);
        vector = null;
        return Column.of(done);
    }

    @Override
    public void discard() {
        source = null;
        if (vector != null) {
            vector.close();
            vector = null;
        }
    }
}
