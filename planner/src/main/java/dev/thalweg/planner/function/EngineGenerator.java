package dev.thalweg.planner.function;

import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// A function that makes rows of its arguments, as Calcite's table functions: always on the right of a lateral join.
public final class EngineGenerator extends EngineFunction implements SqlTableFunction {
    EngineGenerator(String name, Binder binder) {
        super(name, binder, EngineGenerator::emit, true);
    }

    /// As Calcite wants it of a table function; the columns are in the row type.
    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createSqlType(SqlTypeName.CURSOR);
    }

    @Override
    public RexNode toRex(RexBuilder rex, List<RexNode> operands, @Nullable RelDataType validated) {
        return super.toRex(rex, operands, null);
    }

    private static RexNode emit(RexBuilder rex, RelDataType type, Binding binding, List<RexNode> arguments) {
        return rex.makeCall(type, FunctionRegistry.planned(binding.name(), true), arguments);
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return binding -> {
            RelDataType type = super.inferReturnType(binding);
            if (!(TypeMapping.dataType(type) instanceof DataType.Struct(RowType row))) {
                throw new Defect("THW-9103", "The generator " + getName() + " gives " + type + ", not rows");
            }
            return TypeMapping.rel(binding.getTypeFactory(), row);
        };
    }
}
