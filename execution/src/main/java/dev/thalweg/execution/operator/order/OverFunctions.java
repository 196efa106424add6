package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.operator.Concatenation;
import dev.thalweg.execution.operator.aggregate.FrameAggregate;
import dev.thalweg.execution.operator.aggregate.FrameRows;
import dev.thalweg.execution.operator.order.Partial.Kept;
import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.incremental.OverCall;
import dev.thalweg.planner.incremental.OverReach;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Computes the window functions of one OVER for many partitions at once, a column at a time.
///
/// Cost: each function runs once over the places; what takes a value of another row says which, and the values are gathered then.
final class OverFunctions {
    private final Over over;
    private final RowType input;
    private final BufferAllocator allocator;
    private final List<FrameAggregate> aggregates = new ArrayList<>();

    OverFunctions(Over over, BufferAllocator allocator) {
        this.over = over;
        this.input = over.input().schema();
        this.allocator = allocator;
        for (int i = 0; i < over.calls().size(); i++) {
            aggregates.add(new FrameAggregate(over.calls().get(i), input, field(i), allocator));
        }
    }

    private Field field(int call) {
        return over.schema().field(input.size() + call);
    }

    /// Whether a change is felt by few, by those behind, or by all.
    OverReach reach() {
        return OverReach.of(over);
    }

    /// A batch with a column for each function and a row for each place.
    ///
    /// @param slots of the batch's rows
    /// @param cuts where each function is to say what it keeps
    Batch of(WindowRows rows, Batch batch, int[] slots, List<Cut> cuts) {
        Frames frames = new Frames(rows, batch, over.order());
        Map<Frame, Frames.Ends> known = new HashMap<>();
        List<Field> fields = over.schema().fields().subList(input.size(), over.schema().size());
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < over.calls().size(); i++) {
                OverCall call = over.calls().get(i);
                Asked asked = new Asked(i, call, field(i), rows, batch,
                        () -> known.computeIfAbsent(call.frame(), frames::of));
                columns.add(column(asked, keeping -> Cut.keep(cuts, rows, slots, keeping)));
            }
            return columns.batch(new RowType(fields), rows.count);
        }
    }

    /// One function, asked about all places.
    private record Asked(int number, OverCall call, Field field, WindowRows rows, Batch batch,
            Supplier<Frames.Ends> ends) {
        FieldVector values() {
            return batch.vector(call.arguments().getFirst());
        }
    }

    private FieldVector column(Asked asked, Consumer<Cut.Keeping> cuts) {
        OverCall call = asked.call;
        return switch (call.function()) {
            case "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile" -> {
                cuts.accept((_, kept) -> kept);
                yield rank(asked);
            }
            case "lag", "lead" -> {
                cuts.accept((_, kept) -> kept);
                yield shifted(asked);
            }
            case "first_value", "last_value", "nth_value" -> valueOfFrame(asked, cuts);
            case "min", "max" -> {
                SortKey extremeFirst = new SortKey(call.arguments().getFirst(), call.function().equals("max"), false);
                FrameExtreme extreme = new FrameExtreme(asked.rows, asked.number, asked.batch, extremeFirst, allocator);
                cuts.accept((cut, kept) -> OverReach.runs(call.frame()) ? extreme.after(cut, kept) : kept);
                yield chosen(asked, extreme.of(asked.ends.get()));
            }
            default -> aggregate(asked, cuts);
        };
    }

    private FieldVector rank(Asked asked) {
        WindowRows rows = asked.rows;
        return switch (asked.call.function()) {
            case "row_number" -> Ranks.rowNumber(rows, asked.field, allocator);
            case "rank" -> Ranks.rank(rows, asked.field, allocator);
            case "dense_rank" -> Ranks.denseRank(rows, asked.field, allocator);
            case "percent_rank" -> Ranks.percentRank(rows, asked.field, allocator);
            case "cume_dist" -> Ranks.cumeDist(rows, asked.field, allocator);
            default -> Ranks.ntile(rows, asked.call.number(), asked.field, allocator);
        };
    }

    private FieldVector valueOfFrame(Asked asked, Consumer<Cut.Keeping> cuts) {
        OverCall call = asked.call;
        boolean runs = OverReach.runs(call.frame());
        ValuePlaces places = new ValuePlaces(asked.rows, asked.number, asked.values(), call.ignoreNulls());
        if (call.function().equals("last_value")) {
            cuts.accept((cut, kept) -> runs ? places.lastAfter(cut, kept) : kept);
            return chosen(asked, places.last(asked.ends.get()));
        }
        long number = call.function().equals("first_value") ? 1 : call.number();
        cuts.accept((cut, kept) -> runs ? places.nthAfter(cut, kept, number) : kept);
        return chosen(asked, places.nth(asked.ends.get(), number));
    }

    private FieldVector aggregate(Asked asked, Consumer<Cut.Keeping> cuts) {
        WindowRows rows = asked.rows;
        Frames.Ends ends = asked.ends.get();
        FrameAggregate aggregate = aggregates.get(asked.number);
        FrameRows frames = new FrameRows(asked.batch, rows.row, ends.from(), ends.to(), rows.count,
                place -> rows.wanted[place], place -> rows.kept(place, asked.number).state());
        boolean runs = OverReach.runs(asked.call.frame());
        cuts.accept((cut, kept) -> runs
                ? Kept.of(aggregate.after(frames, kept.state(), cut.from(), cut.to()))
                : kept);
        return aggregate.of(frames);
    }

    /// The argument's value of the row chosen for each place.
    private FieldVector chosen(Asked asked, int[] found) {
        return Gather.rows(asked.values(), asked.field, found, asked.rows.count, allocator);
    }

    private FieldVector shifted(Asked asked) {
        OverCall call = asked.call;
        ValuePlaces places = new ValuePlaces(asked.rows, asked.number, asked.values(), call.ignoreNulls());
        int[] found = places.shifted(call.function().equals("lag") ? -call.number() : call.number());
        return call.arguments().size() == 1 ? chosen(asked, found) : withDefault(asked, found);
    }

    /// Where there is no such row, the second argument of the row itself stands in.
    private FieldVector withDefault(Asked asked, int[] found) {
        RowType one = RowType.of(asked.field);
        Batch batch = asked.batch;
        try (Batch values = batch.retain().project(one, List.of(asked.call.arguments().get(0)));
                Batch defaults = batch.retain().project(one, List.of(asked.call.arguments().get(1)));
                Batch both = Concatenation.of(one, List.of(values, defaults), allocator)) {
            int[] from = new int[found.length];
            for (int i = 0; i < from.length; i++) {
                from[i] = found[i] < 0 ? batch.rowCount() + asked.rows.row[i] : found[i];
            }
            return Gather.rows(both.vector(0), asked.field, from, from.length, allocator);
        }
    }
}
