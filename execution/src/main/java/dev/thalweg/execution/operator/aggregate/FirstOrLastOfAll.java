package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import org.jspecify.annotations.Nullable;

/// `first` and `last` from all rows of a group: by the number of their arrival, or, for `max_by` and `min_by`, the first that
/// is shown.
final class FirstOrLastOfAll implements GroupFunction {
    /// Which row is meant.
    enum Kind {
        FIRST, LAST, MAX_BY, MIN_BY
    }

    private final Kind kind;
    private final DataType type;
    private final RowCodec codec;
    private boolean any;
    private long arrival;
    private long row;

    /// @param codec of the rows, whose first column is the value; not taken over
    FirstOrLastOfAll(Kind kind, DataType type, RowCodec codec) {
        this.kind = kind;
        this.type = type;
        this.codec = codec;
    }

    @Override
    public boolean backwards() {
        return kind == Kind.MAX_BY;
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long weight) {
        if (kind == Kind.MAX_BY || kind == Kind.MIN_BY) {
            row = order + orderLength;
            any = true;
            return false;
        }
        long number = Long.reverseBytes(Memory.getLong(order + bytes - 8));
        if (!any || (kind == Kind.LAST ? number > arrival : number < arrival)) {
            any = true;
            arrival = number;
            row = order + orderLength;
        }
        return true;
    }

    @Override
    public @Nullable Object result() {
        if (!any) {
            return null;
        }
        any = false;
        try (Batch one = codec.decode(new long[] {row}, 1)) {
            return VectorValues.get(one.vector(0), 0, type);
        }
    }
}
