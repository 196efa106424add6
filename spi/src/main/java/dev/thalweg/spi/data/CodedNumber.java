package dev.thalweg.spi.data;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/// A column of values of 4 or 8 bytes, such as numbers and times, that a [NumberDictionary] holds.
public final class CodedNumber extends Coded {
    private final NumberDictionary dictionary;

    /// @param codes by physical row, the first `rows` are used; they must not change any more
    /// @param hasNulls whether there may be a [#NULL] in a row that a batch has
    /// @param dictionary taken over
    public CodedNumber(int[] codes, int rows, boolean hasNulls, NumberDictionary dictionary) {
        super(codes, rows, hasNulls);
        this.dictionary = dictionary;
    }

    @Override
    public NumberDictionary dictionary() {
        return dictionary;
    }

    @Override
    public CodedNumber choose(int[] others, int count, boolean anyNull) {
        return new CodedNumber(others, count, anyNull, dictionary.retain());
    }

    @Override
    FieldVector decode() {
        BaseFixedWidthVector values = dictionary.values();
        BaseFixedWidthVector vector = (BaseFixedWidthVector) values.getField().createVector(values.getAllocator());
        FixedWidth.allocateAll(vector, rows());
        copy(values.getDataBufferAddress(), vector.getDataBufferAddress(), values.getTypeWidth());
        for (int row = 0; row < rows() && hasNulls(); row++) {
            if (codes()[row] < 0) {
                vector.setNull(row);
            }
        }
        return vector;
    }

    /// In the place of a NULL lies the first value.
    private void copy(long from, long to, int width) {
        int[] codes = codes();
        int rows = rows();
        if (width == Integer.BYTES) {
            for (int row = 0; row < rows; row++) {
                Memory.putInt(to + 4L * row, Memory.getInt(from + 4L * Math.max(0, codes[row])));
            }
        } else {
            for (int row = 0; row < rows; row++) {
                Memory.putLong(to + 8L * row, Memory.getLong(from + 8L * Math.max(0, codes[row])));
            }
        }
    }
}
