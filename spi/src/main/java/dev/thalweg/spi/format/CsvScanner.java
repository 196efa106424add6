package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Memory;
import java.util.Arrays;

/// Finds the fields of a CSV record in off-heap bytes, without making anything of them (RFC 4180, with Spark's options).
///
/// A value that begins with a quote but has text after the closing one, or none to close it, is taken as it is written, up to
/// the next separator, as Spark does.
final class CsvScanner {
    /// What [#record] answers when the record goes on behind the region.
    static final long INCOMPLETE = -1;

    private final byte separator;
    private final byte quote;
    private final byte escape;
    private final byte comment;
    private final boolean multiLine;

    /// How many fields the last record had; 0 for a blank line or a comment.
    int count;
    /// Where the text of the last record ends, without its line end.
    long textEnd;
    private long[] starts = new long[64];
    private long[] ends = new long[64];
    private boolean[] quoted = new boolean[64];
    private boolean[] escaped = new boolean[64];

    CsvScanner(CsvOptions options) {
        this.separator = options.separator();
        this.quote = options.quote();
        this.escape = options.escape();
        this.comment = options.comment();
        this.multiLine = options.multiLine();
    }

    long start(int field) {
        return starts[field];
    }

    long end(int field) {
        return ends[field];
    }

    boolean isQuoted(int field) {
        return quoted[field];
    }

    /// The bytes of a field, with its escapes taken out.
    byte[] bytes(int field) {
        byte[] raw = TextSlices.bytes(starts[field], ends[field]);
        if (!escaped[field]) {
            return raw;
        }
        int out = 0;
        for (int i = 0; i < raw.length; i++) {
            boolean escapes = raw[i] == escape && i + 1 < raw.length && (raw[i + 1] == quote || raw[i + 1] == escape);
            raw[out++] = raw[escapes ? ++i : i];
        }
        return Arrays.copyOf(raw, out);
    }

    boolean isEscaped(int field) {
        return escaped[field];
    }

    /// Finds the fields of the record at `from`.
    ///
    /// @return the address after its line end, or [#INCOMPLETE]
    long record(long from, long end, boolean last) {
        long lineEnd = Utf8Scan.find(from, end, '\n');
        if (lineEnd == end && !last) {
            return INCOMPLETE;
        }
        count = 0;
        textEnd = withoutReturn(from, lineEnd);
        if (isBlank(from, textEnd) || (comment != 0 && Memory.getByte(from) == comment)) {
            return Math.min(lineEnd + 1, end);
        }
        return fields(from, lineEnd, end, last);
    }

    private static long withoutReturn(long from, long lineEnd) {
        return lineEnd > from && Memory.getByte(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
    }

    private static boolean isBlank(long from, long end) {
        long at = from;
        while (at < end && Memory.getByte(at) >= 0 && Memory.getByte(at) <= ' ') {
            at++;
        }
        return at == end;
    }

    private long fields(long from, long firstLineEnd, long end, boolean last) {
        long at = from;
        long lineEnd = firstLineEnd;
        while (true) {
            long stop = -1;
            if (quote != 0 && at < textEnd && Memory.getByte(at) == quote) {
                long limit = multiLine ? end : textEnd;
                long close = closingQuote(at + 1, limit);
                if (close == limit && multiLine && !last) {
                    return INCOMPLETE;
                }
                if (close < limit && close >= textEnd) { // the value holds line ends: the record ends later
                    lineEnd = Utf8Scan.find(close, end, '\n');
                    if (lineEnd == end && !last) {
                        return INCOMPLETE;
                    }
                    textEnd = withoutReturn(from, lineEnd);
                }
                boolean closes = close < limit && (close + 1 == textEnd || Memory.getByte(close + 1) == separator);
                if (closes) {
                    add(at + 1, close, true);
                    stop = close + 1;
                }
            }
            if (stop < 0) {
                stop = Utf8Scan.find(at, textEnd, separator);
                add(at, stop, false);
            }
            if (stop >= textEnd) {
                return Math.min(lineEnd + 1, end);
            }
            at = stop + 1;
        }
    }

    /// The quote that ends a value, or `end`. Sets whether there were escapes before it.
    private long closingQuote(long from, long end) {
        sawEscape = false;
        long at = from;
        while (at < end) {
            byte c = Memory.getByte(at);
            boolean escapes = c == escape && at + 1 < end
                    && (Memory.getByte(at + 1) == quote || Memory.getByte(at + 1) == escape);
            if (escapes) {
                sawEscape = true;
                at += 2;
            } else if (c == quote) {
                return at;
            } else {
                at++;
            }
        }
        return end;
    }

    private boolean sawEscape;

    private void add(long start, long end, boolean inQuotes) {
        if (count == starts.length) {
            int more = 2 * count;
            starts = Arrays.copyOf(starts, more);
            ends = Arrays.copyOf(ends, more);
            quoted = Arrays.copyOf(quoted, more);
            escaped = Arrays.copyOf(escaped, more);
        }
        starts[count] = start;
        ends[count] = end;
        quoted[count] = inQuotes;
        escaped[count] = inQuotes && sawEscape;
        count++;
    }
}
