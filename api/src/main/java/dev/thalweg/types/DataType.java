package dev.thalweg.types;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The type of a column. The constants and factories of [DataTypes] make them.
public abstract sealed class DataType permits AtomicType, DecimalType, ArrayType, MapType, StructType {
    DataType() {}

    /// The engine's own view of this type.
    public abstract dev.thalweg.spi.data.DataType toSpi();

    /// As SQL writes it, in capitals: `ARRAY<INT>`.
    public final String sql() {
        return toSpi().sql();
    }

    /// As `printSchema` writes it: `string`, `long`, `decimal(10,2)`.
    public abstract String typeName();

    /// As SQL writes it, in small letters except for the names of fields: `array<struct<Name:int>>`.
    public String simpleString() {
        return switch (this) {
            case StructType struct -> Arrays.stream(struct.fields())
                    .map(field -> field.name() + ":" + field.dataType().simpleString())
                    .collect(Collectors.joining(",", "struct<", ">"));
            case ArrayType array -> "array<" + array.elementType().simpleString() + ">";
            case MapType map -> "map<" + map.keyType().simpleString() + "," + map.valueType().simpleString() + ">";
            case AtomicType _,DecimalType _ -> sql().toLowerCase(Locale.ROOT);
        };
    }

    public final String catalogString() {
        return simpleString();
    }

    @Override
    public String toString() {
        return sql();
    }

    /// The api's view of an engine type.
    public static DataType of(dev.thalweg.spi.data.DataType type) {
        return switch (type) {
            case dev.thalweg.spi.data.DataType.Simple simple -> AtomicType.of(simple);
            case dev.thalweg.spi.data.DataType.Decimal(int precision, int scale) -> new DecimalType(precision, scale);
            case dev.thalweg.spi.data.DataType.ArrayOf(var element, boolean containsNull) ->
                    new ArrayType(of(element), containsNull);
            case dev.thalweg.spi.data.DataType.MapOf(var key, var value, boolean containsNull) ->
                    new MapType(of(key), of(value), containsNull);
            case dev.thalweg.spi.data.DataType.Struct(var row) -> StructType.of(row);
        };
    }
}
