package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `max_by(value, order, k)` and `min_by`: the values of the first k rows that are shown, in that order.
final class BestOfAll implements GroupFunction {
    private final boolean greatest;
    private final DataType element;
    private final RowCodec codec;
    private final long[] best;
    private int count;

    /// @param codec of the rows, whose first column is the value; not taken over
    BestOfAll(boolean greatest, DataType element, RowCodec codec, int k) {
        this.greatest = greatest;
        this.element = element;
        this.codec = codec;
        this.best = new long[k];
    }

    @Override
    public boolean backwards() {
        return greatest;
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long weight) {
        int to = (int) Math.min(best.length, count + weight);
        Arrays.fill(best, count, to, order + orderLength);
        count = to;
        return count < best.length;
    }

    @Override
    public @Nullable Object result() {
        if (count == 0) {
            return null;
        }
        List<@Nullable Object> values = new ArrayList<>(count);
        try (Batch rows = codec.decode(best, count)) {
            for (int i = 0; i < count; i++) {
                values.add(VectorValues.get(rows.vector(0), i, element));
            }
        }
        count = 0;
        return values;
    }
}
