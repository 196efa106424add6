package dev.thalweg.execution.expression.function;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers made whole, or cut to some decimals. `round` goes away from zero at a half, `bround` to the even neighbour.
public final class RoundFunctions {
    private RoundFunctions() {}

    public static long ceil(long x) {
        return x;
    }

    public static long ceil(double x) {
        return (long) Math.ceil(x);
    }

    public static BigDecimal ceil(BigDecimal x) {
        return x.setScale(0, RoundingMode.CEILING);
    }

    public static BigDecimal ceil(BigDecimal x, int scale) {
        return rounded(x, scale, RoundingMode.CEILING);
    }

    public static long floor(long x) {
        return x;
    }

    public static long floor(double x) {
        return (long) Math.floor(x);
    }

    public static BigDecimal floor(BigDecimal x) {
        return x.setScale(0, RoundingMode.FLOOR);
    }

    public static BigDecimal floor(BigDecimal x, int scale) {
        return rounded(x, scale, RoundingMode.FLOOR);
    }

    public static int round(int x) {
        return x;
    }

    public static int round(int x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_UP);
    }

    public static long round(long x) {
        return x;
    }

    public static long round(long x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_UP);
    }

    public static float round(float x) {
        return rounded(x, 0, RoundingMode.HALF_UP);
    }

    public static float round(float x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_UP);
    }

    public static double round(double x) {
        return rounded(x, 0, RoundingMode.HALF_UP);
    }

    public static double round(double x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_UP);
    }

    public static BigDecimal round(BigDecimal x) {
        return x.setScale(0, RoundingMode.HALF_UP);
    }

    public static BigDecimal round(BigDecimal x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_UP);
    }

    public static int bround(int x) {
        return x;
    }

    public static int bround(int x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_EVEN);
    }

    public static long bround(long x) {
        return x;
    }

    public static long bround(long x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_EVEN);
    }

    public static float bround(float x) {
        return rounded(x, 0, RoundingMode.HALF_EVEN);
    }

    public static float bround(float x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_EVEN);
    }

    public static double bround(double x) {
        return rounded(x, 0, RoundingMode.HALF_EVEN);
    }

    public static double bround(double x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_EVEN);
    }

    public static BigDecimal bround(BigDecimal x) {
        return x.setScale(0, RoundingMode.HALF_EVEN);
    }

    public static BigDecimal bround(BigDecimal x, int scale) {
        return rounded(x, scale, RoundingMode.HALF_EVEN);
    }

    private static int rounded(int x, int scale, RoundingMode mode) {
        long rounded = rounded((long) x, scale, mode);
        if ((int) rounded != rounded) {
            throw Reject.overflow("INT", "round(" + x + ", " + scale + ")");
        }
        return (int) rounded;
    }

    private static long rounded(long x, int scale, RoundingMode mode) {
        if (scale >= 0) {
            return x;
        }
        BigDecimal rounded = BigDecimal.valueOf(x).setScale(Math.max(scale, -38), mode);
        if (rounded.precision() - rounded.scale() > 18 && rounded.toBigInteger().bitLength() >= Long.SIZE) {
            throw Reject.overflow("BIGINT", "round(" + x + ", " + scale + ")");
        }
        return rounded.longValue();
    }

    private static float rounded(float x, int scale, RoundingMode mode) {
        return Float.isFinite(x) ? new BigDecimal(Float.toString(x)).setScale(scale, mode).floatValue() : x;
    }

    private static double rounded(double x, int scale, RoundingMode mode) {
        return Double.isFinite(x) ? BigDecimal.valueOf(x).setScale(scale, mode).doubleValue() : x;
    }

    /// No more decimals than there are, and none where whole digits are rounded.
    private static BigDecimal rounded(BigDecimal x, int scale, RoundingMode mode) {
        BigDecimal rounded = scale >= x.scale() ? x : x.setScale(scale, mode);
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
