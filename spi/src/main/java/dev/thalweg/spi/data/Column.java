package dev.thalweg.spi.data;

import org.apache.arrow.vector.FieldVector;

/// A column of a [Batch], in one of the forms that values have in memory.
///
/// Whoever does not care asks for [#vector] and has plain values; a hot loop that gains by it asks which form it is.
///
/// **Thread** may be read by many.
public sealed interface Column extends AutoCloseable permits Column.Plain, Coded, OneValue {
    /// The values, each in its place: where they are coded, made when first asked for, and kept.
    FieldVector vector();

    /// Whether any value may be NULL.
    boolean hasNulls();

    /// The bytes it holds, for accounting.
    long bytes();

    @Override
    void close();

    static Column of(FieldVector vector) {
        return new Plain(vector);
    }

    /// Each value in its place.
    record Plain(FieldVector vector) implements Column {
        @Override
        public boolean hasNulls() {
            return VectorValues.hasNulls(vector);
        }

        @Override
        public long bytes() {
            return VectorValues.bytes(vector);
        }

        @Override
        public void close() {
            vector.close();
        }
    }
}
