package dev.thalweg.cli.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The result of a streaming query as its changes so far make it. An updated row keeps its place.
///
/// State: at most [#KEPT_MAX] rows. A result that only grows forgets its oldest rows beyond that; one that takes rows back
/// does not take in more, and counts them.
/// Thread: one.
final class CurrentResult {
    static final int KEPT_MAX = 10_000;

    private final TreeMap<Long, List<String>> rows = new TreeMap<>();
    private final Map<List<String>, Deque<Long>> places = new HashMap<>();
    private final Deque<Long> replaced = new ArrayDeque<>();
    private long nextPlace;
    private long count;
    private boolean onlyGrows = true;

    /// @param change `+I`, `-U`, `+U` or `-D`
    void apply(String change, List<String> row) {
        switch (change) {
            case "+I" -> add(nextPlace++, row);
            case "+U" -> add(replaced.isEmpty() ? nextPlace++ : replaced.removeFirst(), row);
            case "-U" -> remove(row, true);
            case "-D" -> remove(row, false);
            default -> throw new IllegalArgumentException(change);
        }
    }

    private void add(long place, List<String> row) {
        count++;
        if (rows.size() >= KEPT_MAX) {
            if (!onlyGrows) {
                return;
            }
            forget(rows.firstKey());
        }
        rows.put(place, row);
        places.computeIfAbsent(row, _ -> new ArrayDeque<>()).addLast(place);
    }

    private void remove(List<String> row, boolean isReplaced) {
        onlyGrows = false;
        count--;
        Deque<Long> known = places.get(row);
        if (known != null) {
            long place = known.getFirst();
            forget(place);
            if (isReplaced) {
                replaced.addLast(place);
            }
        }
    }

    private void forget(long place) {
        List<String> row = rows.remove(place);
        Deque<Long> known = places.get(row);
        if (known != null) {
            known.remove(place);
            if (known.isEmpty()) {
                places.remove(row);
            }
        }
    }

    /// How many rows the result has.
    long count() {
        return count;
    }

    /// The rows that are shown where there is room for so many: the newest of a result that only grows, else the first.
    List<List<String>> shown(int most) {
        List<List<String>> all = new ArrayList<>(rows.values());
        int from = onlyGrows ? Math.max(0, all.size() - most) : 0;
        return all.subList(from, Math.min(all.size(), from + most));
    }
}
