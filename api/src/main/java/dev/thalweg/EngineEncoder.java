package dev.thalweg;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.types.StructType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an encoder does: between objects and the engine's values.
///
/// @param type of the value; of an object that has columns, a STRUCT of them
/// @param nullable whether there may be no object
/// @param isFlat whether an object is one value and no row
/// @param toEngine of an object that is there
/// @param toProgram of a value that is not NULL
record EngineEncoder<T extends @Nullable Object>(DataType type, boolean nullable, boolean isFlat,
        Function<Object, Object> toEngine, Function<Object, Object> toProgram) implements Encoder<T> {
    static <T extends @Nullable Object> EngineEncoder<T> of(Encoder<T> encoder) {
        return switch (encoder) {
            case EngineEncoder<T> engine -> engine;
        };
    }

    @Override
    public StructType schema() {
        return StructType.of(row());
    }

    private RowType row() {
        return !isFlat && type instanceof DataType.Struct(RowType row)
                ? row
                : RowType.of(new Field("value", type, nullable));
    }

    @Nullable
    Object encode(@Nullable Object object) {
        return object == null ? null : toEngine.apply(object);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the encoder of T makes objects of T, which may be null where T may
    T decode(@Nullable Object value) {
        return (T) (value == null ? null : toProgram.apply(value));
    }
}
