package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `approx_top_k`: the values that a group has most often, and how often, the most frequent first; of equally frequent ones
/// the lesser. It counts exactly.
final class MostFrequentValues implements GroupFunction {
    private final DataType type;
    private final int k;
    /// In falling order of weight.
    private final List<Counted> best = new ArrayList<>();

    private record Counted(long at, int length, long weight) {}

    MostFrequentValues(DataType type, int k) {
        this.type = type;
        this.k = k;
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long weight) {
        if (best.size() == k && best.getLast().weight() >= weight) {
            return true;
        }
        int place = best.size();
        while (place > 0 && best.get(place - 1).weight() < weight) {
            place--;
        }
        best.add(place, new Counted(order, orderLength, weight));
        if (best.size() > k) {
            best.removeLast();
        }
        return true;
    }

    @Override
    public Object result() {
        List<List<@Nullable Object>> items = new ArrayList<>();
        for (Counted each : best) {
            items.add(List.of(SortedValue.read(type, each.at(), each.length()), each.weight()));
        }
        best.clear();
        return items;
    }

    @Override
    public Object ofNothing() {
        return List.of();
    }
}
