package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The order of a map's entries where maps are compared: by key, as ORDER BY would have it, texts and bytes by their bytes.
/// **Part of the checkpoint format.**
final class MapOrder {
    private MapOrder() {}

    /// The same entries in the one order they have in keys.
    static Map<?, ?> sorted(Map<?, ?> map, DataType key) {
        if (map.size() < 2) {
            return map;
        }
        TreeMap<Object, @Nullable Object> sorted = new TreeMap<>((a, b) -> compare(a, b, key));
        map.forEach(sorted::put);
        return sorted.size() == map.size() ? sorted : map;
    }

    private static int compare(Object a, Object b, DataType type) {
        return switch (type) {
            case Simple simple -> compareSimple(a, b, simple);
            case Decimal _ -> ((BigDecimal) a).compareTo((BigDecimal) b);
            case ArrayOf(DataType element, _) -> {
                List<?> left = (List<?>) a;
                List<?> right = (List<?>) b;
                for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                    int order = compareElements(left.get(i), right.get(i), element);
                    if (order != 0) {
                        yield order;
                    }
                }
                yield Integer.compare(left.size(), right.size());
            }
            case Struct(var row) -> {
                for (int i = 0; i < row.size(); i++) {
                    int order = compareElements(((List<?>) a).get(i), ((List<?>) b).get(i), row.type(i));
                    if (order != 0) {
                        yield order;
                    }
                }
                yield 0;
            }
            case MapOf _ -> // a key that is a map itself has no order of its own
                    Arrays.compareUnsigned(ValueBytes.write(a, type, true), ValueBytes.write(b, type, true));
        };
    }

    private static int compareElements(@Nullable Object a, @Nullable Object b, DataType type) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return compare(a, b, type);
    }

    private static int compareSimple(Object a, Object b, Simple type) {
        return switch (type) {
            case BOOLEAN -> Boolean.compare((Boolean) a, (Boolean) b);
            case TINYINT, SMALLINT, INT, DATE, INTERVAL_YEAR_MONTH, BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME,
                    INTERVAL_DAY_TIME ->
                    Long.compare(((Number) a).longValue(), ((Number) b).longValue());
            case FLOAT, DOUBLE ->
                    Double.compare(((Number) a).doubleValue() + 0.0, ((Number) b).doubleValue() + 0.0);
            case STRING -> Arrays.compareUnsigned(((String) a).getBytes(StandardCharsets.UTF_8),
                    ((String) b).getBytes(StandardCharsets.UTF_8));
            case BINARY -> Arrays.compareUnsigned((byte[]) a, (byte[]) b);
            case VOID -> 0;
        };
    }
}
