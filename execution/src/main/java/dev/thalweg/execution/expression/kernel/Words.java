package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;
import org.jspecify.annotations.Nullable;

/// Walks over the parts of a text between separators, as `split(text, regex, -1)` would list them: empty parts count, the
/// empty text has one.
///
/// **Cost** one look at each byte, at eight of them together where a single byte separates; no object; a slice is moved from word to word.
public final class Words {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;

    private @Nullable SimpleSplit split;
    private boolean single;
    /// The one separator, in each of the eight bytes.
    private long pattern;
    private boolean[] separators = {};
    private byte[] literal = {};
    private boolean repeated;
    private long next;
    private long end;
    private boolean more;

    public void begin(Utf8 text, SimpleSplit split) {
        if (this.split != split) {
            use(split);
        }
        next = text.address();
        end = next + text.length();
        more = true;
    }

    private void use(SimpleSplit other) {
        split = other;
        separators = other.separators();
        literal = other.literal();
        repeated = other.isRepeated();
        single = other.isSingle();
        pattern = single ? (other.separator() & 0xFF) * ONES : 0;
    }

    public void none() {
        more = false;
    }

    public boolean hasNext() {
        return more;
    }

    /// Moves `word` to the next part; false when there is none.
    public boolean next(Utf8 word) {
        if (!more) {
            return false;
        }
        if (single) {
            nextByByte(word);
        } else if (literal.length > 0) {
            nextByLiteral(word);
        } else {
            nextByClass(word);
        }
        return true;
    }

    /// Eight bytes at a time: words are short, and a loop over their bytes mispredicts the end of each.
    private void nextByByte(Utf8 word) {
        long at = next;
        for (; at + 8 <= end; at += 8) {
            long differs = Memory.getLong(at) ^ pattern;
            long found = differs - ONES & ~differs & HIGH_BITS; // the lowest set bit is of the first separator
            if (found != 0) {
                endAt(at + (Long.numberOfTrailingZeros(found) >>> 3), word);
                return;
            }
        }
        while (at < end && Memory.getByte(at) != (byte) pattern) {
            at++;
        }
        endAt(at, word);
    }

    private void endAt(long at, Utf8 word) {
        word.set(next, (int) (at - next));
        more = at < end;
        next = at + 1;
    }

    private void nextByClass(Utf8 word) {
        boolean[] separators = this.separators;
        long start = next;
        long end = this.end;
        long at = start;
        while (at < end && !separators[Memory.getByte(at) & 0xFF]) {
            at++;
        }
        word.set(start, (int) (at - start));
        if (at == end) {
            more = false;
            return;
        }
        at++;
        while (repeated && at < end && separators[Memory.getByte(at) & 0xFF]) {
            at++;
        }
        next = at;
    }

    private void nextByLiteral(Utf8 word) {
        for (long at = next; at <= end - literal.length; at++) {
            if (isLiteralAt(at)) {
                word.set(next, (int) (at - next));
                next = at + literal.length;
                return;
            }
        }
        word.set(next, (int) (end - next));
        more = false;
    }

    private boolean isLiteralAt(long at) {
        for (int i = 0; i < literal.length; i++) {
            if (Memory.getByte(at + i) != literal[i]) {
                return false;
            }
        }
        return true;
    }
}
