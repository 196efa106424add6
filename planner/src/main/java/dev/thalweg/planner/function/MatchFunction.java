package dev.thalweg.planner.function;

import dev.thalweg.planner.incremental.MatchRow;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Says, while a query is converted, from which rows of a match its operand is taken: `LAST(A.price, 1)`.
///
/// Operators are told apart by name, so the rows are a part of it.
public final class MatchFunction extends EngineFunction {
    /// What is taken from the rows.
    public enum Kind {
        /// The operand, computed for one row.
        COLUMN,
        /// The variable that a row bears.
        CLASSIFIER,
        /// The number of the match.
        NUMBER,
        /// The operand, which is what DEFINE asks of a variable.
        CONDITION,
        /// The operand, an aggregate with OVER, of the rows that bear the variables.
        TOTAL
    }

    private final Kind matchKind;
    private final MatchRow row;

    public MatchFunction(Kind kind, MatchRow row) {
        super("$match_" + kind + " " + row, arguments -> bind(kind, arguments), (_, _, _, _) -> {
            throw new IllegalStateException("a call within a match makes itself");
        }, true);
        matchKind = kind;
        this.row = row;
    }

    public Kind kind() {
        return matchKind;
    }

    public MatchRow row() {
        return row;
    }

    private static Binding bind(Kind kind, List<Argument> arguments) {
        List<DataType> types = arguments.stream().map(Argument::type).toList();
        DataType result = switch (kind) {
            case COLUMN, TOTAL -> types.getFirst();
            case CONDITION -> condition(types.getFirst());
            case CLASSIFIER -> DataType.Simple.STRING;
            case NUMBER -> DataType.Simple.BIGINT;
        };
        return new Binding("$match", types, result, true); // NULL where no row is, and of rows without a match
    }

    private static DataType condition(DataType type) {
        if (type != DataType.Simple.BOOLEAN && type != DataType.Simple.VOID) {
            throw new QueryProblem("THW-1203", "DEFINE asks for a condition, but this is " + TypeRules.a(type) + ".",
                    SqlParserPos.ZERO, "Write a comparison.");
        }
        return DataType.Simple.BOOLEAN;
    }

    @Override
    public RexNode toRex(RexBuilder rex, List<RexNode> operands,
            @org.jspecify.annotations.Nullable RelDataType validated) {
        Binding binding = binder().bind(operands.stream().map(Arguments::of).toList());
        RelDataType type = TypeMapping.rel(rex.getTypeFactory(), binding.result(), binding.nullable());
        return rex.makeCall(Optional.ofNullable(validated).orElse(type), this, operands);
    }
}
