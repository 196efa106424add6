package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.Binding;
import dev.thalweg.planner.function.EngineFunction;
import dev.thalweg.planner.incremental.MatchPattern;
import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.spi.data.DataType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/// Marks, while a query is converted, where rows are matched: `WHERE $match(partition…, order…)` over a SELECT of the input's
/// columns, the conditions of DEFINE and the measures.
final class MatchMark extends EngineFunction {
    private final Clauses clauses;

    /// @param name of its own: operators are told apart by it
    MatchMark(String name, Clauses clauses) {
        super(name, arguments -> new Binding("$match", arguments.stream().map(a -> a.type()).toList(),
                DataType.Simple.BOOLEAN, false), (_, _, _, _) -> {
                    throw new IllegalStateException("the mark of a match makes itself");
                }, true);
        this.clauses = clauses;
    }

    /// What the operands and the columns of the SELECT below are.
    ///
    /// @param pattern whose variables have no conditions yet
    /// @param partitions how many operands are PARTITION BY; the others are ORDER BY
    /// @param order of each column of ORDER BY
    /// @param defined the variable of each condition; behind the conditions come the measures
    record Clauses(MatchPattern pattern, int partitions, List<Direction> order, List<Integer> defined, int measures) {}

    Clauses clauses() {
        return clauses;
    }

    @Override
    public RexNode toRex(RexBuilder rex, List<RexNode> operands,
            @org.jspecify.annotations.Nullable RelDataType validated) {
        return rex.makeCall(
                dev.thalweg.planner.type.TypeMapping.rel(rex.getTypeFactory(), DataType.Simple.BOOLEAN, false), this,
                operands);
    }
}
