package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/// Writes each row as a JSON object on a line of its own.
public final class JsonEncoder implements RowEncoder {
    private final RowType type;
    private final int[] columns;
    private final byte[][] names;
    private final JsonText text;
    private final boolean ignoreNullFields;

    /// @param type of the batches
    /// @param columns which of its columns are written
    public JsonEncoder(RowType type, List<Integer> columns, JsonOptions options) {
        this.type = type;
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.names = columns.stream().map(c -> JsonText.name(type.field(c).name())).toArray(byte[][]::new);
        this.text = new JsonText(options);
        this.ignoreNullFields = options.ignoreNullFields();
    }

    @Override
    public void encode(Batch batch, int from, int to, TextBuffer out) {
        for (int row = from; row < to; row++) {
            encode(batch, batch.physical(row), out);
        }
    }

    private void encode(Batch batch, int row, TextBuffer out) {
        out.put('{');
        boolean first = true;
        for (int i = 0; i < columns.length; i++) {
            FieldVector vector = batch.vector(columns[i]);
            if (ignoreNullFields && vector.isNull(row)) {
                continue;
            }
            if (!first) {
                out.put(',');
            }
            first = false;
            out.put(names[i]);
            text.write(vector, row, type.type(columns[i]), out);
        }
        out.put('}').put('\n');
    }
}
