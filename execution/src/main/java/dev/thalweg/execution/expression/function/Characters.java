package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;

/// Counts characters (code points) in UTF-8 without decoding it.
final class Characters {
    private Characters() {}

    /// How many bytes the character takes that begins with `lead`.
    static int width(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        int bits = lead & 0xFF;
        return bits < 0xE0 ? 2 : bits < 0xF0 ? 3 : 4;
    }

    /// The byte at which character number `count` from character start `from` on begins, at most the length.
    static int skip(Utf8 text, int from, int count) {
        long address = text.address();
        int length = text.length();
        int at = from;
        for (int i = 0; i < count && at < length; i++) {
            at += width(Memory.getByte(address + at));
        }
        return Math.min(at, length);
    }

    /// How many characters begin before byte `end`.
    static int countBefore(Utf8 text, int end) {
        int count = 0;
        for (long at = text.address(), stop = at + end; at < stop; at++) {
            count += (Memory.getByte(at) & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /// Characters from index `start` (may be below 0) to index `end`, exclusive.
    static Utf8 between(Utf8 text, int start, int end) {
        if (end <= start || start >= text.length()) {
            return text.slice(0, 0);
        }
        int first = Math.max(0, start);
        int from = skip(text, 0, first);
        int to = end <= first ? from : skip(text, from, end - first);
        return text.slice(from, to);
    }
}
