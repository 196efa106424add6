package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import org.apache.arrow.vector.FieldVector;

/// `max_by` and `min_by` of two columns that fit 64 bits each, where rows are only added. Of rows that share the extreme the
/// one with the greatest value counts for `max_by`, with the least for `min_by`, NULL being the least: so the order of
/// arrival does not matter.
///
/// State: what there is, the extreme and the value beside it as ordered longs, 24 bytes.
final class LongExtremeBy implements Accumulator {
    private static final int NOTHING = 0;
    private static final int OF_NULL = 1;
    private static final int OF_VALUE = 2;
    private static final int ORDER = 8;
    private static final int VALUE = 16;

    private static final long NEGATIVE_ZERO = ArgumentValues.toOrdered(-0.0);

    private final int argument;
    private final int by;
    private final int offset;
    private final boolean max;
    private final ArgumentValues values = new ArgumentValues();
    private final ArgumentValues orders = new ArgumentValues();

    LongExtremeBy(int argument, int by, int offset, boolean max) {
        this.argument = argument;
        this.by = by;
        this.offset = offset;
        this.max = max;
    }

    @Override
    public int valueBytes() {
        return 24;
    }

    @Override
    public void add(CallRows rows) {
        FieldVector vector = rows.vector(argument);
        DataType orderType = rows.type(by);
        long[] order = orders.orderedLongs(rows.vector(by), orderType, rows.row, rows.count);
        long[] value = values.orderedLongs(vector, rows.type(argument), rows.row, rows.count);
        long validity = VectorValues.hasNulls(vector) ? vector.getValidityBufferAddress() : 0;
        boolean floating = orderType.isFloating();
        for (int i = 0; i < rows.count; i++) {
            boolean isNull = validity != 0 && !Memory.getBit(validity, rows.row[i]);
            long by64 = floating && order[i] == NEGATIVE_ZERO ? 0 : order[i];
            take(rows.value[i] + offset, by64, isNull ? OF_NULL : OF_VALUE, isNull ? 0 : value[i]);
        }
    }

    private void take(long at, long order, long what, long value) {
        if (Memory.getLong(at) == NOTHING || isBeyond(at, order, what, value)) {
            Memory.putLong(at, what);
            Memory.putLong(at + ORDER, order);
            Memory.putLong(at + VALUE, value);
        }
    }

    private boolean isBeyond(long at, long order, long what, long value) {
        int compared = Long.compare(order, Memory.getLong(at + ORDER));
        if (compared == 0) {
            compared = Long.compare(what, Memory.getLong(at));
        }
        if (compared == 0) {
            compared = Long.compare(value, Memory.getLong(at + VALUE));
        }
        return max ? compared > 0 : compared < 0;
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            long from = partial[i] + offset;
            if (Memory.getLong(from) != NOTHING) {
                take(rows.value[i] + offset, Memory.getLong(from + ORDER), Memory.getLong(from),
                        Memory.getLong(from + VALUE));
            }
        }
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < groups.count; i++) {
            long at = groups.value[i] + offset;
            if (Memory.getLong(at) != OF_VALUE) {
                RawVectors.setNull(vector, i);
            }
            LongExtreme.write((Simple) field.type(), data, i, Memory.getLong(at + VALUE));
        }
    }
}
