package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.expression.function.FrequentItems;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `approx_top_k`: the values that a group has most often, NULL among them, and how often, the most frequent first; of equally
/// frequent ones the lesser. It counts exactly. `approx_top_k_accumulate` hands them on as a state.
final class MostFrequentValues implements GroupFunction {
    private static final Comparator<Counted> ORDER = Comparator.comparingLong(Counted::weight).reversed();
    private static final int SPARE = 1_000;

    private final DataType type;
    private final int k;
    private final boolean asState;
    private final List<Counted> best = new ArrayList<>();

    private record Counted(long at, int length, long weight) {}

    /// @param asState whether the answer is a state, else the values
    MostFrequentValues(DataType type, int k, boolean asState) {
        this.type = type;
        this.k = k;
        this.asState = asState;
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long weight) {
        best.add(new Counted(order, orderLength, weight));
        if (best.size() >= 2 * k + SPARE) {
            cut();
        }
        return true;
    }

    /// Sorting keeps equally frequent values in the order in which they were shown.
    private void cut() {
        best.sort(ORDER);
        best.subList(Math.min(k, best.size()), best.size()).clear();
    }

    @Override
    public Object result() {
        cut();
        List<FrequentItems.Counted> items = best.stream().map(each -> new FrequentItems.Counted(
                isNull(each) ? null : SortedValue.read(type, each.at(), each.length()), each.weight())).toList();
        best.clear();
        return shown(items);
    }

    private static boolean isNull(Counted value) {
        return Memory.getByte(value.at()) == 0;
    }

    private Object shown(List<FrequentItems.Counted> items) {
        return asState
                ? FrequentItems.state(type, k, items)
                : items.stream().map(each -> Arrays.<@Nullable Object>asList(each.item(), each.count())).toList();
    }

    @Override
    public Object ofNothing() {
        return shown(List.of());
    }
}
