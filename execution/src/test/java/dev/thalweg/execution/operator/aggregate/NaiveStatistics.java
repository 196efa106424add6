package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Aggregates of pairs, bits and values in order, by their definitions.
final class NaiveStatistics {
    private static final Set<String> KNOWN = Set.of("bit_and", "bit_or", "bit_xor", "skewness", "kurtosis", "product",
            "corr", "covar_pop", "covar_samp", "regr_avgx", "regr_avgy", "regr_count", "regr_intercept", "regr_r2",
            "regr_slope", "regr_sxx", "regr_sxy", "regr_syy", "max_by", "min_by", "percentile", "percentile_cont",
            "percentile_disc", "percentile_approx", "mode", "listagg", "approx_top_k", "approx_count_distinct",
            "histogram_numeric", "try_sum");

    private NaiveStatistics() {}

    static boolean knows(AggregateCall call) {
        return KNOWN.contains(call.function()) || (call.function().equals("collect_list") && !call.order().isEmpty());
    }

    static @Nullable Object of(AggregateCall call, List<List<@Nullable Object>> rows) {
        switch (call.function()) {
            case "approx_count_distinct" -> {
                return rows.stream().map(List::getFirst).distinct().count();
            }
            case "regr_count" -> {
                return (long) rows.size();
            }
            case "approx_top_k" -> {
                return topK(rows);
            }
            case "collect_list" -> {
                return ordered(call, rows).stream().map(List::getFirst).toList();
            }
            default -> {
            }
        }
        if (rows.isEmpty()) {
            return null;
        }
        return switch (call.function()) {
            case "bit_and" -> bits(call, rows, (a, b) -> a & b);
            case "bit_or" -> bits(call, rows, (a, b) -> a | b);
            case "bit_xor" -> bits(call, rows, (a, b) -> a ^ b);
            case "product" -> numbers(rows, 0).stream().reduce(1.0, (a, b) -> a * b);
            case "try_sum" -> (long) numbers(rows, 0).stream().mapToDouble(x -> x).sum();
            case "skewness", "kurtosis" -> shape(call.function(), numbers(rows, 0));
            case "max_by", "min_by" -> by(call.function(), rows);
            case "percentile", "percentile_cont", "percentile_disc", "percentile_approx" -> percentile(call, rows);
            case "mode" -> counts(rows).entrySet().stream().max(Comparator.comparing(Map.Entry::getValue))
                    .map(most -> counts(rows).entrySet().stream()
                            .filter(each -> each.getValue().equals(most.getValue())).findFirst().orElseThrow()
                            .getKey())
                    .orElseThrow();
            case "listagg" -> String.join("|", ordered(call, rows).stream().map(r -> (String) r.getFirst()).toList());
            case "histogram_numeric" -> counts(rows).entrySet().stream()
                    .map(each -> List.of(each.getKey(), (double) each.getValue())).toList();
            default -> pair(call.function(), numbers(rows, 0), numbers(rows, 1));
        };
    }

    private static List<Double> numbers(List<List<@Nullable Object>> rows, int column) {
        return rows.stream().map(row -> NaiveAggregate.number(row.get(column))).toList();
    }

    private static Object bits(AggregateCall call, List<List<@Nullable Object>> rows, LongBinaryOperator operator) {
        long bits = rows.stream().mapToLong(row -> ((Number) Objects.requireNonNull(row.getFirst())).longValue())
                .reduce(operator).orElseThrow();
        return call.type() == Simple.SMALLINT ? (Object) (short) bits : (Object) bits;
    }

    private static Map<Object, Long> counts(List<List<@Nullable Object>> rows) {
        Map<Object, Long> counts = new TreeMap<>(NaiveAggregate::compare);
        rows.forEach(row -> counts.merge(Objects.requireNonNull(row.getFirst()), 1L, Long::sum));
        return counts;
    }

    /// NULL is a value like others, and the least.
    private static List<List<@Nullable Object>> topK(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        long nulls = rows.stream().filter(row -> row.getFirst() == null).count();
        if (nulls > 0) {
            all.add(Arrays.<@Nullable Object>asList(null, nulls));
        }
        counts(rows.stream().filter(row -> row.getFirst() != null).toList())
                .forEach((value, count) -> all.add(Arrays.<@Nullable Object>asList(value, count)));
        all.sort(Comparator.comparing((List<@Nullable Object> each) -> (Long) Objects.requireNonNull(each.get(1)))
                .reversed());
        return all.subList(0, Math.min(5, all.size()));
    }

    private static @Nullable Object by(String function, List<List<@Nullable Object>> rows) {
        Comparator<@Nullable Object> nulls = Comparator.nullsFirst(NaiveAggregate::compare);
        Comparator<List<@Nullable Object>> order = (a, b) -> {
            int by = nulls.compare(a.get(1), b.get(1));
            return by != 0 ? by : nulls.compare(a.get(0), b.get(0));
        };
        return (function.equals("max_by") ? rows.stream().max(order) : rows.stream().min(order)).orElseThrow().get(0);
    }

    private static List<List<@Nullable Object>> ordered(AggregateCall call, List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
        for (int i = call.order().size() - 1; i >= 0; i--) {
            Direction direction = call.order().get(i);
            int column = call.values().size() + i;
            Comparator<@Nullable Object> values = NaiveAggregate::compare;
            values = direction.descending() ? values.reversed() : values;
            Comparator<@Nullable Object> all = direction.nullsFirst()
                    ? Comparator.nullsFirst(values)
                    : Comparator.nullsLast(values);
            sorted.sort((a, b) -> all.compare(a.get(column), b.get(column)));
        }
        return sorted;
    }

    private static Object percentile(AggregateCall call, List<List<@Nullable Object>> rows) {
        List<@Nullable Object> values = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            long times = row.size() > 1 ? Math.abs(((Number) Objects.requireNonNull(row.get(1))).longValue()) : 1;
            for (long i = 0; i < times; i++) {
                values.add(row.getFirst());
            }
        }
        values.sort(NaiveAggregate::compare);
        if (Boolean.TRUE.equals(call.constants().getLast().value())) {
            values = values.reversed();
        }
        Object shares = Objects.requireNonNull(call.constants().getFirst().value());
        List<@Nullable Object> sorted = values;
        return shares instanceof List<?> list
                ? list.stream().map(share -> percentile(call.function(), sorted, (Double) share)).toList()
                : Objects.requireNonNull(percentile(call.function(), sorted, (Double) shares));
    }

    private static @Nullable Object percentile(String function, List<@Nullable Object> sorted, double share) {
        int first = Math.max(0, (int) Math.ceil(share * sorted.size()) - 1);
        if (function.equals("percentile_approx")) {
            return sorted.get(first);
        }
        if (function.equals("percentile_disc")) {
            return NaiveAggregate.number(sorted.get(first));
        }
        double place = share * (sorted.size() - 1);
        double low = NaiveAggregate.number(sorted.get((int) Math.floor(place)));
        double high = NaiveAggregate.number(sorted.get((int) Math.ceil(place)));
        return low + (high - low) * (place - Math.floor(place));
    }

    private static double moment(List<Double> values, int power) {
        double mean = values.stream().mapToDouble(x -> x).average().orElseThrow();
        return values.stream().mapToDouble(x -> Math.pow(x - mean, power)).sum();
    }

    private static @Nullable Object shape(String function, List<Double> values) {
        if (values.stream().distinct().count() == 1) {
            return null;
        }
        double n = values.size();
        double squares = moment(values, 2);
        return function.equals("skewness")
                ? Math.sqrt(n) * moment(values, 3) / Math.pow(squares, 1.5)
                : n * moment(values, 4) / (squares * squares) - 3;
    }

    private static @Nullable Object pair(String function, List<Double> ys, List<Double> xs) {
        double n = xs.size();
        double meanX = xs.stream().mapToDouble(x -> x).sum() / n;
        double meanY = ys.stream().mapToDouble(y -> y).sum() / n;
        double xx = moment(xs, 2);
        double yy = moment(ys, 2);
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xy += (xs.get(i) - meanX) * (ys.get(i) - meanY);
        }
        boolean flatX = xs.stream().distinct().count() == 1;
        boolean flatY = ys.stream().distinct().count() == 1;
        return switch (function) {
            case "covar_pop" -> xy / n;
            case "covar_samp" -> n == 1 ? null : xy / (n - 1);
            case "corr" -> flatX || flatY ? null : xy / Math.sqrt(xx * yy);
            case "regr_avgx" -> meanX;
            case "regr_avgy" -> meanY;
            case "regr_sxx" -> xx;
            case "regr_syy" -> yy;
            case "regr_sxy" -> xy;
            case "regr_slope" -> flatX ? null : xy / xx;
            case "regr_intercept" -> flatX ? null : meanY - xy / xx * meanX;
            case "regr_r2" -> flatX ? null : flatY ? 1.0 : xy * xy / (xx * yy);
            default -> throw new IllegalArgumentException(function);
        };
    }
}
