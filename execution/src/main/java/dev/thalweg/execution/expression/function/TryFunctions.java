package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.ArgumentTypes;
import dev.thalweg.spi.data.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Arithmetic that gives NULL where the operators fail: on overflow and division by zero.
public final class TryFunctions {
    private TryFunctions() {}

    public static @Nullable Integer tryAdd(int x, int y) {
        return within((long) x + y, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public static @Nullable Integer tryAddByte(int x, int y) {
        return within((long) x + y, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public static @Nullable Integer tryAddShort(int x, int y) {
        return within((long) x + y, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static @Nullable Long tryAdd(long x, long y) {
        long sum = x + y;
        return ((x ^ sum) & (y ^ sum)) < 0 ? null : Long.valueOf(sum);
    }

    public static double tryAdd(double x, double y) {
        return x + y;
    }

    public static @Nullable BigDecimal tryAdd(ArgumentTypes types, BigDecimal x, BigDecimal y) {
        return fitting(x.add(y), types);
    }

    public static @Nullable Integer trySubtract(int x, int y) {
        return within((long) x - y, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public static @Nullable Integer trySubtractByte(int x, int y) {
        return within((long) x - y, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public static @Nullable Integer trySubtractShort(int x, int y) {
        return within((long) x - y, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static @Nullable Long trySubtract(long x, long y) {
        long difference = x - y;
        return ((x ^ y) & (x ^ difference)) < 0 ? null : Long.valueOf(difference);
    }

    public static double trySubtract(double x, double y) {
        return x - y;
    }

    public static @Nullable BigDecimal trySubtract(ArgumentTypes types, BigDecimal x, BigDecimal y) {
        return fitting(x.subtract(y), types);
    }

    public static @Nullable Integer tryMultiply(int x, int y) {
        return within((long) x * y, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public static @Nullable Integer tryMultiplyByte(int x, int y) {
        return within((long) x * y, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public static @Nullable Integer tryMultiplyShort(int x, int y) {
        return within((long) x * y, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static @Nullable Long tryMultiply(long x, long y) {
        long product = x * y;
        long high = Math.multiplyHigh(x, y);
        return high == product >> 63 ? Long.valueOf(product) : null;
    }

    public static double tryMultiply(double x, double y) {
        return x * y;
    }

    public static @Nullable BigDecimal tryMultiply(ArgumentTypes types, BigDecimal x, BigDecimal y) {
        return fitting(x.multiply(y), types);
    }

    public static @Nullable Double tryDivide(double x, double y) {
        return y == 0 ? null : Double.valueOf(x / y);
    }

    public static @Nullable BigDecimal tryDivide(ArgumentTypes types, BigDecimal x, BigDecimal y) {
        int scale = ((DataType.Decimal) types.result()).scale();
        return y.signum() == 0 ? null : fitting(x.divide(y, scale, RoundingMode.HALF_UP), types);
    }

    public static @Nullable Integer tryMod(int x, int y) {
        return y == 0 ? null : Integer.valueOf(x % y);
    }

    public static @Nullable Long tryMod(long x, long y) {
        return y == 0 ? null : Long.valueOf(x % y);
    }

    public static @Nullable Double tryMod(double x, double y) {
        return y == 0 ? null : Double.valueOf(x % y);
    }

    public static @Nullable BigDecimal tryMod(ArgumentTypes types, BigDecimal x, BigDecimal y) {
        return y.signum() == 0 ? null : fitting(x.remainder(y), types);
    }

    private static @Nullable Integer within(long result, int min, int max) {
        return result < min || result > max ? null : Integer.valueOf((int) result);
    }

    private static @Nullable BigDecimal fitting(BigDecimal result, ArgumentTypes types) {
        DataType.Decimal type = (DataType.Decimal) types.result();
        BigDecimal scaled = result.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() > type.precision() ? null : scaled;
    }
}
