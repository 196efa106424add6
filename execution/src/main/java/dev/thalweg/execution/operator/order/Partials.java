package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.operator.Watermark;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The [Partial]s of large partitions, every so many rows one, so that a change is computed from the one before it on.
///
/// State: in memory only, about a byte a row; whoever resumes goes through a partition once again. What lies at or behind a
/// changed row is dropped, and made anew when the rows behind have been computed.
final class Partials {
    static final int APART = 256;

    private final OrderedRows rows;
    private final int apart;
    private final Map<ByteBuffer, List<Partial>> partitions = new HashMap<>();

    /// @param apart rows from one partial to the next
    Partials(OrderedRows rows, int apart) {
        this.rows = rows;
        this.apart = apart;
    }

    int apart() {
        return apart;
    }

    /// Drops what a change makes wrong.
    ///
    /// @param row the first one of its partition that has changed
    void dropFrom(int row) {
        if (partitions.isEmpty()) {
            return;
        }
        ByteBuffer key = ByteBuffer.wrap(rows.partition(row));
        List<Partial> partials = partitions.getOrDefault(key, List.of());
        while (!partials.isEmpty() && !rows.isBefore(partials.getLast().last(), row)) {
            partials.removeLast();
        }
        if (partials.isEmpty()) {
            partitions.remove(key);
        }
    }

    /// The last partial of the row's partition that lies before the row.
    Partial before(int row) {
        List<Partial> partials = of(row);
        int low = 0;
        int high = partials.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.isBefore(partials.get(middle).last(), row)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Partial.NONE : partials.get(low - 1);
    }

    /// How many rows of the row's partition lie before its last partial.
    int rowsPassed(int row) {
        List<Partial> partials = of(row);
        return partials.isEmpty() ? 0 : partials.getLast().rows();
    }

    private List<Partial> of(int row) {
        return partitions.isEmpty()
                ? List.of()
                : partitions.getOrDefault(ByteBuffer.wrap(rows.partition(row)), List.of());
    }

    /// Adds one that lies behind all others of its partition.
    void add(Partial partial) {
        partitions.computeIfAbsent(ByteBuffer.wrap(rows.partition(partial.last())), _ -> new ArrayList<>())
                .add(partial);
    }

    /// Partitions that the watermark has passed are gone.
    void advance(Watermark watermark) {
        partitions.values().removeIf(partials -> rows.isPassed(partials.getFirst().last(), watermark));
    }
}
