package dev.thalweg.cli.shell;

import java.util.ArrayDeque;
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

    private final TreeMap<Long, Line> lines = new TreeMap<>();
    private final Map<List<String>, Deque<Long>> places = new HashMap<>();
    private final Deque<Long> replaced = new ArrayDeque<>();
    private long changes;
    private long nextPlace;
    private long count;
    private boolean onlyGrows = true;

    /// @param changedAt counts the changes, so that the latest can be told
    private record Line(List<String> row, long changedAt) {}

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
        if (lines.size() >= KEPT_MAX) {
            if (!onlyGrows) {
                return;
            }
            forget(lines.firstKey());
        }
        lines.put(place, new Line(row, changes++));
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
        Line line = lines.remove(place);
        Deque<Long> known = line == null ? null : places.get(line.row());
        if (line != null && known != null) {
            known.remove(place);
            if (known.isEmpty()) {
                places.remove(line.row());
            }
        }
    }

    /// How many rows the result has.
    long count() {
        return count;
    }

    /// The rows that are shown where there is room for so many: those that changed last, in their places.
    List<List<String>> shown(int most) {
        long since = lines.size() <= most
                ? 0
                : lines.values().stream().mapToLong(Line::changedAt).sorted().skip(lines.size() - most).findFirst()
                        .orElse(0);
        return lines.values().stream().filter(line -> line.changedAt() >= since).map(Line::row).toList();
    }
}
