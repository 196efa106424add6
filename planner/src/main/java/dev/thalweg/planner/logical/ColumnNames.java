package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.parser.tree.TypeSpecs;
import dev.thalweg.planner.function.FunctionRegistry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryStringLiteral;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.util.SqlString;
import org.apache.calcite.util.BitString;
import org.jspecify.annotations.Nullable;

/// Names a column that the query gives no alias, as Spark does: `count(1)`, `(a + 1)`, `upper(name)`.
public final class ColumnNames {
    /// What Spark calls any parameter of a lambda.
    private static final String PARAMETER = "namedlambdavariable";

    private ColumnNames() {}

    public static String of(@Nullable SqlNode node) {
        return switch (node) {
            case null -> "";
            case SqlIdentifier name -> name.isStar() ? "*" : ColumnMarks.shown(name.names.getLast());
            case SqlCall call when StreamOperators.is(call, StreamOperators.ALL_BUT) -> "* EXCEPT ("
                    + list(((SqlNodeList) call.operand(1)).getList(), ", ") + ")";
            case SqlCharStringLiteral text -> String.valueOf(text.getValueAs(String.class));
            case SqlBinaryStringLiteral bytes -> "X'" + bytes.getValueAs(BitString.class).toHexString() + "'";
            case SqlNumericLiteral number when number.getTypeName() == SqlTypeName.DOUBLE ->
                    String.valueOf(number.bigDecimalValue().doubleValue());
            case SqlLiteral literal ->
                    String.valueOf(literal.toValue()).toLowerCase(Locale.ROOT).replace("null", "NULL");
            case SqlNodeList list -> list(list.getList(), ", ");
            case SqlDataTypeSpec type -> TypeSpecs.text(type);
            case SqlIntervalQualifier interval -> "INTERVAL " + interval;
            case SqlCase choice -> caseOf(choice);
            case SqlCall call -> call(call);
            default -> node.toString();
        };
    }

    private static String list(List<? extends SqlNode> nodes, String between) {
        return nodes.stream().map(ColumnNames::of).collect(Collectors.joining(between));
    }

    private static String call(SqlCall call) {
        List<SqlNode> operands = call.getOperandList();
        return switch (call.getKind()) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD, EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN,
                    GREATER_THAN_OR_EQUAL, AND, OR -> operands.size() == 2
                            ? "(" + list(operands, " " + sign(call) + " ") + ")"
                            : function(call);
            case IS_NOT_DISTINCT_FROM -> "(" + list(operands, " <=> ") + ")";
            case NOT -> "(NOT " + of(operands.getFirst()) + ")";
            case MINUS_PREFIX -> "(- " + of(operands.getFirst()) + ")";
            case IS_TRUE, IS_FALSE ->
                    "(" + of(operands.getFirst()) + " <=> " + (call.getKind() == SqlKind.IS_TRUE) + ")";
            case IS_NOT_TRUE, IS_NOT_FALSE ->
                    "(NOT (" + of(operands.getFirst()) + " <=> " + (call.getKind() == SqlKind.IS_NOT_TRUE) + "))";
            case IS_NULL -> "(" + of(operands.getFirst()) + " IS NULL)";
            case IS_NOT_NULL -> "(" + of(operands.getFirst()) + " IS NOT NULL)";
            case IN, NOT_IN -> "(" + of(operands.get(0)) + (call.getKind() == SqlKind.IN ? " IN (" : " NOT IN (")
                    + (operands.get(1) instanceof SqlNodeList list ? of(list) : "listquery()") + "))";
            case BETWEEN -> "between(" + list(operands, ", ") + ")";
            case LIKE -> call.getOperator().getName().startsWith("NOT")
                    ? "(NOT " + list(operands.subList(0, 2), " LIKE ") + ")"
                    : list(operands.subList(0, 2), " LIKE ");
            case CAST -> isSuffixed(call)
                    ? of(operands.get(0))
                    : "CAST(" + of(operands.get(0)) + " AS " + of(operands.get(1)) + ")";
            case SAFE_CAST -> "TRY_CAST(" + of(operands.get(0)) + " AS " + of(operands.get(1)) + ")";
            case ITEM -> of(operands.get(0)) + "[" + of(operands.get(1)) + "]";
            case DOT -> of(operands.get(1));
            case OVER -> of(operands.get(0)) + " OVER " + over(operands.get(1));
            case IGNORE_NULLS -> of(operands.get(0)) + " ignore nulls";
            case DESCENDING -> of(operands.get(0)) + " DESC";
            case NULLS_FIRST -> of(operands.get(0)) + " NULLS FIRST";
            case NULLS_LAST -> of(operands.get(0)) + " NULLS LAST";
            case FILTER -> of(operands.get(0)) + " FILTER (WHERE " + of(operands.get(1)) + ")";
            case AS -> of(operands.get(0)) + " AS " + of(operands.get(1));
            case ROW -> row(operands);
            case EXISTS -> "exists()";
            case SELECT, ORDER_BY, WITH, UNION, INTERSECT, EXCEPT, SCALAR_QUERY -> "scalarsubquery()";
            default -> call.getOperator() instanceof SqlFunction ? function(call) : written(call);
        };
    }

    /// `(a, 1)` is a struct whose fields are numbered, but for columns.
    private static String row(List<SqlNode> values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parts.add(values.get(i) instanceof SqlIdentifier ? of(values.get(i)) : "col" + (i + 1));
            parts.add(of(values.get(i)));
        }
        return "named_struct(" + String.join(", ", parts) + ")";
    }

    /// `1L` is a cast at the place of its number.
    static boolean isSuffixed(SqlCall cast) {
        return cast.operand(0) instanceof SqlNumericLiteral number
                && number.getParserPosition().equals(cast.operand(1).getParserPosition());
    }

    private static String sign(SqlCall call) {
        return call.getKind() == SqlKind.NOT_EQUALS ? "!=" : call.getOperator().getName();
    }

    private static String function(SqlCall call) {
        String name = FunctionRegistry.shownName(call.getOperator());
        List<SqlNode> operands = call.getOperandList();
        switch (name) {
            case "count" -> {
                if (StarArguments.countsRows(call)) {
                    return "count(1)";
                }
            }
            case "div", "&", "|", "^" -> {
                return "(" + list(operands, " " + name + " ") + ")";
            }
            case "$date", "$timestamp", "$timestamp_ntz", "$time" -> {
                return name.substring(1).toUpperCase(Locale.ROOT) + " '" + of(operands.getFirst()) + "'";
            }
            case FunctionCalls.LAMBDA -> {
                return lambda(operands);
            }
            case FunctionCalls.TIME_DIGITS -> {
                return of(operands.getFirst()).replaceFirst("TIME\\(6\\)\\)$", "TIME(" + of(operands.getLast()) + "))");
            }
            case "extract" -> {
                return "extract(" + list(operands, " FROM ") + ")";
            }
            case "$interval_dt" -> {
                return interval(operands.getFirst());
            }
            case "$interval_ym" -> {
                int months = Integer.parseInt(of(operands.getFirst()));
                return "INTERVAL '" + (months % 12 == 0 && months != 0 ? months / 12 + "' YEAR" : months + "' MONTH");
            }
            default -> {
            }
        }
        SqlLiteral quantifier = call instanceof SqlBasicCall basic ? basic.getFunctionQuantifier() : null;
        boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
        return name + "(" + (distinct ? "DISTINCT " : "") + list(operands, ", ") + ")";
    }

    /// `x -> x + 1` is `lambdafunction((namedlambdavariable() + 1), namedlambdavariable())`.
    private static String lambda(List<SqlNode> operands) {
        List<String> parameters = operands.subList(0, operands.size() - 1).stream().map(SqlNode::toString).toList();
        SqlNode body = operands.getLast().accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier name) {
                boolean own = name.isSimple() && parameters.stream().anyMatch(name.getSimple()::equalsIgnoreCase);
                return own ? FunctionCalls.of(PARAMETER, name.getParserPosition()) : name;
            }
        });
        return "lambdafunction(" + of(body) + (", " + PARAMETER + "()").repeat(parameters.size()) + ")";
    }

    private static String over(SqlNode node) {
        if (!(node instanceof SqlWindow window)) {
            return of(node);
        }
        String partition = window.getPartitionList().isEmpty() ? "" : "PARTITION BY " + of(window.getPartitionList());
        String order = window.getOrderList().isEmpty() ? "" : "ORDER BY " + of(window.getOrderList());
        return "(" + (partition + " " + order).strip() + ")";
    }

    /// In the largest unit that leaves no rest, such as `INTERVAL '10' MINUTE`.
    private static String interval(SqlNode micros) {
        long rest = Long.parseLong(of(micros));
        String[] units = {"DAY", "HOUR", "MINUTE", "SECOND"};
        long[] lengths = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L};
        for (int i = 0; i < units.length; i++) {
            if (rest != 0 && rest % lengths[i] == 0) {
                return "INTERVAL '" + rest / lengths[i] + "' " + units[i];
            }
        }
        return "INTERVAL '" + BigDecimal.valueOf(rest, 6).stripTrailingZeros().toPlainString() + "' SECOND";
    }

    private static String caseOf(SqlCase choice) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i < choice.getWhenOperands().size(); i++) {
            text.append(" WHEN ").append(of(choice.getWhenOperands().get(i)));
            text.append(" THEN ").append(of(choice.getThenOperands().get(i)));
        }
        SqlNode otherwise = choice.getElseOperand();
        if (otherwise != null && !(otherwise instanceof SqlLiteral literal && literal.getValue() == null)) {
            text.append(" ELSE ").append(of(otherwise));
        }
        return text.append(" END").toString();
    }

    private static String written(SqlNode node) {
        SqlString text = node
                .toSqlString(config -> config.withQuoteAllIdentifiers(false).withAlwaysUseParentheses(false));
        return text.getSql().replaceAll("\\s+", " ");
    }
}
