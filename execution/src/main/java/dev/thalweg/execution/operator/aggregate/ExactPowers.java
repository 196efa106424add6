package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.operator.aggregate.ExactSum.Specials;
import dev.thalweg.spi.data.Memory;
import java.math.BigInteger;

/// `skewness` and `kurtosis` where rows may be taken back: the sums of the first four powers are exact, so their differences
/// lose nothing.
///
/// State: 1,120 bytes (four [ExactBits], the count, the specials). A power is added as the doubles that make it up; fourth
/// powers beyond the range of DOUBLE make the result NaN.
final class ExactPowers implements DoubleAccumulator {
    private static final int COUNT = 4 * ExactBits.BYTES;
    private static final int SPECIALS = COUNT + 8;
    private static final int GUARD_BITS = 192;

    private final int argument;
    private final int offset;
    private final Shape shape;
    private final ArgumentValues values = new ArgumentValues();

    ExactPowers(int argument, int offset, Shape shape) {
        this.argument = argument;
        this.offset = offset;
        this.shape = shape;
    }

    @Override
    public int valueBytes() {
        return SPECIALS + Specials.BYTES;
    }

    @Override
    public void add(CallRows rows) {
        double[] doubles = values.doubles(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            add(rows.value[i] + offset, doubles[i], weight == null ? 1 : weight[i]);
        }
        CountAccumulator.addWeights(rows, offset + COUNT);
    }

    private static void add(long at, double value, long times) {
        double square = value * value;
        if (!Double.isFinite(square * square)) {
            Specials.add(at + SPECIALS, Double.NaN, times);
            return;
        }
        double rest = Math.fma(value, value, -square);
        ExactBits.add(at, value, times);
        ExactBits.add(at + ExactBits.BYTES, square, times);
        ExactBits.add(at + ExactBits.BYTES, rest, times);
        addProduct(at + 2 * ExactBits.BYTES, square, value, times);
        addProduct(at + 2 * ExactBits.BYTES, rest, value, times);
        addProduct(at + 3 * ExactBits.BYTES, square, square, times);
        addProduct(at + 3 * ExactBits.BYTES, 2 * square, rest, times);
        addProduct(at + 3 * ExactBits.BYTES, rest, rest, times);
    }

    private static void addProduct(long at, double a, double b, long times) {
        double product = a * b;
        ExactBits.add(at, product, times);
        ExactBits.add(at, Math.fma(a, b, -product), times);
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public boolean isNull(long at) {
        long count = Memory.getLong(at + COUNT);
        return count <= 0 || (!Specials.any(at + SPECIALS) && squares(at, BigInteger.valueOf(count)).signum() <= 0);
    }

    /// The sum of a power in units of the smallest double to that power.
    private static BigInteger sum(long at, int power) {
        return ExactBits.units(at + (long) (power - 1) * ExactBits.BYTES)
                .shiftLeft(-ExactBits.UNIT_EXPONENT * (power - 1));
    }

    /// `count * sum(x^2) - sum(x)^2`: the squared differences from the mean, times the count.
    private static BigInteger squares(long at, BigInteger count) {
        return count.multiply(sum(at, 2)).subtract(sum(at, 1).pow(2));
    }

    /// The units cancel, and so do all powers of the count but those written here.
    @Override
    public double value(long at) {
        if (Specials.any(at + SPECIALS)) {
            return Double.NaN;
        }
        BigInteger n = BigInteger.valueOf(Memory.getLong(at + COUNT));
        BigInteger one = sum(at, 1);
        BigInteger squares = squares(at, n);
        BigInteger three = n.multiply(sum(at, 3));
        if (shape == Shape.SKEWNESS) {
            BigInteger cubes = n.multiply(three)
                    .subtract(n.multiply(one).multiply(sum(at, 2)).multiply(BigInteger.valueOf(3)))
                    .add(one.pow(3).shiftLeft(1));
            BigInteger ratio = cubes.pow(2).shiftLeft(GUARD_BITS).divide(squares.pow(3));
            return cubes.signum() * Math.sqrt(ExactBits.toDouble(ratio, -GUARD_BITS));
        }
        BigInteger fourths = n.pow(3).multiply(sum(at, 4))
                .subtract(n.multiply(three).multiply(one).shiftLeft(2))
                .add(n.multiply(one.pow(2)).multiply(sum(at, 2)).multiply(BigInteger.valueOf(6)))
                .subtract(one.pow(4).multiply(BigInteger.valueOf(3)));
        return ExactBits.toDouble(fourths.shiftLeft(GUARD_BITS).divide(squares.pow(2)), -GUARD_BITS) - 3;
    }
}
