package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.BIGINT;
import static dev.thalweg.spi.data.DataType.Simple.BOOLEAN;
import static dev.thalweg.spi.data.DataType.Simple.DOUBLE;
import static dev.thalweg.spi.data.DataType.Simple.STRING;
import static dev.thalweg.spi.data.DataType.Simple.VOID;

import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The aggregate functions with Spark's result types. All may be NULL, for a group without values, but counts and collections.
public final class Aggregates {
    /// Ends the name of an aggregate whose last arguments are the columns of WITHIN GROUP (ORDER BY …) and, as a text, two
    /// letters for each of them: `a` or `d` for its direction, `f` or `l` for where NULLs stand.
    public static final String ORDERED = "$ordered";

    private static final int SUM_DIGITS = 10;
    private static final int AVG_DIGITS = 4;
    /// All that the engine runs, by the names that stand in plans.
    private static final Set<String> KEPT = keptNames();

    private final Map<String, EngineAggregate> byName = new HashMap<>();
    private final Map<String, String> signatures = new HashMap<>();

    Aggregates() {
        add("count", "(*) or (ANY...) : BIGINT",
                arguments -> new Binding("count", types(arguments), BIGINT, false));
        add("sum", "(NUMERIC or INTERVAL) : a wider number or the same interval", Aggregates::sum);
        add("avg|mean", "(NUMERIC or INTERVAL) : DOUBLE, DECIMAL or the same interval", Aggregates::avg);
        add("min", "(T) : T", arguments -> comparable("min", arguments));
        add("max", "(T) : T", arguments -> comparable("max", arguments));
        add("first|first_value|any_value", "(T) [IGNORE NULLS] : T", arguments -> any("first", arguments));
        add("last|last_value", "(T) [IGNORE NULLS] : T", arguments -> any("last", arguments));
        add("bool_or|any|some", "(BOOLEAN) : BOOLEAN", arguments -> truth("bool_or", arguments));
        add("bool_and|every", "(BOOLEAN) : BOOLEAN", arguments -> truth("bool_and", arguments));
        add("stddev_samp|stddev|std", "(NUMERIC) : DOUBLE", arguments -> spread("stddev_samp", arguments));
        add("stddev_pop", "(NUMERIC) : DOUBLE", arguments -> spread("stddev_pop", arguments));
        add("var_samp|variance", "(NUMERIC) : DOUBLE", arguments -> spread("var_samp", arguments));
        add("var_pop", "(NUMERIC) : DOUBLE", arguments -> spread("var_pop", arguments));
        add("collect_list|array_agg", "(T) : ARRAY<T>", arguments -> collection("collect_list", arguments));
        add("collect_set", "(T) : ARRAY<T>", arguments -> collection("collect_set", arguments));
        add("try_sum", "(NUMERIC or INTERVAL) : as sum, NULL where it does not fit", Aggregates::sum);
        add("try_avg", "(NUMERIC or INTERVAL) : as avg, NULL where it does not fit", Aggregates::avg);
        new Statistics(this::add).addAll();
        new OrderedSets(this::add).addAll();
        new SketchAggregates(this::add).addAll();
        new ItemSketches(this::add).addAll();
    }

    /// Whether the engine can keep an aggregate of that name, as it stands in plans, up to date.
    public static boolean isKept(String function) {
        return KEPT.contains(function);
    }

    /// Whether the argument at that place is the same for all rows, such as the share of a percentile.
    public static boolean isConstant(String function, int place) {
        return switch (function) {
            case "percentile" -> place == 1;
            case "percentile_cont", "percentile_disc" -> place == 0;
            case "percentile_approx", "mode", "listagg", "histogram_numeric", "approx_top_k", "approx_count_distinct",
                    "approx_top_k_accumulate", "approx_top_k_combine",
                    "hll_sketch_agg", "hll_union_agg", "theta_sketch_agg", "theta_union_agg", "kll_sketch_agg_bigint",
                    "kll_sketch_agg_double", "kll_sketch_agg_float", "count_min_sketch", "tuple_union_agg_double",
                    "tuple_union_agg_integer", "tuple_intersection_agg_double", "tuple_intersection_agg_integer" ->
                    place > 0;
            case "tuple_sketch_agg_double", "tuple_sketch_agg_integer", "max_by", "min_by" -> place > 1;
            default -> false; // a rule: arguments are columns
        };
    }

    private static Set<String> keptNames() {
        Set<String> names = new HashSet<>();
        new Aggregates().byName.values().forEach(each -> names.add(each.getName().replace(ORDERED, "")));
        return names;
    }

    /// The name of the same aggregate with WITHIN GROUP, if there is one.
    static String ordered(EngineAggregate aggregate) {
        return aggregate.getName() + ORDERED;
    }

    /// What adds aggregates to the list.
    interface Listing {
        /// Adds one.
        ///
        /// @param names the first is the one in plans
        void add(String names, String signature, Binder binder);
    }

    Map<String, EngineAggregate> byName() {
        return byName;
    }

    /// By name: what stands behind it in DESCRIBE FUNCTION.
    Map<String, String> signatures() {
        return signatures;
    }

    private void add(String names, String signature, Binder binder) {
        String[] all = names.split("\\|", -1);
        EngineAggregate aggregate = new EngineAggregate(all[0], binder);
        for (String name : all) {
            byName.put(name, aggregate);
            if (!name.endsWith(ORDERED)) {
                signatures.put(name, signature);
            }
        }
    }

    static List<DataType> types(List<Argument> arguments) {
        return arguments.stream().map(Argument::type).toList();
    }

    static Argument only(String name, List<Argument> arguments, String takes) {
        if (arguments.size() != 1) {
            throw new QueryProblem("THW-1201",
                    "Function '" + name + "' does not take " + arguments.size() + " arguments.",
                    SqlParserPos.ZERO, "It is " + name + "(" + takes + ").");
        }
        return arguments.getFirst();
    }

    private static Binding of(String name, DataType argument, DataType result) {
        return new Binding(name, List.of(argument), result, true);
    }

    static QueryProblem misfit(String name, DataType type, String takes) {
        return new QueryProblem("THW-1201", "Function '" + name + "' does not take " + TypeRules.a(type) + ".",
                SqlParserPos.ZERO, "It is " + name + "(" + takes + "). A CAST makes one type of another.");
    }

    private static DataType number(String name, Argument argument) {
        if (argument.type().isNumeric() || TypeRules.isInterval(argument.type())) {
            return argument.type();
        }
        if (argument.type() == STRING || argument.type() == VOID) {
            return DOUBLE;
        }
        throw misfit(name, argument.type(), "NUMERIC or INTERVAL");
    }

    private static Binding sum(List<Argument> arguments) {
        DataType type = number("sum", only("sum", arguments, "NUMERIC or INTERVAL"));
        DataType result = type.isInteger() ? BIGINT : type.isFloating() ? DOUBLE : type;
        if (type instanceof Decimal(int precision, int scale)) {
            result = DecimalRules.bounded(precision + SUM_DIGITS, scale);
        }
        return of("sum", type, result);
    }

    private static Binding avg(List<Argument> arguments) {
        DataType type = number("avg", only("avg", arguments, "NUMERIC or INTERVAL"));
        DataType result = TypeRules.isInterval(type) ? type : DOUBLE;
        if (type instanceof Decimal(int precision, int scale)) {
            result = DecimalRules.bounded(precision + AVG_DIGITS, scale + AVG_DIGITS);
        }
        return of("avg", type, result);
    }

    private static Binding comparable(String name, List<Argument> arguments) {
        DataType type = only(name, arguments, "T").type();
        if (type instanceof DataType.MapOf) {
            throw misfit(name, type, "anything that has an order: no maps");
        }
        return of(name, type, type);
    }

    private static Binding any(String name, List<Argument> arguments) {
        DataType type = only(name, arguments, "T").type();
        return of(name, type, type);
    }

    private static Binding truth(String name, List<Argument> arguments) {
        DataType type = only(name, arguments, "BOOLEAN").type();
        if (type != BOOLEAN && type != VOID && type != STRING) {
            throw misfit(name, type, "BOOLEAN");
        }
        return of(name, BOOLEAN, BOOLEAN);
    }

    private static Binding spread(String name, List<Argument> arguments) {
        DataType type = only(name, arguments, "NUMERIC").type();
        if (!type.isNumeric() && type != STRING && type != VOID) {
            throw misfit(name, type, "NUMERIC");
        }
        return of(name, DOUBLE, DOUBLE);
    }

    private static Binding collection(String name, List<Argument> arguments) {
        DataType type = only(name, arguments, "T").type();
        if (name.equals("collect_set") && type instanceof DataType.MapOf) {
            throw misfit(name, type, "anything but maps");
        }
        return new Binding(name, List.of(type), new DataType.ArrayOf(type, false), false);
    }
}
