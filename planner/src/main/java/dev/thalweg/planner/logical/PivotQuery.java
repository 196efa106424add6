package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.LateralView;
import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Says PIVOT and UNPIVOT with what every query has: aggregates with a FILTER, and a lateral view of `stack`.
///
/// PIVOT groups by the columns that it does not use. As in Spark a column is NULL where its group has no row of its values,
/// also where the aggregate would count 0.
public final class PivotQuery {
    /// Aggregates that are NULL over no rows by themselves.
    private static final Set<String> NULL_OF_NOTHING = Set.of("sum", "avg", "mean", "min", "max", "first", "last",
            "any_value", "stddev", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop", "bool_and",
            "bool_or", "max_by", "min_by", "percentile", "median", "mode", "listagg", "string_agg");
    private static final String GENERATED = "$unpivot";

    private PivotQuery() {}

    // ---- PIVOT

    static SqlNode of(SqlPivot pivot, FunctionRegistry functions) {
        SqlParserPos place = pivot.getParserPosition();
        SqlNodeList items = new SqlNodeList(place);
        SqlNode others = others(place, "", consumed(List.of(pivot.aggList, pivot.axisList)));
        items.add(others);
        for (SqlNode value : pivot.inList) {
            SqlNodeList values = (SqlNodeList) SqlUtil.stripAs(value);
            SqlNode condition = condition(pivot.axisList, values, place);
            for (SqlNode call : pivot.aggList) {
                String name = valueName(value) + (pivot.aggList.size() == 1 ? "" : "_" + callName(call));
                items.add(SelectList.as(only(SqlUtil.stripAs(call), condition, functions),
                        List.of(new SqlIdentifier(name, place)), call.getParserPosition()));
            }
        }
        SqlSelectParts parts = new SqlSelectParts(place, items, pivot.query);
        parts.group(SqlNodeList.of(others));
        return parts.build();
    }

    private static SqlNode others(SqlParserPos place, String alias, List<SqlNode> names) {
        List<SqlNode> operands = new ArrayList<>(List.of(SqlLiteral.createCharString(alias, place)));
        operands.addAll(names);
        return StreamOperators.OTHER_COLUMNS.createCall(place, operands);
    }

    private static List<SqlNode> consumed(List<SqlNodeList> nodes) {
        List<SqlNode> names = new ArrayList<>();
        SqlBasicVisitor<@Nullable Void> collector = new SqlBasicVisitor<>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                if (!name.isStar()) {
                    names.add(name);
                }
                return null;
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.getKind() == SqlKind.AS) {
                    return call.operand(0).accept(this);
                }
                return super.visit(call);
            }
        };
        nodes.forEach(list -> list.forEach(node -> node.accept(collector)));
        return names;
    }

    private static SqlNode condition(SqlNodeList columns, SqlNodeList values, SqlParserPos place) {
        List<SqlNode> equal = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            equal.add(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM.createCall(place, columns.get(i), values.get(i)));
        }
        return equal.stream().reduce((left, right) -> SqlStdOperatorTable.AND.createCall(place, left, right))
                .orElseThrow();
    }

    private static String valueName(SqlNode value) {
        if (value.getKind() == SqlKind.AS) {
            return ((SqlIdentifier) ((SqlCall) value).operand(1)).getSimple();
        }
        SqlNodeList values = (SqlNodeList) value;
        return values.size() == 1
                ? ColumnNames.of(values.get(0))
                : values.stream().map(ColumnNames::of).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String callName(SqlNode call) {
        return call.getKind() == SqlKind.AS
                ? ((SqlIdentifier) ((SqlCall) call).operand(1)).getSimple()
                : ColumnNames.of(call);
    }

    /// An expression of aggregates over the rows that a condition takes; NULL where there are none.
    public static SqlNode only(SqlNode expression, SqlNode condition, FunctionRegistry functions) {
        SqlParserPos place = expression.getParserPosition();
        Filtering filtering = new Filtering(condition, functions);
        SqlNode filtered = Objects.requireNonNull(expression.accept(filtering));
        if (!filtering.found) {
            throw new QueryProblem("THW-3264", "PIVOT takes aggregates, and '" + ColumnNames.of(expression)
                    + "' is none.", place, "Write an aggregate, such as first(x) or max(x).");
        }
        boolean bare = expression instanceof SqlCall call
                && NULL_OF_NOTHING.contains(call.getOperator().getName().toLowerCase(Locale.ROOT));
        if (bare) {
            return filtered;
        }
        SqlNode rows = count(place, condition);
        SqlNode any = SqlStdOperatorTable.GREATER_THAN.createCall(place, rows,
                SqlLiteral.createExactNumeric("0", place));
        return new SqlCase(place, null, SqlNodeList.of(any), SqlNodeList.of(filtered), SqlLiteral.createNull(place));
    }

    private static SqlNode count(SqlParserPos place, SqlNode condition) {
        SqlNode all = FunctionCalls.of("count", place, SqlIdentifier.star(place));
        return SqlStdOperatorTable.FILTER.createCall(place, all, condition);
    }

    private static final class Filtering extends SqlShuttle {
        private final SqlNode condition;
        private final FunctionRegistry functions;
        private boolean found;

        Filtering(SqlNode condition, FunctionRegistry functions) {
            this.condition = condition;
            this.functions = functions;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            SqlParserPos place = call.getParserPosition();
            return switch (call.getKind()) {
                case FILTER -> {
                    found = true;
                    yield SqlStdOperatorTable.FILTER.createCall(place, call.operand(0),
                            SqlStdOperatorTable.AND.createCall(place, condition, call.operand(1)));
                }
                case WITHIN_GROUP, IGNORE_NULLS, RESPECT_NULLS -> filtered(call);
                default -> ofName(call, call.getOperator().getName().toLowerCase(Locale.ROOT));
            };
        }

        private @Nullable SqlNode ofName(SqlCall call, String name) {
            if (name.equals("count_if")) {
                found = true;
                SqlParserPos place = call.getParserPosition();
                return count(place, SqlStdOperatorTable.AND.createCall(place, condition, call.operand(0)));
            }
            return functions.isAggregate(call) ? filtered(call) : super.visit(call);
        }

        private SqlNode filtered(SqlCall call) {
            found = true;
            return SqlStdOperatorTable.FILTER.createCall(call.getParserPosition(), call, condition);
        }
    }

    // ---- UNPIVOT

    static SqlNode of(SqlUnpivot unpivot) {
        SqlParserPos place = unpivot.getParserPosition();
        List<SqlNode> stacked = new ArrayList<>(
                List.of(SqlLiteral.createExactNumeric(Integer.toString(unpivot.inList.size()), place)));
        List<SqlNode> used = new ArrayList<>();
        for (SqlNode column : unpivot.inList) {
            SqlNodeList columns = (SqlNodeList) SqlUtil.stripAs(column);
            stacked.add(SqlLiteral.createCharString(sourceName(column, columns), place));
            stacked.addAll(columns.getList());
            used.addAll(columns.getList());
        }
        List<SqlNode> names = new ArrayList<>(unpivot.axisList.getList());
        names.addAll(unpivot.measureList.getList());
        SqlNode from = new LateralView(place, unpivot.query, FunctionCalls.of("stack", place, stacked), false,
                Optional.of(new SqlIdentifier(GENERATED, place)), new SqlNodeList(names, place));
        SqlNodeList items = SqlNodeList.of(others(place, GENERATED, used));
        names.forEach(name -> items.add(generated(name)));
        Optional<SqlNode> any = unpivot.measureList.stream()
                .map(value -> (SqlNode) SqlStdOperatorTable.IS_NOT_NULL.createCall(place, generated(value)))
                .reduce((left, right) -> SqlStdOperatorTable.OR.createCall(place, left, right));
        return new SqlSelectParts(place, items, from).where(unpivot.includeNulls ? Optional.empty() : any).build();
    }

    private static SqlNode generated(SqlNode name) {
        return new SqlIdentifier(List.of(GENERATED, ((SqlIdentifier) name).getSimple()), name.getParserPosition());
    }

    private static String sourceName(SqlNode column, SqlNodeList columns) {
        if (column.getKind() == SqlKind.AS) {
            return ((SqlIdentifier) ((SqlCall) column).operand(1)).getSimple();
        }
        return columns.stream().map(each -> ((SqlIdentifier) each).names.getLast()).collect(Collectors.joining("_"));
    }
}
