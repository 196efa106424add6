package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.ArgumentTypes;
import dev.thalweg.execution.expression.NullAware;
import dev.thalweg.execution.expression.kernel.Comparisons;
import dev.thalweg.spi.data.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Signs, remainders, extremes, and numbers in other bases.
public final class NumberFunctions {
    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(Long.SIZE);
    private static final long[] FACTORIALS = factorials();

    private NumberFunctions() {}

    private static long[] factorials() {
        long[] factorials = new long[21];
        factorials[0] = 1;
        for (int i = 1; i < factorials.length; i++) {
            factorials[i] = factorials[i - 1] * i;
        }
        return factorials;
    }

    public static int abs(int x) {
        if (x == Integer.MIN_VALUE) {
            throw Reject.overflow("INT", "abs(" + x + ")");
        }
        return Math.abs(x);
    }

    public static long abs(long x) {
        if (x == Long.MIN_VALUE) {
            throw Reject.overflow("BIGINT", "abs(" + x + ")");
        }
        return Math.abs(x);
    }

    public static float abs(float x) {
        return Math.abs(x);
    }

    public static double abs(double x) {
        return Math.abs(x);
    }

    public static BigDecimal abs(BigDecimal x) {
        return x.abs();
    }

    public static double sign(double x) {
        return Math.signum(x);
    }

    public static double sign(long x) {
        return Long.signum(x);
    }

    public static double sign(int x) {
        return Integer.signum(x);
    }

    /// The remainder with the sign of the divisor.
    public static int pmod(int x, int divisor) {
        return (int) pmod((long) x, (long) divisor);
    }

    public static long pmod(long x, long divisor) {
        if (divisor == 0) {
            throw Reject.divisionByZero("pmod(" + x + ", 0)");
        }
        long remainder = x % divisor;
        return remainder < 0 ? (remainder + divisor) % divisor : remainder;
    }

    public static float pmod(float x, float divisor) {
        if (divisor == 0) {
            throw Reject.divisionByZero("pmod(" + x + ", 0)");
        }
        float remainder = x % divisor;
        return remainder < 0 ? (remainder + divisor) % divisor : remainder;
    }

    public static double pmod(double x, double divisor) {
        if (divisor == 0) {
            throw Reject.divisionByZero("pmod(" + x + ", 0)");
        }
        double remainder = x % divisor;
        return remainder < 0 ? (remainder + divisor) % divisor : remainder;
    }

    public static BigDecimal pmod(BigDecimal x, BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw Reject.divisionByZero("pmod(" + x.toPlainString() + ", 0)");
        }
        BigDecimal remainder = x.remainder(divisor);
        return remainder.signum() < 0 ? remainder.add(divisor).remainder(divisor) : remainder;
    }

    /// NULL unless 0 to 20.
    public static @Nullable Long factorial(int x) {
        return x < 0 || x >= FACTORIALS.length ? null : Long.valueOf(FACTORIALS[x]);
    }

    /// The greatest value that is not NULL.
    @NullAware
    public static @Nullable Object greatest(@Nullable Object... values) {
        Object greatest = null;
        for (Object value : values) {
            if (value != null && (greatest == null || Comparisons.compare(value, greatest) > 0)) {
                greatest = value;
            }
        }
        return greatest;
    }

    @NullAware
    public static @Nullable Object least(@Nullable Object... values) {
        Object least = null;
        for (Object value : values) {
            if (value != null && (least == null || Comparisons.compare(value, least) < 0)) {
                least = value;
            }
        }
        return least;
    }

    public static @Nullable Object nullifzero(Object x) {
        return isZero(x) ? null : x;
    }

    @NullAware
    public static Object zeroifnull(ArgumentTypes types, @Nullable Object x) {
        if (x != null) {
            return x;
        }
        return switch (types.result()) {
            case DataType.Decimal _ -> BigDecimal.ZERO;
            case DataType.Simple.DOUBLE -> 0D;
            case DataType.Simple.FLOAT -> 0F;
            case DataType.Simple.BIGINT -> 0L;
            case DataType other -> 0;
        };
    }

    private static boolean isZero(Object x) {
        return x instanceof BigDecimal decimal ? decimal.signum() == 0 : ((Number) x).doubleValue() == 0;
    }

    public static String bin(long x) {
        return Long.toBinaryString(x);
    }

    /// A number written in another base (2 to 36); as a signed 64-bit number if `to` is negative, else unsigned. What
    /// follows the last digit is passed over.
    public static @Nullable String conv(String number, int from, int to) {
        String text = number.strip();
        int base = Math.abs(to);
        if (from < Character.MIN_RADIX || from > Character.MAX_RADIX || base < Character.MIN_RADIX
                || base > Character.MAX_RADIX || text.isEmpty()) {
            return null;
        }
        boolean negative = text.charAt(0) == '-';
        int start = negative ? 1 : 0;
        int end = start;
        while (end < text.length() && Character.digit(text.charAt(end), from) >= 0) {
            end++;
        }
        BigInteger value = end == start ? BigInteger.ZERO : new BigInteger(text.substring(start, end), from);
        if (value.compareTo(UNSIGNED_END) >= 0) {
            throw Reject.overflow("BIGINT", "conv('" + number + "', " + from + ", " + to + ")");
        }
        long bits = negative ? -value.longValue() : value.longValue();
        return (to < 0 ? Long.toString(bits, base) : Long.toUnsignedString(bits, base)).toUpperCase(Locale.ROOT);
    }
}
