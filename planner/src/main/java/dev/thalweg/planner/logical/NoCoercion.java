package dev.thalweg.planner.logical;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercion;
import org.jspecify.annotations.Nullable;

/// Casts nothing: our functions cast their own arguments, by Spark's rules and not Calcite's. It only says what the columns of a
/// USING have in common.
final class NoCoercion implements TypeCoercion {
    private final RelDataTypeFactory types;

    NoCoercion(RelDataTypeFactory types) {
        this.types = types;
    }

    @Override
    public @Nullable RelDataType commonTypeForBinaryComparison(@Nullable RelDataType left,
            @Nullable RelDataType right) {
        return left == null || right == null || SqlTypeUtil.equalSansNullability(types, left, right)
                ? null
                : types.leastRestrictive(List.of(left, right));
    }

    @Override
    public @Nullable RelDataType getTightestCommonType(@Nullable RelDataType left, @Nullable RelDataType right) {
        return left == null || right == null ? null : types.leastRestrictive(List.of(left, right));
    }

    @Override
    public @Nullable RelDataType getWiderTypeForTwo(@Nullable RelDataType left, @Nullable RelDataType right,
            boolean stringPromotion) {
        return getTightestCommonType(left, right);
    }

    @Override
    public @Nullable RelDataType getWiderTypeFor(List<RelDataType> all, boolean stringPromotion) {
        return types.leastRestrictive(all);
    }

    @Override
    public @Nullable RelDataType getWiderTypeForDecimal(@Nullable RelDataType left, @Nullable RelDataType right) {
        return getTightestCommonType(left, right);
    }

    @Override
    public boolean rowTypeCoercion(@Nullable SqlValidatorScope scope, SqlNode query, int column, RelDataType type) {
        return false;
    }

    @Override
    public boolean inOperationCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean quantifyOperationCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean binaryComparisonCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    @SuppressWarnings("deprecation") // Calcite still asks for it
    public boolean caseWhenCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean caseOrEquivalentCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean builtinFunctionCoercion(SqlCallBinding binding, List<RelDataType> operands,
            List<SqlTypeFamily> families) {
        return false;
    }

    @Override
    public boolean userDefinedFunctionCoercion(SqlValidatorScope scope, SqlCall call, SqlFunction function) {
        return false;
    }

    @Override
    public boolean querySourceCoercion(@Nullable SqlValidatorScope scope, RelDataType from, RelDataType to,
            SqlNode query) {
        return false;
    }
}
