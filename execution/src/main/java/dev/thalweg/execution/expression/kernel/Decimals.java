package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.data.Memory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// DECIMAL values: 128-bit little-endian in vectors, `BigDecimal` while computed on. Results are rounded half up to the
/// scale of their type; one that has too many digits is an error.
public final class Decimals {
    /// So many always fit into a long.
    private static final int LONG_DIGITS = 18;

    private Decimals() {}

    /// Copies a value as it lies.
    public static void copy(long from, long to) {
        Memory.putLong(to, Memory.getLong(from));
        Memory.putLong(to + 8, Memory.getLong(from + 8));
    }

    public static BigDecimal read(long address, int scale) {
        long low = Memory.getLong(address);
        long high = Memory.getLong(address + 8);
        if (high == low >> 63) {
            return BigDecimal.valueOf(low, scale);
        }
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (high >>> (56 - 8 * i));
            bytes[8 + i] = (byte) (low >>> (56 - 8 * i));
        }
        return new BigDecimal(new BigInteger(bytes), scale);
    }

    /// Writes a decimal as Arrow lays it out.
    ///
    /// @param value of the column's scale
    public static void write(long address, BigDecimal value, int scale) {
        BigDecimal scaled = value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
        if (scaled.precision() <= LONG_DIGITS) {
            long digits = scaled.scaleByPowerOfTen(scale).longValue(); // by way of no BigInteger
            Memory.putLong(address, digits);
            Memory.putLong(address + 8, digits >> 63);
            return;
        }
        BigInteger digits = scaled.unscaledValue();
        Memory.putLong(address, digits.longValue());
        Memory.putLong(address + 8,
                digits.bitLength() < 64 ? digits.longValue() >> 63 : digits.shiftRight(64).longValue());
    }

    /// The value in DECIMAL(precision, scale).
    public static BigDecimal fit(BigDecimal value, int precision, int scale) {
        BigDecimal scaled = value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
        if (scaled.precision() > precision) {
            throw Failures.overflow("DECIMAL(%d,%d)".formatted(precision, scale),
                    "the result is " + value.toPlainString());
        }
        return scaled;
    }

    public static BigDecimal add(BigDecimal left, BigDecimal right, int precision, int scale) {
        return fit(left.add(right), precision, scale, "+", left, right);
    }

    public static BigDecimal subtract(BigDecimal left, BigDecimal right, int precision, int scale) {
        return fit(left.subtract(right), precision, scale, "-", left, right);
    }

    public static BigDecimal multiply(BigDecimal left, BigDecimal right, int precision, int scale) {
        return fit(left.multiply(right), precision, scale, "*", left, right);
    }

    public static BigDecimal divide(BigDecimal left, BigDecimal right, int precision, int scale) {
        if (right.signum() == 0) {
            throw Failures.divisionByZero("/", left);
        }
        return fit(left.divide(right, scale, RoundingMode.HALF_UP), precision, scale, "/", left, right);
    }

    public static BigDecimal remainder(BigDecimal left, BigDecimal right, int precision, int scale) {
        if (right.signum() == 0) {
            throw Failures.divisionByZero("%", left);
        }
        return fit(left.remainder(right), precision, scale, "%", left, right);
    }

    public static long quotient(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw Failures.divisionByZero("div", left);
        }
        BigInteger quotient = left.divideToIntegralValue(right).toBigInteger();
        if (quotient.bitLength() > 63) {
            throw Failures.overflow("BIGINT", "div", left, right, "try_divide");
        }
        return quotient.longValue();
    }

    private static BigDecimal fit(BigDecimal value, int precision, int scale, String operation, BigDecimal left,
            BigDecimal right) {
        BigDecimal scaled = value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
        if (scaled.precision() > precision) {
            String remedy = switch (operation) {
                case "+" -> "try_add";
                case "-" -> "try_subtract";
                case "*" -> "try_multiply";
                case "%" -> "try_mod";
                default -> "try_divide";
            };
            throw Failures.overflow("DECIMAL(%d,%d)".formatted(precision, scale), operation, left.toPlainString(),
                    right.toPlainString(), remedy);
        }
        return scaled;
    }
}
