package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Memory;

/// Reads one plain JSON value from bytes into the column it is for.
///
/// Answers the address after the value, or [JsonScanner#ODD] when the value is not one that this hot path knows for the
/// column's type; nothing of the row is then to be trusted.
final class JsonValueReader {
    private static final long ODD = JsonScanner.ODD;

    private final JsonScanner scanner;
    private final NumberReader numbers;
    private final JsonOptions options;
    private final JsonVectors vectors;
    private final TimeReader times;

    JsonValueReader(JsonScanner scanner, JsonOptions options, JsonVectors vectors) {
        this.scanner = scanner;
        this.numbers = new NumberReader(scanner);
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
                    NumberReader.integer(at, column, row);
            case ColumnBuffer.DOUBLE, ColumnBuffer.FLOAT -> numbers.floating(at, column, row);
            case ColumnBuffer.DECIMAL -> numbers.decimal(at, column, row);
            case ColumnBuffer.BOOLEAN -> bool(at, column, row);
            case ColumnBuffer.DATE, ColumnBuffer.TIMESTAMP, ColumnBuffer.TIMESTAMP_NTZ, ColumnBuffer.TIME ->
                    time(at, column, row);
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
        Memory.putByte(out, (byte) (lead | point >> (6 * continuations)));
        for (int i = 1; i <= continuations; i++) {
            Memory.putByte(out + i, (byte) (0x80 | (point >> (6 * (continuations - i)) & 0x3F)));
        }
        return out + continuations + 1;
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
        if (end == ODD || column.kind != ColumnBuffer.TIMESTAMP || !scanner.integral
                || scanner.digits > NumberReader.DIGITS_MAX
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
