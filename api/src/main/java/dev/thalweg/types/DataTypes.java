package dev.thalweg.types;

import dev.thalweg.spi.data.DataType.Simple;
import java.util.List;

/// The types by name, and factories of those that have parts.
public final class DataTypes {
    public static final DataType BooleanType = AtomicType.of(Simple.BOOLEAN);
    public static final DataType ByteType = AtomicType.of(Simple.TINYINT);
    public static final DataType ShortType = AtomicType.of(Simple.SMALLINT);
    public static final DataType IntegerType = AtomicType.of(Simple.INT);
    public static final DataType LongType = AtomicType.of(Simple.BIGINT);
    public static final DataType FloatType = AtomicType.of(Simple.FLOAT);
    public static final DataType DoubleType = AtomicType.of(Simple.DOUBLE);
    public static final DataType StringType = AtomicType.of(Simple.STRING);
    public static final DataType BinaryType = AtomicType.of(Simple.BINARY);
    public static final DataType DateType = AtomicType.of(Simple.DATE);
    public static final DataType TimestampType = AtomicType.of(Simple.TIMESTAMP);
    public static final DataType TimestampNTZType = AtomicType.of(Simple.TIMESTAMP_NTZ);
    public static final DataType TimeType = AtomicType.of(Simple.TIME);
    public static final DataType NullType = AtomicType.of(Simple.VOID);

    private DataTypes() {}

    public static DecimalType createDecimalType(int precision, int scale) {
        return new DecimalType(precision, scale);
    }

    public static DecimalType createDecimalType() {
        return new DecimalType(10, 0);
    }

    public static ArrayType createArrayType(DataType elementType) {
        return new ArrayType(elementType, true);
    }

    public static ArrayType createArrayType(DataType elementType, boolean containsNull) {
        return new ArrayType(elementType, containsNull);
    }

    public static MapType createMapType(DataType keyType, DataType valueType) {
        return new MapType(keyType, valueType, true);
    }

    public static MapType createMapType(DataType keyType, DataType valueType, boolean valueContainsNull) {
        return new MapType(keyType, valueType, valueContainsNull);
    }

    public static StructField createStructField(String name, DataType dataType, boolean nullable) {
        return new StructField(name, dataType, nullable);
    }

    public static StructType createStructType(StructField[] fields) {
        return new StructType(fields);
    }

    public static StructType createStructType(List<StructField> fields) {
        return new StructType(fields);
    }
}
