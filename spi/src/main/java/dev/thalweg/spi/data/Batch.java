package dev.thalweg.spi.data;

import dev.thalweg.spi.error.Defect;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// The unit of data: an immutable, reference-counted set of rows in columns, with an optional selection and weights.
///
/// Row `i` of the batch (`0 <= i < rowCount`) is row `physical(i)` of each column. Without a selection that is `i` itself.
/// The weight of a row says how often it is there: +n inserts, -n deletes; a batch without weights holds each row once.
/// Weights lie beside the vectors, so they too are read at `physical(i)`.
///
/// **Thread** A batch may be read by many threads. Each consumer gets one reference and closes it exactly once; the last
/// close frees the buffers.
public final class Batch implements AutoCloseable {
    private final RowType type;
    private final List<Column> columns;
    private final int vectorRows;
    private final int @Nullable [] selection;
    private final int rowCount;
    private final @Nullable BigIntVector weights;
    private final AtomicInteger references;
    private final @Nullable Batch owner;
    private final List<Column> owned;

    private Batch(RowType type, List<Column> columns, int vectorRows, int @Nullable [] selection, int rowCount,
            @Nullable BigIntVector weights, @Nullable Batch owner, List<Column> owned) {
        this.type = type;
        this.columns = List.copyOf(columns);
        this.vectorRows = vectorRows;
        this.selection = selection;
        this.rowCount = rowCount;
        this.weights = weights;
        this.owner = owner;
        this.owned = List.copyOf(owned);
        this.references = new AtomicInteger(1);
    }

    /// Takes over the vectors, which hold `rowCount` rows each.
    public static Batch of(RowType type, List<FieldVector> vectors, int rowCount) {
        return of(type, vectors, rowCount, null);
    }

    /// Takes over the vectors and the weights, one a row.
    public static Batch of(RowType type, List<FieldVector> vectors, int rowCount, @Nullable BigIntVector weights) {
        return ofColumns(type, vectors.stream().map(Column::of).toList(), rowCount, weights);
    }

    /// Takes over the columns and the weights, one a row.
    public static Batch ofColumns(RowType type, List<Column> columns, int rowCount, @Nullable BigIntVector weights) {
        return new Batch(type, columns, rowCount, null, rowCount, weights, null, columns);
    }

    /// A view of some rows, in the order given. Takes over the caller's reference to this batch.
    ///
    /// @param rows physical row numbers; the first `count` are used, and the array is the view's from now on
    public Batch select(int[] rows, int count) {
        return new Batch(type, columns, vectorRows, rows, count, weights, this, List.of());
    }

    /// A view with other columns: `chosen[i]` of this batch becomes column `i`. Takes over the caller's reference.
    public Batch project(RowType projected, List<Integer> chosen) {
        return new Batch(projected, chosen.stream().map(columns::get).toList(), vectorRows, selection, rowCount,
                weights, this, List.of());
    }

    /// A view with other columns: some of this batch's beside new ones, whose values lie at the same physical rows. Takes
    /// over the caller's reference and the new columns.
    ///
    /// @param all every column of the view
    /// @param added those of them that are new
    public Batch extend(RowType extended, List<Column> all, List<Column> added) {
        return new Batch(extended, all, vectorRows, selection, rowCount, weights, this, added);
    }

    /// The same rows, each there once: a view without weights. Takes over the caller's reference.
    public Batch once() {
        return new Batch(type, columns, vectorRows, selection, rowCount, null, this, List.of());
    }

    /// The same rows with other weights, which lie at the same physical rows. Takes over the caller's reference and the
    /// weights.
    public Batch weighted(BigIntVector other) {
        return new Batch(type, columns, vectorRows, selection, rowCount, other, this, List.of(Column.of(other)));
    }

    public RowType type() {
        return type;
    }

    public int rowCount() {
        return rowCount;
    }

    public int columnCount() {
        return columns.size();
    }

    public Column column(int column) {
        return columns.get(column);
    }

    /// The values of a column, each in its place, whatever form it has: [Column#vector].
    public FieldVector vector(int column) {
        return columns.get(column).vector();
    }

    /// How many rows the vectors hold, selected or not.
    public int vectorRows() {
        return vectorRows;
    }

    public boolean hasSelection() {
        return selection != null;
    }

    public int physical(int row) {
        return selection == null ? row : selection[row];
    }

    /// The selected physical rows (the first `rowCount` entries), or null when all rows are there in order.
    public int @Nullable [] selection() {
        return selection;
    }

    public boolean hasWeights() {
        return weights != null;
    }

    public @Nullable BigIntVector weights() {
        return weights;
    }

    public long weight(int row) {
        return weights == null ? 1 : weights.get(physical(row));
    }

    /// One more reference, for one more consumer.
    public Batch retain() {
        if (references.getAndIncrement() <= 0) {
            throw new Defect("THW-9001", "A batch was used after its last reference was closed.");
        }
        return this;
    }

    @Override
    public void close() {
        int left = references.decrementAndGet();
        if (left < 0) {
            throw new Defect("THW-9002", "A batch was closed more often than it was referenced.");
        }
        if (left == 0) {
            free();
        }
    }

    private void free() {
        owned.forEach(Column::close);
        if (owner != null) {
            owner.close();
            return;
        }
        if (weights != null) {
            weights.close();
        }
    }
}
