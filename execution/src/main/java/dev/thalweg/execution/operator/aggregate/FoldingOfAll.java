package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.VectorValues;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A program's aggregate, or a sketch of several arguments, made of all rows of a group: there is no way to take one back.
final class FoldingOfAll implements GroupFunction {
    private static final int ROWS_MAX = 4_096;

    private final Folding folding;
    private final RowCodec codec;
    private final long[] rows = new long[ROWS_MAX];
    private final long[] weights = new long[ROWS_MAX];
    private int count;
    private Sketch buffer;

    /// @param codec of the rows, which are the arguments; not taken over
    FoldingOfAll(Folding folding, RowCodec codec) {
        this.folding = folding;
        this.codec = codec;
        this.buffer = folding.empty();
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long weight) {
        if (count == ROWS_MAX) {
            fold();
        }
        rows[count] = order + orderLength;
        weights[count++] = weight;
        return true;
    }

    private void fold() {
        try (Batch batch = codec.decode(Arrays.copyOf(rows, count), count)) {
            for (int row = 0; row < count; row++) {
                @Nullable
                Object[] arguments = new Object[batch.columnCount()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = VectorValues.get(batch.vector(i), row, batch.type().type(i));
                }
                buffer.add(arguments, weights[row]);
            }
        }
        count = 0;
    }

    @Override
    public @Nullable Object result() {
        fold();
        Object result = buffer.result();
        buffer = folding.empty();
        return result;
    }

    @Override
    public @Nullable Object ofNothing() {
        return folding.empty().result();
    }
}
