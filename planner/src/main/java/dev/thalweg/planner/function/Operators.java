package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.BOOLEAN;
import static dev.thalweg.spi.data.DataType.Simple.DATE;
import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.INTERVAL_DAY_TIME;
import static dev.thalweg.spi.data.DataType.Simple.INTERVAL_YEAR_MONTH;
import static dev.thalweg.spi.data.DataType.Simple.STRING;
import static dev.thalweg.spi.data.DataType.Simple.TIME;
import static dev.thalweg.spi.data.DataType.Simple.TIMESTAMP;
import static dev.thalweg.spi.data.DataType.Simple.TIMESTAMP_NTZ;
import static dev.thalweg.spi.data.DataType.Simple.VOID;

import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The operators, and the functions that no line of `scalar-functions.txt` can describe.
///
/// Comparisons and CASE become Calcite's own in the plan, so that its rules know them; all others keep our names.
public final class Operators {
    private static final RowType WINDOW = RowType.of(new Field("start", TIMESTAMP, true),
            new Field("end", TIMESTAMP, true));

    private static final EngineFunction FIELDS = new EngineFunction("$fields", _ -> {
        throw new QueryProblem("THW-1107", "The '.*' of a struct cannot stand here.", SqlParserPos.ZERO,
                "It stands in a SELECT list, in WHERE and HAVING: name the fields.");
    }, (rex, type, _, _) -> rex.makeNullLiteral(type), true);

    private final Map<String, EngineFunction> byName = new HashMap<>();

    Operators() {
        add("+", ArithmeticRules::plus);
        add("-", ArithmeticRules::minus);
        add("*", ArithmeticRules::times);
        add("/", ArithmeticRules::divide);
        add("%", ArithmeticRules::remainder);
        add("div", ArithmeticRules::div);
        add("negative", ArithmeticRules::negative);
        addComparison("=", SqlStdOperatorTable.EQUALS);
        addComparison("<>", SqlStdOperatorTable.NOT_EQUALS);
        addComparison("<", SqlStdOperatorTable.LESS_THAN);
        addComparison("<=", SqlStdOperatorTable.LESS_THAN_OR_EQUAL);
        addComparison(">", SqlStdOperatorTable.GREATER_THAN);
        addComparison(">=", SqlStdOperatorTable.GREATER_THAN_OR_EQUAL);
        addComparison("<=>", SqlStdOperatorTable.IS_NOT_DISTINCT_FROM);
        addLogic("and", SqlStdOperatorTable.AND);
        addLogic("or", SqlStdOperatorTable.OR);
        addLogic("not", SqlStdOperatorTable.NOT);
        add("in", Operators::in);
        add("like", arguments -> strings("like", arguments));
        add("rlike", arguments -> strings("rlike", arguments));
        add("element", Operators::element);
        add("map", Operators::map);
        add("window", Operators::window);
        add("window_time", Operators::windowTime);
        add("session_window", arguments -> session("session_window", arguments));
        add("$session", arguments -> session("$session", arguments));
        add("$cumulate", Operators::cumulate);
        put("$case", new EngineFunction("$case", Operators::caseOf,
                (rex, type, _, arguments) -> rex.makeCall(type, SqlStdOperatorTable.CASE, arguments), true));
        put("$null", new EngineFunction("$null", _ -> new Binding("$null", List.of(), VOID, true),
                (rex, type, _, _) -> rex.makeNullLiteral(type), true));
        literal("$date", STRING, DATE);
        literal("$timestamp", STRING, TIMESTAMP);
        literal("$timestamp_ntz", STRING, TIMESTAMP_NTZ);
        literal("$time", STRING, TIME);
        add("$time_digits", arguments -> new Binding("time_digits", List.of(TIME, INT), TIME,
                arguments.getFirst().nullable()));
        literal("$interval_dt", DataType.Simple.BIGINT, INTERVAL_DAY_TIME);
        literal("$interval_ym", INT, INTERVAL_YEAR_MONTH);
        add("$watermark", Operators::watermark);
        add("$lives", _ -> new Binding("$lives", List.of(DataType.Simple.BIGINT, STRING), BOOLEAN, false));
        add("$asof", arguments -> new Binding("$asof", types(arguments), BOOLEAN, false));
        put("$sample", new EngineFunction("$sample", Operators::sample,
                (rex, type, _, arguments) -> rex.makeCall(type, named("$sample"), arguments), false));
        bits("&");
        bits("|");
        bits("^");
        add("~", arguments -> new Binding("~", List.of(integer("~", arguments.getFirst())),
                integer("~", arguments.getFirst()), arguments.getFirst().nullable()));
    }

    Map<String, EngineFunction> byName() {
        return byName;
    }

    private void put(String name, EngineFunction function) {
        byName.put(name, function);
    }

    /// An operator that keeps its arguments' order and the name that the binding says.
    private void add(String name, Binder binder) {
        EngineFunction.Emission emission = (rex, type, binding, arguments) -> {
            boolean timeLast = arguments.size() == 2
                    && (binding.name().equals("+") || binding.name().equals("date_add"))
                    && isTime(binding.arguments().get(1)) && !isTime(binding.arguments().get(0));
            return rex.makeCall(type, named(binding.name()), timeLast ? arguments.reversed() : arguments);
        };
        put(name, new EngineFunction(name, binder, emission, true));
    }

    private static boolean isTime(DataType type) {
        return TypeRules.isDateTime(type) || type == TIME;
    }

    private SqlOperator named(String name) {
        EngineFunction known = byName.get(name);
        return known != null ? known : FunctionRegistry.planned(name, true);
    }

    private void literal(String name, DataType from, DataType to) {
        add(name, _ -> new Binding(name, List.of(from), to, false));
    }

    private void bits(String name) {
        add(name, arguments -> {
            DataType left = integer(name, arguments.get(0));
            DataType right = integer(name, arguments.get(1));
            DataType common = TypeRules.leastCommon(left, right).orElse(left);
            return new Binding(name, List.of(common, common), common, ScalarBinder.anyNullable(arguments));
        });
    }

    private static DataType integer(String operator, Argument argument) {
        if (argument.type().isInteger()) {
            return argument.type();
        }
        if (argument.type() == VOID || argument.type() == STRING) {
            return argument.type() == VOID ? INT : DataType.Simple.BIGINT;
        }
        throw new QueryProblem("THW-1201", "'" + operator + "' does not take " + TypeRules.a(argument.type()) + ".",
                SqlParserPos.ZERO, "It takes whole numbers.");
    }

    private void addComparison(String name, SqlOperator standard) {
        put(name, new EngineFunction(name, arguments -> compare(name, arguments),
                (rex, type, _, arguments) -> rex.makeCall(type, standard, arguments), true));
    }

    private void addLogic(String name, SqlOperator standard) {
        put(name, new EngineFunction(name, arguments -> logic(name, arguments),
                (rex, type, _, arguments) -> rex.makeCall(type, standard, RexUtil.flatten(arguments, standard)), true));
    }

    private static Binding logic(String name, List<Argument> arguments) {
        for (Argument argument : arguments) {
            if (argument.type() != BOOLEAN && argument.type() != VOID && argument.type() != STRING) {
                throw new QueryProblem("THW-1203", name.toUpperCase(java.util.Locale.ROOT)
                        + " takes conditions, but this is " + TypeRules.a(argument.type()) + ".", SqlParserPos.ZERO,
                        "Write a comparison.");
            }
        }
        return new Binding(name, same(BOOLEAN, arguments.size()), BOOLEAN, ScalarBinder.anyNullable(arguments));
    }

    private static Binding compare(String operator, List<Argument> arguments) {
        DataType common = commonOf("'" + operator + "'", arguments);
        boolean nullable = !operator.equals("<=>") && ScalarBinder.anyNullable(arguments);
        return new Binding(operator, same(common, arguments.size()), BOOLEAN, nullable);
    }

    private static Binding in(List<Argument> arguments) {
        DataType common = commonOf("IN", arguments);
        return new Binding("in", same(common, arguments.size()), BOOLEAN, ScalarBinder.anyNullable(arguments));
    }

    private static DataType commonOf(String operator, List<Argument> arguments) {
        DataType common = arguments.getFirst().type();
        for (Argument argument : arguments.subList(1, arguments.size())) {
            DataType before = common;
            common = TypeRules.leastCommon(common, argument.type()).orElseThrow(() -> new QueryProblem("THW-1203",
                    operator + " cannot compare " + before.sql() + " with " + argument.type().sql() + ".",
                    SqlParserPos.ZERO, "CAST one of them to the other's type."));
        }
        if (common instanceof DataType.MapOf) {
            throw new QueryProblem("THW-1203", operator + " cannot compare maps.", SqlParserPos.ZERO,
                    "Compare map_entries(…) or single elements instead.");
        }
        return common;
    }

    private static List<DataType> same(DataType type, int count) {
        return java.util.Collections.nCopies(count, type);
    }

    private static Binding strings(String name, List<Argument> arguments) {
        for (Argument argument : arguments) {
            if (TypeRules.distance(argument.type(), STRING) < 0) {
                throw new QueryProblem("THW-1201",
                        name.toUpperCase(java.util.Locale.ROOT) + " does not take " + TypeRules.a(argument.type())
                                + ".",
                        SqlParserPos.ZERO, "It takes strings.");
            }
        }
        return new Binding(name, same(STRING, arguments.size()), BOOLEAN, ScalarBinder.anyNullable(arguments));
    }

    private static Binding element(List<Argument> arguments) {
        Argument container = arguments.get(0);
        Argument index = arguments.get(1);
        if (container.type() instanceof DataType.ArrayOf array
                && (index.type().isInteger() || index.type() == STRING || index.type() == VOID)) {
            return new Binding("element", List.of(array, INT), array.element(),
                    container.nullable() || index.nullable() || array.containsNull());
        }
        if (container.type() instanceof DataType.MapOf map && TypeRules.distance(index.type(), map.key()) >= 0) {
            return new Binding("element", List.of(map, map.key()), map.value(), true);
        }
        throw new QueryProblem("THW-1201",
                "[" + index.type().sql() + "] cannot follow " + TypeRules.a(container.type()) + ".", SqlParserPos.ZERO,
                "An array takes a position from 0 up, a map one of its keys, a struct a field: s.name.");
    }

    private static Binding map(List<Argument> arguments) {
        if (arguments.size() % 2 != 0) {
            throw new QueryProblem("THW-1201", "Function 'map' takes keys and values in turn, but got "
                    + arguments.size() + " arguments.", SqlParserPos.ZERO, "Such as map('a', 1, 'b', 2).");
        }
        List<Argument> keys = new ArrayList<>();
        List<Argument> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            keys.add(arguments.get(i));
            values.add(arguments.get(i + 1));
        }
        DataType key = keys.isEmpty() ? STRING : commonOf("map", keys);
        DataType value = VOID;
        for (Argument argument : values) {
            DataType before = value;
            value = TypeRules.leastCommon(before, argument.type()).orElseThrow(() -> new QueryProblem("THW-1203",
                    "The values of map have no type in common: " + before.sql() + " and " + argument.type().sql() + ".",
                    SqlParserPos.ZERO, "CAST one of them."));
        }
        List<DataType> casts = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            casts.add(i % 2 == 0 ? key : value);
        }
        return new Binding("map", casts, new DataType.MapOf(key, value, ScalarBinder.anyNullable(values)), false);
    }

    /// Operands as Calcite's CASE has them: conditions and results in turn, then ELSE.
    private static Binding caseOf(List<Argument> arguments) {
        List<Argument> results = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            results.add(arguments.get(i));
        }
        results.add(arguments.getLast());
        DataType common = VOID;
        for (Argument result : results) {
            DataType before = common;
            common = TypeRules.leastCommon(before, result.type()).orElseThrow(() -> new QueryProblem("THW-1203",
                    "The results of CASE have no type in common: " + before.sql() + " and " + result.type().sql() + ".",
                    SqlParserPos.ZERO, "CAST one of them."));
        }
        List<DataType> casts = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            boolean condition = i % 2 == 0 && i < arguments.size() - 1;
            casts.add(condition ? condition(arguments.get(i)) : common);
        }
        return new Binding("$case", casts, common, ScalarBinder.anyNullable(results));
    }

    private static DataType condition(Argument argument) {
        if (argument.type() == BOOLEAN || argument.type() == VOID || argument.type() == STRING) {
            return BOOLEAN;
        }
        throw new QueryProblem("THW-1203",
                "A WHEN must be a condition, but this one is " + TypeRules.a(argument.type()) + ".",
                SqlParserPos.ZERO, "Write a comparison.");
    }

    private static Binding window(List<Argument> arguments) {
        boolean lengths = arguments.size() >= 2 && arguments.size() <= 4
                && arguments.subList(1, arguments.size()).stream().allMatch(a -> a.type() == INTERVAL_DAY_TIME);
        Argument time = arguments.isEmpty() ? Argument.of(VOID, true) : arguments.getFirst();
        if (lengths && isWindow(time.type())) {
            return new Binding("window", types(arguments), time.type(), false);
        }
        if (!lengths || (!TypeRules.isDateTime(time.type()) && time.type() != STRING && time.type() != VOID)) {
            throw new QueryProblem("THW-1201", "This is no window.", SqlParserPos.ZERO,
                    "It is window(time TIMESTAMP, length INTERVAL, [slide INTERVAL], [start INTERVAL]), such as"
                            + " window(ts, INTERVAL '10' MINUTE).");
        }
        DataType type = time.type() == TIMESTAMP_NTZ ? TIMESTAMP_NTZ : TIMESTAMP;
        List<DataType> casts = new ArrayList<>(same(INTERVAL_DAY_TIME, arguments.size()));
        casts.set(0, type);
        RowType row = type == TIMESTAMP
                ? WINDOW
                : RowType.of(new Field("start", type, true), new Field("end", type, true));
        return new Binding("window", casts, new DataType.Struct(row), false);
    }

    /// A time, how long after it a session ends, and, of a table function, the columns that sessions are kept apart by.
    private static Binding session(String name, List<Argument> arguments) {
        boolean hasGap = arguments.size() >= 2
                && (arguments.get(1).type() == INTERVAL_DAY_TIME || arguments.get(1).type() == VOID);
        if (!hasGap || (name.equals("session_window") && arguments.size() > 2) || !isTime(arguments.getFirst())) {
            throw new QueryProblem("THW-1201", "This is no session.", SqlParserPos.ZERO,
                    "It is session_window(time TIMESTAMP, gap INTERVAL), such as session_window(ts, INTERVAL '5' MINUTE);"
                            + " the gap may differ from row to row: CASE WHEN … THEN INTERVAL '1' MINUTE … END.");
        }
        List<DataType> casts = new ArrayList<>(types(arguments));
        casts.set(1, INTERVAL_DAY_TIME);
        return timed(name, arguments, casts);
    }

    private static Binding cumulate(List<Argument> arguments) {
        boolean lengths = arguments.size() >= 3 && arguments.size() <= 4
                && arguments.subList(1, arguments.size()).stream().allMatch(a -> a.type() == INTERVAL_DAY_TIME);
        if (!lengths || !isTime(arguments.getFirst())) {
            throw new QueryProblem("THW-1201", "This is no CUMULATE.", SqlParserPos.ZERO,
                    "It is CUMULATE(TABLE t, DESCRIPTOR(time), step INTERVAL, size INTERVAL).");
        }
        return timed("$cumulate", arguments, new ArrayList<>(types(arguments)));
    }

    private static boolean isTime(Argument time) {
        return isWindow(time.type()) || TypeRules.isDateTime(time.type()) || time.type() == STRING
                || time.type() == VOID;
    }

    /// A struct of two times of the kind that the first argument is.
    private static Binding timed(String name, List<Argument> arguments, List<DataType> casts) {
        DataType given = arguments.getFirst().type();
        if (isWindow(given)) {
            return new Binding(name, casts, given, false);
        }
        DataType type = given == TIMESTAMP_NTZ ? TIMESTAMP_NTZ : TIMESTAMP;
        casts.set(0, type);
        return new Binding(name, casts,
                new DataType.Struct(RowType.of(new Field("start", type, true), new Field("end", type, true))), false);
    }

    /// Whether values of a type are windows, whose last moment is a time again.
    private static boolean isWindow(DataType type) {
        return type instanceof DataType.Struct(RowType row) && row.names().equals(WINDOW.names())
                && TypeRules.isDateTime(row.type(1));
    }

    private static List<DataType> types(List<Argument> arguments) {
        return arguments.stream().map(Argument::type).toList();
    }

    /// Marks, while a query is converted, where a watermark is declared: `$watermark(column, delayMicros)`.
    private static Binding watermark(List<Argument> arguments) {
        DataType type = arguments.getFirst().type();
        if (type != TIMESTAMP && type != TIMESTAMP_NTZ && type != VOID) {
            throw new QueryProblem("THW-1206",
                    "A watermark needs a TIMESTAMP, but this column is " + TypeRules.a(type) + ".",
                    SqlParserPos.ZERO,
                    "Write WATERMARK CAST(… AS TIMESTAMP) AS name DELAY OF …, or choose another column.");
        }
        return new Binding("$watermark", List.of(type, DataType.Simple.BIGINT), BOOLEAN, false);
    }

    /// Marks, while a query is converted, where a sample is drawn: `$sample(fraction)`, `$sample(fraction, seed)`.
    private static Binding sample(List<Argument> arguments) {
        return new Binding("$sample", types(arguments), BOOLEAN, false);
    }

    private static Binding windowTime(List<Argument> arguments) {
        if (arguments.size() == 1 && arguments.getFirst().type() instanceof DataType.Struct(RowType row)) {
            OptionalInt end = row.indexOf("end");
            if (end.isPresent() && TypeRules.isDateTime(row.type(end.getAsInt()))) {
                return new Binding("window_time", List.of(arguments.getFirst().type()), row.type(end.getAsInt()), true);
            }
        }
        throw new QueryProblem("THW-1201", "Function 'window_time' does not take such an argument.", SqlParserPos.ZERO,
                "It takes a window: window_time(window).");
    }

    /// `struct.field`, as an operator of its own for each name.
    public static EngineFunction field(String name) {
        Binder binder = arguments -> {
            DataType type = arguments.getFirst().type();
            if (type == VOID) {
                return new Binding("." + name, List.of(VOID), VOID, true);
            }
            if (type instanceof DataType.MapOf map && map.key() == STRING) {
                return new Binding("." + name, List.of(type), map.value(), true);
            }
            if (type instanceof DataType.ArrayOf(DataType.Struct(RowType row), boolean containsNull)) {
                int index = field(row, name);
                return new Binding("." + name, List.of(type), new DataType.ArrayOf(row.type(index),
                        containsNull || row.field(index).nullable()), arguments.getFirst().nullable());
            }
            if (isVariant(type)) {
                throw new QueryProblem("THW-1205", "'." + name + "' cannot follow a VARIANT.", SqlParserPos.ZERO,
                        "A colon leads into it: v:" + name + ", and a cast makes a value of a type of it: v:" + name
                                + "::string.");
            }
            if (!(type instanceof DataType.Struct(RowType row))) {
                throw new QueryProblem("THW-1205", "'." + name + "' cannot follow " + TypeRules.a(type) + ".",
                        SqlParserPos.ZERO,
                        "A STRUCT has fields, an ARRAY of STRUCTs those of each, and a MAP with STRING"
                                + " keys its values.");
            }
            int index = field(row, name);
            return new Binding("." + name, List.of(type), row.type(index),
                    arguments.getFirst().nullable() || row.field(index).nullable());
        };
        return new EngineFunction("." + name, binder, (rex, type, binding, arguments) -> {
            RexNode from = arguments.getFirst();
            return switch (binding.arguments().getFirst()) {
                case DataType.MapOf _ ->
                        rex.makeCall(type, SqlStdOperatorTable.ITEM, List.of(from, rex.makeLiteral(name)));
                case DataType.ArrayOf(DataType.Struct(RowType row), _) ->
                        rex.makeCall(type, FunctionRegistry.planned("field_of_each", true),
                                List.of(from, rex.makeExactLiteral(BigDecimal.valueOf(field(row, name)),
                                        TypeMapping.rel(rex.getTypeFactory(), INT, false))));
                default -> rex.makeFieldAccess(from, name, false); // a rule: a struct, or NULL
            };
        }, true);
    }

    private static int field(RowType row, String name) {
        return row.indexOf(name).orElseThrow(() -> new QueryProblem("THW-1104", "Unknown field '" + name + "'.",
                SqlParserPos.ZERO, "The struct has: " + String.join(", ", row.names()) + "."));
    }

    /// `struct.*` until validation, which knows the fields and writes them in its place.
    public static SqlCall fieldsOf(SqlNode struct) {
        return FIELDS.createCall(struct.getParserPosition(), struct);
    }

    @SuppressWarnings("ReferenceEquality") // there is one, and Calcite's equals compares names
    public static boolean isFieldsOf(SqlCall call) {
        return call.getOperator() == FIELDS;
    }

    /// `CAST(x AS type)` or TRY_CAST, as an operator of its own for each type.
    public static EngineFunction cast(DataType to, boolean orNull) {
        String name = (orNull ? "try_cast as " : "cast as ") + to.sql();
        Binder binder = arguments -> {
            Argument from = arguments.getFirst();
            if (isVariant(from.type()) && !from.type().equals(to)) {
                return new Binding(orNull ? "try_variant_get" : "variant_get", List.of(from.type()), to, true);
            }
            if (isVariant(to) && !from.type().equals(to) && from.type() != VOID) {
                return new Binding("to_variant_object", List.of(from.type()), to, from.nullable());
            }
            if (!TypeRules.canCast(from.type(), to)) {
                throw new QueryProblem("THW-1204",
                        "There is no CAST from " + from.type().sql() + " to " + to.sql() + ".", SqlParserPos.ZERO,
                        TypeRules.insteadOfCast(from.type(), to));
            }
            return new Binding(name, List.of(from.type()), to, orNull || from.nullable());
        };
        return new EngineFunction(name, binder, (rex, type, binding, arguments) -> {
            RelDataType target = TypeMapping.rel(rex.getTypeFactory(), to, type.isNullable());
            return switch (binding.name()) {
                case "variant_get", "try_variant_get" ->
                        rex.makeCall(target, FunctionRegistry.planned(binding.name(), true),
                                List.of(arguments.getFirst(), rex.makeLiteral("$")));
                case "to_variant_object" ->
                        rex.makeCall(target, FunctionRegistry.planned(binding.name(), true), arguments);
                default -> rex.makeAbstractCast(target, arguments.getFirst(), orNull);
            };
        }, true);
    }

    private static boolean isVariant(DataType type) {
        return type instanceof DataType.Struct struct && struct.isVariant();
    }
}
