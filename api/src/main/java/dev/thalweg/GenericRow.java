package dev.thalweg;

import dev.thalweg.types.StructType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row that holds its values. Rows are equal when their values are, whatever their schema.
final class GenericRow implements Row {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the values of a row are serializable, whatever the array says
    private final @Nullable Object[] values;
    private final transient StructType schema;

    GenericRow(@Nullable Object[] values, StructType schema) {
        this.values = values.clone();
        this.schema = schema;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public @Nullable Object get(int i) {
        return values[i];
    }

    @Override
    public StructType schema() {
        return schema;
    }

    @Override
    public List<@Nullable Object> toList() {
        return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GenericRow row && Arrays.deepEquals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return "[" + mkString(",") + "]";
    }
}
