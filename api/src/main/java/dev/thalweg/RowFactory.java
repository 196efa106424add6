package dev.thalweg;

import dev.thalweg.types.StructType;
import org.jspecify.annotations.Nullable;

/// Makes rows, for `createDataFrame` and tests.
public final class RowFactory {
    private RowFactory() {}

    public static Row create(@Nullable Object... values) {
        return new GenericRow(values, new StructType());
    }
}
