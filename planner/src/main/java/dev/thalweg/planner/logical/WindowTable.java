package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.QueryProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `TUMBLE`, `HOP`, `CUMULATE` and `SESSION` in FROM: every row of a table beside the bounds of each window that it is in.
///
/// Each is a query that could be written by hand: `SELECT *, window(ts, size).start AS window_start, … FROM t`.
final class WindowTable {
    private static final Map<String, List<String>> PARAMETERS = Map.of(
            "tumble", List.of("data", "timecol", "size", "offset"),
            "hop", List.of("data", "timecol", "slide", "size", "offset"),
            "cumulate", List.of("data", "timecol", "step", "size", "offset"),
            "session", List.of("data", "timecol", "gap"));
    private static final Map<String, String> USAGE = Map.of(
            "tumble", "TUMBLE(TABLE t, DESCRIPTOR(ts), size [, offset])",
            "hop", "HOP(TABLE t, DESCRIPTOR(ts), slide, size [, offset])",
            "cumulate", "CUMULATE(TABLE t, DESCRIPTOR(ts), step, size [, offset])",
            "session", "SESSION(TABLE t [PARTITION BY k], DESCRIPTOR(ts), gap)");

    private final String name;
    private final SqlCall call;
    private final @Nullable SqlNode[] arguments;

    private WindowTable(String name, SqlCall call) {
        this.name = name;
        this.call = call;
        this.arguments = new @Nullable SqlNode[parameters().size()];
        arrange();
    }

    /// The query that a table function stands for, not prepared yet; empty where it is another function.
    static Optional<SqlSelect> query(SqlCall function) {
        boolean wrapped = isNamed(function, "table") && function.operandCount() == 1
                && function.operand(0) instanceof SqlCall;
        SqlCall call = wrapped ? function.operand(0) : function;
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        return PARAMETERS.containsKey(name) ? Optional.of(new WindowTable(name, call).select()) : Optional.empty();
    }

    private static boolean isNamed(SqlCall call, String name) {
        return call.getOperator().getName().equalsIgnoreCase(name);
    }

    private List<String> parameters() {
        return java.util.Objects.requireNonNull(PARAMETERS.get(name));
    }

    private QueryProblem problem(String what, SqlNode at) {
        return new QueryProblem("THW-3244", what, at.getParserPosition(), "Write " + USAGE.get(name) + ".");
    }

    private void arrange() {
        int next = 0;
        for (SqlNode operand : call.getOperandList()) {
            boolean named = operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
            int place = named
                    ? parameters().indexOf(((SqlCall) operand).operand(1).toString().toLowerCase(Locale.ROOT))
                    : next++;
            if (place < 0 || place >= arguments.length || arguments[place] != null) {
                throw problem(name.toUpperCase(Locale.ROOT) + " has no place for this argument.", operand);
            }
            arguments[place] = named ? ((SqlCall) operand).operand(0) : operand;
        }
        int needed = name.equals("session") ? arguments.length : arguments.length - 1;
        if (Arrays.asList(arguments).subList(0, needed).contains(null)) {
            throw problem(name.toUpperCase(Locale.ROOT) + " lacks an argument.", call);
        }
    }

    private SqlNode argument(String parameter) {
        return java.util.Objects.requireNonNull(arguments[parameters().indexOf(parameter)]);
    }

    private SqlSelect select() {
        SqlParserPos place = call.getParserPosition();
        SqlNodeList items = SqlNodeList.of(SqlIdentifier.star(place),
                as(field(window(), "start", place), "window_start", place),
                as(field(window(), "end", place), "window_end", place),
                as(FunctionCalls.of("window_time", place, window()), "window_time", place));
        return new SqlSelectParts(place, items, table()).build();
    }

    private SqlNode table() {
        SqlNode data = argument("data");
        if (StreamOperators.is(data, StreamOperators.PARTITIONED)) {
            if (!name.equals("session")) {
                throw problem("PARTITION BY means nothing to " + name.toUpperCase(Locale.ROOT)
                        + ": its windows are the same for every row.", data);
            }
            data = ((SqlCall) data).operand(0);
        }
        if (data.getKind() != SqlKind.EXPLICIT_TABLE) {
            throw problem("The first argument of " + name.toUpperCase(Locale.ROOT) + " must be a table.", data);
        }
        return ((SqlCall) data).operand(0);
    }

    private List<SqlNode> partition() {
        SqlNode data = argument("data");
        return StreamOperators.is(data, StreamOperators.PARTITIONED)
                ? ((SqlNodeList) ((SqlCall) data).operand(1)).getList()
                : List.of();
    }

    private SqlNode time() {
        SqlNode descriptor = argument("timecol");
        if (descriptor.getKind() != SqlKind.DESCRIPTOR || ((SqlCall) descriptor).operandCount() != 1) {
            throw problem("The time of " + name.toUpperCase(Locale.ROOT) + " must be DESCRIPTOR(column).", descriptor);
        }
        return ((SqlCall) descriptor).operand(0);
    }

    /// Made anew for each place where it stands: preparation may rewrite what it is given.
    private SqlNode window() {
        List<SqlNode> operands = new ArrayList<>(List.of(time()));
        switch (name) {
            case "tumble" -> operands.addAll(List.of(argument("size"), argument("size")));
            case "hop" -> operands.addAll(List.of(argument("size"), argument("slide")));
            case "cumulate" -> operands.addAll(List.of(argument("step"), argument("size")));
            default -> {
                operands.add(argument("gap"));
                operands.addAll(partition());
            }
        }
        int offset = parameters().indexOf("offset");
        if (offset >= 0 && arguments[offset] != null) {
            operands.add(argument("offset"));
        }
        String function = switch (name) {
            case "cumulate" -> "$cumulate";
            case "session" -> "$session";
            default -> "window";
        };
        return FunctionCalls.of(function, call.getParserPosition(), operands);
    }

    private static SqlNode field(SqlNode struct, String field, SqlParserPos place) {
        return SqlStdOperatorTable.DOT.createCall(place, struct, new SqlIdentifier(field, place));
    }

    private static SqlNode as(SqlNode value, String name, SqlParserPos place) {
        return SelectList.as(value, List.of(new SqlIdentifier(name, place)), place);
    }
}
