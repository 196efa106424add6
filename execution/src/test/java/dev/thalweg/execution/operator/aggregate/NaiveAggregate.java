package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.DataType.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An aggregate over all rows at once, as plainly as it can be said.
record NaiveAggregate(List<Integer> keys, List<AggregateCall> calls) {

    List<List<@Nullable Object>> rows(List<List<@Nullable Object>> input) {
        Map<List<@Nullable Object>, List<List<@Nullable Object>>> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (List<@Nullable Object> row : input) {
            List<@Nullable Object> key = new ArrayList<>();
            keys.forEach(column -> key.add(row.get(column)));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        List<List<@Nullable Object>> results = new ArrayList<>();
        groups.forEach((key, rows) -> {
            List<@Nullable Object> result = new ArrayList<>(key);
            calls.forEach(call -> result.add(result(call, rows)));
            results.add(result);
        });
        return results;
    }

    private static @Nullable Object result(AggregateCall call, List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> values = new ArrayList<>();
        boolean nulls = (call.function().matches("first|last") && !call.ignoreNulls())
                || call.function().equals("approx_top_k");
        for (List<@Nullable Object> row : rows) {
            if (call.filter().isPresent() && !Boolean.TRUE.equals(row.get(call.filter().get()))) {
                continue;
            }
            List<@Nullable Object> arguments = new ArrayList<>();
            call.arguments().forEach(column -> arguments.add(row.get(column)));
            List<@Nullable Object> needed = call.function().endsWith("_by")
                    ? arguments.subList(1, 2)
                    : arguments.subList(0, call.values().size());
            if (nulls || needed.stream().noneMatch(Objects::isNull)) {
                values.add(arguments);
            }
        }
        if (call.distinct() || call.function().equals("collect_set")) {
            values = new ArrayList<>(new LinkedHashSet<>(values));
        }
        if (NaiveStatistics.knows(call)) {
            return NaiveStatistics.of(call, values);
        }
        return call.function().equals("count")
                ? (Object) (long) values.size()
                : of(call, values.stream().map(List::getFirst).toList());
    }

    private static @Nullable Object of(AggregateCall call, List<@Nullable Object> values) {
        if (call.function().startsWith("collect")) {
            return values;
        }
        if (values.isEmpty()) {
            return null;
        }
        return switch (call.function()) {
            case "min" -> values.stream().min(NaiveAggregate::compare).orElseThrow();
            case "max" -> values.stream().max(NaiveAggregate::compare).orElseThrow();
            case "first" -> values.getFirst();
            case "last" -> values.getLast();
            case "bool_and" -> values.stream().allMatch(Boolean.TRUE::equals);
            case "bool_or" -> values.stream().anyMatch(Boolean.TRUE::equals);
            case "sum" -> sum(call, values);
            case "avg" -> average(call, values);
            default -> spread(call.function(), values.stream().mapToDouble(NaiveAggregate::number).toArray());
        };
    }

    @SuppressWarnings("unchecked")
    static int compare(@Nullable Object a, @Nullable Object b) {
        return a instanceof String x && b instanceof String y
                ? x.compareTo(y)
                : ((Comparable<Object>) Objects.requireNonNull(a)).compareTo(Objects.requireNonNull(b));
    }

    static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }

    private static BigDecimal exact(List<@Nullable Object> values) {
        return values.stream().map(value -> value instanceof BigDecimal decimal
                ? decimal
                : value instanceof Double real
                        ? new BigDecimal(real)
                        : BigDecimal.valueOf(((Number) Objects.requireNonNull(value)).longValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Object sum(AggregateCall call, List<@Nullable Object> values) {
        BigDecimal sum = exact(values);
        return call.type() instanceof Decimal(_, int scale)
                ? (Object) sum.setScale(scale)
                : values.getFirst() instanceof Double ? (Object) sum.doubleValue() : (Object) sum.longValueExact();
    }

    private static Object average(AggregateCall call, List<@Nullable Object> values) {
        BigDecimal sum = exact(values);
        return call.type() instanceof Decimal(_, int scale)
                ? (Object) sum.divide(BigDecimal.valueOf(values.size()), scale, RoundingMode.HALF_UP)
                : (Object) (sum.doubleValue() / values.size());
    }

    private static @Nullable Object spread(String function, double[] values) {
        boolean sample = function.endsWith("samp");
        if (sample && values.length == 1) {
            return null;
        }
        double mean = java.util.Arrays.stream(values).average().orElseThrow();
        double squares = java.util.Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        double variance = squares / (sample ? values.length - 1 : values.length);
        return function.startsWith("stddev") ? Math.sqrt(variance) : variance;
    }
}
