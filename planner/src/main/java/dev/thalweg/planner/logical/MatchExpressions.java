package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.planner.function.MatchFunction;
import dev.thalweg.planner.function.MatchFunction.Kind;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.incremental.MatchRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Writes an expression of MEASURES or DEFINE over the columns of the input, with calls of [MatchFunction] where a value is
/// taken from another row than the one at hand.
final class MatchExpressions extends SqlShuttle {
    private static final Set<SqlKind> QUERIES = Set.of(SqlKind.SELECT, SqlKind.ORDER_BY, SqlKind.WITH, SqlKind.UNION,
            SqlKind.INTERSECT, SqlKind.EXCEPT, SqlKind.VALUES);
    private static final int SHIFT_MAX = 10_000;

    private final MatchVariables variables;
    private final Optional<Integer> defined;
    private final Set<String> parameters = new HashSet<>();
    private boolean isFinal;

    /// @param defined the variable whose condition this is; none for a measure
    MatchExpressions(MatchVariables variables, Optional<Integer> defined) {
        this.variables = variables;
        this.defined = defined;
    }

    SqlNode of(SqlNode written) {
        return java.util.Objects.requireNonNull(written.accept(this));
    }

    // ---- columns

    @Override
    public @Nullable SqlNode visit(SqlIdentifier name) {
        if (parameters.contains(name.names.getFirst().toLowerCase(Locale.ROOT))) {
            return name;
        }
        Optional<List<Integer>> of = owner(name);
        List<Integer> rows = of.orElseGet(variables::all);
        SqlIdentifier column = of.isPresent() ? name.getComponent(1, name.names.size()) : name;
        return isCurrent(rows)
                ? column
                : call(new MatchRow(rows, false, 0, 0, isFinal, false), column, name.getParserPosition());
    }

    private Optional<List<Integer>> owner(SqlIdentifier name) {
        return name.names.size() > 1 ? variables.find(name.names.getFirst()) : Optional.empty();
    }

    /// In the condition of a variable its last row is the one that is tested.
    private boolean isCurrent(List<Integer> rows) {
        return defined.filter(rows::contains).isPresent();
    }

    private static SqlNode call(MatchRow row, SqlNode value, SqlParserPos place) {
        return new MatchFunction(Kind.COLUMN, row).createCall(place, value);
    }

    // ---- calls

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        if (QUERIES.contains(call.getKind())) {
            throw new QueryProblem("THW-3304", "A subquery cannot stand in MEASURES or DEFINE.",
                    call.getParserPosition(), "Join with it before or after the match.");
        }
        if (call.getKind() == SqlKind.OVER || call.getKind() == SqlKind.FILTER
                || call.getKind() == SqlKind.WITHIN_GROUP) {
            throw new QueryProblem("THW-3304", call.getKind() + " cannot stand in MEASURES or DEFINE.",
                    call.getParserPosition(), "Aggregates are taken over the rows of a variable: sum(A.x).");
        }
        return switch (name) {
            case "prev", "next", "first", "last", "first_value", "last_value" -> navigated(call, name);
            case "classifier" -> classifier(call, Optional.empty());
            case "match_number" -> new MatchFunction(Kind.NUMBER, new MatchRow(List.of(), false, 0, 0, false, false))
                    .createCall(call.getParserPosition());
            case FunctionCalls.RUNNING, FunctionCalls.FINAL -> withSemantics(call, name);
            case FunctionCalls.LAMBDA -> lambda(call);
            default -> variables.isAggregate(call) ? aggregate(call, name) : super.visit(call);
        };
    }

    private SqlNode withSemantics(SqlCall call, String name) {
        boolean wantsFinal = name.equals(FunctionCalls.FINAL);
        if (wantsFinal && defined.isPresent()) {
            throw new QueryProblem("THW-3304", "FINAL cannot stand in DEFINE: the match is not complete there.",
                    call.getParserPosition(), "Leave it out.");
        }
        SqlCall inner = call.operand(0);
        String function = inner.getOperator().getName().toLowerCase(Locale.ROOT);
        boolean fits = switch (function) {
            case "first", "last", "classifier" -> true;
            default -> variables.isAggregate(inner);
        };
        if (!fits) {
            throw new QueryProblem("THW-3304", (wantsFinal ? "FINAL" : "RUNNING") + " does not go with '" + function
                    + "'.", call.getParserPosition(), "It goes with FIRST, LAST, CLASSIFIER and aggregates.");
        }
        boolean before = isFinal;
        isFinal = wantsFinal;
        SqlNode made = of(inner);
        isFinal = before;
        return made;
    }

    private @Nullable SqlNode lambda(SqlCall lambda) {
        List<String> added = new ArrayList<>();
        for (SqlNode parameter : lambda.getOperandList().subList(0, lambda.operandCount() - 1)) {
            String name = parameter.toString().toLowerCase(Locale.ROOT);
            if (parameter instanceof SqlIdentifier && parameters.add(name)) {
                added.add(name);
            }
        }
        SqlNode made = super.visit(lambda);
        added.forEach(parameters::remove);
        return made;
    }

    // ---- navigation

    /// `PREV(x, n)`, `NEXT(LAST(A.x, m), n)`, `FIRST(A.x, m)`.
    private SqlNode navigated(SqlCall call, String name) {
        boolean physical = name.equals("prev") || name.equals("next");
        int distance = distance(call, physical ? 1 : 0);
        SqlNode value = call.operand(0);
        SqlNode within = value;
        boolean innerFinal = isFinal;
        if (physical && isCall(within, FunctionCalls.RUNNING, FunctionCalls.FINAL)) {
            innerFinal = isCall(within, FunctionCalls.FINAL);
            within = ((SqlCall) within).operand(0);
        }
        int shift = name.equals("prev") ? -distance : distance;
        if (physical && isCall(within, "first", "last")) {
            SqlCall inner = (SqlCall) within;
            if (innerFinal && defined.isPresent()) {
                throw new QueryProblem("THW-3304", "FINAL cannot stand in DEFINE: the match is not complete there.",
                        call.getParserPosition(), "Leave it out.");
            }
            return taken(inner.operand(0), new Reach(isCall(inner, "first"), distance(inner, 0), shift, innerFinal),
                    call.getParserPosition());
        }
        return physical
                ? taken(value, new Reach(false, 0, shift, isFinal), call.getParserPosition())
                : taken(value, new Reach(name.startsWith("first"), distance, 0, isFinal), call.getParserPosition());
    }

    private static boolean isCall(SqlNode node, String... names) {
        return node instanceof SqlCall call
                && List.of(names).contains(call.getOperator().getName().toLowerCase(Locale.ROOT));
    }

    /// How far a navigation goes.
    private record Reach(boolean first, int offset, int shift, boolean isFinal) {
        MatchRow row(List<Integer> rows, boolean isCurrent) {
            return new MatchRow(rows, first, offset, shift, isFinal && !isCurrent, isCurrent && !first && offset == 0);
        }
    }

    private SqlNode taken(SqlNode value, Reach reach, SqlParserPos place) {
        if (isCall(value, "classifier")) {
            return classifier((SqlCall) value, Optional.of(reach));
        }
        RowsOf rows = new RowsOf();
        SqlNode column = java.util.Objects.requireNonNull(value.accept(rows));
        List<Integer> of = rows.found.orElseGet(variables::all);
        MatchRow row = reach.row(of, isCurrent(of));
        return row.isCurrent() && row.shift() == 0 ? column : call(row, column, place);
    }

    private SqlNode classifier(SqlCall call, Optional<Reach> reach) {
        List<Integer> rows = variables.all();
        if (call.operandCount() > 0) {
            rows = call.operand(0) instanceof SqlIdentifier name && name.isSimple()
                    ? variables.find(name.getSimple()).orElseThrow(() -> noVariable(call))
                    : List.of();
        }
        if (rows.isEmpty() || call.operandCount() > 1) {
            throw noVariable(call);
        }
        MatchRow row = reach.orElse(new Reach(false, 0, 0, isFinal)).row(rows, isCurrent(rows));
        return new MatchFunction(Kind.CLASSIFIER, row).createCall(call.getParserPosition());
    }

    private static QueryProblem noVariable(SqlCall call) {
        return new QueryProblem("THW-3304", "CLASSIFIER takes nothing or one variable of the pattern.",
                call.getParserPosition(), "Write CLASSIFIER() or CLASSIFIER(A).");
    }

    private static int distance(SqlCall call, int byDefault) {
        if (call.operandCount() < 2) {
            if (call.operandCount() == 0) {
                throw badDistance(call);
            }
            return byDefault;
        }
        if (call.operandCount() == 2 && call.operand(1) instanceof SqlNumericLiteral number && number.isInteger()
                && number.bigDecimalValue().signum() >= 0
                && number.bigDecimalValue().compareTo(java.math.BigDecimal.valueOf(SHIFT_MAX)) <= 0) {
            return number.bigDecimalValue().intValueExact();
        }
        throw badDistance(call);
    }

    private static QueryProblem badDistance(SqlCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return new QueryProblem("THW-3304", name + " takes a value and, if wanted, how many rows to pass over: a"
                + " constant from 0 to " + SHIFT_MAX + ".", call.getParserPosition(),
                "Write " + name + "(A.x) or " + name + "(A.x, 2).");
    }

    // ---- aggregates

    private SqlNode aggregate(SqlCall call, String name) {
        SqlLiteral quantifier = call instanceof SqlBasicCall basic ? basic.getFunctionQuantifier() : null;
        if (quantifier != null) {
            throw new QueryProblem("THW-3304", "DISTINCT does not go with an aggregate of a match.",
                    call.getParserPosition(), "Leave it out, or let ALL ROWS PER MATCH come out and count them above.");
        }
        RowsOf rows = new RowsOf();
        List<SqlNode> arguments = new ArrayList<>();
        for (SqlNode argument : call.getOperandList()) {
            boolean star = argument instanceof SqlIdentifier column && column.isStar();
            SqlNode made = java.util.Objects.requireNonNull(argument.accept(rows));
            arguments.add(star ? SqlIdentifier.star(argument.getParserPosition()) : made);
        }
        SqlParserPos place = call.getParserPosition();
        SqlNode over = SqlStdOperatorTable.OVER.createCall(place, FunctionCalls.of(name, place, arguments),
                window(place));
        List<Integer> of = rows.found.orElseGet(variables::all);
        return new MatchFunction(Kind.TOTAL, new MatchRow(of, false, 0, 0, isFinal, false)).createCall(place, over);
    }

    @SuppressWarnings("NullAway") // what a window does not have is null in Calcite
    private static SqlWindow window(SqlParserPos place) {
        return SqlWindow.create(null, null, SqlNodeList.EMPTY, SqlNodeList.EMPTY, SqlLiteral.createBoolean(true, place),
                null, null, null, place);
    }

    /// Takes the variable off the columns of an expression, which must all have the same.
    private final class RowsOf extends SqlShuttle {
        private Optional<List<Integer>> found = Optional.empty();

        @Override
        public @Nullable SqlNode visit(SqlIdentifier name) {
            if (parameters.contains(name.names.getFirst().toLowerCase(Locale.ROOT))) {
                return name;
            }
            Optional<List<Integer>> of = owner(name);
            List<Integer> rows = of.orElseGet(variables::all);
            if (found.filter(known -> !known.equals(rows)).isPresent()) {
                throw new QueryProblem("THW-3304", "The columns of this argument belong to different variables.",
                        name.getParserPosition(), "Take each from its own: LAST(A.x) - LAST(B.x).");
            }
            found = Optional.of(rows);
            return of.isPresent() ? name.getComponent(1, name.names.size()) : name;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
            boolean refused = switch (name) {
                case "prev", "next", "first", "last", "classifier", "match_number", FunctionCalls.RUNNING,
                        FunctionCalls.FINAL ->
                        true;
                default -> variables.isAggregate(call) || QUERIES.contains(call.getKind());
            };
            if (refused) {
                throw new QueryProblem("THW-3304", "'" + call.getOperator().getName()
                        + "' cannot stand inside of what is taken from other rows.", call.getParserPosition(),
                        "Only FIRST and LAST stand in PREV and NEXT: PREV(LAST(A.x), 2).");
            }
            return super.visit(call);
        }
    }
}
