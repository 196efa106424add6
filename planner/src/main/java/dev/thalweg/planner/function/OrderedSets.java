package dev.thalweg.planner.function;

import static dev.thalweg.planner.function.Aggregates.ORDERED;
import static dev.thalweg.spi.data.DataType.Simple.BIGINT;
import static dev.thalweg.spi.data.DataType.Simple.BINARY;
import static dev.thalweg.spi.data.DataType.Simple.BOOLEAN;
import static dev.thalweg.spi.data.DataType.Simple.DOUBLE;
import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.STRING;
import static dev.thalweg.spi.data.DataType.Simple.VOID;

import dev.thalweg.planner.function.Aggregates.Listing;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Aggregates of the values of a group in order: percentiles, the most frequent value, lists and texts of all values.
final class OrderedSets {
    private static final String WITHIN = "WITHIN GROUP (ORDER BY x)";

    private final Listing list;

    OrderedSets(Listing list) {
        this.list = list;
    }

    void addAll() {
        list.add("median", "(NUMERIC or INTERVAL) : DOUBLE or the same interval", arguments -> {
            DataType type = measured("median", Aggregates.only("median", arguments, "NUMERIC or INTERVAL"));
            return new Binding("median", List.of(type), type, true);
        });
        list.add("percentile", "(NUMERIC or INTERVAL, share or ARRAY of shares, [BIGINT frequency]) : DOUBLE",
                OrderedSets::percentile);
        list.add("percentile_approx|approx_percentile",
                "(T, share or ARRAY of shares, [INT accuracy]) : T, a number, date, timestamp or interval",
                OrderedSets::approximate);
        for (String name : List.of("percentile_cont", "percentile_disc")) {
            list.add(name, "(share) WITHIN GROUP (ORDER BY NUMERIC or INTERVAL) : DOUBLE", arguments -> {
                throw withinGroup(name);
            });
            list.add(name + ORDERED, "", arguments -> within(name, arguments));
        }
        list.add("mode", "(T, [BOOLEAN]) : T, or () WITHIN GROUP (ORDER BY T)", OrderedSets::mode);
        list.add("mode" + ORDERED, "", OrderedSets::modeWithin);
        list.add("collect_list" + ORDERED, "", OrderedSets::listWithin);
        list.add("listagg|string_agg", "(STRING or BINARY, [delimiter]) [WITHIN GROUP (ORDER BY x, …)] : the same",
                arguments -> texts(arguments, arguments.size()));
        list.add("listagg" + ORDERED, "", arguments -> texts(arguments, valuesOf(arguments)));
        list.add("histogram_numeric", "(T, INT bins) : ARRAY<STRUCT<x: T, y: DOUBLE>>", OrderedSets::histogram);
    }

    private static QueryProblem problem(String what, String help) {
        return new QueryProblem("THW-1201", what, SqlParserPos.ZERO, help);
    }

    private static QueryProblem withinGroup(String name) {
        return problem(name + " needs the order of its values.", "Write " + name + "(…) " + WITHIN + ".");
    }

    private static void checkCount(String name, List<Argument> arguments, int from, int to, String takes) {
        if (arguments.size() < from || arguments.size() > to) {
            throw problem("Function '" + name + "' does not take " + arguments.size() + " arguments.",
                    "It is " + name + "(" + takes + ").");
        }
    }

    /// Numbers are measured as DOUBLE, intervals as they are.
    private static DataType measured(String name, Argument argument) {
        DataType type = argument.type();
        if (TypeRules.isInterval(type)) {
            return type;
        }
        if (type.isNumeric() || type == STRING || type == VOID) {
            return DOUBLE;
        }
        throw Aggregates.misfit(name, type, "NUMERIC or INTERVAL, …");
    }

    private static DataType share(Argument share) {
        return share.type() instanceof ArrayOf ? new ArrayOf(DOUBLE, true) : DOUBLE;
    }

    private static DataType perShare(Argument share, DataType type) {
        return share.type() instanceof ArrayOf ? new ArrayOf(type, false) : type;
    }

    private static Binding percentile(List<Argument> arguments) {
        checkCount("percentile", arguments, 2, 3, "x, share, [frequency]");
        DataType type = measured("percentile", arguments.getFirst());
        List<DataType> types = new ArrayList<>(List.of(type, share(arguments.get(1))));
        if (arguments.size() == 3) {
            types.add(BIGINT);
        }
        return new Binding("percentile", types, perShare(arguments.get(1), type), true);
    }

    private static Binding approximate(List<Argument> arguments) {
        checkCount("percentile_approx", arguments, 2, 3, "x, share, [accuracy]");
        DataType type = arguments.getFirst().type();
        if (type == STRING || type == VOID) {
            type = DOUBLE;
        }
        if (!type.isNumeric() && !TypeRules.isInterval(type) && !TypeRules.isDateTime(type)) {
            throw Aggregates.misfit("percentile_approx", type, "a number, date, timestamp or interval, …");
        }
        List<DataType> types = new ArrayList<>(List.of(type, share(arguments.get(1))));
        if (arguments.size() == 3) {
            checkAccuracy(arguments.getLast());
            types.add(INT);
        }
        return new Binding("percentile_approx", types, perShare(arguments.get(1), type), true);
    }

    private static void checkAccuracy(Argument accuracy) {
        if (accuracy.literal().orElse(BigDecimal.ONE) instanceof BigDecimal number && number.signum() <= 0) {
            throw problem("percentile_approx takes no accuracy of " + number + ".",
                    "It is a whole number from 1 up, such as 10000.");
        }
    }

    /// How many arguments stand before those of WITHIN GROUP; 1 when the plan, whose calls were checked, asks again.
    private static int valuesOf(List<Argument> arguments) {
        return arguments.getLast().literal()
                .map(order -> arguments.size() - 1 - String.valueOf(order).length() / 2).orElse(1);
    }

    private static Binding within(String name, List<Argument> arguments) {
        if (arguments.size() != 3) {
            throw withinGroup(name);
        }
        DataType type = measured(name, arguments.get(1));
        return new Binding(name, List.of(share(arguments.getFirst()), type, STRING),
                perShare(arguments.getFirst(), type), true);
    }

    private static DataType ordered(String name, Argument argument) {
        if (!TypeRules.hasOrder(argument.type())) {
            throw Aggregates.misfit(name, argument.type(), "anything that has an order: no maps");
        }
        return argument.type();
    }

    private static Binding mode(List<Argument> arguments) {
        checkCount("mode", arguments, 1, 2, "x, [BOOLEAN deterministic]");
        DataType type = ordered("mode", arguments.getFirst());
        return new Binding("mode", arguments.size() == 1 ? List.of(type) : List.of(type, BOOLEAN), type, true);
    }

    private static Binding modeWithin(List<Argument> arguments) {
        if (arguments.size() != 2) {
            throw problem("mode() " + WITHIN + " takes its values from the order.", "Leave the argument out.");
        }
        DataType type = ordered("mode", arguments.getFirst());
        return new Binding("mode", List.of(type, STRING), type, true);
    }

    private static Binding listWithin(List<Argument> arguments) {
        int values = valuesOf(arguments);
        if (values != 1) {
            throw problem("Function 'collect_list' does not take " + values + " arguments.", "It is collect_list(x).");
        }
        DataType type = arguments.getFirst().type();
        return new Binding("collect_list", Aggregates.types(arguments), new ArrayOf(type, false), false);
    }

    private static Binding texts(List<Argument> arguments, int values) {
        if (values < 1 || values > 2) {
            throw problem("Function 'listagg' does not take " + values + " arguments.",
                    "It is listagg(text, [delimiter]).");
        }
        DataType type = arguments.getFirst().type() == BINARY ? BINARY : STRING;
        if (arguments.getFirst().type().isNested()) {
            throw Aggregates.misfit("listagg", arguments.getFirst().type(), "STRING or BINARY, [delimiter]");
        }
        List<DataType> types = new ArrayList<>(Aggregates.types(arguments));
        types.set(0, type);
        if (values == 2) {
            types.set(1, type);
        }
        return new Binding("listagg", types, type, true);
    }

    private static Binding histogram(List<Argument> arguments) {
        checkCount("histogram_numeric", arguments, 2, 2, "x, bins");
        DataType type = arguments.getFirst().type();
        if (type == STRING || type == VOID || type instanceof DataType.Decimal) {
            type = DOUBLE;
        }
        if (!type.isNumeric() && !TypeRules.isInterval(type) && !TypeRules.isDateTime(type)) {
            throw Aggregates.misfit("histogram_numeric", type, "a number, date, timestamp or interval, …");
        }
        RowType bin = RowType.of(new Field("x", type, true), new Field("y", DOUBLE, true));
        return new Binding("histogram_numeric", List.of(type, INT), new ArrayOf(new Struct(bin), true), true);
    }
}
