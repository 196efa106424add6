package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.BIGINT;
import static dev.thalweg.spi.data.DataType.Simple.BINARY;
import static dev.thalweg.spi.data.DataType.Simple.BOOLEAN;
import static dev.thalweg.spi.data.DataType.Simple.DOUBLE;
import static dev.thalweg.spi.data.DataType.Simple.FLOAT;
import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.STRING;

import dev.thalweg.planner.function.Aggregates.Listing;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Aggregates that keep a sketch of their values: HyperLogLog, theta, tuple and KLL sketches of Apache DataSketches, and bitmaps.
final class SketchAggregates {
    private static final Set<DataType> COUNTED = Set.of(INT, BIGINT, STRING, BINARY);
    private static final Set<DataType> COUNTED_BY_THETA = Set.of(INT, BIGINT, FLOAT, DOUBLE, STRING, BINARY);

    private final Listing list;

    SketchAggregates(Listing list) {
        this.list = list;
    }

    void addAll() {
        list.add("approx_count_distinct", "(T, [DOUBLE relativeSD]) : BIGINT", SketchAggregates::approximateCount);
        list.add("hll_sketch_agg", "(INT, BIGINT, STRING or BINARY, [INT lgConfigK]) : BINARY",
                arguments -> sketch("hll_sketch_agg", arguments, COUNTED));
        list.add("hll_union_agg", "(BINARY sketch, [BOOLEAN allowDifferentLgConfigK]) : BINARY",
                arguments -> union("hll_union_agg", arguments, BOOLEAN));
        list.add("theta_sketch_agg", "(T, [INT lgNomEntries]) : BINARY",
                arguments -> sketch("theta_sketch_agg", arguments, COUNTED_BY_THETA));
        list.add("theta_union_agg", "(BINARY sketch, [INT lgNomEntries]) : BINARY",
                arguments -> union("theta_union_agg", arguments, INT));
        list.add("theta_intersection_agg", "(BINARY sketch) : BINARY", arguments -> {
            checkCount("theta_intersection_agg", arguments, 1);
            return union("theta_intersection_agg", arguments, INT);
        });
        quantiles("kll_sketch_agg_bigint", BIGINT);
        quantiles("kll_sketch_agg_float", FLOAT);
        quantiles("kll_sketch_agg_double", DOUBLE);
        tuples("double", DOUBLE);
        tuples("integer", INT);
        bitmap("bitmap_construct_agg", BIGINT, "BIGINT position");
        bitmap("bitmap_or_agg", BINARY, "BINARY bitmap");
        bitmap("bitmap_and_agg", BINARY, "BINARY bitmap");
        for (String type : List.of("bigint", "float", "double")) {
            String name = "kll_merge_agg_" + type;
            list.add(name, "(BINARY sketch) : BINARY", arguments -> {
                checkCount(name, arguments, 1);
                return union(name, arguments, INT);
            });
        }
    }

    private void tuples(String numbers, DataType number) {
        String collect = "tuple_sketch_agg_" + numbers;
        list.add(collect, "(T, " + number.sql() + ", [INT lgNomEntries], [STRING mode]) : BINARY", arguments -> {
            checkCount(collect, arguments, 2, 4);
            List<DataType> types = new ArrayList<>(
                    List.of(key(collect, arguments.getFirst().type()), number, INT, STRING));
            if (!TypeRules.widens(arguments.get(1).type(), number)) {
                throw Aggregates.misfit(collect, arguments.get(1).type(), "T, " + number.sql() + ", …");
            }
            return new Binding(collect, types.subList(0, arguments.size()), BINARY, false);
        });
        String unite = "tuple_union_agg_" + numbers;
        list.add(unite, "(BINARY sketch, [INT lgNomEntries], [STRING mode]) : BINARY",
                arguments -> sketches(unite, arguments, List.of(BINARY, INT, STRING)));
        String intersect = "tuple_intersection_agg_" + numbers;
        list.add(intersect, "(BINARY sketch, [STRING mode]) : BINARY",
                arguments -> sketches(intersect, arguments, List.of(BINARY, STRING)));
    }

    private static Binding sketches(String name, List<Argument> arguments, List<DataType> types) {
        checkCount(name, arguments, 1, types.size());
        if (arguments.getFirst().type() != BINARY) {
            throw Aggregates.misfit(name, arguments.getFirst().type(), "a sketch, which is BINARY, …");
        }
        return new Binding(name, types.subList(0, arguments.size()), BINARY, false);
    }

    /// What keys of a type are counted as.
    private static DataType key(String name, DataType type) {
        if (type instanceof DataType.ArrayOf(DataType element, _) && (element == INT || element == BIGINT)) {
            return type;
        }
        if (!COUNTED_BY_THETA.contains(type) && !type.isInteger()) {
            throw Aggregates.misfit(name, type,
                    "INT, BIGINT, FLOAT, DOUBLE, STRING, BINARY, or an array of INT or BIGINT, …");
        }
        return COUNTED_BY_THETA.contains(type) ? type : INT;
    }

    private void bitmap(String name, DataType type, String takes) {
        list.add(name, "(" + takes + ") : BINARY", arguments -> {
            checkCount(name, arguments, 1);
            DataType given = arguments.getFirst().type();
            if (!TypeRules.widens(given, type)) {
                throw Aggregates.misfit(name, given, takes);
            }
            return new Binding(name, List.of(type), BINARY, false);
        });
    }

    private static void checkCount(String name, List<Argument> arguments, int least, int most) {
        if (arguments.size() < least) {
            checkCount(name, List.of(), most);
        }
        checkCount(name, arguments, most);
    }

    private static void checkCount(String name, List<Argument> arguments, int most) {
        if (arguments.isEmpty() || arguments.size() > most) {
            throw new QueryProblem("THW-1201",
                    "Function '" + name + "' does not take " + arguments.size() + " arguments.", SqlParserPos.ZERO,
                    "DESCRIBE FUNCTION " + name + " says what it takes.");
        }
    }

    private static Binding approximateCount(List<Argument> arguments) {
        checkCount("approx_count_distinct", arguments, 2);
        DataType type = arguments.getFirst().type();
        if (!TypeRules.hasOrder(type)) {
            throw Aggregates.misfit("approx_count_distinct", type, "anything but maps");
        }
        return new Binding("approx_count_distinct", types(type, arguments, DOUBLE), BIGINT, false);
    }

    private static List<DataType> types(DataType first, List<Argument> arguments, DataType others) {
        List<DataType> types = new ArrayList<>(List.of(first));
        arguments.subList(1, arguments.size()).forEach(each -> types.add(others));
        return types;
    }

    private static Binding sketch(String name, List<Argument> arguments, Set<DataType> taken) {
        checkCount(name, arguments, 2);
        DataType type = arguments.getFirst().type();
        if (!taken.contains(type)) {
            if (!type.isInteger()) {
                throw Aggregates.misfit(name, type, "INT, BIGINT, STRING or BINARY, …");
            }
            type = INT;
        }
        return new Binding(name, types(type, arguments, INT), BINARY, false);
    }

    private static Binding union(String name, List<Argument> arguments, DataType option) {
        checkCount(name, arguments, 2);
        if (arguments.getFirst().type() != BINARY) {
            throw Aggregates.misfit(name, arguments.getFirst().type(), "a sketch, which is BINARY, …");
        }
        return new Binding(name, types(BINARY, arguments, option), BINARY, name.startsWith("kll"));
    }

    private void quantiles(String name, DataType type) {
        list.add(name, "(" + type.sql() + ", [INT k]) : BINARY", arguments -> {
            checkCount(name, arguments, 2);
            if (!arguments.getFirst().type().isNumeric()) {
                throw Aggregates.misfit(name, arguments.getFirst().type(), type.sql() + ", …");
            }
            return new Binding(name, types(type, arguments, INT), BINARY, true);
        });
    }
}
