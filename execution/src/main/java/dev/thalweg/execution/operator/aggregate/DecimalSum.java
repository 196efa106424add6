package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;

/// `sum` and `avg` of decimals.
///
/// State: the unscaled sum in 192 bits (2^64 values of 38 digits fit) and the number of values, 32 bytes. Exact, whatever
/// the order. The average is rounded half up to the scale of its type, as Spark does.
/// **Errors** THW-4002 when the result has more digits than its type.
final class DecimalSum implements Accumulator {
    private static final int COUNT = 24;

    private final int argument;
    private final int scale;
    private final int offset;
    private final boolean average;
    private final boolean orNull;

    /// @param scale of the argument
    /// @param orNull whether a result that does not fit is NULL
    DecimalSum(int argument, int scale, int offset, boolean average, boolean orNull) {
        this.orNull = orNull;
        this.argument = argument;
        this.scale = scale;
        this.offset = offset;
        this.average = average;
    }

    @Override
    public int valueBytes() {
        return 32;
    }

    @Override
    public void add(CallRows rows) {
        long data = rows.vector(argument).getDataBufferAddress();
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            long from = data + ((long) rows.row[i] << 4);
            long at = rows.value[i] + offset;
            if (weight == null || weight[i] == 1) {
                long high = Memory.getLong(from + 8);
                add(at, Memory.getLong(from), high, high >> 63);
            } else {
                addTimes(at, Memory.getLong(from), Memory.getLong(from + 8), weight[i]);
            }
        }
        CountAccumulator.addWeights(rows, offset + COUNT);
    }

    private static void addTimes(long at, long low, long high, long weight) {
        long times = Math.abs(weight);
        long signedLow = weight < 0 ? -low : low;
        long signedHigh = weight < 0 ? ~high + (low == 0 ? 1 : 0) : high;
        long carry = Math.unsignedMultiplyHigh(signedLow, times);
        long middle = signedHigh * times + carry;
        long top = Math.multiplyHigh(signedHigh, times) + (Long.compareUnsigned(middle, carry) < 0 ? 1 : 0);
        add(at, signedLow * times, middle, top);
    }

    private static void add(long at, long low, long middle, long high) {
        long oldLow = Memory.getLong(at);
        long newLow = oldLow + low;
        long carry = Long.compareUnsigned(newLow, oldLow) < 0 ? 1 : 0;
        long oldMiddle = Memory.getLong(at + 8);
        long sum = oldMiddle + middle;
        long carryHigh = Long.compareUnsigned(sum, oldMiddle) < 0 ? 1 : 0;
        long newMiddle = sum + carry;
        carryHigh += carry != 0 && newMiddle == 0 ? 1 : 0;
        Memory.putLong(at, newLow);
        Memory.putLong(at + 8, newMiddle);
        Memory.putLong(at + 16, Memory.getLong(at + 16) + high + carryHigh);
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            long from = partial[i] + offset;
            add(rows.value[i] + offset, Memory.getLong(from), Memory.getLong(from + 8), Memory.getLong(from + 16));
        }
        CountAccumulator.mergeLongs(rows, partial, offset + COUNT);
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        DecimalVector decimals = (DecimalVector) vector;
        decimals.allocateNew(Math.max(1, groups.count));
        for (int i = 0; i < groups.count; i++) {
            long at = groups.value[i] + offset;
            long count = Memory.getLong(at + COUNT);
            if (count <= 0) {
                decimals.setNull(i);
            } else {
                BigDecimal result = result(at, count, field);
                if (!fits(result, field)) {
                    decimals.setNull(i);
                } else {
                    decimals.set(i, result);
                }
            }
        }
        decimals.setValueCount(groups.count);
    }

    private BigDecimal result(long at, long count, Field field) {
        Decimal type = (Decimal) field.type();
        BigDecimal sum = new BigDecimal(exact(at), scale);
        BigDecimal result = average
                ? sum.divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP)
                : sum.setScale(type.scale(), RoundingMode.HALF_UP);
        if (!orNull && !fits(result, field)) {
            throw WholeSum.overflow(result.toPlainString(), field);
        }
        return result;
    }

    private static boolean fits(BigDecimal result, Field field) {
        return result.precision() <= ((Decimal) field.type()).precision() || result.signum() == 0;
    }

    private static BigInteger exact(long at) {
        byte[] bytes = new byte[24];
        for (int i = 0; i < 24; i++) {
            bytes[23 - i] = Memory.getByte(at + i);
        }
        return new BigInteger(bytes);
    }
}
