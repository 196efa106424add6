package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.OneValue;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.TextDictionary;
import dev.thalweg.state.EncodedKeys;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// The rows of a table that is joined to, found by key: made once, read by every task.
///
/// State: all rows in columns, an index of their keys, and for each key the chain of its rows in order. Rows with a NULL in
/// their key are there for RIGHT and FULL joins only: no key finds them.
/// **Thread** immutable once made; [#first], [#next] and [#rows] may be called by many, [#find] too.
public final class JoinTable implements AutoCloseable {
    static final int NONE = -1;

    private final Batch rows;
    private final GroupTable index;
    private final int[] first;
    private final int[] next;
    private final long[] weights;
    private final boolean hasUniqueKeys;
    /// For each column of texts without NULLs: its rows as codes.
    private final Map<Integer, TextDictionary> dictionaries = new HashMap<>();

    private JoinTable(Batch rows, GroupTable index, int[] first, int[] next, long[] weights) {
        this.rows = rows;
        this.hasUniqueKeys = Arrays.stream(next).allMatch(row -> row == NONE)
                && Arrays.stream(weights).allMatch(weight -> weight == 1);
        for (int column = 0; column < rows.columnCount(); column++) {
            DataType type = rows.type().type(column);
            if ((type == Simple.STRING || type == Simple.BINARY) && !rows.column(column).hasNulls()) {
                dictionaries.put(column, TextDictionary.ofColumn(rows.retain(), column));
            }
        }
        this.index = index;
        this.first = first;
        this.next = next;
        this.weights = weights;
    }

    /// Builds the table once, from all its rows.
    ///
    /// @param batches the whole table; taken over
    /// @param keys columns of the table
    public static JoinTable of(RowType type, List<Batch> batches, List<Integer> keys, BufferAllocator allocator) {
        try (Consolidation distinct = new Consolidation(type, allocator)) {
            if (batches.stream().noneMatch(Batch::hasWeights)) {
                Batch all = Concatenation.of(type, batches, allocator);
                long[] once = new long[all.rowCount()];
                Arrays.fill(once, 1);
                return indexed(all, once, keys, allocator);
            }
            batches.forEach(distinct::add);
            int[] living = distinct.living();
            long[] weights = Arrays.stream(living).mapToLong(distinct::weight).toArray();
            return indexed(distinct.decode(living, living.length), weights, keys, allocator);
        } finally {
            batches.forEach(Batch::close);
        }
    }

    private static JoinTable indexed(Batch rows, long[] weights, List<Integer> keys, BufferAllocator allocator) {
        GroupTable index = new GroupTable(allocator);
        int[] ids = new int[rows.rowCount()];
        try (KeyEncoder encoder = KeyEncoder.of(rows.type(), keys, allocator)) {
            index.findOrInsert(encoder.encode(rows), ids);
        } catch (RuntimeException e) {
            index.close(); // the keys may not fit into the memory beside the rows
            rows.close();
            throw e;
        }
        return chained(rows, index, ids, weights, keys);
    }

    private static JoinTable chained(Batch rows, GroupTable index, int[] ids, long[] weights, List<Integer> keys) {
        int count = rows.rowCount();
        dropNullKeys(rows, keys, new BatchRows().of(rows), ids);
        int[] first = new int[index.size()];
        int[] last = new int[index.size()];
        int[] next = new int[count];
        Arrays.fill(first, NONE);
        Arrays.fill(next, NONE);
        for (int row = 0; row < count; row++) {
            int id = ids[row];
            if (id >= 0) {
                if (first[id] == NONE) {
                    first[id] = row;
                } else {
                    next[last[id]] = row;
                }
                last[id] = row;
            }
        }
        return new JoinTable(rows, index, first, next, weights);
    }

    /// NULL equals nothing, itself included.
    static void dropNullKeys(Batch batch, List<Integer> keys, int[] physical, int[] ids) {
        for (int key : keys) {
            if (batch.column(key).hasNulls()) {
                dropNulls(batch.column(key), physical, batch.rowCount(), ids);
            }
        }
    }

    private static void dropNulls(Column column, int[] physical, int count, int[] ids) {
        switch (column) {
            case Column.Plain(FieldVector vector) -> {
                for (int i = 0; i < count; i++) {
                    ids[i] = vector.isNull(physical[i]) ? NONE : ids[i];
                }
            }
            case Coded coded -> { // its values need not be copied for it
                for (int i = 0; i < count; i++) {
                    ids[i] = coded.codes()[physical[i]] < 0 ? NONE : ids[i];
                }
            }
            case OneValue _ -> Arrays.fill(ids, 0, count, NONE); // it has NULLs, so it is NULL
        }
    }

    /// The number of each key, or [#NONE].
    ///
    /// @param keys encoded as those of the table
    void find(EncodedKeys keys, int[] ids) {
        index.find(keys, ids);
    }

    /// Whether no key has more than one row, once.
    boolean hasUniqueKeys() {
        return hasUniqueKeys;
    }

    /// The first row of a key, or [#NONE]; no row has a key of number [#NONE].
    int first(int id) {
        return id < 0 ? NONE : first[id];
    }

    int next(int row) {
        return next[row];
    }

    long weight(int row) {
        return weights[row];
    }

    Batch rows() {
        return rows;
    }

    /// Some rows of a column, as a new one that the caller closes. Texts are not copied but named by their rows.
    ///
    /// @param chosen physical row numbers, or [Gather#NULL_ROW]; must not change any more
    /// @param hasNulls whether a row that counts may be NULL because none was chosen
    Column rows(int column, Field field, int[] chosen, int count, boolean hasNulls, BufferAllocator allocator) {
        TextDictionary texts = dictionaries.get(column);
        return texts == null
                ? Gather.rows(rows.column(column), field, chosen, count, allocator)
                : new CodedText(chosen, count, hasNulls, texts.retain());
    }

    @Override
    public void close() {
        dictionaries.values().forEach(TextDictionary::close);
        rows.close();
        index.close();
    }
}
