package dev.thalweg.execution.expression.function;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.datasketches.common.ArrayOfBooleansSerDe;
import org.apache.datasketches.common.ArrayOfDoublesSerDe;
import org.apache.datasketches.common.ArrayOfItemsSerDe;
import org.apache.datasketches.common.ArrayOfLongsSerDe;
import org.apache.datasketches.common.ArrayOfNumbersSerDe;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.FrequentItemsSketch;
import org.jspecify.annotations.Nullable;

/// The states that `approx_top_k_accumulate` and `approx_top_k_combine` hand on and `approx_top_k_estimate` reads: a struct of a
/// sketch of frequent items, laid out as Spark's, how many items it tracks, and their type.
public final class FrequentItems {
    private static final int NULLS_BYTES = Long.BYTES;
    private static final double LOAD = 0.75;
    /// Digits of a decimal that fit 32 bits.
    private static final int INT_DIGITS = 9;

    private FrequentItems() {}

    /// An item and how often it is there.
    public record Counted(@Nullable Object item, long count) {
        /// The most frequent first; of equally frequent ones the lesser, NULL before all.
        static final Comparator<Counted> ORDER = Comparator.comparingLong(Counted::count).reversed()
                .thenComparing(Counted::item, Comparator.nullsFirst(FrequentItems::compare));
    }

    @SuppressWarnings("unchecked") // items of one type, each of which has an order
    private static int compare(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    /// A state of the most frequent of the items.
    ///
    /// @param tracked how many items it holds at the most
    public static List<@Nullable Object> state(DataType type, int tracked, Collection<Counted> items) {
        FrequentItemsSketch<Object> sketch = new FrequentItemsSketch<>(mapSize(tracked));
        long nulls = 0;
        for (Counted each : items.stream().sorted(Counted.ORDER).limit(tracked).toList()) {
            if (each.item() == null) {
                nulls = each.count();
            } else {
                sketch.update(stored(each.item(), type), each.count());
            }
        }
        byte[] bytes = sketch.toByteArray(layout(type));
        byte[] withNulls = ByteBuffer.allocate(bytes.length + NULLS_BYTES).put(bytes).putLong(nulls).array();
        return Arrays.asList(withNulls, tracked, null, "item " + type.sql() + " NOT NULL");
    }

    /// A power of two, as the sketch wants it, in which so many items have room.
    private static int mapSize(int tracked) {
        int needed = Math.max(8, (int) Math.ceil(tracked / LOAD));
        return Integer.highestOneBit(2 * needed - 1);
    }

    /// The items of a state.
    public static List<Counted> items(List<?> state, DataType type) {
        if (!(state.getFirst() instanceof byte[] bytes) || bytes.length < NULLS_BYTES) {
            throw new InvalidQuery("THW-4253", "This state holds no sketch of frequent items. Give what"
                    + " approx_top_k_accumulate or approx_top_k_combine has made.");
        }
        int end = bytes.length - NULLS_BYTES;
        FrequentItemsSketch<Object> sketch = SketchBytes.read("frequent-items", Arrays.copyOf(bytes, end),
                segment -> FrequentItemsSketch.getInstance(segment, layout(type)));
        List<Counted> items = new ArrayList<>();
        for (FrequentItemsSketch.Row<Object> row : sketch.getFrequentItems(0, ErrorType.NO_FALSE_NEGATIVES)) {
            items.add(new Counted(item(row.getItem(), type), row.getEstimate()));
        }
        long nulls = ByteBuffer.wrap(bytes).getLong(end);
        if (nulls > 0) {
            items.add(new Counted(null, nulls));
        }
        return items;
    }

    /// How many items a state tracks.
    public static int tracked(List<?> state) {
        return state.get(1) instanceof Integer tracked ? tracked : 0;
    }

    /// Adds up the items of states.
    public static void addTo(Map<@Nullable Object, Long> sums, Collection<Counted> items, long times) {
        items.forEach(each -> sums.merge(each.item(), Math.multiplyExact(each.count(), times), Math::addExact));
    }

    public static List<Counted> of(Map<@Nullable Object, Long> sums) {
        return sums.entrySet().stream().map(each -> new Counted(each.getKey(), each.getValue())).toList();
    }

    /// The `k` most frequent items, as `approx_top_k` shows them.
    static List<List<@Nullable Object>> best(List<?> state, DataType type, int k) {
        return items(state, type).stream().sorted(Counted.ORDER).limit(k)
                .map(each -> Arrays.<@Nullable Object>asList(each.item(), each.count())).toList();
    }

    private static Object stored(Object item, DataType type) {
        if (!(item instanceof BigDecimal number)) {
            return item;
        }
        long unscaled = number.unscaledValue().longValueExact();
        return isInt(type) ? (Object) (int) unscaled : unscaled;
    }

    private static boolean isInt(DataType type) {
        return type instanceof Decimal(int precision, _) && precision <= INT_DIGITS;
    }

    private static Object item(Object stored, DataType type) {
        return type instanceof Decimal(_, int scale)
                ? BigDecimal.valueOf(((Number) stored).longValue(), scale)
                : stored;
    }

    @SuppressWarnings("unchecked") // each lays out the objects that values of the type are
    private static ArrayOfItemsSerDe<Object> layout(DataType type) {
        ArrayOfItemsSerDe<?> layout = switch (type) {
            case Simple simple -> switch (simple) {
                case BOOLEAN -> new ArrayOfBooleansSerDe();
                case TINYINT, SMALLINT, INT, DATE, FLOAT, INTERVAL_YEAR_MONTH -> new ArrayOfNumbersSerDe();
                case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> new ArrayOfLongsSerDe();
                case DOUBLE -> new ArrayOfDoublesSerDe();
                case STRING, BINARY, VOID -> new ArrayOfStringsSerDe();
            };
            case Decimal _ -> isInt(type) ? new ArrayOfNumbersSerDe() : new ArrayOfLongsSerDe();
            case DataType.ArrayOf _,DataType.MapOf _,DataType.Struct _ -> new ArrayOfStringsSerDe();
        };
        return (ArrayOfItemsSerDe<Object>) layout;
    }
}
