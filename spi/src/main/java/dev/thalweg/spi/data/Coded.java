package dev.thalweg.spi.data;

import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A column that says for each row which value of a dictionary it is: what takes one look for each value need not be done for each
/// row.
///
/// Cost: 4 bytes a row. Values are laid side by side only if somebody asks for [#vector], then once, all of them.
public abstract sealed class Coded implements Column permits CodedNumber, CodedText {
    /// The code of a NULL.
    public static final int NULL = -1;

    private final int[] codes;
    private final int rows;
    private final boolean hasNulls;
    private @Nullable FieldVector decoded;

    /// @param codes by physical row, the first `rows` are used; they must not change any more
    /// @param hasNulls whether there may be a [#NULL] in a row that a batch has
    Coded(int[] codes, int rows, boolean hasNulls) {
        this.codes = codes;
        this.rows = rows;
        this.hasNulls = hasNulls;
    }

    /// By physical row; must not be written.
    public final int[] codes() {
        return codes;
    }

    final int rows() {
        return rows;
    }

    public abstract CodeDictionary dictionary();

    /// Other rows with values of the same dictionary, as a new column.
    ///
    /// @param others codes by physical row, the first `count` are used; they must not change any more
    /// @param anyNull whether there may be a [#NULL] in a row that a batch has
    public abstract Coded choose(int[] others, int count, boolean anyNull);

    @Override
    public final boolean hasNulls() {
        return hasNulls;
    }

    @Override
    public final synchronized FieldVector vector() {
        FieldVector vector = decoded;
        if (vector == null) {
            vector = decode();
            decoded = vector;
        }
        return vector;
    }

    /// A new vector of the values.
    abstract FieldVector decode();

    @Override
    public final synchronized long bytes() {
        return 4L * rows + (decoded == null ? 0 : VectorValues.bytes(decoded));
    }

    @Override
    public final synchronized void close() {
        if (decoded != null) {
            decoded.close();
            decoded = null;
        }
        dictionary().close();
    }
}
