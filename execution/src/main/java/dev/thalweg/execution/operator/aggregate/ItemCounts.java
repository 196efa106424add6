package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.expression.function.FrequentItems;
import dev.thalweg.execution.hash.ValueBytes;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `approx_top_k_combine`: adds up the items of all states, and leaves out the rare ones only in the answer, so that it does not
/// depend on the order in which states come.
final class ItemCounts implements Sketch {
    private final SketchKind kind;
    private final DataType item;
    private final RowType kept;
    private final Map<@Nullable Object, Long> counts = new HashMap<>();
    /// 0 before the first state.
    private int tracked;

    private ItemCounts(SketchKind kind) {
        this.kind = kind;
        this.item = ((Struct) kind.type()).row().type(2);
        RowType counted = RowType.of(new Field("item", item, true), new Field("count", Simple.BIGINT, false));
        this.kept = RowType.of(new Field("tracked", Simple.INT, false),
                new Field("items", new ArrayOf(new Struct(counted), false), false));
    }

    static ItemCounts empty(SketchKind kind) {
        return new ItemCounts(kind);
    }

    static ItemCounts of(SketchKind kind, byte[] bytes) {
        ItemCounts sums = new ItemCounts(kind);
        try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocate(Math.max(1, bytes.length)).address();
            Memory.copy(bytes, 0, at, bytes.length);
            List<?> state = (List<?>) Objects
                    .requireNonNull(ValueBytes.read(at, bytes.length, new Struct(sums.kept)));
            sums.tracked = (Integer) state.getFirst();
            for (Object each : (List<?>) state.getLast()) {
                List<?> counted = (List<?>) each;
                sums.counts.put(counted.getFirst(), (Long) counted.getLast());
            }
            return sums;
        }
    }

    @Override
    public void add(Object value, long times) {
        List<?> state = (List<?>) value;
        int given = FrequentItems.tracked(state);
        if (kind.option() == 0 && tracked > 0 && given != tracked) {
            throw new InvalidQuery("THW-4252", "approx_top_k_combine() is given states that track " + tracked + " and "
                    + given + " items. Say how many the result tracks: approx_top_k_combine(state, "
                    + Math.max(tracked, given) + ").");
        }
        tracked = given;
        FrequentItems.addTo(counts, FrequentItems.items(state, item), times);
    }

    @Override
    public byte[] bytes() {
        List<List<@Nullable Object>> items = new ArrayList<>();
        counts.forEach((each, count) -> items.add(Arrays.asList(each, count)));
        return ValueBytes.write(List.of(tracked, items), new Struct(kept), false);
    }

    @Override
    public @Nullable Object result() {
        int most = kind.option() > 0 ? (int) kind.option() : Math.max(1, tracked);
        return FrequentItems.state(item, most, FrequentItems.of(counts));
    }
}
