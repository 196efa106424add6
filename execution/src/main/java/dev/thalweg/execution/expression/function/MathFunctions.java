package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.NullAware;
import org.jspecify.annotations.Nullable;

/// Powers, logarithms and angles of DOUBLE. Logarithms of what has none are NULL, everything else follows IEEE 754.
public final class MathFunctions {
    private static final double LN2 = StrictMath.log(2);
    private static final double LARGE = 1 << 28;

    private MathFunctions() {}

    public static double sqrt(double x) {
        return Math.sqrt(x);
    }

    public static double cbrt(double x) {
        return Math.cbrt(x);
    }

    public static double exp(double x) {
        return StrictMath.exp(x);
    }

    public static double expm1(double x) {
        return StrictMath.expm1(x);
    }

    public static @Nullable Double ln(double x) {
        return x <= 0 ? null : Double.valueOf(StrictMath.log(x));
    }

    public static @Nullable Double log(double base, double x) {
        return base <= 0 || x <= 0 ? null : Double.valueOf(StrictMath.log(x) / StrictMath.log(base));
    }

    public static @Nullable Double log10(double x) {
        return x <= 0 ? null : Double.valueOf(StrictMath.log10(x));
    }

    public static @Nullable Double log2(double x) {
        return x <= 0 ? null : Double.valueOf(StrictMath.log(x) / LN2);
    }

    public static @Nullable Double log1p(double x) {
        return x <= -1 ? null : Double.valueOf(StrictMath.log1p(x));
    }

    public static double power(double base, double exponent) {
        return StrictMath.pow(base, exponent);
    }

    public static double sin(double x) {
        return Math.sin(x);
    }

    public static double cos(double x) {
        return Math.cos(x);
    }

    public static double tan(double x) {
        return Math.tan(x);
    }

    public static double cot(double x) {
        return 1 / Math.tan(x);
    }

    public static double sec(double x) {
        return 1 / Math.cos(x);
    }

    public static double csc(double x) {
        return 1 / Math.sin(x);
    }

    public static double asin(double x) {
        return Math.asin(x);
    }

    public static double acos(double x) {
        return Math.acos(x);
    }

    public static double atan(double x) {
        return Math.atan(x);
    }

    public static double atan2(double y, double x) {
        return Math.atan2(y + 0.0, x + 0.0); // -0.0 counts as 0.0
    }

    public static double sinh(double x) {
        return Math.sinh(x);
    }

    public static double cosh(double x) {
        return Math.cosh(x);
    }

    public static double tanh(double x) {
        return Math.tanh(x);
    }

    /// **Source** fdlibm, `s_asinh.c`
    public static double asinh(double x) {
        double positive = Math.abs(x);
        double square = x * x;
        double result;
        if (positive > LARGE) {
            result = StrictMath.log(positive) + LN2;
        } else if (positive > 2) {
            result = StrictMath.log(2 * positive + 1 / (Math.sqrt(square + 1) + positive));
        } else {
            result = StrictMath.log1p(positive + square / (1 + Math.sqrt(1 + square)));
        }
        return Math.copySign(result, x);
    }

    /// **Source** fdlibm, `e_acosh.c`
    public static double acosh(double x) {
        if (x > LARGE) {
            return StrictMath.log(x) + LN2;
        }
        if (x > 2) {
            return StrictMath.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
        }
        double above = x - 1;
        return StrictMath.log1p(above + Math.sqrt(2 * above + above * above));
    }

    public static double atanh(double x) {
        return 0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-x));
    }

    public static double degrees(double radians) {
        return Math.toDegrees(radians);
    }

    public static double radians(double degrees) {
        return Math.toRadians(degrees);
    }

    public static double hypot(double a, double b) {
        return Math.hypot(a, b);
    }

    public static double rint(double x) {
        return Math.rint(x);
    }

    public static double pi() {
        return Math.PI;
    }

    public static double e() {
        return Math.E;
    }

    @NullAware
    public static boolean isnan(@Nullable Double x) {
        return x != null && x.isNaN();
    }

    @NullAware
    public static boolean isnan(@Nullable Float x) {
        return x != null && x.isNaN();
    }

    /// The second argument where the first is NaN.
    @NullAware
    public static @Nullable Double nanvl(@Nullable Double x, @Nullable Double otherwise) {
        return x != null && x.isNaN() ? otherwise : x;
    }

    @NullAware
    public static @Nullable Float nanvl(@Nullable Float x, @Nullable Float otherwise) {
        return x != null && x.isNaN() ? otherwise : x;
    }

    /// The number of the bucket, from 1, when low to high is cut into `buckets` equal ones; 0 or one more if outside.
    public static @Nullable Long widthBucket(double x, double low, double high, long buckets) {
        boolean wrong = Double.isNaN(x) || !Double.isFinite(low) || !Double.isFinite(high) || low == high
                || buckets <= 0 || buckets == Long.MAX_VALUE;
        if (wrong) {
            return null;
        }
        double from = Math.min(low, high);
        double to = Math.max(low, high);
        if (low < high) {
            return x < from ? 0L : x >= to ? buckets + 1 : (long) (buckets * (x - from) / (to - from)) + 1;
        }
        return x > to ? 0L : x <= from ? buckets + 1 : (long) (buckets * (to - x) / (to - from)) + 1;
    }

    public static @Nullable Long widthBucket(long x, long low, long high, long buckets) {
        return widthBucket((double) x, (double) low, (double) high, buckets);
    }
}
