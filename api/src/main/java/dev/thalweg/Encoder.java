package dev.thalweg;

import dev.thalweg.types.StructType;
import org.jspecify.annotations.Nullable;

/// Between objects of a class and values of SQL; [Encoders] makes them.
public sealed interface Encoder<T extends @Nullable Object> permits EngineEncoder {
    /// The columns that an object becomes; one called `value` where it is a single value.
    StructType schema();
}
