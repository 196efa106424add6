package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What generators give for a row, one object after the other.
public final class Generators {
    /// Stands for the row of nulls that an outer generator gives when there is nothing else.
    public static final Object NOTHING = new Object();

    private static final Object[] NONE = {};
    private static final Object[] ONLY_NOTHING = {NOTHING};

    private Generators() {}

    /// The elements of an array, or the entries of a map.
    public static @Nullable Object[] items(@Nullable Object collection, boolean outer) {
        if (collection == null) {
            return outer ? ONLY_NOTHING : NONE;
        }
        Collection<?> items = collection instanceof Map<?, ?> map ? map.entrySet() : (List<?>) collection;
        return items.isEmpty() && outer ? ONLY_NOTHING : items.toArray();
    }

    /// How many numbers there are from `start` on, each `step` after the one before, that lie before `end`: without a sign.
    public static long steps(long start, long end, long step) {
        if (step == 0) {
            throw new InvalidQuery("THW-4210", "range(" + start + ", " + end
                    + ", 0) would never end. Give a step above 0, or below 0 to count down.");
        }
        if (step > 0 ? start >= end : start <= end) {
            return 0;
        }
        long gap = step > 0 ? end - start : start - end; // may pass the greatest number, and is right without a sign
        return Long.divideUnsigned(gap - 1, Math.abs(step)) + 1;
    }

    /// Cells in rows of `width`.
    public static Object[] rows(@Nullable Object[] cells, int width) {
        Object[] rows = new Object[cells.length / width];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.asList(Arrays.copyOfRange(cells, i * width, (i + 1) * width));
        }
        return rows;
    }

    public static @Nullable Object key(Object entry) {
        return ((Map.Entry<?, ?>) entry).getKey();
    }

    public static @Nullable Object value(Object entry) {
        return ((Map.Entry<?, ?>) entry).getValue();
    }

    public static @Nullable Object field(Object struct, int field) {
        return ((List<?>) struct).get(field);
    }
}
