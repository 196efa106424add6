package dev.thalweg.planner.function;

import dev.thalweg.spi.data.DataType.Decimal;

/// Digits of the result of decimal arithmetic.
///
/// **Source** Spark's `DecimalPrecision` with `allowPrecisionLoss`, which follows SQL Server: what exceeds 38 digits loses
/// fraction digits first, but keeps six of them.
final class DecimalRules {
    private static final int FRACTION_KEPT = 6;

    private DecimalRules() {}

    static Decimal plus(Decimal a, Decimal b) {
        int scale = Math.max(a.scale(), b.scale());
        return adjusted(Math.max(a.precision() - a.scale(), b.precision() - b.scale()) + scale + 1, scale);
    }

    static Decimal times(Decimal a, Decimal b) {
        return adjusted(a.precision() + b.precision() + 1, a.scale() + b.scale());
    }

    static Decimal divide(Decimal a, Decimal b) {
        int whole = a.precision() - a.scale() + b.scale();
        int scale = Math.max(FRACTION_KEPT, a.scale() + b.precision() + 1);
        return adjusted(whole + scale, scale);
    }

    static Decimal remainder(Decimal a, Decimal b) {
        int scale = Math.max(a.scale(), b.scale());
        return adjusted(Math.min(a.precision() - a.scale(), b.precision() - b.scale()) + scale, scale);
    }

    /// At most 38 digits; the fraction gives way, down to six digits.
    static Decimal adjusted(int precision, int scale) {
        if (precision <= Decimal.MAX_PRECISION) {
            return new Decimal(Math.max(1, precision), Math.min(scale, Math.max(1, precision)));
        }
        int whole = precision - scale;
        int kept = Math.max(Decimal.MAX_PRECISION - whole, Math.min(scale, FRACTION_KEPT));
        return new Decimal(Decimal.MAX_PRECISION, kept);
    }

    static Decimal bounded(int precision, int scale) {
        int digits = Math.min(precision, Decimal.MAX_PRECISION);
        return new Decimal(digits, Math.min(scale, digits));
    }
}
