package dev.thalweg.planner.incremental;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.planner.function.LambdaParameter;
import dev.thalweg.planner.function.UserScalar;
import dev.thalweg.planner.incremental.Expression.Branch;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Lambda;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Expression.Parameter;
import dev.thalweg.planner.incremental.Expression.UserCall;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/// Turns Calcite's row expressions into ours, over the expressions that stand for the input's columns.
///
/// @param rexBuilder expands Calcite's SEARCH
/// @param fields what each column of the Calcite input is, over the plan node below
/// @param outer the same for the left side of a lateral join, by its correlation variable
record TranslateExpression(RexBuilder rexBuilder, List<Expression> fields,
        Map<CorrelationId, List<Expression>> outer) {
    private static final Set<String> RAISING = Set.of("raise_error", "assert_true");

    Expression translate(RexNode rex) {
        return switch (rex) {
            case RexOver over -> throw new InvalidQuery("THW-3200", "OVER (" + over.getAggOperator().getName()
                    + ") cannot stand here. Compute it in a subquery, as a column of its SELECT list.");
            case RexSubQuery subQuery -> throw new InvalidQuery("THW-3121",
                    "A subquery here (" + subQuery.getOperator().getName()
                            + ") is not supported yet. Use IN or EXISTS in WHERE, or a join.");
            case RexInputRef ref -> fields.get(ref.getIndex());
            case RexLiteral literal -> literal(literal);
            case RexFieldAccess access -> fieldAccess(access);
            case RexCall call -> call(call);
            default -> throw new Defect("THW-9111",
                    "An expression of kind " + rex.getKind() + " reached the incremental planner: " + rex);
        };
    }

    List<Expression> translateAll(List<RexNode> nodes) {
        return nodes.stream().map(this::translate).toList();
    }

    private Expression fieldAccess(RexFieldAccess access) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
            List<Expression> left = outer.get(variable.id);
            if (left == null) {
                throw new InvalidQuery("THW-3122",
                        "A correlated reference to '" + access.getField().getName() + "' is not supported here yet.");
            }
            return left.get(access.getField().getIndex());
        }
        Expression struct = translate(access.getReferenceExpr());
        return Expressions.fieldOf(struct, access.getField().getIndex(), type(access), access.getType().isNullable());
    }

    private static DataType type(RexNode rex) {
        return TypeMapping.dataType(rex.getType());
    }

    private Expression call(RexCall call) {
        if (call.getOperator() instanceof LambdaParameter parameter) {
            return new Parameter(parameter.shown(), parameter.level(), type(call), call.getType().isNullable());
        }
        if (call.getOperator() instanceof UserScalar scalar) {
            return new UserCall(scalar.function(), translateAll(call.getOperands()));
        }
        return switch (call.getKind()) {
            case SEARCH -> translate(RexUtil.expandSearch(rexBuilder, null, call));
            case CASE -> caseOf(call);
            case CAST -> cast(call, false);
            case SAFE_CAST -> cast(call, true);
            case IS_TRUE -> orElse(operand(call, 0), false);
            case IS_NOT_FALSE -> orElse(operand(call, 0), true);
            case IS_NOT_TRUE -> not(orElse(operand(call, 0), false));
            case IS_FALSE -> not(orElse(operand(call, 0), true));
            case IS_DISTINCT_FROM -> not(named("<=>", call));
            case DOT -> dot(call);
            case OR -> or(call);
            default -> named(functionName(call), call);
        };
    }

    /// Without the FALSE that hides from Calcite what is never true.
    private Expression or(RexCall call) {
        return call.getOperands().size() == 2 && call.getOperands().getLast().isAlwaysFalse()
                ? operand(call, 0)
                : named("or", call);
    }

    private Expression operand(RexCall call, int index) {
        return translate(call.getOperands().get(index));
    }

    private Expression named(String function, RexCall call) {
        List<Expression> arguments = translateAll(call.getOperands());
        if (function.equals("$interval_dt")) {
            return new Literal(((Number) literalValue(arguments.getFirst())).longValue(), Simple.INTERVAL_DAY_TIME);
        }
        if (function.equals("$interval_ym")) {
            return new Literal(((Number) literalValue(arguments.getFirst())).intValue(), Simple.INTERVAL_YEAR_MONTH);
        }
        boolean nullable = call.getType().isNullable();
        return switch (function) {
            case "$date" -> new Cast(arguments.getFirst(), Simple.DATE, false, false);
            case "$timestamp" -> new Cast(arguments.getFirst(), Simple.TIMESTAMP, false, false);
            case "$timestamp_ntz" -> new Cast(arguments.getFirst(), Simple.TIMESTAMP_NTZ, false, false);
            case "$time" -> new Cast(arguments.getFirst(), Simple.TIME, false, false);
            case "window_time" -> windowTime(arguments.getFirst());
            case "window" -> throw new InvalidQuery("THW-3243",
                    "window() cannot stand here, in the condition of a join: it"
                            + " makes a row for each window. Compute it in a subquery of that side: JOIN (SELECT *,"
                            + " window(ts, size) AS w FROM t) t ON … t.w = ….");
            case FunctionCalls.LAMBDA ->
                    new Lambda(arguments.subList(0, arguments.size() - 1).stream().map(Parameter.class::cast).toList(),
                            arguments.getLast());
            default -> new Call(function, arguments, type(call), nullable);
        };
    }

    /// The last moment of a window: its end less a microsecond. `InferEventTime` knows this shape.
    static Expression windowTime(Expression window) {
        if (!(window.type() instanceof DataType.Struct(var row))) {
            throw new Defect("THW-9113", "A field of something that is not a STRUCT: " + window);
        }
        int end = row.indexOf("end").orElseThrow();
        Expression time = Expressions.fieldOf(window, end, row.type(end),
                window.nullable() || row.field(end).nullable());
        return new Call("-", List.of(time, new Literal(1L, Simple.INTERVAL_DAY_TIME)), time.type(), time.nullable());
    }

    private static Object literalValue(Expression expression) {
        Expression bare = expression instanceof Cast cast ? cast.input() : expression;
        if (bare instanceof Literal(Object value, _) && value != null) {
            return value;
        }
        throw new Defect("THW-9112", "An interval is not a constant: " + expression);
    }

    private static String functionName(RexCall call) {
        return switch (call.getKind()) {
            case AND -> "and";
            case NOT -> "not";
            case EQUALS -> "=";
            case NOT_EQUALS -> "<>";
            case LESS_THAN -> "<";
            case LESS_THAN_OR_EQUAL -> "<=";
            case GREATER_THAN -> ">";
            case GREATER_THAN_OR_EQUAL -> ">=";
            case IS_NOT_DISTINCT_FROM -> "<=>";
            case IS_NULL, IS_UNKNOWN -> "isnull";
            case IS_NOT_NULL -> "isnotnull";
            case ITEM -> "element";
            case ROW -> "named_struct";
            case ARRAY_VALUE_CONSTRUCTOR -> "array";
            case MAP_VALUE_CONSTRUCTOR -> "map";
            case MINUS_PREFIX -> "negative";
            default -> call.getOperator().getName().toLowerCase(Locale.ROOT);
        };
    }

    private Expression dot(RexCall call) {
        String name = java.util.Objects.requireNonNull(RexLiteral.stringValue(call.getOperands().get(1)));
        Expression struct = operand(call, 0);
        if (!(struct.type() instanceof DataType.Struct(var row))) {
            throw new Defect("THW-9113", "A field of something that is not a STRUCT: " + call);
        }
        return Expressions.fieldOf(struct, row.indexOf(name).orElseThrow(), type(call), call.getType().isNullable());
    }

    private Expression caseOf(RexCall call) {
        List<Expression> operands = translateAll(call.getOperands());
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            branches.add(new Branch(operands.get(i), operands.get(i + 1)));
        }
        Optional<Expression> otherwise = operands.size() % 2 == 1 ? Optional.of(operands.getLast()) : Optional.empty();
        return new Case(branches, otherwise, type(call), call.getType().isNullable());
    }

    private Expression cast(RexCall call, boolean orNull) {
        Expression input = operand(call, 0);
        DataType type = type(call);
        if (input.type().equals(type)) {
            return input;
        }
        if (input instanceof Literal(Object value, _) && value == null) {
            return new Literal(null, type);
        }
        if (input instanceof Call(String function, List<Expression> arguments, _, _) && RAISING.contains(function)) {
            return new Call(function, arguments, type, true); // a cast of NULL would not call it
        }
        return new Cast(input, type, orNull, orNull || input.nullable());
    }

    private static Expression orElse(Expression value, boolean otherwise) {
        if (!value.nullable()) {
            return value;
        }
        return new Call("coalesce", List.of(value, new Literal(otherwise, Simple.BOOLEAN)), Simple.BOOLEAN, false);
    }

    private static Expression not(Expression value) {
        return new Call("not", List.of(value), Simple.BOOLEAN, value.nullable());
    }

    private static Literal literal(RexLiteral literal) {
        DataType type = type(literal);
        return new Literal(literal.isNull() ? null : value(literal, type), type);
    }

    /// Calcite keeps what no decimal is, NaN and the infinities, as a Double.
    private static @Nullable Object value(RexLiteral literal, DataType type) {
        return switch (type) {
            case Simple simple -> switch (simple) {
                case BOOLEAN -> literal.getValueAs(Boolean.class);
                case TINYINT -> number(literal).byteValueExact();
                case SMALLINT -> number(literal).shortValueExact();
                case INT -> number(literal).intValueExact();
                case BIGINT -> number(literal).longValueExact();
                case FLOAT -> literal.getValue() instanceof Double d ? d.floatValue() : number(literal).floatValue();
                case DOUBLE -> literal.getValue() instanceof Double d ? d : number(literal).doubleValue();
                case STRING -> literal.getValueAs(String.class);
                case BINARY -> bytes(literal);
                case VOID -> null;
                case DATE, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH ->
                        throw new Defect("THW-9114",
                                "Calcite folded a constant of type " + type.sql() + ": " + literal);
            };
            case DataType.Decimal(_, int scale) -> number(literal).setScale(scale, java.math.RoundingMode.UNNECESSARY);
            case DataType.ArrayOf _,DataType.MapOf _,DataType.Struct _ ->
                    throw new Defect("THW-9114", "Calcite folded a constant of type " + type.sql() + ": " + literal);
        };
    }

    private static BigDecimal number(RexLiteral literal) {
        Object value = literal.getValue();
        return value instanceof Double d
                ? BigDecimal.valueOf(d)
                : java.util.Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
    }

    private static byte[] bytes(RexLiteral literal) {
        return java.util.Objects.requireNonNull(literal.getValueAs(ByteString.class)).getBytes();
    }

    /// Whether a call has a name that makes rows or windows, so that a projection must become more than one node.
    static boolean isCallOf(RexNode rex, Set<String> names) {
        return rex instanceof RexCall call && call.getKind() == SqlKind.OTHER_FUNCTION
                && names.contains(call.getOperator().getName().toLowerCase(Locale.ROOT));
    }
}
