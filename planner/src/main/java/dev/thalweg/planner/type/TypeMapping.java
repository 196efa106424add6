package dev.thalweg.planner.type;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeFieldImpl;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ArraySqlType;
import org.apache.calcite.sql.type.MapSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/// Our types as Calcite's and back, exactly: a type that goes there and back is the same, nested nullability included.
public final class TypeMapping {
    private TypeMapping() {}

    public static RelDataType rel(RelDataTypeFactory types, RowType row) {
        return types.createStructType(StructKind.FULLY_QUALIFIED,
                row.fields().stream().map(field -> rel(types, field.type(), field.nullable())).toList(), row.names());
    }

    public static RelDataType rel(RelDataTypeFactory types, DataType type, boolean nullable) {
        return switch (type) {
            case DataType.Simple simple -> types.createTypeWithNullability(simple(types, simple), nullable);
            case DataType.Decimal(int precision, int scale) -> types.createTypeWithNullability(
                    types.createSqlType(SqlTypeName.DECIMAL, precision, scale), nullable);
            case DataType.ArrayOf(DataType element, boolean containsNull) ->
                    new ArraySqlType(rel(types, element, containsNull), nullable);
            case DataType.MapOf(DataType key, DataType value, boolean valueContainsNull) ->
                    new MapSqlType(rel(types, key, false), rel(types, value, valueContainsNull), nullable);
            case DataType.Struct(RowType row) -> struct(row, types, nullable);
        };
    }

    private static RelDataType simple(RelDataTypeFactory types, DataType.Simple type) {
        return switch (type) {
            case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> types.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> types.createSqlType(SqlTypeName.SMALLINT);
            case INT -> types.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> types.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
            case STRING -> types.createSqlType(SqlTypeName.VARCHAR);
            case BINARY -> types.createSqlType(SqlTypeName.VARBINARY);
            case DATE -> types.createSqlType(SqlTypeName.DATE);
            case TIMESTAMP ->
                    types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, SqlTypeSystem.TIMESTAMP_DIGITS);
            case TIMESTAMP_NTZ -> types.createSqlType(SqlTypeName.TIMESTAMP, SqlTypeSystem.TIMESTAMP_DIGITS);
            case TIME -> types.createSqlType(SqlTypeName.TIME, SqlTypeSystem.TIMESTAMP_DIGITS);
            case INTERVAL_DAY_TIME ->
                    types.createSqlIntervalType(
                            new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
            case INTERVAL_YEAR_MONTH ->
                    types.createSqlIntervalType(
                            new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO));
            case VOID -> types.createSqlType(SqlTypeName.NULL);
        };
    }

    private static RelDataType struct(RowType row, RelDataTypeFactory types, boolean nullable) {
        List<RelDataTypeField> fields = new ArrayList<>();
        for (Field field : row.fields()) {
            fields.add(new RelDataTypeFieldImpl(field.name(), fields.size(),
                    rel(types, field.type(), field.nullable())));
        }
        return new StructType(fields, nullable);
    }

    public static RowType rowType(RelDataType row) {
        return new RowType(row.getFieldList().stream().map(
                field -> new Field(field.getName(), dataType(field.getType()), field.getType().isNullable())).toList());
    }

    public static DataType dataType(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> DataType.Simple.BOOLEAN;
            case TINYINT -> DataType.Simple.TINYINT;
            case SMALLINT -> DataType.Simple.SMALLINT;
            case INTEGER -> DataType.Simple.INT;
            case BIGINT -> DataType.Simple.BIGINT;
            case REAL -> DataType.Simple.FLOAT;
            case FLOAT, DOUBLE -> DataType.Simple.DOUBLE;
            case CHAR, VARCHAR -> DataType.Simple.STRING;
            case BINARY, VARBINARY -> DataType.Simple.BINARY;
            case DATE -> DataType.Simple.DATE;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> DataType.Simple.TIMESTAMP;
            case TIMESTAMP -> DataType.Simple.TIMESTAMP_NTZ;
            case TIME -> DataType.Simple.TIME;
            case NULL, ANY, UNKNOWN -> DataType.Simple.VOID;
            case DECIMAL -> new DataType.Decimal(type.getPrecision(), Math.min(type.getScale(), type.getPrecision()));
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> DataType.Simple.INTERVAL_YEAR_MONTH;
            case INTERVAL_DAY, INTERVAL_DAY_HOUR, INTERVAL_DAY_MINUTE, INTERVAL_DAY_SECOND, INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE, INTERVAL_HOUR_SECOND, INTERVAL_MINUTE, INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND ->
                    DataType.Simple.INTERVAL_DAY_TIME;
            case ARRAY, MULTISET -> {
                RelDataType element = java.util.Objects.requireNonNull(type.getComponentType());
                yield new DataType.ArrayOf(dataType(element), element.isNullable());
            }
            case MAP -> {
                RelDataType value = java.util.Objects.requireNonNull(type.getValueType());
                yield new DataType.MapOf(dataType(java.util.Objects.requireNonNull(type.getKeyType())),
                        dataType(value), value.isNullable());
            }
            case ROW, STRUCTURED -> new DataType.Struct(rowType(type));
            default -> throw new IllegalArgumentException("no type of ours: " + type);
        };
    }
}
