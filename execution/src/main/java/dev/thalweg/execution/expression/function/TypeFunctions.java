package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.ArgumentTypes;
import dev.thalweg.execution.expression.NullAware;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a value's type is called, and errors that the author asks for.
public final class TypeFunctions {
    private TypeFunctions() {}

    /// In lower case, such as `array<int>`.
    @NullAware
    public static String typeof(ArgumentTypes types, @Nullable Object value) {
        return name(types.arguments().getFirst());
    }

    /// What a type called as a function does once the argument has been cast: nothing.
    public static boolean identity(boolean value) {
        return value;
    }

    public static int identity(int value) {
        return value;
    }

    public static long identity(long value) {
        return value;
    }

    public static float identity(float value) {
        return value;
    }

    public static double identity(double value) {
        return value;
    }

    public static BigDecimal identity(BigDecimal value) {
        return value;
    }

    public static Utf8 identity(Utf8 value) {
        return value;
    }

    private static String name(DataType type) {
        return switch (type) {
            case DataType.ArrayOf array -> "array<" + name(array.element()) + ">";
            case DataType.MapOf map -> "map<" + name(map.key()) + "," + name(map.value()) + ">";
            case DataType.Struct variant when variant.isVariant() -> "variant";
            case DataType.Struct struct -> struct.row().fields().stream().map(TypeFunctions::field)
                    .collect(Collectors.joining(",", "struct<", ">"));
            case DataType.Simple _,DataType.Decimal _ -> type.sql().toLowerCase(Locale.ROOT);
        };
    }

    private static String field(Field field) {
        return field.name() + ":" + name(field.type());
    }

    @NullAware
    public static @Nullable Object assertTrue(@Nullable Boolean condition) {
        return assertTrue(condition, "The condition of assert_true is not true");
    }

    @NullAware
    public static @Nullable Object assertTrue(@Nullable Boolean condition, @Nullable String message) {
        if (condition == null || !condition) {
            throw raised(message);
        }
        return null;
    }

    @NullAware
    @SuppressWarnings("DoNotCallSuggester") // generated code is to call it
    public static @Nullable Object raiseError(@Nullable String message) {
        throw raised(message);
    }

    /// What a subquery that stands for one value comes to when it has more rows.
    @NullAware
    @SuppressWarnings("DoNotCallSuggester") // generated code is to call it
    public static @Nullable Object moreThanOneRow() {
        throw new InvalidQuery("THW-4008", "A subquery that stands for one value gave more than one row."
                + " Aggregate its rows, such as with max(…), or let a condition leave one.");
    }

    private static InvalidQuery raised(@Nullable String message) {
        return new InvalidQuery("THW-4007", message
                + ". The query raises this error itself (assert_true or raise_error): change the data or the condition");
    }

    public static String version() {
        String version = TypeFunctions.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
