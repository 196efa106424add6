package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.BIGINT;
import static dev.thalweg.spi.data.DataType.Simple.BINARY;
import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.STRING;
import static dev.thalweg.spi.data.DataType.Simple.VOID;

import dev.thalweg.planner.function.Aggregates.Listing;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The most frequent items of a group, and states that hand them on: `approx_top_k` and its kin.
final class ItemSketches {
    private static final int TRACKED_MAX = 1_000_000;
    /// Digits of a decimal that fit 64 bits.
    private static final int LONG_DIGITS = 18;

    private final Listing list;

    ItemSketches(Listing list) {
        this.list = list;
    }

    void addAll() {
        list.add("approx_top_k", "(T, [INT k], [INT tracked]) : ARRAY<STRUCT<item: T, count: BIGINT>>",
                ItemSketches::topK);
        list.add("approx_top_k_accumulate",
                "(T, [INT tracked]) : STRUCT, a state for approx_top_k_combine and _estimate",
                ItemSketches::accumulate);
        list.add("approx_top_k_combine", "(STRUCT state, [INT tracked]) : STRUCT, a state", ItemSketches::combine);
    }

    private static Binding topK(List<Argument> arguments) {
        checkCount("approx_top_k", arguments, 3, "x, [k], [tracked]");
        DataType type = arguments.getFirst().type();
        if (!TypeRules.hasOrder(type)) {
            throw Aggregates.misfit("approx_top_k", type, "anything that has an order: no maps");
        }
        return new Binding("approx_top_k", withCounts(type, arguments), items(type), false);
    }

    private static Binding accumulate(List<Argument> arguments) {
        checkCount("approx_top_k_accumulate", arguments, 2, "x, [tracked]");
        DataType type = arguments.getFirst().type();
        boolean kept = !type.isNested() && type != BINARY && type != VOID && !TypeRules.isInterval(type)
                && !(type instanceof Decimal decimal && decimal.precision() > LONG_DIGITS);
        if (!kept) {
            throw Aggregates.misfit("approx_top_k_accumulate", type,
                    "a number of up to 18 digits, a text, truth, date or time, [tracked]");
        }
        checkTracked("approx_top_k_accumulate", arguments);
        RowType state = RowType.of(new Field("sketch", BINARY, false), new Field("maxItemsTracked", INT, false),
                new Field("itemDataType", type, true), new Field("itemDataTypeDDL", STRING, false));
        return new Binding("approx_top_k_accumulate", withCounts(type, arguments), new Struct(state), false);
    }

    private static Binding combine(List<Argument> arguments) {
        checkCount("approx_top_k_combine", arguments, 2, "state, [tracked]");
        DataType state = state("approx_top_k_combine", arguments.getFirst());
        checkTracked("approx_top_k_combine", arguments);
        return new Binding("approx_top_k_combine", withCounts(state, arguments), state, false);
    }

    private static DataType state(String name, Argument argument) {
        boolean isState = argument.type() instanceof Struct(RowType row) && row.size() == 4 && row.type(0) == BINARY
                && row.type(1) == INT && row.type(3) == STRING;
        if (!isState) {
            throw Aggregates.misfit(name, argument.type(), "what approx_top_k_accumulate has made, …");
        }
        return argument.type();
    }

    /// What `approx_top_k_estimate(state, k)` gives.
    static DataType estimate(List<Argument> arguments) {
        return items(((Struct) state("approx_top_k_estimate", arguments.getFirst())).row().type(2));
    }

    private static DataType items(DataType type) {
        RowType item = RowType.of(new Field("item", type, true), new Field("count", BIGINT, false));
        return new ArrayOf(new Struct(item), false);
    }

    private static List<DataType> withCounts(DataType first, List<Argument> arguments) {
        List<DataType> types = new ArrayList<>(List.of(first));
        arguments.subList(1, arguments.size()).forEach(_ -> types.add(INT));
        return types;
    }

    private static void checkTracked(String name, List<Argument> arguments) {
        if (arguments.getLast().literal().orElse("") instanceof BigDecimal tracked && arguments.size() > 1
                && (tracked.signum() <= 0 || tracked.intValue() > TRACKED_MAX)) {
            throw new QueryProblem("THW-1201", name + " does not track " + tracked + " items.", SqlParserPos.ZERO,
                    "It tracks 1 to " + TRACKED_MAX + " items.");
        }
    }

    private static void checkCount(String name, List<Argument> arguments, int most, String takes) {
        if (arguments.isEmpty() || arguments.size() > most) {
            throw new QueryProblem("THW-1201",
                    "Function '" + name + "' does not take " + arguments.size() + " arguments.", SqlParserPos.ZERO,
                    "It is " + name + "(" + takes + ").");
        }
    }
}
