package dev.thalweg.tests.law;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows in no order, each as often as it is there; doubles are equal within 1e-9 relative.
final class RowBag {
    private static final double RELATIVE = 1e-9;
    private static final BigDecimal LONG_SCALE = new BigDecimal("0.000001");

    private RowBag() {}

    /// What groups and DISTINCT compare: -0.0 is 0.0, NaN is NaN, 1.0 is 1.00.
    static @Nullable Object key(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Double number -> number + 0.0;
            case Float number -> number + 0.0f;
            case BigDecimal number -> number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
            case List<?> list -> key(list);
            case Map<?, ?> map -> key(map);
            default -> value;
        };
    }

    /// The same for the same entries, whatever their order.
    private static Map<Object, @Nullable Object> key(Map<?, ?> map) {
        Map<Object, @Nullable Object> keys = new HashMap<>();
        map.forEach((key, value) -> keys.put(key, key(value)));
        return keys;
    }

    static List<@Nullable Object> key(List<? extends @Nullable Object> row) {
        List<@Nullable Object> key = new ArrayList<>();
        row.forEach(value -> key.add(key(value)));
        return key;
    }

    /// What is wrong with the actual rows as a bag, or nothing.
    static String difference(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        Map<Object, Deque<List<@Nullable Object>>> byKey = new LinkedHashMap<>();
        expected.forEach(row -> byKey.computeIfAbsent(key(row), _ -> new ArrayDeque<>()).add(row));
        List<List<@Nullable Object>> others = new ArrayList<>();
        for (List<@Nullable Object> row : actual) {
            Deque<List<@Nullable Object>> same = byKey.getOrDefault(key(row), new ArrayDeque<>());
            if (same.poll() == null) {
                others.add(row);
            }
        }
        List<List<@Nullable Object>> missing = new ArrayList<>();
        byKey.values().forEach(missing::addAll);
        List<List<@Nullable Object>> surplus = new ArrayList<>();
        for (List<@Nullable Object> row : others) {
            int found = indexOf(missing, row); // doubles that are nearly equal have other keys
            if (found >= 0) {
                missing.remove(found);
            } else {
                surplus.add(row);
            }
        }
        return missing.isEmpty() && surplus.isEmpty()
                ? ""
                : "missing (expected, not there):" + text(missing) + "\nsurplus (there, not expected):" + text(surplus);
    }

    private static int indexOf(List<List<@Nullable Object>> rows, List<@Nullable Object> row) {
        for (int i = 0; i < rows.size(); i++) {
            if (same(rows.get(i), row)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(List<@Nullable Object> a, List<@Nullable Object> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return x.size() == y.size() && IntStream.range(0, x.size()).allMatch(i -> same(x.get(i), y.get(i)));
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.keySet().equals(y.keySet()) && x.keySet().stream().allMatch(key -> same(x.get(key), y.get(key)));
        }
        if (Scalars.isFloating(a) || Scalars.isFloating(b)) {
            return a instanceof Number x && b instanceof Number y && close(x.doubleValue(), y.doubleValue());
        }
        if (a instanceof Number x && b instanceof Number y) {
            BigDecimal left = Scalars.exact(x);
            BigDecimal right = Scalars.exact(y);
            return left.compareTo(right) == 0 || (Math.max(left.scale(), right.scale()) > 4
                    && left.subtract(right).abs().compareTo(LONG_SCALE) <= 0);
        }
        return a.equals(b);
    }

    private static boolean close(double a, double b) {
        return Double.compare(a + 0.0, b + 0.0) == 0
                || Math.abs(a - b) <= RELATIVE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    static String text(List<List<@Nullable Object>> rows) {
        return rows.isEmpty()
                ? " none"
                : rows.stream().map(row -> "\n    " + row.stream().map(RowBag::text).collect(Collectors.joining(", ")))
                        .sorted(Comparator.naturalOrder()).collect(Collectors.joining());
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text -> "'" + text + "'";
            case Object[] array -> Arrays.toString(array);
            default -> value.toString();
        };
    }
}
