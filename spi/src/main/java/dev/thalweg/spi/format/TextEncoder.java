package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.Batch;
import org.apache.arrow.vector.VarCharVector;

/// Writes one STRING column, a line a row; null is an empty line.
public final class TextEncoder implements RowEncoder {
    private final int column;
    private final byte[] separator;

    public TextEncoder(int column, String separator) {
        this.column = column;
        this.separator = separator.getBytes(UTF_8);
    }

    @Override
    public void encode(Batch batch, int from, int to, TextBuffer out) {
        VarCharVector vector = (VarCharVector) batch.vector(column);
        for (int row = from; row < to; row++) {
            int at = batch.physical(row);
            if (!vector.isNull(at)) {
                out.put(vector.get(at));
            }
            out.put(separator);
        }
    }
}
