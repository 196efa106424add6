package dev.thalweg.planner.logical;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Never computes a cast: Calcite would cast a constant with its own arithmetic, in milliseconds and with padding.
final class EngineRexBuilder extends RexBuilder {
    EngineRexBuilder(RelDataTypeFactory types) {
        super(types);
    }

    @Override
    @SuppressWarnings("NullAway") // Calcite passes null for "no format"
    public RexNode makeCast(SqlParserPos place, RelDataType type, RexNode value, boolean matchNullability, boolean safe,
            @Nullable RexLiteral format) {
        if (value instanceof RexLiteral literal && (literal.isNull() || literal.getType().equals(type))) {
            return super.makeCast(place, type, value, matchNullability, safe, format);
        }
        RelDataType wanted = matchNullability
                ? type
                : getTypeFactory().createTypeWithNullability(type, value.getType().isNullable());
        return makeAbstractCast(place, wanted, value, safe, format);
    }
}
