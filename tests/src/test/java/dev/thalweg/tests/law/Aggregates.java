package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.AggregateCall;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// What the aggregate functions of the law mean, over the rows of one group.
final class Aggregates {
    private Aggregates() {}

    static @Nullable Object evaluate(AggregateCall call, List<Tuple> group) {
        List<Tuple> rows = group.stream()
                .filter(row -> call.filter().isEmpty() || Scalars.isTrue(call.filter().get(), row.values())).toList();
        if (call.argument().isEmpty()) {
            return (long) rows.size();
        }
        if (call.function() == Rel.Function.FIRST || call.function() == Rel.Function.LAST) {
            return rows.isEmpty()
                    ? null
                    : Scalars.evaluate(call.argument().get(),
                            (call.function() == Rel.Function.FIRST ? rows.getFirst() : rows.getLast()).values());
        }
        if (call.by().isPresent()) {
            return extreme(call, call.by().get(), rows);
        }
        List<Object> values = new ArrayList<>();
        rows.stream().map(row -> Scalars.evaluate(call.argument().get(), row.values())).filter(Objects::nonNull)
                .forEach(values::add);
        if (call.distinct() || call.function() == Rel.Function.COLLECT_SET) {
            Map<Object, Object> once = new LinkedHashMap<>();
            values.forEach(value -> once.putIfAbsent(Objects.requireNonNull(RowBag.key(value)), value));
            values = new ArrayList<>(once.values());
        }
        return evaluate(call, values, rows);
    }

    /// The argument of the row whose other column is the greatest, or the least.
    private static @Nullable Object extreme(AggregateCall call, Expr by, List<Tuple> rows) {
        int sign = call.function() == Rel.Function.MAX_BY ? 1 : -1;
        return rows.stream().filter(row -> Scalars.evaluate(by, row.values()) != null)
                .max((a, b) -> sign * Scalars.compare(Objects.requireNonNull(Scalars.evaluate(by, a.values())),
                        Objects.requireNonNull(Scalars.evaluate(by, b.values()))))
                .map(row -> Scalars.evaluate(call.argument().orElseThrow(), row.values())).orElse(null);
    }

    /// Between the two values nearest to the place, in proportion.
    private static @Nullable Object percentile(List<Object> values, double part) {
        if (values.isEmpty()) {
            return null;
        }
        List<Double> sorted = values.stream().map(value -> ((Number) value).doubleValue()).sorted().toList();
        double place = part * (sorted.size() - 1);
        double low = sorted.get((int) Math.floor(place));
        double high = sorted.get((int) Math.ceil(place));
        return low + (high - low) * (place - Math.floor(place));
    }

    private static @Nullable Object bits(List<Object> values, LongBinaryOperator operator) {
        return values.stream().map(value -> ((Number) value).longValue()).reduce(operator::applyAsLong)
                .map(bits -> values.getFirst() instanceof Integer ? (Object) bits.intValue() : bits).orElse(null);
    }

    private static @Nullable Object evaluate(AggregateCall call, List<Object> values, List<Tuple> rows) {
        return switch (call.function()) {
            case COUNT_ROWS -> (long) rows.size();
            case COUNT -> (long) values.size();
            case PERCENTILE -> percentile(values, 0.25);
            case MEDIAN -> percentile(values, 0.5);
            case BIT_AND -> bits(values, (a, b) -> a & b);
            case BIT_OR -> bits(values, (a, b) -> a | b);
            case BIT_XOR -> bits(values, (a, b) -> a ^ b);
            case SPREAD -> spread(values, rows.size());
            case SQUARES -> values.stream().mapToLong(value -> (Integer) value % 7).map(rest -> rest * rest).sum();
            case COUNT_IF -> values.stream().filter(Boolean.TRUE::equals).count();
            case FIRST, LAST, MAX_BY, MIN_BY -> throw new AssertionError("answered above");
            case COLLECT_LIST -> values;
            case COLLECT_SET -> values.stream().sorted(Scalars::compare).toList();
            case MIN -> values.stream().min(Scalars::compare).orElse(null);
            case MAX -> values.stream().max(Scalars::compare).orElse(null);
            case BOOL_AND -> values.isEmpty() ? null : (Object) values.stream().allMatch(Boolean.TRUE::equals);
            case BOOL_OR -> values.isEmpty() ? null : (Object) values.stream().anyMatch(Boolean.TRUE::equals);
            case SUM -> values.isEmpty() ? null : sum(values);
            case AVG -> values.isEmpty() ? null : average(values);
            case STDDEV_POP, VAR_POP -> spread(call, values, values.size());
            case STDDEV_SAMP, VAR_SAMP -> spread(call, values, values.size() - 1);
        };
    }

    private static String spread(List<Object> values, int rows) {
        List<Integer> sorted = values.stream().map(Integer.class::cast).sorted().toList();
        return sorted.isEmpty() ? "-..-/" + rows : sorted.getFirst() + ".." + sorted.getLast() + "/" + rows;
    }

    private static BigDecimal exactSum(List<Object> values) {
        return values.stream().map(Aggregates::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal exact(Object value) {
        return switch (value) {
            case Double number -> new BigDecimal(number);
            case Float number -> new BigDecimal(number);
            default -> Scalars.exact((Number) value); // whole numbers and decimals
        };
    }

    private static Object sum(List<Object> values) {
        if (hasNoExactSum(values)) {
            return inexactSum(values);
        }
        BigDecimal sum = exactSum(values);
        return switch (values.getFirst()) {
            case Double _,Float _ -> sum.doubleValue();
            case BigDecimal _ -> sum;
            default -> sum.longValueExact();
        };
    }

    /// NaN and the infinities, also where an aggregate below made them.
    private static boolean hasNoExactSum(List<Object> values) {
        return values.stream().anyMatch(value -> value instanceof Double || value instanceof Float)
                && values.stream().anyMatch(value -> !Double.isFinite(((Number) value).doubleValue()));
    }

    private static double inexactSum(List<Object> values) {
        return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).filter(v -> !Double.isFinite(v))
                .reduce(0, Double::sum);
    }

    private static Object average(List<Object> values) {
        if (hasNoExactSum(values)) {
            return inexactSum(values);
        }
        BigDecimal sum = exactSum(values);
        if (values.getFirst() instanceof BigDecimal) {
            return Scalars.quotient(sum, values.size(),
                    4 + values.stream().mapToInt(v -> ((BigDecimal) v).scale()).max().orElse(0));
        }
        return sum.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128).doubleValue();
    }

    private static @Nullable Object spread(AggregateCall call, List<Object> values, int divisor) {
        if (divisor <= 0) {
            return null;
        }
        if (hasNoExactSum(values)) {
            return Double.NaN;
        }
        BigDecimal mean = exactSum(values).divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128);
        BigDecimal squares = values.stream().map(v -> exact(v).subtract(mean)).map(v -> v.multiply(v))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        double variance = squares.divide(BigDecimal.valueOf(divisor), MathContext.DECIMAL128).doubleValue();
        return call.function().name().startsWith("STDDEV") ? Math.sqrt(variance) : variance;
    }
}
