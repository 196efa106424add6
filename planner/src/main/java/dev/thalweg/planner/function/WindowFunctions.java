package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.DOUBLE;
import static dev.thalweg.spi.data.DataType.Simple.INT;

import dev.thalweg.spi.data.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The functions that only OVER gives a meaning, with Spark's result types. Every aggregate is one with OVER besides.
final class WindowFunctions {
    private final Map<String, EngineAggregate> byName = new HashMap<>();
    private final Map<String, String> signatures = new HashMap<>();

    WindowFunctions() {
        for (String rank : List.of("row_number", "rank", "dense_rank")) {
            add(rank, "() OVER (… ORDER BY …) : INT", arguments -> without(rank, arguments, INT));
        }
        for (String part : List.of("percent_rank", "cume_dist")) {
            add(part, "() OVER (… ORDER BY …) : DOUBLE", arguments -> without(part, arguments, DOUBLE));
        }
        add("ntile", "(INT) OVER (… ORDER BY …) : INT", WindowFunctions::ntile);
        add("lag", "(T, [INT], [T]) [IGNORE NULLS] OVER (… ORDER BY …) : T", arguments -> shifted("lag", arguments));
        add("lead", "(T, [INT], [T]) [IGNORE NULLS] OVER (… ORDER BY …) : T", arguments -> shifted("lead", arguments));
        add("nth_value", "(T, INT) [IGNORE NULLS] OVER (…) : T", WindowFunctions::nth);
    }

    Map<String, EngineAggregate> byName() {
        return byName;
    }

    /// By name: what stands behind it in DESCRIBE FUNCTION.
    Map<String, String> signatures() {
        return signatures;
    }

    private void add(String name, String signature, Binder binder) {
        byName.put(name, EngineAggregate.onlyOver(name, binder));
        signatures.put(name, signature);
    }

    private static void count(String name, List<Argument> arguments, int least, int most, String takes) {
        if (arguments.size() < least || arguments.size() > most) {
            throw new QueryProblem("THW-1201",
                    "Function '" + name + "' does not take " + arguments.size() + " arguments.", SqlParserPos.ZERO,
                    "It is " + name + takes + ".");
        }
    }

    private static Binding without(String name, List<Argument> arguments, DataType result) {
        count(name, arguments, 0, 0, "() OVER (ORDER BY …)");
        return new Binding(name, List.of(), result, false);
    }

    private static Binding ntile(List<Argument> arguments) {
        count("ntile", arguments, 1, 1, "(number) OVER (ORDER BY …)");
        return new Binding("ntile", List.of(INT), INT, false);
    }

    private static Binding nth(List<Argument> arguments) {
        count("nth_value", arguments, 2, 2, "(value, number) OVER (…)");
        DataType type = arguments.getFirst().type();
        return new Binding("nth_value", List.of(type, INT), type, true);
    }

    /// What stands in for rows that are not there is cast to the type of the value.
    private static Binding shifted(String name, List<Argument> arguments) {
        count(name, arguments, 1, 3, "(value, [number], [default]) OVER (ORDER BY …)");
        DataType type = arguments.getFirst().type();
        boolean nullable = arguments.size() < 3 || arguments.getFirst().nullable() || arguments.getLast().nullable();
        return new Binding(name, List.of(type, INT, type).subList(0, arguments.size()), type, nullable);
    }
}
