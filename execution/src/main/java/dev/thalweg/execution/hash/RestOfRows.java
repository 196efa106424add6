package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// What is left of rows whose key is kept as well: the columns that are not in the key, and those of the key that may look
/// otherwise than they compare, bit for bit. **Part of the checkpoint format.**
///
/// Thread: one task. What [#encode] returns is valid until the next call.
public final class RestOfRows implements AutoCloseable {
    private final RowType rest;
    private final List<Integer> restColumns = new ArrayList<>();
    private final KeyEncoder encoder;
    private final KeyDecoder keyDecoder;
    private final KeyDecoder restDecoder;
    private final int keyColumns;
    /// Where each column of the row is: a place in the key, or behind all of them one in the rest.
    private final int[] places;

    /// @param key columns of `row`
    /// @param keyLayout of the key
    public RestOfRows(RowType row, List<Integer> key, KeyLayout keyLayout, BufferAllocator allocator) {
        this.keyColumns = key.size();
        this.places = new int[row.size()];
        for (int i = 0; i < places.length; i++) {
            int inKey = isReadFromKey(row.type(i)) ? key.indexOf(i) : -1;
            places[i] = inKey >= 0 ? inKey : keyColumns + restColumns.size();
            if (inKey < 0) {
                restColumns.add(i);
            }
        }
        this.rest = row.select(restColumns);
        this.encoder = KeyEncoder.verbatim(rest, allocator);
        this.keyDecoder = new KeyDecoder(keyLayout);
        this.restDecoder = new KeyDecoder(encoder.layout());
    }

    private static boolean isReadFromKey(DataType type) {
        return !type.isNested() && type.looksAsItCompares();
    }

    /// Every row of the batch; the hashes are not set.
    public EncodedKeys encode(Batch batch) {
        try (Batch others = batch.retain().project(rest, restColumns)) {
            return encoder.encode(others);
        }
    }

    /// Some rows of the batch; the hashes are not set.
    ///
    /// @param rows physical row numbers, of which the first `count` are used
    public EncodedKeys encode(Batch batch, int[] rows, int count) {
        try (Batch others = batch.retain().project(rest, restColumns)) {
            return encoder.encode(others, rows, count);
        }
    }

    /// Whether a column of the row is read from its key.
    public boolean isInKey(int column) {
        return places[column] < keyColumns;
    }

    /// One column of `count` rows as a new vector, which the caller owns.
    ///
    /// @param from where each key begins if the column [#isInKey], else what is left of each row
    public FieldVector column(int column, Field field, long[] from, int count, BufferAllocator allocator) {
        return isInKey(column)
                ? keyDecoder.decode(places[column], field, from, count, allocator)
                : restDecoder.decode(places[column] - keyColumns, field, from, count, allocator);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
