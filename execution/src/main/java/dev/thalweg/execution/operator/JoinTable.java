package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

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

    private JoinTable(Batch rows, GroupTable index, int[] first, int[] next, long[] weights) {
        this.rows = rows;
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
    private static void dropNullKeys(Batch batch, List<Integer> keys, int[] physical, int[] ids) {
        for (int key : keys) {
            if (batch.vector(key).getNullCount() > 0) {
                for (int i = 0; i < batch.rowCount(); i++) {
                    if (batch.vector(key).isNull(physical[i])) {
                        ids[i] = NONE;
                    }
                }
            }
        }
    }

    /// The number of each row's key, or [#NONE].
    ///
    /// @param encoder of the same types as the table's keys
    void find(KeyEncoder encoder, Batch batch, List<Integer> keys, int[] physical, int[] ids) {
        index.find(encoder.encode(batch), ids);
        dropNullKeys(batch, keys, physical, ids);
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

    @Override
    public void close() {
        rows.close();
        index.close();
    }
}
