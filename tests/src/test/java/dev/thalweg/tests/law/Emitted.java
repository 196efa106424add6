package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a query has handed to a sink, summed up: all rows in append mode, the sum of the changes of a changelog.
final class Emitted {
    private final Mode mode;
    private final Map<List<@Nullable Object>, List<@Nullable Object>> rows = new LinkedHashMap<>();
    private final Map<List<@Nullable Object>, Integer> weights = new LinkedHashMap<>();
    private boolean isUsed;

    Emitted(Mode mode) {
        this.mode = mode;
    }

    synchronized void use() {
        isUsed = true;
    }

    synchronized boolean isUsed() {
        return isUsed;
    }

    synchronized void take(List<List<@Nullable Object>> output) {
        for (List<@Nullable Object> row : output) {
            if (mode != Mode.CHANGELOG) {
                add(row, 1);
                continue;
            }
            String change = String.valueOf(row.getLast());
            add(row.subList(0, row.size() - 1), change.startsWith("+") ? 1 : -1);
        }
    }

    private void add(List<@Nullable Object> row, int weight) {
        List<@Nullable Object> key = RowBag.key(row);
        rows.putIfAbsent(key, row);
        weights.merge(key, weight, Integer::sum);
    }

    /// The rows as they are now; a row taken back more often than given is shown with its weight.
    synchronized List<List<@Nullable Object>> integrated() {
        List<List<@Nullable Object>> all = new ArrayList<>();
        weights.forEach((key, weight) -> {
            for (int i = 0; i < weight; i++) {
                all.add(rows.getOrDefault(key, key));
            }
            if (weight < 0) {
                List<@Nullable Object> owed = new ArrayList<>(key);
                owed.add("weight " + weight);
                all.add(owed);
            }
        });
        return all;
    }
}
