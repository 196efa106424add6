package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.arrow.vector.FieldVector;

/// `sum` and `avg` of whole numbers and of intervals.
///
/// State: a sum of 128 bits and the number of values, 24 bytes. So the sum is exact on the way, whatever the order of the
/// rows and however many are taken back; only a result that does not fit its type is an error.
/// **Errors** THW-4002 when it does not fit.
final class WholeSum implements Accumulator {
    private static final int HIGH = 8;
    private static final int COUNT = 16;

    private final int argument;
    private final int offset;
    private final boolean average;
    private final boolean orNull;
    private final ArgumentValues values = new ArgumentValues();

    /// @param orNull whether a result that does not fit is NULL
    WholeSum(int argument, int offset, boolean average, boolean orNull) {
        this.orNull = orNull;
        this.argument = argument;
        this.offset = offset;
        this.average = average;
    }

    @Override
    public int valueBytes() {
        return 24;
    }

    @Override
    public void add(CallRows rows) {
        long[] longs = values.longs(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        long[] weight = rows.weight;
        if (weight == null) {
            addOnce(rows, longs);
        } else {
            addWeighted(rows, longs, weight);
        }
        CountAccumulator.addWeights(rows, offset + COUNT);
    }

    private void addOnce(CallRows rows, long[] longs) {
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset;
            long low = Memory.getLong(at);
            long sum = low + longs[i];
            Memory.putLong(at, sum);
            long carry = (longs[i] >> 63) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
            if (carry != 0) { // hardly ever, so the upper half is hardly ever touched
                Memory.putLong(at + HIGH, Memory.getLong(at + HIGH) + carry);
            }
        }
    }

    private void addWeighted(CallRows rows, long[] longs, long[] weight) {
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset;
            long low = Memory.getLong(at);
            long sum = low + longs[i] * weight[i];
            Memory.putLong(at, sum);
            long high = Math.multiplyHigh(longs[i], weight[i]) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
            Memory.putLong(at + HIGH, Memory.getLong(at + HIGH) + high);
        }
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset;
            long from = partial[i] + offset;
            long low = Memory.getLong(at);
            long sum = low + Memory.getLong(from);
            Memory.putLong(at, sum);
            long high = Memory.getLong(from + HIGH) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
            Memory.putLong(at + HIGH, Memory.getLong(at + HIGH) + high);
        }
        CountAccumulator.mergeLongs(rows, partial, offset + COUNT);
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        long data = vector.getDataBufferAddress();
        DataType type = field.type();
        for (int i = 0; i < groups.count; i++) {
            long at = groups.value[i] + offset;
            long count = Memory.getLong(at + COUNT);
            if (count <= 0 || (orNull && !fits(at, type))) {
                RawVectors.setNull(vector, i);
            } else if (type == Simple.DOUBLE) {
                Memory.putDouble(data + ((long) i << 3), mean(at, count));
            } else {
                long whole = average ? roundedMean(at, count) : sum(at, field);
                if (type == Simple.INTERVAL_YEAR_MONTH) {
                    Memory.putInt(data + ((long) i << 2), narrow(whole, field));
                } else {
                    Memory.putLong(data + ((long) i << 3), whole);
                }
            }
        }
    }

    private boolean fits(long at, DataType type) {
        boolean months = type == Simple.INTERVAL_YEAR_MONTH;
        return average || (fits(at) && (!months || (int) Memory.getLong(at) == Memory.getLong(at)));
    }

    private static boolean fits(long at) {
        return Memory.getLong(at + HIGH) == Memory.getLong(at) >> 63;
    }

    private static double mean(long at, long count) {
        return fits(at)
                ? (double) Memory.getLong(at) / count
                : exact(at).doubleValue() / count;
    }

    private static long roundedMean(long at, long count) {
        return new BigDecimal(exact(at)).divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_UP).longValueExact();
    }

    private static BigInteger exact(long at) {
        BigInteger low = BigInteger.valueOf(Memory.getLong(at) >>> 1).shiftLeft(1)
                .or(BigInteger.valueOf(Memory.getLong(at) & 1));
        return BigInteger.valueOf(Memory.getLong(at + HIGH)).shiftLeft(64).add(low);
    }

    private static long sum(long at, Field field) {
        if (!fits(at)) {
            throw overflow(exact(at).toString(), field);
        }
        return Memory.getLong(at);
    }

    private static int narrow(long months, Field field) {
        if ((int) months != months) {
            throw overflow(Long.toString(months), field);
        }
        return (int) months;
    }

    static InvalidQuery overflow(String value, Field field) {
        return new InvalidQuery("THW-4002", "The aggregate '" + field.name() + "' comes to " + value
                + ", which does not fit " + field.type().sql() + ". Cast its argument to a wider type, such as "
                + "DECIMAL(38,0) or DOUBLE.");
    }
}
