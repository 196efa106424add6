package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Memory;

/// Walks over strict JSON in off-heap bytes without making anything of it.
///
/// Every method takes the address of a value and answers the address after it, or [#ODD] when it is not plain RFC 8259 text
/// on one line: somebody slower must look at it then. The region must end in a line feed, which no value may contain, so
/// no method needs to know where it ends.
final class JsonScanner {
    static final long ODD = -1;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int DEPTH_MAX = 200;
    private static final int TRUE = 0x65757274; // "true" as a little-endian int
    private static final int NULL = 0x6c6c756e;
    private static final int ALSE = 0x65736c61;

    /// Of the number last scanned: its digits without point, if they were at most 18.
    long mantissa;
    /// How many digits there were, leading zeros of a fraction included.
    int digits;
    /// How many of them came after the point, less the exponent.
    int scale;
    boolean negative;
    /// Whether it was written without point and exponent.
    boolean integral;

    static long skipSpace(long at) {
        long next = at;
        int c = Memory.getByte(next);
        while (c == ' ' || c == '\t' || c == '\r') {
            c = Memory.getByte(++next);
        }
        return next;
    }

    /// Finds the end of a string that needs no decoding.
    ///
    /// @return the address of the closing quote of a string whose characters begin at `from`; [#ODD] if it has an escape or
    ///         anything that is not ASCII
    static long plainStringEnd(long from) {
        long at = from;
        while (true) {
            long word = Memory.getLong(at);
            long quote = word ^ ONES * '"';
            long escape = word ^ ONES * '\\';
            long hits = ((quote - ONES & ~quote) | (escape - ONES & ~escape) | word - ONES * 0x20 | word) & HIGH_BITS;
            if (hits != 0) {
                long found = at + (Long.numberOfTrailingZeros(hits) >>> 3);
                return Memory.getByte(found) == '"' ? found : ODD;
            }
            at += Long.BYTES;
        }
    }

    /// Finds the end of a string, with or without escapes.
    ///
    /// @return the address of the closing quote of any well-formed string whose characters begin at `from`, or [#ODD]
    static long stringEnd(long from) {
        long at = from;
        boolean ascii = true;
        while (true) {
            int c = Memory.getByte(at);
            if (c == '"') {
                return ascii || Utf8Scan.isValid(from, at) ? at : ODD;
            }
            if (c == '\\') {
                int length = escapeLength(at);
                if (length == 0) {
                    return ODD;
                }
                at += length;
            } else if (c < 0) {
                ascii = false;
                at++;
            } else if (c < 0x20) {
                return ODD;
            } else {
                at++;
            }
        }
    }

    private static int escapeLength(long at) {
        return switch (Memory.getByte(at + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> hex(at + 2) < 0 ? 0 : 6;
            default -> 0;
        };
    }

    /// The number that four hexadecimal digits make, or something negative.
    static int hex(long at) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(Memory.getByte(at + i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /// Scans a number and keeps its parts in the fields.
    long number(long from) {
        long at = from;
        int c = Memory.getByte(at);
        negative = c == '-';
        if (negative) {
            c = Memory.getByte(++at);
        }
        long first = at;
        mantissa = 0;
        at = digits(at);
        c = Memory.getByte(at);
        int count = (int) (at - first);
        if (count == 0 || (count > 1 && Memory.getByte(first) == '0')) {
            return ODD;
        }
        integral = true;
        scale = 0;
        if (c == '.') {
            integral = false;
            long point = at;
            at = digits(at + 1);
            c = Memory.getByte(at);
            scale = (int) (at - point - 1);
            count += scale;
            if (scale == 0) {
                return ODD;
            }
        }
        digits = count;
        return (c | 0x20) == 'e' ? exponent(at) : at;
    }

    /// Takes in the digits that begin at an address; answers where they end.
    private long digits(long from) {
        long at = from;
        int count;
        do {
            long word = Memory.getLong(at);
            count = Digits.count(word);
            mantissa = Digits.append(mantissa, word, count);
            at += count;
        } while (count == Digits.IN_WORD);
        return at;
    }

    private long exponent(long from) {
        integral = false;
        long at = from + 1;
        int c = Memory.getByte(at);
        boolean minus = c == '-';
        if (minus || c == '+') {
            c = Memory.getByte(++at);
        }
        int exponent = 0;
        long first = at;
        while (c >= '0' && c <= '9' && at - first < 6) {
            exponent = exponent * 10 + (c - '0');
            c = Memory.getByte(++at);
        }
        if (at == first || at - first >= 6) {
            return ODD;
        }
        scale -= minus ? -exponent : exponent;
        return at;
    }

    static boolean isTrue(long at) {
        return Memory.getInt(at) == TRUE;
    }

    static boolean isFalse(long at) {
        return Memory.getByte(at) == 'f' && Memory.getInt(at + 1) == ALSE;
    }

    static boolean isNull(long at) {
        return Memory.getInt(at) == NULL;
    }

    /// Walks over one value of any kind.
    long skip(long at, int depth) {
        return switch (Memory.getByte(at)) {
            case '"' -> {
                long end = plainStringEnd(at + 1);
                end = end == ODD ? stringEnd(at + 1) : end;
                yield end == ODD ? ODD : end + 1;
            }
            case '{' -> depth == DEPTH_MAX ? ODD : skipObject(at + 1, depth + 1);
            case '[' -> depth == DEPTH_MAX ? ODD : skipArray(at + 1, depth + 1);
            case 't' -> isTrue(at) ? at + 4 : ODD;
            case 'f' -> isFalse(at) ? at + 5 : ODD;
            case 'n' -> isNull(at) ? at + 4 : ODD;
            default -> number(at);
        };
    }

    private long skipObject(long from, int depth) {
        long at = skipSpace(from);
        if (Memory.getByte(at) == '}') {
            return at + 1;
        }
        while (true) {
            if (Memory.getByte(at) != '"') {
                return ODD;
            }
            long name = skip(at, depth);
            at = name == ODD ? ODD : skipSpace(name);
            if (at == ODD || Memory.getByte(at) != ':') {
                return ODD;
            }
            long value = skip(skipSpace(at + 1), depth);
            if (value == ODD) {
                return ODD;
            }
            at = skipSpace(value);
            int c = Memory.getByte(at);
            if (c == '}') {
                return at + 1;
            }
            if (c != ',') {
                return ODD;
            }
            at = skipSpace(at + 1);
        }
    }

    private long skipArray(long from, int depth) {
        long at = skipSpace(from);
        if (Memory.getByte(at) == ']') {
            return at + 1;
        }
        while (true) {
            long value = skip(at, depth);
            if (value == ODD) {
                return ODD;
            }
            at = skipSpace(value);
            int c = Memory.getByte(at);
            if (c == ']') {
                return at + 1;
            }
            if (c != ',') {
                return ODD;
            }
            at = skipSpace(at + 1);
        }
    }
}
