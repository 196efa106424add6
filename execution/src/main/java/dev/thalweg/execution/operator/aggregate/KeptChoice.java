package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.operator.aggregate.KeptRows.RowOf;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.state.KeyedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Chooses what is kept of the rows of a call that is computed again from them, and how.
final class KeptChoice {
    private static final int TOP = 5;
    private static final int TRACKED = 10_000;

    private final RowType input;
    private final AggregateCall call;
    private final BufferAllocator allocator;

    KeptChoice(RowType input, AggregateCall call, BufferAllocator allocator) {
        this.input = input;
        this.call = call;
        this.allocator = allocator;
    }

    /// Whether a call keeps an answer or a sketch in the group's tail, whatever its input does.
    static boolean isOfRows(AggregateCall call, RowType input) {
        return switch (call.function()) {
            case "percentile", "percentile_approx", "percentile_cont", "percentile_disc", "mode", "histogram_numeric",
                    "approx_top_k", "approx_top_k_accumulate" ->
                    true;
            case "max_by", "min_by" -> !call.constants().isEmpty();
            default -> SketchKind.of(call, input).isPresent();
        };
    }

    /// By what is to be extreme, then by the value, NULL first: ties do not depend on the order of arrival.
    static List<SortKey> byKeys(RowType input, AggregateCall call) {
        List<SortKey> keys = new ArrayList<>(List.of(new SortKey(call.arguments().get(1), false, true)));
        int value = call.arguments().getFirst();
        if (TypeRules.hasOrder(input.type(value))) {
            keys.add(new SortKey(value, false, true));
        }
        return keys;
    }

    /// How `collect_list`, `collect_set` and `listagg` show their values: the columns of the order follow the value.
    static Listing listing(AggregateCall call) {
        List<SortKey> order = new ArrayList<>();
        int values = call.values().size();
        for (int i = 0; i < call.order().size(); i++) {
            Direction direction = call.order().get(i);
            order.add(new SortKey(values + i, direction.descending(), direction.nullsFirst()));
        }
        if (!call.function().equals("listagg")) {
            return new Listing(order, Optional.empty());
        }
        Object none = call.type() == DataType.Simple.BINARY ? new byte[0] : "";
        Object delimiter = call.constants().isEmpty() ? none : call.constants().getFirst().value();
        return new Listing(order, Optional.of(delimiter == null ? none : delimiter));
    }

    /// @param part of the tails
    Accumulator recomputed(KeyedState table, int offset, Tails tails, int part) {
        Optional<RowOf> row = isOfWholeRow() ? Optional.of(rowOf()) : Optional.empty();
        KeptRows rows = new KeptRows(keys(), row, isByArrival(), table, allocator);
        boolean often = call.function().equals("percentile") && call.arguments().size() == 2;
        return new Recomputed(rows, function(row), call.type(), new Recomputed.Place(offset, tails, part),
                often ? Optional.of(call.arguments().get(1)) : Optional.empty(), allocator);
    }

    /// A function over all rows of its arguments.
    Accumulator ofRows(Folding folding, KeyedState table, Recomputed.Place place) {
        RowType type = input.select(call.arguments());
        RowOf row = new RowOf(call.arguments(), type, new RowCodec(type, allocator));
        KeptRows rows = new KeptRows(List.of(), Optional.of(row), false, table, allocator);
        return new Recomputed(rows, new FoldingOfAll(folding, row.codec()), call.type(), place, Optional.empty(),
                allocator);
    }

    private boolean isByArrival() {
        return call.function().equals("first") || call.function().equals("last");
    }

    private boolean isOfWholeRow() {
        return isByArrival() || call.function().endsWith("_by");
    }

    private RowOf rowOf() {
        RowType type = input.select(List.of(argument()));
        return new RowOf(List.of(argument()), type, new RowCodec(type, allocator));
    }

    private int argument() {
        return call.arguments().getFirst();
    }

    private List<SortKey> keys() {
        if (isByArrival()) {
            return List.of();
        }
        return call.function().endsWith("_by")
                ? byKeys(input, call)
                : List.of(new SortKey(argument(), false, true));
    }

    private GroupFunction function(Optional<RowOf> row) {
        Field field = input.field(argument());
        DataType type = field.type();
        return switch (call.function()) {
            case "first" -> edge(FirstOrLastOfAll.Kind.FIRST, type, row);
            case "last" -> edge(FirstOrLastOfAll.Kind.LAST, type, row);
            case "max_by" -> extremeBy(FirstOrLastOfAll.Kind.MAX_BY, type, row);
            case "min_by" -> extremeBy(FirstOrLastOfAll.Kind.MIN_BY, type, row);
            case "percentile", "percentile_cont" -> percentiles(Percentiles.Kind.BETWEEN, type);
            case "percentile_disc" -> percentiles(Percentiles.Kind.FIRST, type);
            case "percentile_approx" -> percentiles(Percentiles.Kind.AS_IT_IS, type);
            case "mode" -> new MostFrequent(type, isDescending());
            case "approx_top_k" -> new MostFrequentValues(type, count(0, TOP, "k"), false);
            case "approx_top_k_accumulate" ->
                    new MostFrequentValues(type, count(0, TRACKED, "the items tracked"), true);
            case "histogram_numeric" -> new Histogram(type, Math.max(2, count(0, 2, "bins")));
            case "product" -> new ProductOfAll(type);
            default -> SketchKind.of(call, input).<GroupFunction>map(kind -> new SketchOfAll(kind, type)).orElseThrow(
                    () -> new Defect("THW-9409",
                            "The aggregate " + call.function() + " passed the check of the plan."));
        };
    }

    private GroupFunction extremeBy(FirstOrLastOfAll.Kind kind, DataType type, Optional<RowOf> row) {
        return call.constants().isEmpty()
                ? edge(kind, type, row)
                : new BestOfAll(kind == FirstOrLastOfAll.Kind.MAX_BY, type, row.orElseThrow().codec(),
                        count(0, 1, "k"));
    }

    private static GroupFunction edge(FirstOrLastOfAll.Kind kind, DataType type, Optional<RowOf> row) {
        return new FirstOrLastOfAll(kind, type, row.orElseThrow().codec());
    }

    private GroupFunction percentiles(Percentiles.Kind kind, DataType type) {
        Object value = constant(0);
        List<Double> shares = value instanceof List<?> list
                ? list.stream().map(share -> ((Number) share).doubleValue()).toList()
                : List.of(value == null ? 0.5 : ((Number) value).doubleValue());
        return new Percentiles(kind, type, shares, value instanceof List, isDescending());
    }

    private boolean isDescending() {
        return !call.constants().isEmpty() && Boolean.TRUE.equals(call.constants().getLast().value());
    }

    private @Nullable Object constant(int place) {
        return call.constants().size() > place ? call.constants().get(place).value() : null;
    }

    private int count(int place, int otherwise, String what) {
        if (!(constant(place) instanceof Number number)) {
            return otherwise;
        }
        if (number.intValue() < 1) {
            throw new InvalidQuery("THW-4251", call.function() + "() takes a number from 1 up for " + what + ", not "
                    + number + ".");
        }
        return number.intValue();
    }
}
