package dev.thalweg.spi.data;

import dev.thalweg.spi.error.Defect;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// The unit of data: an immutable, reference-counted set of rows in columns, with an optional selection and weights.
///
/// Row `i` of the batch (`0 <= i < rowCount`) is row `physical(i)` of each vector. Without a selection that is `i` itself.
/// The weight of a row says how often it is there: +n inserts, -n deletes; a batch without weights holds each row once.
/// Weights lie beside the vectors, so they too are read at `physical(i)`.
///
/// **Thread** A batch may be read by many threads. Each consumer gets one reference and closes it exactly once; the last
/// close frees the buffers.
public final class Batch implements AutoCloseable {
    private final RowType type;
    private final List<FieldVector> vectors;
    private final int vectorRows;
    private final int @Nullable [] selection;
    private final int rowCount;
    private final @Nullable BigIntVector weights;
    private final AtomicInteger references;
    private final @Nullable Batch owner;
    private final List<FieldVector> owned;

    private Batch(RowType type, List<FieldVector> vectors, int vectorRows, int @Nullable [] selection, int rowCount,
            @Nullable BigIntVector weights, @Nullable Batch owner, List<FieldVector> owned) {
        this.type = type;
        this.vectors = List.copyOf(vectors);
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
        return new Batch(type, vectors, rowCount, null, rowCount, null, null, vectors);
    }

    /// Takes over the vectors and the weights, one a row.
    public static Batch of(RowType type, List<FieldVector> vectors, int rowCount, @Nullable BigIntVector weights) {
        return new Batch(type, vectors, rowCount, null, rowCount, weights, null, vectors);
    }

    /// A view of some rows, in the order given. Takes over the caller's reference to this batch.
    ///
    /// @param rows physical row numbers; the first `count` are used, and the array is the view's from now on
    public Batch select(int[] rows, int count) {
        return new Batch(type, vectors, vectorRows, rows, count, weights, this, List.of());
    }

    /// A view with other columns: `columns[i]` of this batch becomes column `i`. Takes over the caller's reference.
    public Batch project(RowType projected, List<Integer> columns) {
        return new Batch(projected, columns.stream().map(vectors::get).toList(), vectorRows, selection, rowCount,
                weights, this, List.of());
    }

    /// A view with other columns: some of this batch's beside new ones, whose values lie at the same physical rows. Takes
    /// over the caller's reference and the new vectors.
    ///
    /// @param columns every column of the view
    /// @param added those of them that are new
    public Batch extend(RowType extended, List<FieldVector> columns, List<FieldVector> added) {
        return new Batch(extended, columns, vectorRows, selection, rowCount, weights, this, added);
    }

    /// The same rows, each there once: a view without weights. Takes over the caller's reference.
    public Batch once() {
        return new Batch(type, vectors, vectorRows, selection, rowCount, null, this, List.of());
    }

    /// The same rows with other weights, which lie at the same physical rows. Takes over the caller's reference and the
    /// weights.
    public Batch weighted(BigIntVector other) {
        return new Batch(type, vectors, vectorRows, selection, rowCount, other, this, List.of(other));
    }

    public RowType type() {
        return type;
    }

    public int rowCount() {
        return rowCount;
    }

    public int columnCount() {
        return vectors.size();
    }

    public FieldVector vector(int column) {
        return vectors.get(column);
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
        owned.forEach(FieldVector::close);
        if (owner != null) {
            owner.close();
            return;
        }
        if (weights != null) {
            weights.close();
        }
    }
}
