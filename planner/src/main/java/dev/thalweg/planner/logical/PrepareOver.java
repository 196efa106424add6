package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.planner.function.EngineAggregate;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.Frame.Unit;
import dev.thalweg.planner.logical.PrepareExpressions.Surroundings;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Copies `f(…) OVER (…)`. Named windows are written out, and the frame becomes a part of the function: Calcite has rules of its
/// own for frames, which are not Spark's.
final class PrepareOver {
    /// Functions that have no meaning without an order. One by a constant is an order, in which all rows have one place.
    private static final Set<String> ORDERED = Set.of("row_number", "rank", "dense_rank", "percent_rank", "cume_dist",
            "ntile", "lag", "lead");

    /// Functions for which a NULL is a value like any other.
    private static final Set<String> TAKES_NULLS = Set.of("first", "last", "any_value", "first_value", "last_value",
            "nth_value", "approx_top_k", "approx_top_k_accumulate");

    private final Preparation preparation;
    private final PrepareExpressions expressions;

    PrepareOver(Preparation preparation, PrepareExpressions expressions) {
        this.preparation = preparation;
        this.expressions = expressions;
    }

    /// The windows of a WINDOW clause by their names.
    static Map<String, SqlWindow> named(SqlNodeList clause) {
        Map<String, SqlWindow> windows = new HashMap<>();
        for (SqlNode node : clause) {
            SqlWindow window = (SqlWindow) node;
            SqlIdentifier name = java.util.Objects.requireNonNull(window.getDeclName());
            if (windows.put(name.getSimple().toLowerCase(Locale.ROOT), window) != null) {
                throw new QueryProblem("THW-3202", "The window '" + name.getSimple() + "' is declared twice.",
                        name.getParserPosition(), "Give one of the two another name.");
            }
        }
        return windows;
    }

    SqlNode of(SqlCall over, Surroundings around) {
        SqlParserPos place = over.getParserPosition();
        SqlWindow window = resolved(over.operand(1), around, 0);
        checkOrder(over.operand(0), window);
        SqlNode function = function(over.operand(0), frame(window), around);
        SqlNodeList partition = expressions.list(window.getPartitionList(), around);
        SqlNodeList order = expressions.list(window.getOrderList(), around);
        return SqlStdOperatorTable.OVER.createCall(place, function, plain(partition, order, place));
    }

    /// Rows without bounds: Calcite would ask for an ORDER BY where a RANGE has none.
    @SuppressWarnings("NullAway") // what a window does not have is null in Calcite
    private static SqlWindow plain(SqlNodeList partition, SqlNodeList order, SqlParserPos place) {
        return SqlWindow.create(null, null, partition, order, SqlLiteral.createBoolean(true, place), null, null, null,
                place);
    }

    private static void checkOrder(SqlNode function, SqlWindow window) {
        SqlCall call = (SqlCall) function;
        if (call.getKind() == SqlKind.IGNORE_NULLS || call.getKind() == SqlKind.RESPECT_NULLS) {
            checkOrder(call.operand(0), window);
            return;
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        if (window.getOrderList().isEmpty() && ORDERED.contains(name)) {
            throw new QueryProblem("THW-3201", name + "() OVER needs an ORDER BY: without one its rows have no order.",
                    call.getParserPosition(), "Write " + name + "(…) OVER (PARTITION BY … ORDER BY …).");
        }
    }

    // ---- the function

    private SqlNode function(SqlNode node, Optional<Frame> frame, Surroundings around) {
        SqlCall call = (SqlCall) node;
        return switch (call.getKind()) {
            case IGNORE_NULLS, RESPECT_NULLS -> call.getOperator().createCall(call.getParserPosition(),
                    function(call.operand(0), frame, around));
            case FILTER -> filtered(function(call.operand(0), frame, around),
                    expressions.condition(call.operand(1), around), call);
            default -> named(call, frame, around);
        };
    }

    /// Rows that the filter leaves out are given to the aggregate as NULL, which it passes over.
    private SqlNode filtered(SqlNode prepared, SqlNode condition, SqlCall written) {
        if (!(prepared instanceof SqlCall call)) {
            return prepared;
        }
        if (call.getKind() == SqlKind.IGNORE_NULLS) {
            return call.getOperator().createCall(call.getParserPosition(), withNulls(call.operand(0), condition));
        }
        if (!(call.getOperator() instanceof EngineAggregate aggregate) || aggregate.isOnlyOver()
                || aggregate.user().isPresent() || TAKES_NULLS.contains(aggregate.function())) {
            throw notFiltered(call, written.getParserPosition());
        }
        return withNulls(call, condition);
    }

    private static QueryProblem notFiltered(SqlCall call, SqlParserPos place) {
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        boolean ofNulls = TAKES_NULLS.contains(name) && !name.startsWith("approx");
        boolean counts = TAKES_NULLS.contains(name) && !ofNulls;
        return new QueryProblem("THW-3200", "FILTER does not go with " + name + "() OVER rows: " + (ofNulls
                ? "rows that are left out would count as NULLs."
                : counts ? "it counts NULLs too." : "it takes every row of its window."), place, ofNulls
                        ? "Pass over NULLs: " + name + "(…) FILTER (WHERE …) IGNORE NULLS OVER (…)."
                        : "Leave the rows out below it: FROM (SELECT … WHERE …).");
    }

    @SuppressWarnings("NullAway") // a CASE of conditions has no value in Calcite
    private static SqlNode withNulls(SqlCall call, SqlNode condition) {
        SqlParserPos place = call.getParserPosition();
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        if (operands.isEmpty()) {
            operands.add(SqlLiteral.createBoolean(true, place)); // count(*)
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        int passedOver = name.equals("max_by") || name.equals("min_by") ? 1 : 0;
        operands.set(passedOver, new SqlCase(place, null, SqlNodeList.of(condition),
                SqlNodeList.of(operands.get(passedOver)), SqlLiteral.createNull(place)));
        return call.getOperator().createCall(place, operands);
    }

    private SqlNode named(SqlCall call, Optional<Frame> frame, Surroundings around) {
        if (isDistinct(call)) {
            throw new QueryProblem("THW-3200", "DISTINCT does not go with OVER.", call.getParserPosition(),
                    "Leave DISTINCT out, or compute it with GROUP BY and join its result.");
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        boolean onlyOver = preparation.functions().find(call)
                .filter(found -> found instanceof EngineAggregate aggregate && aggregate.isOnlyOver()).isPresent();
        SqlNode prepared = onlyOver
                ? expressions.copy(call, preparation.functions().operator(name), around)
                : expressions.of(call, around);
        return framed(prepared, frame, name, call);
    }

    /// The call of an aggregate, or what `first(x, true)` has become.
    private SqlNode framed(SqlNode prepared, Optional<Frame> frame, String name, SqlCall written) {
        if (prepared instanceof SqlCall call) {
            if (call.getOperator() instanceof EngineAggregate aggregate) {
                return frame.map(aggregate::over).orElse(aggregate).createCall(call.getParserPosition(),
                        call.getOperandList());
            }
            if (call.getKind() == SqlKind.FILTER) { // count_if
                return filtered(framed(call.operand(0), frame, name, written), call.operand(1), written);
            }
            if (call.getKind() == SqlKind.IGNORE_NULLS) {
                return call.getOperator().createCall(call.getParserPosition(),
                        framed(call.operand(0), frame, name, written));
            }
            if (call.getOperator().getName().equals("$null")) {
                return preparation.functions().operator("count").createCall(call.getParserPosition()); // told already
            }
        }
        throw new QueryProblem("THW-3200", "'" + name + "' does not go with OVER.", written.getParserPosition(),
                "OVER takes aggregates, and row_number, rank, dense_rank, percent_rank, cume_dist, ntile, lag, lead,"
                        + " first_value, last_value and nth_value.");
    }

    private static boolean isDistinct(SqlCall call) {
        SqlLiteral quantifier = call instanceof SqlBasicCall basic ? basic.getFunctionQuantifier() : null;
        return quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
    }

    // ---- the window

    /// A window with what the one that it names says: `w`, `(w ORDER BY x)`.
    private SqlWindow resolved(SqlNode node, Surroundings around, int depth) {
        if (node instanceof SqlIdentifier name) {
            SqlWindow found = around.windows().get(name.getSimple().toLowerCase(Locale.ROOT));
            if (found == null || depth > around.windows().size()) {
                throw new QueryProblem("THW-3202", "There is no window '" + name.getSimple() + "' here.",
                        name.getParserPosition(), "Declare it behind the FROM clause: WINDOW " + name.getSimple()
                                + " AS (PARTITION BY … ORDER BY …).");
            }
            return resolved(found, around, depth);
        }
        SqlWindow window = (SqlWindow) node;
        SqlIdentifier base = window.getRefName();
        return base == null ? window : over(resolved(base, around, depth + 1), window, base);
    }

    @SuppressWarnings("NullAway") // what a window does not have is null in Calcite
    private static SqlWindow over(SqlWindow base, SqlWindow window, SqlIdentifier name) {
        boolean twice = (!base.getPartitionList().isEmpty() && !window.getPartitionList().isEmpty())
                || (!base.getOrderList().isEmpty() && !window.getOrderList().isEmpty())
                || base.getLowerBound() != null;
        if (twice) {
            throw new QueryProblem("THW-3202",
                    "The window '" + name.getSimple() + "' says already what is said here again.",
                    name.getParserPosition(), "Leave it out here, or declare a window of its own.");
        }
        return SqlWindow.create(null, null,
                base.getPartitionList().isEmpty() ? window.getPartitionList() : base.getPartitionList(),
                base.getOrderList().isEmpty() ? window.getOrderList() : base.getOrderList(),
                SqlLiteral.createBoolean(window.isRows(), window.getParserPosition()), window.getLowerBound(),
                window.getUpperBound(), null, window.getParserPosition());
    }

    // ---- the frame

    private static Optional<Frame> frame(SqlWindow window) {
        SqlNode lower = window.getLowerBound();
        if (lower == null) {
            return Optional.empty();
        }
        SqlNode upper = window.getUpperBound();
        Bound start = bound(lower);
        Bound end = upper == null ? new Bound(Side.CURRENT, new Literal(null, Simple.VOID)) : bound(upper);
        if (start.side() == Side.UNBOUNDED_FOLLOWING || end.side() == Side.UNBOUNDED_PRECEDING
                || start.side().compareTo(end.side()) > 0) {
            throw new QueryProblem("THW-3203", "The frame ends before it begins.", lower.getParserPosition(),
                    "Write the end that comes first in the order first, such as BETWEEN 2 PRECEDING AND CURRENT ROW.");
        }
        boolean groups = isGroups(lower) || (upper != null && isGroups(upper));
        return Optional.of(new Frame(groups ? Unit.GROUPS : window.isRows() ? Unit.ROWS : Unit.RANGE, start, end));
    }

    private static boolean isGroups(SqlNode bound) {
        return bound instanceof SqlCall call && call.operandCount() == 1 && call.operand(0) instanceof SqlCall number
                && number.getOperator().getName().equals(FunctionCalls.GROUPS);
    }

    private static Bound bound(SqlNode bound) {
        Literal none = new Literal(null, Simple.VOID);
        if (SqlWindow.isCurrentRow(bound)) {
            return new Bound(Side.CURRENT, none);
        }
        if (SqlWindow.isUnboundedPreceding(bound)) {
            return new Bound(Side.UNBOUNDED_PRECEDING, none);
        }
        if (SqlWindow.isUnboundedFollowing(bound)) {
            return new Bound(Side.UNBOUNDED_FOLLOWING, none);
        }
        SqlCall call = (SqlCall) bound;
        SqlNode distance = isGroups(bound) ? ((SqlCall) call.operand(0)).operand(0) : call.operand(0);
        return new Bound(call.getKind() == SqlKind.PRECEDING ? Side.PRECEDING : Side.FOLLOWING, distance(distance));
    }

    private static Literal distance(SqlNode node) {
        if (node instanceof SqlNumericLiteral number) {
            BigDecimal value = number.bigDecimalValue();
            int precision = Math.max(value.precision(), value.scale());
            return new Literal(value, new DataType.Decimal(Math.min(38, precision), Math.max(0, value.scale())));
        }
        if (node.getKind() == SqlKind.CAST && ((SqlCall) node).operand(0) instanceof SqlNumericLiteral number) {
            return distance(number); // 2L, 0.5D
        }
        if (node instanceof SqlCall call && call.operandCount() == 1
                && call.operand(0) instanceof SqlNumericLiteral number && number.bigDecimalValue().signum() >= 0) {
            switch (call.getOperator().getName()) {
                case FunctionCalls.DAY_TIME_INTERVAL -> {
                    return new Literal(number.bigDecimalValue().longValueExact(), Simple.INTERVAL_DAY_TIME);
                }
                case FunctionCalls.YEAR_MONTH_INTERVAL -> {
                    return new Literal(number.bigDecimalValue().intValueExact(), Simple.INTERVAL_YEAR_MONTH);
                }
                default -> {
                }
            }
        }
        throw new QueryProblem("THW-3203", "The end of a frame must be a constant from 0 up.", node.getParserPosition(),
                "Write a number of rows, such as 3 PRECEDING, or in a RANGE what the ORDER BY may differ by, such as"
                        + " INTERVAL 1 HOUR PRECEDING.");
    }
}
