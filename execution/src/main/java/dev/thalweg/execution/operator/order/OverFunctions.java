package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.operator.Concatenation;
import dev.thalweg.execution.operator.aggregate.FrameAggregate;
import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.OverCall;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /// A batch with a column for each function and a row for each place.
    Batch of(WindowRows rows, Batch batch) {
        Frames frames = new Frames(rows, batch, over.order());
        Map<Frame, Frames.Ends> known = new HashMap<>();
        List<Field> fields = over.schema().fields().subList(input.size(), over.schema().size());
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < over.calls().size(); i++) {
                columns.add(column(i, rows, batch, frame -> known.computeIfAbsent(frame, frames::of)));
            }
            return columns.batch(new RowType(fields), rows.count);
        }
    }

    private interface EndsOf {
        Frames.Ends of(Frame frame);
    }

    private FieldVector column(int number, WindowRows rows, Batch batch, EndsOf frames) {
        OverCall call = over.calls().get(number);
        Field field = field(number);
        return switch (call.function()) {
            case "row_number" -> Ranks.rowNumber(rows, field, allocator);
            case "rank" -> Ranks.rank(rows, field, allocator);
            case "dense_rank" -> Ranks.denseRank(rows, field, allocator);
            case "percent_rank" -> Ranks.percentRank(rows, field, allocator);
            case "cume_dist" -> Ranks.cumeDist(rows, field, allocator);
            case "ntile" -> Ranks.ntile(rows, call.number(), field, allocator);
            case "lag" -> shifted(call, -call.number(), rows, batch, field);
            case "lead" -> shifted(call, call.number(), rows, batch, field);
            case "first_value" -> chosen(call, rows, batch, field, places(call, rows, batch).first(ends(call, frames)));
            case "last_value" -> chosen(call, rows, batch, field, places(call, rows, batch).last(ends(call, frames)));
            case "nth_value" -> chosen(call, rows, batch, field,
                    places(call, rows, batch).nth(ends(call, frames), call.number()));
            case "min" -> chosen(call, rows, batch, field, extreme(call, rows, batch, false, ends(call, frames)));
            case "max" -> chosen(call, rows, batch, field, extreme(call, rows, batch, true, ends(call, frames)));
            default -> {
                Frames.Ends ends = ends(call, frames);
                yield aggregates.get(number).of(batch, rows.row, ends.from(), ends.to(), rows.count);
            }
        };
    }

    private static Frames.Ends ends(OverCall call, EndsOf frames) {
        return frames.of(call.frame());
    }

    private static ValuePlaces places(OverCall call, WindowRows rows, Batch batch) {
        return new ValuePlaces(rows, batch.vector(call.arguments().getFirst()), call.ignoreNulls());
    }

    private int[] extreme(OverCall call, WindowRows rows, Batch batch, boolean max, Frames.Ends ends) {
        return FrameExtreme.places(rows, batch, call.arguments().getFirst(), max, ends, allocator);
    }

    /// The argument's value at the place chosen for each place; NULL where none is.
    private FieldVector chosen(OverCall call, WindowRows rows, Batch batch, Field field, int[] places) {
        int[] from = new int[rows.count];
        for (int i = 0; i < from.length; i++) {
            from[i] = places[i] < 0 ? Gather.NULL_ROW : rows.row[places[i]];
        }
        return Gather.rows(batch.vector(call.arguments().getFirst()), field, from, rows.count, allocator);
    }

    private FieldVector shifted(OverCall call, long distance, WindowRows rows, Batch batch, Field field) {
        int[] places = places(call, rows, batch).shifted(distance);
        return call.arguments().size() == 1
                ? chosen(call, rows, batch, field, places)
                : withDefault(call, rows, batch, field, places);
    }

    /// Where there is no such row, the second argument of the row itself stands in.
    private FieldVector withDefault(OverCall call, WindowRows rows, Batch batch, Field field, int[] places) {
        RowType one = RowType.of(field);
        try (Batch values = batch.retain().project(one, List.of(call.arguments().get(0)));
                Batch defaults = batch.retain().project(one, List.of(call.arguments().get(1)));
                Batch both = Concatenation.of(one, List.of(values, defaults), allocator)) {
            int[] from = new int[rows.count];
            for (int i = 0; i < from.length; i++) {
                from[i] = places[i] < 0 ? batch.rowCount() + rows.row[i] : rows.row[places[i]];
            }
            return Gather.rows(both.vector(0), field, from, rows.count, allocator);
        }
    }
}
