package dev.thalweg.planner.logical;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.EngineAggregate;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.HigherOrderFunction;
import dev.thalweg.planner.function.LambdaParameter;
import dev.thalweg.planner.function.MatchFunction;
import dev.thalweg.planner.function.NotYet;
import dev.thalweg.planner.function.Operators;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.function.SqlMacro;
import dev.thalweg.planner.function.WrittenCalls;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
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
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/// Copies an expression with our operators in the place of Calcite's, which would type and cast it otherwise.
final class PrepareExpressions {
    private static final Set<SqlKind> QUERIES = Set.of(SqlKind.SELECT, SqlKind.ORDER_BY, SqlKind.WITH, SqlKind.UNION,
            SqlKind.INTERSECT, SqlKind.EXCEPT, SqlKind.VALUES);
    private static final Map<SqlKind, String> OPERATORS = Map.ofEntries(Map.entry(SqlKind.PLUS, "+"),
            Map.entry(SqlKind.MINUS, "-"), Map.entry(SqlKind.TIMES, "*"), Map.entry(SqlKind.DIVIDE, "/"),
            Map.entry(SqlKind.MOD, "%"), Map.entry(SqlKind.MINUS_PREFIX, "negative"), Map.entry(SqlKind.EQUALS, "="),
            Map.entry(SqlKind.NOT_EQUALS, "<>"), Map.entry(SqlKind.LESS_THAN, "<"),
            Map.entry(SqlKind.LESS_THAN_OR_EQUAL, "<="), Map.entry(SqlKind.GREATER_THAN, ">"),
            Map.entry(SqlKind.GREATER_THAN_OR_EQUAL, ">="), Map.entry(SqlKind.IS_NOT_DISTINCT_FROM, "<=>"),
            Map.entry(SqlKind.ITEM, "element"), Map.entry(SqlKind.ARRAY_VALUE_CONSTRUCTOR, "array"),
            Map.entry(SqlKind.MAP_VALUE_CONSTRUCTOR, "map"), Map.entry(SqlKind.AND, "and"), Map.entry(SqlKind.OR, "or"),
            Map.entry(SqlKind.NOT, "not"));
    /// Clauses and logic that Calcite types as Spark does, whose operands only are prepared.
    private static final Set<SqlKind> KEPT = Set.of(SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL, SqlKind.AS, SqlKind.DESCENDING, SqlKind.NULLS_FIRST, SqlKind.NULLS_LAST,
            SqlKind.IGNORE_NULLS, SqlKind.RESPECT_NULLS, SqlKind.EXISTS,
            SqlKind.SCALAR_QUERY, SqlKind.ROLLUP, SqlKind.CUBE, SqlKind.GROUPING_SETS, SqlKind.PRECEDING,
            SqlKind.FOLLOWING);

    /// Functions that give one of their arguments.
    private static final Set<String> CHOICES = Set.of("if", "coalesce", "nvl", "ifnull", "nvl2");

    private final Preparation preparation;
    private final PrepareSyntax queries;
    private final PrepareLambdas lambdas;

    PrepareExpressions(Preparation preparation, PrepareSyntax queries) {
        this.preparation = preparation;
        this.queries = queries;
        this.lambdas = new PrepareLambdas(preparation.functions(), this);
    }

    /// What surrounds an expression.
    ///
    /// @param window the `window(…)` or `session_window(…)` of the GROUP BY clause: what its name alone means in SELECT,
    ///        HAVING and ORDER BY
    /// @param aliases of the SELECT list so far, in lower case, and what they stand for: for names that are no column
    /// @param keys of the GROUP BY clause, from left to right, each once: what `grouping_id()` takes
    /// @param windows of the WINDOW clause, by their names in lower case
    /// @param parameters of the lambdas around, in lower case
    record Surroundings(Names names, Optional<SqlCall> window, Map<String, SqlNode> aliases, List<SqlNode> keys,
            Map<String, SqlWindow> windows, Map<String, LambdaParameter> parameters) {
        Surroundings(Names names, Optional<SqlCall> window, Map<String, SqlNode> aliases, List<SqlNode> keys,
                Map<String, SqlWindow> windows) {
            this(names, window, aliases, keys, windows, Map.of());
        }

        static Surroundings of(Names names) {
            return new Surroundings(names, Optional.empty(), Map.of(), List.of(), Map.of());
        }

        /// Where columns of the input are meant, as in GROUP BY itself.
        Surroundings ofInput() {
            return new Surroundings(names, Optional.empty(), aliases, keys, windows, parameters);
        }

        Surroundings within(Map<String, LambdaParameter> ofLambda) {
            return new Surroundings(names, window, aliases, keys, windows, ofLambda);
        }

        /// In the arguments of an aggregate: windows over windows have an input with a column of that name.
        Surroundings ofAggregated() {
            return window.filter(Surroundings::readsWindow).isPresent() ? ofInput() : this;
        }

        private static boolean readsWindow(SqlNode node) {
            return switch (node) {
                case SqlIdentifier name -> name.names.stream()
                        .anyMatch(each -> each.equalsIgnoreCase("window") || each.equalsIgnoreCase("session_window"));
                case SqlCall call ->
                        call.getOperandList().stream().anyMatch(each -> each != null && readsWindow(each));
                default -> false; // a rule: nothing else is a name
            };
        }
    }

    SqlNode of(SqlNode node, Surroundings around) {
        if (preparation.isWrong(node.getParserPosition()) && !(node instanceof SqlNodeList)
                && node.getKind() != SqlKind.AS) {
            return call("$null", node.getParserPosition());
        }
        return switch (node) {
            case SqlNumericLiteral number -> number;
            case SqlLiteral literal ->
                    literal.getValue() == null ? call("$null", literal.getParserPosition()) : literal;
            case SqlIdentifier name -> identifier(name, around);
            case SqlNodeList list -> list(list, around);
            case SqlCase choice -> caseOf(choice, around);
            case SqlCall call when StreamOperators.is(call, StreamOperators.ORDER_BY_ALL) -> call;
            case SqlCall call when StreamOperators.is(call, StreamOperators.OTHER_COLUMNS)
                    || StreamOperators.is(call, StreamOperators.ALL_BUT) ->
                    call;
            case SqlCall call when QUERIES.contains(call.getKind()) -> queries.query(call, around.names());
            case SqlCall call -> call(call, around);
            default -> node;
        };
    }

    SqlNodeList list(SqlNodeList list, Surroundings around) {
        SqlNodeList copy = new SqlNodeList(list.getParserPosition());
        for (SqlNode node : list) {
            copy.add(of(node, around));
        }
        return copy;
    }

    private SqlNode identifier(SqlIdentifier name, Surroundings around) {
        String first = name.names.getFirst();
        boolean ofTable = name.names.size() > 1 && around.names().sees(first);
        if (name.isStar()) {
            boolean ofStruct = name.names.size() > (ofTable ? 2 : 1);
            return ofStruct
                    ? Operators.fieldsOf(identifier(name.skipLast(1), around))
                    : name.clone(name.getParserPosition());
        }
        LambdaParameter parameter = around.parameters().get(first.toLowerCase(Locale.ROOT));
        if (parameter != null) {
            return fields(parameter.createCall(name.getParserPosition()), name, 1);
        }
        if (!ofTable && around.window().filter(window -> window.getOperator().getName().equalsIgnoreCase(first))
                .isPresent()) {
            return fields(of(around.window().get(), Surroundings.of(around.names())), name, 1);
        }
        int column = ofTable ? 2 : 1;
        SqlIdentifier owner = name.getComponent(0, column);
        SqlNode alias = ofTable ? null : around.aliases().get(first.toLowerCase(Locale.ROOT));
        if (alias != null && preparation.isAlias(owner.getParserPosition())) {
            if (draws(alias)) {
                throw new QueryProblem("THW-1120", "'" + first + "' is random and would be drawn again here.",
                        owner.getParserPosition(),
                        "Draw it in a subquery and use it above: SELECT r, r + 1 FROM (SELECT rand() AS r FROM t).");
            }
            return fields(of(alias, around), name, column);
        }
        return preparation.isWrong(owner.getParserPosition())
                ? call("$null", owner.getParserPosition())
                : fields(owner, name, column);
    }

    /// `a.b.c` from its part number `from` on: fields of a struct.
    private static SqlNode fields(SqlNode struct, SqlIdentifier name, int from) {
        SqlNode node = struct;
        for (String field : name.names.subList(from, name.names.size())) {
            node = Operators.field(field).createCall(name.getParserPosition(), node);
        }
        return node;
    }

    private SqlCall call(String operator, SqlParserPos place, SqlNode... operands) {
        return preparation.functions().operator(operator).createCall(place, operands);
    }

    private SqlNode call(SqlCall call, Surroundings around) {
        SqlParserPos place = call.getParserPosition();
        SqlKind kind = call.getKind();
        if (KEPT.contains(kind) || call.getOperator() instanceof MatchFunction) {
            return copy(call, call.getOperator(), around);
        }
        String operator = OPERATORS.get(kind);
        if (operator != null && !(call.getOperator() instanceof SqlFunction)) {
            return copy(call, preparation.functions().operator(operator), around);
        }
        return switch (kind) {
            case PLUS_PREFIX -> of(call.operand(0), around);
            case OVER -> new PrepareOver(preparation, this).of(call, around);
            case WITHIN_GROUP -> new PrepareWithinGroup(preparation, this).of(call, around);
            case IS_TRUE -> is(call, true, around);
            case IS_NOT_TRUE -> not(is(call, true, around));
            case IS_FALSE -> is(call, false, around);
            case IS_NOT_FALSE -> not(is(call, false, around));
            case FILTER ->
                    filtered(of(call.operand(0), around), condition(call.operand(1), around.ofAggregated()), place);
            case IS_DISTINCT_FROM -> not(copy(call, preparation.functions().operator("<=>"), around));
            case BETWEEN -> ((SqlBetweenOperator) call.getOperator()).isNegated()
                    ? not(between(call, around))
                    : between(call, around);
            case IN -> in(call, around);
            case NOT_IN -> call.operand(1) instanceof SqlNodeList ? not(in(call, around)) : in(call, around);
            case LIKE -> like(call, around);
            case CAST -> cast(call, false, around);
            case SAFE_CAST -> cast(call, true, around);
            case DOT -> Operators.field(fieldName(call.operand(1))).createCall(place, of(call.operand(0), around));
            case ROW -> struct(call, around);
            default -> function(call, around);
        };
    }

    private static String fieldName(SqlNode field) {
        return field instanceof SqlIdentifier name ? name.names.getLast() : field.toString();
    }

    private SqlNode not(SqlNode node) {
        return call("not", node.getParserPosition(), node);
    }

    /// `x IS TRUE` is `x <=> true`, so that it is never NULL.
    private SqlNode is(SqlCall call, boolean truth, Surroundings around) {
        return call("<=>", call.getParserPosition(), of(call.operand(0), around),
                SqlLiteral.createBoolean(truth, call.getParserPosition()));
    }

    /// `count_if` is a count with a filter already: then both must hold.
    private static SqlNode filtered(SqlNode aggregate, SqlNode condition, SqlParserPos place) {
        return aggregate instanceof SqlCall call && call.getKind() == SqlKind.FILTER
                ? SqlStdOperatorTable.FILTER.createCall(place, call.operand(0),
                        SqlStdOperatorTable.AND.createCall(place, call.operand(1), condition))
                : SqlStdOperatorTable.FILTER.createCall(place, aggregate, condition);
    }

    /// What WHERE, HAVING, ON and FILTER ask of a row; a bare NULL is never true.
    SqlNode condition(SqlNode node, Surroundings around) {
        SqlNode condition = of(node, around);
        boolean isNull = node instanceof SqlLiteral literal && literal.getValue() == null;
        return isNull
                ? Operators.cast(DataType.Simple.BOOLEAN, false).createCall(node.getParserPosition(), condition)
                : condition;
    }

    private SqlNode like(SqlCall call, Surroundings around) {
        SqlNode like = copy(call, preparation.functions().operator("like"), around);
        return call.getOperator().getName().startsWith("NOT") ? not(like) : like;
    }

    private SqlNode between(SqlCall call, Surroundings around) {
        SqlParserPos place = call.getParserPosition();
        if (draws(call.operand(0))) {
            throw new QueryProblem("THW-1120", "BETWEEN would draw this random value twice, once for each end.", place,
                    "Give it a name in a subquery: SELECT … FROM (SELECT *, rand() AS r FROM t) WHERE r BETWEEN a AND b.");
        }
        SqlNode from = call(">=", place, of(call.operand(0), around), of(call.operand(1), around));
        SqlNode to = call("<=", place, of(call.operand(0), around), of(call.operand(2), around));
        return call("and", place, from, to);
    }

    /// Whether a copy of an expression would have another value in the same row.
    private boolean draws(SqlNode node) {
        return RandomCalls.in(node, preparation.functions());
    }

    private SqlNode in(SqlCall call, Surroundings around) {
        SqlNode value = call.operand(0);
        if (!(call.operand(1) instanceof SqlNodeList candidates)) {
            SqlNode left = value.getKind() == SqlKind.ROW
                    ? copy((SqlCall) value, SqlStdOperatorTable.ROW, around)
                    : of(value, around);
            return call.getOperator().createCall(call.getParserPosition(), left, of(call.operand(1), around));
        }
        List<SqlNode> operands = new ArrayList<>(List.of(of(value, around)));
        candidates.forEach(candidate -> operands.add(of(candidate, around)));
        return call("in", call.getParserPosition(), operands.toArray(SqlNode[]::new));
    }

    private SqlNode caseOf(SqlCase choice, Surroundings around) {
        List<SqlNode> operands = new ArrayList<>();
        for (int i = 0; i < choice.getWhenOperands().size(); i++) {
            operands.add(of(choice.getWhenOperands().get(i), around));
            operands.add(of(choice.getThenOperands().get(i), around));
        }
        SqlNode otherwise = choice.getElseOperand();
        operands.add(otherwise == null ? call("$null", choice.getParserPosition()) : of(otherwise, around));
        return call("$case", choice.getParserPosition(), operands.toArray(SqlNode[]::new));
    }

    private SqlNode cast(SqlCall call, boolean orNull, Surroundings around) {
        DataType type = switch (call.operand(1)) {
            case SqlIntervalQualifier interval ->
                    interval.isYearMonth() ? DataType.Simple.INTERVAL_YEAR_MONTH : DataType.Simple.INTERVAL_DAY_TIME;
            case SqlDataTypeSpec spec -> TypeMapping.dataType(spec.deriveType(queries.typing()));
            default -> throw new QueryProblem("THW-1204", "This is no type to cast to.", call.getParserPosition(), "");
        };
        SqlOperator cast = type.isInteger() && ColumnNames.isSuffixed(call)
                ? WrittenCalls.number(type)
                : Operators.cast(type, orNull);
        return cast.createCall(call.getParserPosition(), of(call.operand(0), around));
    }

    /// Calls by name: ours, whatever Calcite's operator of that name would do.
    private SqlNode function(SqlCall call, Surroundings outside) {
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        FunctionRegistry functions = preparation.functions();
        Optional<SqlMacro> macro = functions.users().macro(name);
        if (macro.isPresent()) {
            return of(RandomCalls.expanded(macro.get(), call, functions), outside);
        }
        Surroundings around = functions.isAggregate(call) ? outside.ofAggregated() : outside;
        switch (name) {
            case "count" -> {
                if (StarArguments.countsRows(call)) {
                    return call("count", call.getParserPosition());
                }
            }
            case "grouping_id" -> {
                if (call.operandCount() == 0 && !around.keys().isEmpty()) {
                    return functions.find(name).orElseThrow().createCall(call.getParserPosition(),
                            around.keys().stream().map(key -> of(key, around)).toList());
                }
            }
            case "count_if" -> {
                return SqlStdOperatorTable.FILTER.createCall(call.getParserPosition(),
                        call("count", call.getParserPosition()), of(call.operand(0), around));
            }
            case "first", "first_value", "any_value", "last", "last_value" -> {
                if (call.operandCount() == 2) {
                    return ignoringNulls(call, around);
                }
            }
            case "struct" -> {
                return struct(call, around);
            }
            case "arrays_zip" -> {
                return call(name, call.getParserPosition(),
                        ZippedNames.with(call.getOperandList(), array -> of(array, around)));
            }
            case "window", "$cumulate" -> {
                return window(call, around.ofInput());
            }
            case "session_window", "$session" -> {
                return session(call, around.ofInput());
            }
            case "$unknown" -> {
                return call("$null", call.getParserPosition());
            }
            case FunctionCalls.LAMBDA -> throw PrepareLambdas.misplaced(call);
            default -> {
            }
        }
        if (functions.isGenerator(name)) {
            throw new QueryProblem("THW-1108", "'" + name + "' makes rows and cannot stand inside an expression.",
                    call.getParserPosition(), "Let it be a column of its own, or write LATERAL VIEW " + name
                            + "(…) t AS x after FROM and use x.");
        }
        Optional<SqlOperator> operator = functions.find(call).filter(_ -> !NotYet.is(name));
        if (operator.isEmpty()) {
            preparation.report(functions.unknown(name, call.getParserPosition()));
            return call("$null", call.getParserPosition());
        }
        if (operator.get() instanceof EngineAggregate aggregate && aggregate.isOnlyOver()) {
            preparation.report(new QueryProblem("THW-3201", "'" + name + "' needs OVER.", call.getParserPosition(),
                    "Write " + name + "(…) OVER (PARTITION BY … ORDER BY …)."));
            return call("$null", call.getParserPosition());
        }
        return copy(call, operator.get(), around);
    }

    /// `window(ts, '10 minutes')` is `window(ts, INTERVAL 10 MINUTES)`.
    private SqlNode window(SqlCall call, Surroundings around) {
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            boolean length = !operands.isEmpty() && operand instanceof SqlCharStringLiteral;
            operands.add(length ? interval((SqlCharStringLiteral) operand) : of(operand, around));
        }
        if (operands.size() == 4 && isNoTime(operands.get(3))) {
            operands.removeLast(); // windows begin there anyway: the same windows are known for the same
        }
        boolean tumbles = call.getOperator().getName().equalsIgnoreCase("window") && operands.size() == 3;
        if (tumbles && operands.get(1).equalsDeep(operands.get(2), Litmus.IGNORE)) {
            operands.removeLast();
        }
        return call(call.getOperator().getName().toLowerCase(Locale.ROOT), call.getParserPosition(),
                operands.toArray(SqlNode[]::new));
    }

    private static boolean isNoTime(SqlNode length) {
        return length instanceof SqlCall call && call.getOperator().getName().equals("$interval_dt")
                && call.operand(0) instanceof SqlNumericLiteral micros && micros.bigDecimalValue().signum() == 0;
    }

    private SqlNode session(SqlCall call, Surroundings around) {
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            operands.add(of(operands.size() == 1 ? lengths(operand) : operand, around));
        }
        return call(call.getOperator().getName().toLowerCase(Locale.ROOT), call.getParserPosition(),
                operands.toArray(SqlNode[]::new));
    }

    /// A length that differs by row may have texts at its ends: `CASE WHEN vip THEN '10 minutes' ELSE '5 minutes' END`.
    private SqlNode lengths(SqlNode node) {
        return switch (node) {
            case SqlCharStringLiteral text -> interval(text);
            case SqlCase choice -> new SqlCase(choice.getParserPosition(), choice.getValueOperand(),
                    choice.getWhenOperands(), lengths(choice.getThenOperands()),
                    choice.getElseOperand() == null ? null : lengths(choice.getElseOperand()));
            case SqlCall call when CHOICES.contains(call.getOperator().getName().toLowerCase(Locale.ROOT)) ->
                    call.getOperator().createCall(call.getParserPosition(),
                            call.getOperandList().stream().map(this::lengths).toList());
            default -> node; // a rule: an interval of any other form is one already
        };
    }

    private SqlNodeList lengths(SqlNodeList nodes) {
        return new SqlNodeList(nodes.stream().map(this::lengths).toList(), nodes.getParserPosition());
    }

    private SqlNode interval(SqlCharStringLiteral text) {
        SqlParserPos place = text.getParserPosition();
        try {
            long micros = StatementParser.parseIntervalMicros(String.valueOf(text.getValueAs(String.class)));
            return call("$interval_dt", place, SqlLiteral.createExactNumeric(Long.toString(micros), place));
        } catch (InvalidQuery e) {
            throw new QueryProblem("THW-1202", "'" + text.getValueAs(String.class) + "' is no length of a window.",
                    place,
                    "Write days or shorter, such as '10 minutes' or INTERVAL 1 HOUR.");
        }
    }

    /// `first(x, true)` is `first(x) IGNORE NULLS`.
    private SqlNode ignoringNulls(SqlCall call, Surroundings around) {
        SqlNode aggregate = call(call.getOperator().getName(), call.getParserPosition(), of(call.operand(0), around));
        boolean ignore = call.operand(1) instanceof SqlLiteral literal && Boolean.TRUE.equals(literal.getValue());
        return ignore ? SqlStdOperatorTable.IGNORE_NULLS.createCall(call.getParserPosition(), aggregate) : aggregate;
    }

    /// `struct(a, b AS c)` is `named_struct('a', a, 'c', b)`.
    private SqlNode struct(SqlCall call, Surroundings around) {
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (StarArguments.isOfColumns(operand)) {
                operands.add(of(operand, around)); // its columns bring their names
                continue;
            }
            SqlNode value = operand.getKind() == SqlKind.AS ? ((SqlCall) operand).operand(0) : operand;
            String name = "col" + (operands.size() / 2 + 1);
            if (operand.getKind() == SqlKind.AS) {
                name = fieldName(((SqlCall) operand).operand(1));
            } else if (operand instanceof SqlIdentifier column) {
                name = column.names.getLast();
            }
            operands.add(SqlLiteral.createCharString(name, operand.getParserPosition()));
            operands.add(of(value, around));
        }
        return call("named_struct", call.getParserPosition(), operands.toArray(SqlNode[]::new));
    }

    SqlNode copy(SqlCall call, SqlOperator operator, Surroundings around) {
        List<SqlNode> operands = new ArrayList<>();
        for (@Nullable
        SqlNode operand : call.getOperandList()) {
            if (operand != null) {
                operands.add(operator.getKind() == SqlKind.AS && !operands.isEmpty()
                        ? operand
                        : operator instanceof HigherOrderFunction
                                ? lambdas.argument(operand, around)
                                : of(operand, around));
            }
        }
        SqlLiteral quantifier = call instanceof SqlBasicCall basic ? basic.getFunctionQuantifier() : null;
        return quantifier == null
                ? operator.createCall(call.getParserPosition(), operands)
                : operator.createCall(quantifier, call.getParserPosition(), operands.toArray(SqlNode[]::new));
    }
}
