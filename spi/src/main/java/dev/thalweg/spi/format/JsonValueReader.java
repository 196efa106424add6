package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Memory;

/// Reads one plain JSON value from bytes into the column it is for.
///
/// Answers the address after the value, or [JsonScanner#ODD] when the value is not one that this hot path knows for the
/// column's type; nothing of the row is then to be trusted.
final class JsonValueReader {
    private static final long ODD = JsonScanner.ODD;
    private static final int DIGITS_MAX = 18;
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
    private final JsonOptions options;
    private final JsonVectors vectors;
    private final TimeReader times;

    JsonValueReader(JsonScanner scanner, JsonOptions options, JsonVectors vectors) {
        this.scanner = scanner;
        this.options = options;
        this.vectors = vectors;
        this.times = new TimeReader(options.zone(), options.timestampFormat(), options.timestampNtzFormat(),
                options.dateFormat());
    }

    long read(long at, ColumnBuffer column, int row) {
        if (Memory.getByte(at) == 'n') {
            if (!JsonScanner.isNull(at)) {
                return ODD;
            }
            column.clear(row);
            return at + 4;
        }
        return switch (column.kind) {
            case ColumnBuffer.STRING -> string(at, column, row);
            case ColumnBuffer.BYTE, ColumnBuffer.SHORT, ColumnBuffer.INT, ColumnBuffer.LONG ->
                    integer(at, column, row);
            case ColumnBuffer.DOUBLE, ColumnBuffer.FLOAT -> floating(at, column, row);
            case ColumnBuffer.DECIMAL -> decimal(at, column, row);
            case ColumnBuffer.BOOLEAN -> bool(at, column, row);
            case ColumnBuffer.DATE, ColumnBuffer.TIMESTAMP, ColumnBuffer.TIMESTAMP_NTZ -> time(at, column, row);
            case ColumnBuffer.NESTED -> nested(at, column, row);
            default -> ODD;
        };
    }

    private long string(long at, ColumnBuffer column, int row) {
        if (Memory.getByte(at) != '"') {
            long end = scanner.skip(at, 0);
            if (end != ODD) {
                column.setBytes(row, at, (int) (end - at)); // a number or an object read as STRING keeps its text
            }
            return end;
        }
        long end = JsonScanner.plainStringEnd(at + 1);
        if (end != ODD) {
            column.setBytes(row, at + 1, (int) (end - at - 1));
            return end + 1;
        }
        end = JsonScanner.stringEnd(at + 1);
        return end == ODD ? ODD : unescape(at + 1, end, column, row);
    }

    private static long unescape(long from, long end, ColumnBuffer column, int row) {
        long start = column.room(row, (int) (end - from)); // an escape is never shorter than what it stands for
        long out = start;
        long at = from;
        while (at < end) {
            byte c = Memory.getByte(at);
            if (c != '\\') {
                Memory.putByte(out++, c);
                at++;
                continue;
            }
            byte escape = Memory.getByte(at + 1);
            if (escape != 'u') {
                Memory.putByte(out++, unescaped(escape));
                at += 2;
                continue;
            }
            int unit = JsonScanner.hex(at + 2);
            at += 6;
            int point = unit;
            if (Character.isSurrogate((char) unit)) {
                int low = at < end && Memory.getByte(at) == '\\' && Memory.getByte(at + 1) == 'u'
                        ? JsonScanner.hex(at + 2)
                        : 0;
                if (!Character.isSurrogatePair((char) unit, (char) low)) {
                    return ODD;
                }
                point = Character.toCodePoint((char) unit, (char) low);
                at += 6;
            }
            out = putUtf8(out, point);
        }
        column.endBytes(row, (int) (out - start));
        return end + 1;
    }

    private static byte unescaped(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    private static long putUtf8(long out, int point) {
        if (point < 0x80) {
            Memory.putByte(out, (byte) point);
            return out + 1;
        }
        int continuations = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        int lead = continuations == 1 ? 0xC0 : continuations == 2 ? 0xE0 : 0xF0;
        Memory.putByte(out, (byte) (lead | point >> 6 * continuations));
        for (int i = 1; i <= continuations; i++) {
            Memory.putByte(out + i, (byte) (0x80 | point >> 6 * (continuations - i) & 0x3F));
        }
        return out + continuations + 1;
    }

    private long integer(long from, ColumnBuffer column, int row) {
        long at = from;
        int c = Memory.getByte(at);
        boolean negative = c == '-';
        if (negative) {
            c = Memory.getByte(++at);
        }
        long first = at;
        long value = 0;
        while (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            c = Memory.getByte(++at);
        }
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
    private long floating(long at, ColumnBuffer column, int row) {
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

    private long decimal(long at, ColumnBuffer column, int row) {
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

    private static long bool(long at, ColumnBuffer column, int row) {
        if (JsonScanner.isTrue(at)) {
            column.setBoolean(row, true);
            return at + 4;
        }
        if (JsonScanner.isFalse(at)) {
            column.setBoolean(row, false);
            return at + 5;
        }
        return ODD;
    }

    private long time(long at, ColumnBuffer column, int row) {
        if (Memory.getByte(at) == '"') {
            long end = JsonScanner.plainStringEnd(at + 1);
            long value = end == ODD ? DateTimeText.NONE : times.read(column.kind, at + 1, end);
            if (value == DateTimeText.NONE) {
                return ODD;
            }
            column.setIntegral(row, value);
            return end + 1;
        }
        long end = scanner.number(at);
        long limit = Long.MAX_VALUE / Math.max(1, options.timestampUnitMicros());
        if (end == ODD || column.kind != ColumnBuffer.TIMESTAMP || !scanner.integral || scanner.digits > DIGITS_MAX
                || scanner.mantissa > limit) {
            return ODD;
        }
        column.setIntegral(row, options.toMicros(scanner.negative ? -scanner.mantissa : scanner.mantissa));
        return end;
    }

    private long nested(long at, ColumnBuffer column, int row) {
        long end = scanner.skip(at, 0);
        return end != ODD && vectors.read(TextSlices.bytes(at, end), column.vector(), row, column.field.type())
                ? end
                : ODD;
    }
}
