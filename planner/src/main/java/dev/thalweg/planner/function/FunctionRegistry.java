package dev.thalweg.planner.function;

import dev.thalweg.spi.NearNames;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Every function of the dialect by name, case aside, and those that the session's programs have registered: what
/// `SHOW FUNCTIONS` lists and what a query may call.
///
/// **Thread** Any: what is registered is there for the queries planned after it.
public final class FunctionRegistry {
    private static final Set<String> GENERATORS = Set.copyOf(new Generators().byName().keySet());

    private final Map<String, SqlOperator> byName = new TreeMap<>();
    private final Map<String, List<String>> signatures = new TreeMap<>();
    private final UserFunctions users = new UserFunctions(this::isThere);

    private FunctionRegistry(List<Signature> scalars) {
        Map<String, List<Signature>> overloads = new HashMap<>();
        for (Signature signature : scalars) {
            for (String name : signature.names()) {
                overloads.computeIfAbsent(name, _ -> new ArrayList<>()).add(signature);
            }
        }
        overloads.forEach((name, lines) -> {
            byName.put(name, scalar(name, lines));
            signatures.put(name, lines.stream().map(line -> line.text(name)).toList());
        });
        byName.putAll(new Operators().byName());
        Aggregates aggregates = new Aggregates();
        byName.putAll(aggregates.byName());
        aggregates.signatures().forEach((name, text) -> signatures.put(name, List.of(name + text)));
        WindowFunctions windows = new WindowFunctions();
        byName.putAll(windows.byName());
        windows.signatures().forEach((name, text) -> signatures.put(name, List.of(name + text)));
        Generators generators = new Generators();
        byName.putAll(generators.byName());
        generators.signatures().forEach((name, text) -> signatures.put(name, List.of(name + text)));
        addCalcites();
        signatures.put("map", List.of("map(K, V, ...) : MAP<K, V>"));
        signatures.put("count_if", List.of("count_if(BOOLEAN) : BIGINT"));
        signatures.put("window",
                List.of("window(TIMESTAMP, INTERVAL, [INTERVAL], [INTERVAL]) : STRUCT<start: TIMESTAMP, "
                        + "end: TIMESTAMP>"));
        signatures.put("session_window",
                List.of("session_window(TIMESTAMP, INTERVAL) : STRUCT<start: TIMESTAMP, end: TIMESTAMP>"));
        signatures.put("window_time", List.of("window_time(STRUCT<start: TIMESTAMP, end: TIMESTAMP>) : TIMESTAMP"));
    }

    /// Every function of the catalogue that is part of the program.
    public static FunctionRegistry load() {
        return new FunctionRegistry(ScalarCatalogue.signatures());
    }

    private void addCalcites() {
        Map<String, SqlOperator> calcites = Map.of("grouping", SqlStdOperatorTable.GROUPING, "grouping_id",
                SqlStdOperatorTable.GROUPING_ID);
        byName.putAll(calcites);
        calcites.keySet()
                .forEach(name -> signatures.put(name, List.of(name + "(column…) : BIGINT")));
    }

    private static EngineFunction scalar(String name, List<Signature> overloads) {
        boolean deterministic = overloads.stream().allMatch(Signature::deterministic);
        boolean names = name.equals("named_struct") || name.equals("arrays_zip");
        EngineFunction.Emission emission = (rex, type, binding, arguments) -> {
            List<RexNode> values = names ? everySecond(arguments) : arguments;
            String planned = name.equals("struct") ? "named_struct" : binding.name();
            return rex.makeCall(type, planned(planned, ScalarCatalogue.isDeterministic(planned, values.size())),
                    values);
        };
        return overloads.stream().anyMatch(Signature::takesLambda)
                ? new HigherOrderFunction(name, new LambdaBinder(name, overloads), emission)
                : new EngineFunction(name, new ScalarBinder(name, overloads), emission, deterministic);
    }

    private static List<RexNode> everySecond(List<RexNode> arguments) {
        List<RexNode> values = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            values.add(arguments.get(i));
        }
        return values;
    }

    /// The operator of a call in the plan, whose types are settled.
    static SqlOperator planned(String name, boolean deterministic) {
        return new EngineFunction(name, _ -> {
            throw new Defect("THW-9104", "A call of " + name + " in a plan is bound a second time");
        }, (_, _, _, _) -> {
            throw new Defect("THW-9104", "A call of " + name + " in a plan is converted a second time");
        }, deterministic);
    }

    /// What a subquery that stands for one value comes to when it has more rows: an error. No rule moves it.
    public static RexNode moreThanOneRow(RexBuilder rex, RelDataType type) {
        return rex.makeCall(type, planned("more_than_one_row", false), List.of());
    }

    /// The same value as one that is computed: no column, and so no event time.
    public static RexNode computed(RexBuilder rex, RexNode value) {
        return rex.makeCall(value.getType(), planned("coalesce", true), List.of(value));
    }

    public Optional<SqlOperator> find(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byName.get(key)).or(() -> users.find(key));
    }

    /// What a call calls: the operator that a program has put there, or the one that its name says.
    public Optional<SqlOperator> find(SqlCall call) {
        return isOfProgram(call.getOperator()) ? Optional.of(call.getOperator()) : find(call.getOperator().getName());
    }

    private static boolean isOfProgram(SqlOperator operator) {
        return operator instanceof UserScalar
                || (operator instanceof EngineAggregate aggregate && aggregate.user().isPresent());
    }

    /// The name as a query writes it: ours in lower case, a program's as it registered it.
    public static String shownName(SqlOperator operator) {
        return switch (operator) {
            case UserScalar scalar -> scalar.function().name();
            case EngineAggregate aggregate when aggregate.user().isPresent() -> aggregate.user().get().name();
            default -> operator.getName().toLowerCase(Locale.ROOT); // a rule: every other has one name
        };
    }

    /// The functions that programs have registered.
    public UserFunctions users() {
        return users;
    }

    /// The operator that the planner itself asks for, such as `+` or `$case`.
    public SqlOperator operator(String name) {
        return find(name).orElseThrow(() -> new Defect("THW-9105", "There is no operator " + name));
    }

    public boolean isGenerator(String name) {
        return byName.get(name.toLowerCase(Locale.ROOT)) instanceof EngineGenerator;
    }

    /// Whether a call of that name makes rows of any number of columns, whose names it knows itself.
    public static boolean makesRows(String name) {
        return GENERATORS.contains(name.toLowerCase(Locale.ROOT));
    }

    public boolean isAggregate(SqlCall call) {
        return find(call).filter(found -> found instanceof EngineAggregate aggregate && !aggregate.isOnlyOver())
                .isPresent();
    }

    /// What an aggregate is with WITHIN GROUP (ORDER BY …), see [Aggregates#ORDERED].
    public Optional<SqlOperator> findOrdered(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT))).filter(EngineAggregate.class::isInstance)
                .flatMap(found -> find(Aggregates.ordered((EngineAggregate) found)));
    }

    /// The names for SHOW FUNCTIONS, in order.
    public List<String> names() {
        Set<String> all = new TreeSet<>(signatures.keySet());
        all.addAll(users.names());
        return List.copyOf(all);
    }

    /// How the function may be called, a line an overload, for DESCRIBE FUNCTION.
    ///
    /// **Errors** [InvalidQuery] THW-1106 when there is no such function.
    public List<String> describe(String name) {
        List<String> lines = users.describe(name).map(List::of)
                .orElseGet(() -> signatures.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        if (lines.isEmpty()) {
            QueryProblem problem = unknown(name, SqlParserPos.ZERO);
            throw new InvalidQuery(problem.code(), problem.what() + "\n" + problem.help());
        }
        return lines;
    }

    /// Whether a query may call it. Some names are known only to say what serves instead.
    public boolean isThere(String name) {
        return byName.containsKey(name.toLowerCase(Locale.ROOT)) && !NotYet.is(name);
    }

    /// Why a function that Spark has is not here, and what serves instead.
    public Optional<String> whyAbsent(String name) {
        return NotYet.of(name, SqlParserPos.ZERO).map(QueryProblem::help).or(() -> AbsentFunctions.reason(name));
    }

    public QueryProblem unknown(String name, SqlParserPos place) {
        Optional<QueryProblem> notYet = NotYet.of(name, place);
        if (notYet.isPresent()) {
            return notYet.get();
        }
        Optional<String> reason = AbsentFunctions.reason(name);
        if (reason.isPresent()) {
            return new QueryProblem("THW-1261", "The function '" + name.toLowerCase(Locale.ROOT)
                    + "' of Spark is not here.", place, reason.get());
        }
        String hint = NearNames.nearest(name, names()).map(near -> "Did you mean '" + near + "'? It is "
                + String.join(", or ", describe(near)) + ".")
                .orElse("SHOW FUNCTIONS lists all there are. One of the program's own must be registered before each start"
                        + " of a query that calls it: session.udf().register(\"" + name + "\", …).");
        return new QueryProblem("THW-1106", "Unknown function '" + name + "'.", place, hint);
    }
}
