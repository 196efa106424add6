package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// What is left of rows whose key is kept as well: the columns that are not in the key, and those of the key that are nested or may
/// look otherwise than they compare, bit for bit. **Part of the checkpoint format.**
///
/// Thread: one task. What [#encode] returns is valid until the next call.
public final class RestOfRows implements AutoCloseable {
    private final KeyEncoder encoder;
    private final KeyDecoder keyDecoder;
    private final KeyDecoder restDecoder;
    private final int keyColumns;
    /// Where each column of the row is: a place in the key, or behind all of them one in the rest.
    private final int[] places;

    private RestOfRows(RowType row, List<Integer> key, KeyLayout keyLayout, boolean inOrder,
            BufferAllocator allocator) {
        List<Integer> rest = new ArrayList<>();
        this.keyColumns = key.size();
        this.places = new int[row.size()];
        for (int i = 0; i < places.length; i++) {
            if (isInKey(row, i, key)) {
                places[i] = key.indexOf(i);
            } else {
                places[i] = keyColumns + (inOrder ? i : rest.size());
                rest.add(i);
            }
        }
        this.encoder = inOrder
                ? KeyEncoder.verbatimInPlace(row, rest, allocator)
                : KeyEncoder.verbatim(row, rest, allocator);
        this.keyDecoder = new KeyDecoder(keyLayout);
        this.restDecoder = new KeyDecoder(encoder.layout());
    }

    /// As few bytes as there can be.
    ///
    /// @param key columns of `row`
    /// @param keyLayout of the key
    public static RestOfRows of(RowType row, List<Integer> key, KeyLayout keyLayout, BufferAllocator allocator) {
        return new RestOfRows(row, key, keyLayout, false, allocator);
    }

    /// The rests of rows of one key lie in the order in which the whole rows would, as [RowCodec] writes them: the null bits that
    /// are left stay where they are.
    ///
    /// @param key columns of `row`
    /// @param keyLayout of the key
    public static RestOfRows inOrder(RowType row, List<Integer> key, KeyLayout keyLayout, BufferAllocator allocator) {
        return new RestOfRows(row, key, keyLayout, true, allocator);
    }

    private static boolean isInKey(RowType row, int column, List<Integer> key) {
        return key.contains(column) && row.type(column).isExact();
    }

    /// Every row of the batch; the hashes are not set.
    public EncodedKeys encode(Batch batch) {
        return encoder.encode(batch);
    }

    /// Some rows of the batch; the hashes are not set.
    ///
    /// @param rows physical row numbers, of which the first `count` are used
    public EncodedKeys encode(Batch batch, int[] rows, int count) {
        return encoder.encode(batch, rows, count);
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
