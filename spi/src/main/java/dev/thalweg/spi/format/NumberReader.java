package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Memory;

/// Reads plain numbers from bytes into columns, as JSON writes them: no leading zeros, no plus sign, no space.
///
/// Answers the address after the number, or [JsonScanner#ODD] for one that is written otherwise, is too long for the hot path
/// or does not fit the column.
final class NumberReader {
    private static final long ODD = JsonScanner.ODD;
    static final int DIGITS_MAX = 18;
    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
            1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    private static final long[] LONG_POWERS = new long[DIGITS_MAX + 1];

    static {
        LONG_POWERS[0] = 1;
        for (int i = 1; i <= DIGITS_MAX; i++) {
            LONG_POWERS[i] = LONG_POWERS[i - 1] * 10;
        }
    }

    private final JsonScanner scanner;

    NumberReader(JsonScanner scanner) {
        this.scanner = scanner;
    }

    static long integer(long from, ColumnBuffer column, int row) {
        long at = from;
        int c = Memory.getByte(at);
        boolean negative = c == '-';
        if (negative) {
            at++;
        }
        long first = at;
        long value = 0;
        int more;
        do {
            long word = Memory.getLong(at);
            more = Digits.count(word);
            value = Digits.append(value, word, more);
            at += more;
        } while (more == Digits.IN_WORD);
        c = Memory.getByte(at);
        long count = at - first;
        boolean plain = count > 0 && count <= DIGITS_MAX && (count == 1 || Memory.getByte(first) != '0') && c != '.'
                && (c | 0x20) != 'e';
        value = negative ? -value : value;
        if (!plain || !column.fits(value)) {
            return ODD;
        }
        column.setIntegral(row, value);
        return at;
    }

    /// **Source** W. D. Clinger, "How to read floating point numbers accurately" (1990): a mantissa below 2^53 times or by a
    /// power of ten up to 10^22 is correctly rounded by one operation.
    long floating(long at, ColumnBuffer column, int row) {
        long end = scanner.number(at);
        if (end == ODD) {
            return ODD;
        }
        int power = -scanner.scale;
        boolean exact = scanner.digits <= DIGITS_MAX && scanner.mantissa <= 1L << 53 && power >= -22 && power <= 22;
        if (column.kind == ColumnBuffer.FLOAT) {
            exact &= scanner.mantissa <= 1L << 24 && power >= -10 && power <= 10;
        }
        if (!exact) {
            slowFloating(at, end, column, row);
            return end;
        }
        double mantissa = scanner.negative ? -(double) scanner.mantissa : scanner.mantissa;
        if (column.kind == ColumnBuffer.FLOAT) {
            float ten = (float) POWERS[Math.abs(power)];
            column.setFloat(row, power < 0 ? (float) mantissa / ten : (float) mantissa * ten);
        } else {
            column.setDouble(row, power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power]);
        }
        return end;
    }

    private static void slowFloating(long at, long end, ColumnBuffer column, int row) {
        String text = TextSlices.string(at, end);
        if (column.kind == ColumnBuffer.FLOAT) {
            column.setFloat(row, Float.parseFloat(text));
        } else {
            column.setDouble(row, Double.parseDouble(text));
        }
    }

    long decimal(long at, ColumnBuffer column, int row) {
        long end = scanner.number(at);
        int more = column.scale - scanner.scale;
        if (end == ODD || scanner.digits > DIGITS_MAX || more < 0 || scanner.digits + more > DIGITS_MAX) {
            return ODD;
        }
        long unscaled = scanner.mantissa * LONG_POWERS[more];
        if (column.precision <= DIGITS_MAX && unscaled >= LONG_POWERS[column.precision]) {
            return ODD;
        }
        column.setDecimal(row, scanner.negative ? -unscaled : unscaled);
        return end;
    }
}
