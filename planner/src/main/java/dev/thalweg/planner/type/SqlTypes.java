package dev.thalweg.planner.type;

import dev.thalweg.spi.data.DataType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Makes Calcite's types so that each stands for one Spark type: every string is VARCHAR, every interval one of two.
///
/// What columns of a UNION, a VALUES or a USING have in common is what [TypeRules] says, not what Calcite thinks.
public final class SqlTypes extends SqlTypeFactoryImpl {
    private static final SqlIntervalQualifier DAY_TIME = new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND,
            SqlParserPos.ZERO);
    private static final SqlIntervalQualifier YEAR_MONTH = new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH,
            SqlParserPos.ZERO);

    public SqlTypes() {
        super(new SqlTypeSystem());
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name) {
        if (SqlTypeName.INTERVAL_TYPES.contains(name)) {
            return createSqlIntervalType(SqlTypeName.YEAR_INTERVAL_TYPES.contains(name) ? YEAR_MONTH : DAY_TIME);
        }
        return super.createSqlType(varying(name));
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name, int precision) {
        return switch (varying(name)) {
            case VARCHAR -> super.createSqlType(SqlTypeName.VARCHAR, RelDataType.PRECISION_NOT_SPECIFIED);
            case VARBINARY -> super.createSqlType(SqlTypeName.VARBINARY, RelDataType.PRECISION_NOT_SPECIFIED);
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    super.createSqlType(name, SqlTypeSystem.TIMESTAMP_DIGITS);
            default -> super.createSqlType(name, precision);
        };
    }

    private static SqlTypeName varying(SqlTypeName name) {
        return switch (name) {
            case CHAR -> SqlTypeName.VARCHAR;
            case BINARY -> SqlTypeName.VARBINARY;
            default -> name;
        };
    }

    /// There is one type of string: a literal's is no other than a column's.
    @Override
    public RelDataType createTypeWithCharsetAndCollation(RelDataType type, Charset charset, SqlCollation collation) {
        return super.createTypeWithCharsetAndCollation(type, StandardCharsets.UTF_8, SqlCollation.IMPLICIT);
    }

    @Override
    public RelDataType createSqlIntervalType(SqlIntervalQualifier qualifier) {
        return super.createSqlIntervalType(qualifier.isYearMonth() ? YEAR_MONTH : DAY_TIME);
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        if (type instanceof StructType struct) {
            return struct.with(nullable);
        }
        return super.createTypeWithNullability(type, nullable);
    }

    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types) {
        if (types.stream().allMatch(type -> type.isStruct() && !(type instanceof StructType))) {
            return super.leastRestrictive(types); // rows: column by column, under the first one's names
        }
        boolean nullable = false;
        Optional<DataType> common = Optional.empty();
        for (RelDataType type : types) {
            DataType next = TypeMapping.dataType(type);
            nullable |= type.isNullable() || next == DataType.Simple.VOID;
            if (common.isEmpty()) {
                common = Optional.of(next);
            } else {
                common = TypeRules.leastCommon(common.get(), next);
                if (common.isEmpty()) {
                    return null;
                }
            }
        }
        if (common.isEmpty()) {
            return null;
        }
        return TypeMapping.rel(this, common.get(), nullable);
    }
}
