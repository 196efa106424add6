package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;

/// Walks over the parts of a text between separators, as `split(text, regex, -1)` would list them: empty parts count, the
/// empty text has one.
///
/// **Cost** one look at each byte, no object; a slice is moved from word to word.
public final class Words {
    private boolean[] separators = {};
    private byte[] literal = {};
    private boolean repeated;
    private long next;
    private long end;
    private boolean more;

    public void begin(Utf8 text, SimpleSplit split) {
        separators = split.separators();
        literal = split.literal();
        repeated = split.isRepeated();
        next = text.address();
        end = next + text.length();
        more = true;
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
        if (literal.length > 0) {
            nextByLiteral(word);
        } else {
            nextByClass(word);
        }
        return true;
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
