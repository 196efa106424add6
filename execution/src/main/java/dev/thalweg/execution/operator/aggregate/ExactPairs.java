package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.operator.aggregate.ExactSum.Specials;
import dev.thalweg.spi.data.Memory;
import java.math.BigInteger;

/// Covariance, correlation and regression where rows may be taken back: the sums of both numbers, of their squares and of
/// their products are exact, as in [ExactMoments].
///
/// State: 1,392 bytes (five [ExactBits], the count, the specials).
final class ExactPairs implements PairAccumulator {
    private static final int Y = ExactBits.BYTES;
    private static final int XX = 2 * ExactBits.BYTES;
    private static final int YY = 3 * ExactBits.BYTES;
    private static final int XY = 4 * ExactBits.BYTES;
    private static final int COUNT = 5 * ExactBits.BYTES;
    private static final int SPECIALS = COUNT + 8;

    private final int argumentY;
    private final int argumentX;
    private final int offset;
    private final Pairing pairing;
    private final ArgumentValues valuesY = new ArgumentValues();
    private final ArgumentValues valuesX = new ArgumentValues();

    ExactPairs(int argumentY, int argumentX, int offset, Pairing pairing) {
        this.argumentY = argumentY;
        this.argumentX = argumentX;
        this.offset = offset;
        this.pairing = pairing;
    }

    @Override
    public int valueBytes() {
        return SPECIALS + Specials.BYTES;
    }

    @Override
    public void add(CallRows rows) {
        double[] ys = valuesY.doubles(rows.vector(argumentY), rows.type(argumentY), rows.row, rows.count);
        double[] xs = valuesX.doubles(rows.vector(argumentX), rows.type(argumentX), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            add(rows.value[i] + offset, xs[i], ys[i], weight == null ? 1 : weight[i]);
        }
        CountAccumulator.addWeights(rows, offset + COUNT);
    }

    private static void add(long at, double x, double y, long times) {
        if (!Double.isFinite(x * x) || !Double.isFinite(y * y)) {
            Specials.add(at + SPECIALS, Double.NaN, times);
            return;
        }
        ExactBits.add(at, x, times);
        ExactBits.add(at + Y, y, times);
        addProduct(at + XX, x, x, times);
        addProduct(at + YY, y, y, times);
        addProduct(at + XY, x, y, times);
    }

    private static void addProduct(long at, double a, double b, long times) {
        double product = a * b;
        ExactBits.add(at, product, times);
        ExactBits.add(at, Math.fma(a, b, -product), times);
    }

    @Override
    public Pairing pairing() {
        return pairing;
    }

    @Override
    public Pairing.Sums sums(long group) {
        long at = group + offset;
        long count = Memory.getLong(at + COUNT);
        if (count <= 0) {
            return new Pairing.Sums(0, 0, 0, 0, 0, 0);
        }
        if (Specials.any(at + SPECIALS)) {
            return new Pairing.Sums(count, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        BigInteger x = ExactBits.units(at);
        BigInteger y = ExactBits.units(at + Y);
        return new Pairing.Sums(count, mean(x, count), mean(y, count), differences(x, x, at + XX, count),
                differences(y, y, at + YY, count), differences(x, y, at + XY, count));
    }

    private static double mean(BigInteger units, long count) {
        return ExactBits.toDouble(units.shiftLeft(64).divide(BigInteger.valueOf(count)),
                ExactBits.UNIT_EXPONENT - 64);
    }

    /// `sum(a * b) - sum(a) * sum(b) / count`, of which only the division is rounded.
    private static double differences(BigInteger a, BigInteger b, long products, long count) {
        BigInteger sum = ExactBits.units(products).shiftLeft(-ExactBits.UNIT_EXPONENT);
        BigInteger times = sum.multiply(BigInteger.valueOf(count)).subtract(a.multiply(b));
        BigInteger scaled = times.shiftLeft(64).divide(BigInteger.valueOf(count));
        return ExactBits.toDouble(scaled, 2 * ExactBits.UNIT_EXPONENT - 64);
    }
}
