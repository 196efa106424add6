package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.CodedNumber;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.OneValue;
import org.apache.arrow.vector.FieldVector;

/// Where the texts of some rows of a STRING or BINARY column lie, whichever way the column holds them. A NULL is of length 0.
final class TextRows {
    long[] address = new long[0];
    int[] length = new int[0];

    /// Reads `count` rows, whose numbers begin at `rows[from]`.
    void read(Column column, boolean hasNulls, int[] rows, int from, int count) {
        if (address.length < count) {
            address = new long[Math.max(count, 1024)];
            length = new int[address.length];
        }
        switch (column) {
            case CodedText coded -> coded(coded, rows, from, count);
            case Column.Plain(FieldVector vector) -> plain(vector, hasNulls, rows, from, count);
            case OneValue _,CodedNumber _ -> throw new IllegalArgumentException("no text is held so");
        }
    }

    private void plain(FieldVector vector, boolean hasNulls, int[] rows, int from, int count) {
        if (Slices.isMadeOf(vector)) {
            slices(vector.getDataBufferAddress(), rows, from, count);
        } else {
            texts(vector.getOffsetBufferAddress(), vector.getDataBufferAddress(), rows, from, count);
        }
        if (hasNulls) {
            nulls(vector.getValidityBufferAddress(), rows, from, count);
        }
    }

    private void coded(CodedText column, int[] rows, int from, int count) {
        int[] codes = column.codes();
        long offsets = column.dictionary().values().getOffsetBufferAddress();
        long data = column.dictionary().values().getDataBufferAddress();
        for (int i = 0; i < count; i++) {
            int code = codes[rows[from + i]];
            long entry = offsets + ((long) Math.max(0, code) << 2);
            int start = Memory.getInt(entry);
            address[i] = data + start;
            length[i] = code < 0 ? 0 : Memory.getInt(entry + 4) - start;
        }
    }

    private void slices(long data, int[] rows, int from, int count) {
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            address[i] = Slices.address(data, row);
            length[i] = Slices.length(data, row);
        }
    }

    private void texts(long offsets, long data, int[] rows, int from, int count) {
        for (int i = 0; i < count; i++) {
            long entry = offsets + ((long) rows[from + i] << 2);
            int start = Memory.getInt(entry);
            address[i] = data + start;
            length[i] = Memory.getInt(entry + 4) - start;
        }
    }

    private void nulls(long validity, int[] rows, int from, int count) {
        for (int i = 0; i < count; i++) {
            if (!Memory.getBit(validity, rows[from + i])) {
                length[i] = 0;
            }
        }
    }
}
