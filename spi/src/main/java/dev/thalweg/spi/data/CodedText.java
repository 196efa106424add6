package dev.thalweg.spi.data;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.Locale;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/// A STRING or BINARY column whose texts a [TextDictionary] holds.
///
/// Errors: [#vector] ends with THW-4006 where the texts would be more than one vector holds.
public final class CodedText extends Coded {
    /// What offsets of 32 bits reach.
    private static final long BYTES_MAX = Integer.MAX_VALUE - 16;

    private final TextDictionary dictionary;

    /// @param codes by physical row, the first `rows` are used; they must not change any more
    /// @param hasNulls whether there may be a [#NULL] in a row that a batch has
    /// @param dictionary taken over
    public CodedText(int[] codes, int rows, boolean hasNulls, TextDictionary dictionary) {
        super(codes, rows, hasNulls);
        this.dictionary = dictionary;
    }

    @Override
    public TextDictionary dictionary() {
        return dictionary;
    }

    @Override
    public CodedText choose(int[] others, int count, boolean anyNull) {
        return new CodedText(others, count, anyNull, dictionary.retain());
    }

    @Override
    FieldVector decode() {
        BaseVariableWidthVector texts = dictionary.values();
        long bytes = textBytes(texts.getOffsetBufferAddress());
        if (bytes > BYTES_MAX) {
            throw new InvalidQuery("THW-4006", String.format(Locale.ROOT,
                    "The column '%s' of one batch would hold %,d bytes of text; 2 GiB is the most. Make smaller triggers (maxFilesPerTrigger).",
                    texts.getName(), bytes));
        }
        BaseVariableWidthVector vector = (BaseVariableWidthVector) texts.getField().createVector(texts.getAllocator());
        try {
            vector.allocateNew(Math.max(1, bytes), Math.max(1, rows()));
            copy(texts.getOffsetBufferAddress(), texts.getDataBufferAddress(), vector);
        } catch (RuntimeException e) {
            vector.close(); // one of its buffers may have fitted
            throw e;
        }
        vector.setLastSet(rows() - 1);
        vector.setValueCount(rows());
        return vector;
    }

    private long textBytes(long offsets) {
        int[] codes = codes();
        long bytes = 0;
        for (int row = 0; row < rows(); row++) {
            int code = codes[row];
            bytes += code < 0 ? 0 : Memory.getInt(offsets + 4L * code + 4) - Memory.getInt(offsets + 4L * code);
        }
        return bytes;
    }

    private void copy(long offsets, long data, FieldVector into) {
        long validity = into.getValidityBufferAddress();
        long ends = into.getOffsetBufferAddress();
        long to = into.getDataBufferAddress();
        int[] codes = codes();
        int end = 0;
        Memory.putInt(ends, 0);
        for (int row = 0; row < rows(); row++) {
            int code = codes[row];
            Memory.putBit(validity, row, code >= 0);
            if (code >= 0) {
                int start = Memory.getInt(offsets + 4L * code);
                int bytes = Memory.getInt(offsets + 4L * code + 4) - start;
                Memory.copyFew(data + start, to + end, bytes);
                end += bytes;
            }
            Memory.putInt(ends + 4L * (row + 1), end);
        }
    }
}
