package dev.thalweg.parser.tree;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlMapTypeNameSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlRowTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/// Writes a type as the second operand of a CAST.
public final class TypeSpecs {
    private static final int MICROS = 6;

    private TypeSpecs() {}

    /// A `SqlDataTypeSpec`; for an interval, which Calcite does not count among those, a `SqlIntervalQualifier`.
    public static SqlNode castTarget(DataType type, SqlParserPos position) {
        if (type == Simple.INTERVAL_DAY_TIME) {
            return new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, position);
        }
        if (type == Simple.INTERVAL_YEAR_MONTH) {
            return new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, position);
        }
        return of(type, position);
    }

    public static SqlDataTypeSpec of(DataType type, SqlParserPos position) {
        return new SqlDataTypeSpec(name(type, position), position);
    }

    /// The type as a user writes it, such as `ARRAY<STRING>`.
    public static String text(SqlDataTypeSpec type) {
        return text(type.getTypeNameSpec());
    }

    private static String text(SqlTypeNameSpec name) {
        return switch (name) {
            case SqlCollectionTypeNameSpec array -> "ARRAY<" + text(array.getElementTypeName()) + ">";
            case SqlMapTypeNameSpec map -> "MAP<" + text(map.getKeyType()) + ", " + text(map.getValType()) + ">";
            case SqlRowTypeNameSpec row -> IntStream.range(0, row.getArity())
                    .mapToObj(i -> row.getFieldNames().get(i).getSimple() + ": " + text(row.getFieldTypes().get(i)))
                    .collect(Collectors.joining(", ", "STRUCT<", ">"));
            case SqlBasicTypeNameSpec decimal when decimal.getScale() >= 0 ->
                    "DECIMAL(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
            default -> new SqlDataTypeSpec(name, name.getParserPos()).toString().replace("`", "");
        };
    }

    private static SqlTypeNameSpec name(DataType type, SqlParserPos position) {
        return switch (type) {
            case Simple simple -> simple(simple, position);
            case DataType.Decimal(int precision, int scale) ->
                    new SqlBasicTypeNameSpec(SqlTypeName.DECIMAL, precision, scale, position);
            case DataType.ArrayOf(DataType element, boolean containsNull) ->
                    new SqlCollectionTypeNameSpec(name(element, position), containsNull, SqlTypeName.ARRAY, position);
            case DataType.MapOf(DataType key, DataType value, boolean valueContainsNull) -> new SqlMapTypeNameSpec(
                    of(key, position).withNullable(false), of(value, position).withNullable(valueContainsNull),
                    position);
            case DataType.Struct(RowType row) -> struct(row, position);
        };
    }

    private static SqlTypeNameSpec struct(RowType row, SqlParserPos position) {
        List<SqlIdentifier> names = row.names().stream().map(name -> new SqlIdentifier(name, position)).toList();
        List<SqlDataTypeSpec> types = row.fields().stream().map(field -> field(field, position)).toList();
        return new SqlRowTypeNameSpec(position, names, types);
    }

    private static SqlDataTypeSpec field(Field field, SqlParserPos position) {
        return of(field.type(), position).withNullable(field.nullable());
    }

    /// Each prints as Spark writes it. STRING and BINARY ask for the longest there is; the type system says how long.
    private static SqlTypeNameSpec simple(Simple type, SqlParserPos position) {
        return switch (type) {
            case BOOLEAN -> named(type, SqlTypeName.BOOLEAN, position);
            case TINYINT -> named(type, SqlTypeName.TINYINT, position);
            case SMALLINT -> named(type, SqlTypeName.SMALLINT, position);
            case INT -> named(type, SqlTypeName.INTEGER, position);
            case BIGINT -> named(type, SqlTypeName.BIGINT, position);
            case FLOAT -> named(type, SqlTypeName.REAL, position);
            case DOUBLE -> named(type, SqlTypeName.DOUBLE, position);
            case DATE -> named(type, SqlTypeName.DATE, position);
            case VOID -> named(type, SqlTypeName.NULL, position);
            case STRING -> sized(type, SqlTypeName.VARCHAR, Integer.MAX_VALUE, position);
            case BINARY -> sized(type, SqlTypeName.VARBINARY, Integer.MAX_VALUE, position);
            case TIMESTAMP -> sized(type, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MICROS, position);
            case TIMESTAMP_NTZ -> sized(type, SqlTypeName.TIMESTAMP, MICROS, position);
            case TIME -> sized(type, SqlTypeName.TIME, MICROS, position);
            case INTERVAL_DAY_TIME -> named(type, SqlTypeName.INTERVAL_DAY_SECOND, position);
            case INTERVAL_YEAR_MONTH -> named(type, SqlTypeName.INTERVAL_YEAR_MONTH, position);
        };
    }

    private static SqlTypeNameSpec named(Simple type, SqlTypeName name, SqlParserPos position) {
        return new SqlAlienSystemTypeNameSpec(type.sql(), name, position);
    }

    private static SqlTypeNameSpec sized(Simple type, SqlTypeName name, int precision, SqlParserPos position) {
        return new SqlAlienSystemTypeNameSpec(type.sql(), name, precision, position);
    }
}
