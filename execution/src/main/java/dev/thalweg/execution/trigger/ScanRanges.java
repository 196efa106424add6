package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.Conjuncts;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.source.ColumnRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads off the filters right above a scan what they ask of single columns, so that a source can leave out what would be
/// dropped anyway. The filters stay where they are.
///
/// A condition counts as long as none that may fail stands before it: what is left out would have been dropped before
/// anything could go wrong with it. A declared watermark counts all rows, and stands below the filters: then nothing is
/// asked.
final class ScanRanges {
    private ScanRanges() {}

    /// @param nodes of the plan that the scan is in
    static List<ColumnRange> of(List<PlanNode> nodes, PlanNode.Scan scan) {
        List<ColumnRange> ranges = new ArrayList<>();
        List<PlanNode> above = consumers(nodes, scan);
        while (above.size() == 1 && above.getFirst() instanceof PlanNode.Filter filter) {
            for (Expression condition : Conjuncts.of(filter.condition())) {
                if (Conjuncts.mayFail(condition)) {
                    return ranges;
                }
                range(condition).ifPresent(range -> ranges.add(range.of(scan.columns().get(range.column()))));
            }
            above = consumers(nodes, filter);
        }
        return ranges;
    }

    private static List<PlanNode> consumers(List<PlanNode> nodes, PlanNode node) {
        return nodes.stream().filter(n -> n.inputs().stream().anyMatch(node::isSame)).toList();
    }

    private static Optional<ColumnRange> range(Expression condition) {
        if (!(condition instanceof Call(String function, List<Expression> operands, _, _))) {
            return Optional.empty();
        }
        if (function.equals("isnotnull") && operands.getFirst() instanceof Input(int column, _, _)) {
            return Optional.of(new ColumnRange(column, Optional.empty(), Optional.empty()));
        }
        if (operands.size() != 2) {
            return Optional.empty();
        }
        Expression left = widened(operands.get(0));
        Expression right = widened(operands.get(1));
        if (left instanceof Input column && right instanceof Literal literal) {
            return range(function, column, literal);
        }
        return right instanceof Input column && left instanceof Literal literal
                ? range(turned(function), column, literal)
                : Optional.empty();
    }

    /// The operand of a cast to a wider whole number, which keeps values and their order.
    private static Expression widened(Expression operand) {
        return operand instanceof Cast(Expression inner, DataType type, _, _) && isInteger(type)
                && isInteger(inner.type()) && rank(inner.type()) <= rank(type) ? widened(inner) : operand;
    }

    private static boolean isInteger(DataType type) {
        return type instanceof Simple simple && simple.isInteger();
    }

    private static int rank(DataType type) {
        return type instanceof Simple simple ? simple.ordinal() : -1; // TINYINT, SMALLINT, INT, BIGINT
    }

    private static String turned(String comparison) {
        return switch (comparison) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> comparison;
        };
    }

    private static Optional<ColumnRange> range(String comparison, Input column, Literal literal) {
        boolean comparable = column.type().equals(literal.type())
                || (isInteger(column.type()) && isInteger(literal.type()));
        Optional<Object> bound = comparable ? bound(literal) : Optional.empty();
        return bound.isEmpty() ? Optional.empty() : Optional.ofNullable(switch (comparison) {
            case "=" -> new ColumnRange(column.column(), bound, bound);
            case "<", "<=" -> new ColumnRange(column.column(), Optional.empty(), bound);
            case ">", ">=" -> new ColumnRange(column.column(), bound, Optional.empty());
            default -> null; // a rule: other functions ask for no range
        });
    }

    private static Optional<Object> bound(Literal literal) {
        if (literal.value() == null || !(literal.type() instanceof Simple type)) {
            return Optional.empty();
        }
        return switch (type) {
            case TINYINT, SMALLINT, INT, BIGINT, DATE, TIMESTAMP, TIMESTAMP_NTZ ->
                    Optional.of(((Number) literal.value()).longValue());
            case STRING -> Optional.of(literal.value());
            case BOOLEAN, FLOAT, DOUBLE, BINARY, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, VOID -> Optional.empty();
        };
    }
}
