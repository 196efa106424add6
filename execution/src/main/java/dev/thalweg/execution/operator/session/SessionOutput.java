package dev.thalweg.execution.operator.session;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyLayout;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Makes batches of rows with the bounds of their sessions.
final class SessionOutput {
    private static final int ROWS_MAX = 16_384;

    private final RowType input;
    private final RowType output;
    private final KeyDecoder decoder;
    private final BufferAllocator allocator;
    private int count;
    /// Where each row lies, from `base` on that [#flush] is given.
    private long[] at = new long[256];
    private long[] start = new long[256];
    private long[] end = new long[256];
    private long[] weight = new long[256];

    SessionOutput(SessionDeclaration spec, BufferAllocator allocator) {
        this.input = spec.input();
        this.output = spec.output();
        this.decoder = new KeyDecoder(KeyLayout.of(input));
        this.allocator = allocator;
    }

    void add(long offset, long sessionStart, long sessionEnd, long times) {
        if (count == at.length) {
            at = Arrays.copyOf(at, count * 2);
            start = Arrays.copyOf(start, count * 2);
            end = Arrays.copyOf(end, count * 2);
            weight = Arrays.copyOf(weight, count * 2);
        }
        at[count] = offset;
        start[count] = sessionStart;
        end[count] = sessionEnd;
        weight[count++] = times;
    }

    boolean isFull() {
        return count >= ROWS_MAX;
    }

    /// Emits what there is.
    ///
    /// @param base what the offsets count from
    void flush(long base, Downstream out) {
        if (count == 0) {
            return;
        }
        boolean once = true;
        for (int i = 0; i < count; i++) {
            at[i] += base;
            once &= weight[i] == 1;
        }
        Batch batch = batch(once);
        count = 0;
        out.emit(batch);
    }

    private Batch batch(boolean once) {
        try (NewColumns columns = new NewColumns(allocator)) {
            RowCodec.columns(decoder, input, at, count, allocator).forEach(columns::add);
            times(start, columns.add(bound(0)));
            times(end, columns.add(bound(1)));
            if (!once) {
                columns.addWeights(weight, count);
            }
            return columns.batch(output, count);
        }
    }

    private Field bound(int number) {
        return output.field(input.size() + number);
    }

    private void times(long[] values, FieldVector into) {
        RawVectors.allocate(into, count);
        long data = into.getDataBufferAddress();
        for (int i = 0; i < count; i++) {
            Memory.putLong(data + ((long) i << 3), values[i]);
        }
    }
}
