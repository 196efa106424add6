package dev.thalweg.tests.soak;

import dev.thalweg.execution.progress.QueryProgress.StateOperatorProgress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The most of each measure that was seen in a part of a run; rows and bytes of state of each operator by itself, lest a small
/// one that grows hide behind a large one.
final class Peaks {
    private record Place(Measure measure, String operator) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = measure.compareTo(other.measure);
            return order != 0 ? order : operator.compareTo(other.operator);
        }
    }

    private final Map<Place, Long> most = new TreeMap<>();

    void add(List<StateOperatorProgress> operators) {
        for (StateOperatorProgress operator : operators) {
            String name = operator.operatorName() + " " + operator.node();
            put(new Place(Measure.ROWS, name), operator.numRowsTotal());
            put(new Place(Measure.STATE_BYTES, name), operator.memoryUsedBytes());
        }
    }

    void add(Measure measure, long value) {
        put(new Place(measure, ""), value);
    }

    private void put(Place place, long value) {
        most.merge(place, value, Math::max);
    }

    /// Of all operators together.
    long of(Measure measure) {
        return most.entrySet().stream().filter(entry -> entry.getKey().measure() == measure)
                .mapToLong(Map.Entry::getValue).sum();
    }

    /// What is higher here than it was before, by more than the measure allows.
    List<String> grownSince(Peaks before) {
        return most.entrySet().stream().filter(entry -> {
            long then = before.most.getOrDefault(entry.getKey(), 0L);
            return !entry.getKey().measure().isFlat(then, entry.getValue());
        }).map(entry -> "%s %s: %,d, then %,d".formatted(entry.getKey().measure(), entry.getKey().operator(),
                before.most.getOrDefault(entry.getKey(), 0L), entry.getValue())).toList();
    }
}
