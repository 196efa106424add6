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
import dev.thalweg.spi.format.DateTimeText;
import dev.thalweg.spi.format.TimeOfDay;
import dev.thalweg.spi.source.ColumnRange;
import java.time.ZoneId;
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
    private final List<PlanNode> nodes;
    private final DateTimeText times;

    /// @param nodes of the plan that the scan is in
    /// @param zone of the session, in which times of texts are meant
    ScanRanges(List<PlanNode> nodes, ZoneId zone) {
        this.nodes = nodes;
        this.times = new DateTimeText(zone);
    }

    List<ColumnRange> of(PlanNode.Scan scan) {
        List<ColumnRange> ranges = new ArrayList<>();
        List<PlanNode> above = consumers(scan);
        while (above.size() == 1 && above.getFirst() instanceof PlanNode.Filter filter) {
            for (Expression condition : Conjuncts.of(filter.condition())) {
                Optional<ColumnRange> range = range(condition);
                if (range.isEmpty() && Conjuncts.mayFail(condition)) {
                    return ranges;
                }
                range.ifPresent(known -> ranges.add(known.of(scan.columns().get(known.column()))));
            }
            above = consumers(filter);
        }
        return ranges;
    }

    private List<PlanNode> consumers(PlanNode node) {
        return nodes.stream().filter(n -> n.inputs().stream().anyMatch(node::isSame)).toList();
    }

    private Optional<ColumnRange> range(Expression condition) {
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
        if (left instanceof Input column) {
            return range(function, column, right);
        }
        return right instanceof Input column ? range(turned(function), column, left) : Optional.empty();
    }

    /// The operand of casts that keep values and their order.
    private static Expression widened(Expression operand) {
        return operand instanceof Cast cast && Conjuncts.keepsValues(cast) ? widened(cast.input()) : operand;
    }

    private static boolean isInteger(DataType type) {
        return type instanceof Simple simple && simple.isInteger();
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

    private Optional<ColumnRange> range(String comparison, Input column, Expression constant) {
        boolean comparable = column.type().equals(constant.type())
                || (isInteger(column.type()) && isInteger(constant.type()));
        Optional<Object> bound = comparable ? bound(constant) : Optional.empty();
        return bound.isEmpty() ? Optional.empty() : Optional.ofNullable(switch (comparison) {
            case "=" -> new ColumnRange(column.column(), bound, bound);
            case "<", "<=" -> new ColumnRange(column.column(), Optional.empty(), bound);
            case ">", ">=" -> new ColumnRange(column.column(), bound, Optional.empty());
            default -> null; // a rule: other functions ask for no range
        });
    }

    private Optional<Object> bound(Expression constant) {
        return switch (constant) {
            case Literal(Object value, Simple type) when value != null -> bound(value, type);
            case Cast(Literal(String text, _), Simple type, _, _) ->
                    time(text, type);
            default -> Optional.empty(); // a rule: what a row is compared with is not known yet
        };
    }

    private static Optional<Object> bound(Object value, Simple type) {
        return switch (type) {
            case TINYINT, SMALLINT, INT, BIGINT, DATE, TIMESTAMP, TIMESTAMP_NTZ, TIME ->
                    Optional.of(((Number) value).longValue());
            case STRING -> Optional.of(value);
            case BOOLEAN, FLOAT, DOUBLE, BINARY, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, VOID -> Optional.empty();
        };
    }

    /// What a written time or day means, unless that depends on the day or is none: then the row that meets it says so.
    private Optional<Object> time(String text, Simple type) {
        long value = switch (type) {
            case DATE -> times.date(text);
            case TIMESTAMP -> times.timestamp(text);
            case TIMESTAMP_NTZ -> times.timestampNtz(text);
            case TIME -> TimeOfDay.read(text);
            default -> DateTimeText.NONE; // a rule: other texts are not looked into
        };
        return value == DateTimeText.NONE ? Optional.empty() : Optional.of(value);
    }
}
