package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.operator.SortKeys;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.state.EncodedKeys;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// How the values of a group are listed: in which order, as an array or as one text.
///
/// @param order by columns of what was collected, of which the first is the value; none: by arrival
/// @param delimiter what stands between the values of one text, a String or bytes; empty: they are an array
record Listing(List<SortKey> order, Optional<Object> delimiter) {
    /// As they came, in an array.
    static final Listing PLAIN = new Listing(List.of(), Optional.empty());

    /// Which rows are listed one behind the other, group by group.
    ///
    /// @param rows of groups that follow one another, not read through a selection
    /// @param sizes how many rows each group has
    int[] places(Batch rows, int[] sizes, BufferAllocator allocator) {
        int[] places = IntStream.range(0, rows.rowCount()).toArray();
        if (!order.isEmpty()) {
            sort(rows, places, sizes, allocator);
        }
        return places;
    }

    /// The texts of the groups; NULL for one without rows.
    List<@Nullable Object> joined(Batch rows, int[] places, int[] sizes) {
        List<@Nullable Object> answers = new ArrayList<>(sizes.length);
        int from = 0;
        for (int size : sizes) {
            answers.add(of(rows, places, from, from + size));
            from += size;
        }
        return answers;
    }

    private void sort(Batch rows, int[] places, int[] sizes, BufferAllocator allocator) {
        try (SortKeys sorting = new SortKeys(order, allocator)) {
            EncodedKeys keys = sorting.encode(rows, places.clone(), places.length);
            int from = 0;
            for (int size : sizes) {
                Integer[] group = IntStream.range(from, from + size).boxed().toArray(Integer[]::new);
                Arrays.sort(group, (a, b) -> OrderedValues.compare(keys.address(a), keys.length(a), keys.address(b),
                        keys.length(b)));
                for (int i = 0; i < size; i++) {
                    places[from + i] = group[i];
                }
                from += size;
            }
        }
    }

    private @Nullable Object of(Batch rows, int[] places, int from, int to) {
        DataType type = rows.type().type(0);
        List<@Nullable Object> values = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            values.add(VectorValues.get(rows.vector(0), places[i], type));
        }
        return values.isEmpty() ? null : joined(values, delimiter.orElseThrow());
    }

    private static Object joined(List<@Nullable Object> values, Object delimiter) {
        if (delimiter instanceof String between) {
            return String.join(between, values.stream().map(String::valueOf).toList());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                bytes.writeBytes((byte[]) delimiter);
            }
            bytes.writeBytes((byte[]) Objects.requireNonNull(values.get(i)));
        }
        return bytes.toByteArray();
    }
}
