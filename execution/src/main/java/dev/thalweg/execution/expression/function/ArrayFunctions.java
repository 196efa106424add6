package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.NullAware;
import dev.thalweg.execution.expression.kernel.Comparisons;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Elements of arrays looked up, put in, taken out and put in order. Positions count from 1, or from the end if negative.
public final class ArrayFunctions {
    private static final Comparator<@Nullable Object> ASCENDING = Comparisons::compare; // NULL first
    private static final Comparator<@Nullable Object> NULLS_LAST = (left, right) -> left == null || right == null
            ? Comparisons.compare(right, left)
            : Comparisons.compare(left, right);

    private ArrayFunctions() {}

    /// `array.field` of an array of structs; no function that a query can call.
    public static List<@Nullable Object> fieldOfEach(List<@Nullable Object> structs, int field) {
        List<@Nullable Object> fields = new ArrayList<>(structs.size());
        for (Object struct : structs) {
            fields.add(struct == null ? null : ((List<?>) struct).get(field));
        }
        return fields;
    }

    public static int size(List<@Nullable Object> array) {
        return array.size();
    }

    public static int size(Map<?, ?> map) {
        return map.size();
    }

    public static @Nullable Object elementAt(List<@Nullable Object> array, int position) {
        int index = index("element_at", array, position);
        if (index < 0 || index >= array.size()) {
            throw Reject.index("element_at", position, array.size());
        }
        return array.get(index);
    }

    public static @Nullable Object tryElementAt(List<@Nullable Object> array, int position) {
        int index = index("try_element_at", array, position);
        return index < 0 || index >= array.size() ? null : array.get(index);
    }

    private static int index(String function, List<?> array, int position) {
        if (position == 0) {
            throw Reject.argument(function, "position", 0, "1 or more, or -1 or less to count from the end");
        }
        return position > 0 ? position - 1 : array.size() + position;
    }

    /// The index counts from 0.
    public static @Nullable Object get(List<@Nullable Object> array, int index) {
        return index < 0 || index >= array.size() ? null : array.get(index);
    }

    /// NULL if it is not there but a NULL is.
    public static @Nullable Boolean arrayContains(List<@Nullable Object> array, Object value) {
        boolean unknown = false;
        for (Object element : array) {
            if (element == null) {
                unknown = true;
            } else if (Comparisons.equal(element, value)) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    public static long arrayPosition(List<@Nullable Object> array, Object value) {
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) != null && Comparisons.equal(array.get(i), value)) {
                return i + 1L;
            }
        }
        return 0;
    }

    public static String arrayJoin(List<@Nullable Object> array, String delimiter) {
        return joined(array, delimiter, null);
    }

    public static String arrayJoin(List<@Nullable Object> array, String delimiter, String forNull) {
        return joined(array, delimiter, forNull);
    }

    private static String joined(List<@Nullable Object> array, String delimiter, @Nullable String forNull) {
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (Object element : array) {
            Object shown = element == null ? forNull : element;
            if (shown != null) {
                text.append(first ? "" : delimiter).append(shown);
                first = false;
            }
        }
        return text.toString();
    }

    public static @Nullable Object arrayMax(List<@Nullable Object> array) {
        return NumberFunctions.greatest(array.toArray());
    }

    public static @Nullable Object arrayMin(List<@Nullable Object> array) {
        return NumberFunctions.least(array.toArray());
    }

    public static List<@Nullable Object> arrayRemove(List<@Nullable Object> array, Object value) {
        List<@Nullable Object> kept = new ArrayList<>(array);
        kept.removeIf(element -> element != null && Comparisons.equal(element, value));
        return kept;
    }

    public static List<@Nullable Object> arrayCompact(List<@Nullable Object> array) {
        List<@Nullable Object> kept = new ArrayList<>(array);
        kept.removeIf(element -> element == null);
        return kept;
    }

    @NullAware
    public static @Nullable List<@Nullable Object> arrayRepeat(@Nullable Object value, @Nullable Integer times) {
        if (times == null) {
            return null;
        }
        ResultLength.checkArray("array_repeat", times);
        List<@Nullable Object> repeated = new ArrayList<>(Math.max(0, times));
        for (int i = 0; i < times; i++) {
            repeated.add(value);
        }
        return repeated;
    }

    /// NULL last.
    public static List<@Nullable Object> arraySort(List<@Nullable Object> array) {
        return sorted(array, NULLS_LAST);
    }

    /// NULL first.
    public static List<@Nullable Object> sortArray(List<@Nullable Object> array) {
        return sorted(array, ASCENDING);
    }

    public static List<@Nullable Object> sortArray(List<@Nullable Object> array, boolean ascending) {
        return sorted(array, ascending ? ASCENDING : ASCENDING.reversed());
    }

    private static List<@Nullable Object> sorted(List<@Nullable Object> array, Comparator<@Nullable Object> order) {
        List<@Nullable Object> sorted = new ArrayList<>(array);
        sorted.sort(order);
        return sorted;
    }

    @NullAware
    public static @Nullable List<@Nullable Object> arrayAppend(@Nullable List<@Nullable Object> array,
            @Nullable Object value) {
        return array == null ? null : inserted(array, array.size(), value);
    }

    @NullAware
    public static @Nullable List<@Nullable Object> arrayPrepend(@Nullable List<@Nullable Object> array,
            @Nullable Object value) {
        return array == null ? null : inserted(array, 0, value);
    }

    /// A position past either end fills up with NULL.
    @NullAware
    public static @Nullable List<@Nullable Object> arrayInsert(@Nullable List<@Nullable Object> array,
            @Nullable Integer position, @Nullable Object value) {
        if (array == null || position == null) {
            return null;
        }
        if (position == 0) {
            throw Reject.argument("array_insert", "position", 0, "1 or more, or -1 or less to count from the end");
        }
        List<@Nullable Object> filled = new ArrayList<>(array);
        if (position > 0) {
            filled.addAll(Collections.nCopies(Math.max(0, position - 1 - array.size()), null));
            return inserted(filled, position - 1, value);
        }
        int index = array.size() + position + 1;
        filled.addAll(0, Collections.nCopies(Math.max(0, -index), null));
        return inserted(filled, Math.max(0, index), value);
    }

    private static List<@Nullable Object> inserted(List<@Nullable Object> array, int index, @Nullable Object value) {
        List<@Nullable Object> inserted = new ArrayList<>(array.size() + 1);
        inserted.addAll(array);
        inserted.add(index, value);
        return inserted;
    }

    public static List<@Nullable Object> slice(List<@Nullable Object> array, int position, int length) {
        int start = index("slice", array, position);
        if (length < 0) {
            throw Reject.argument("slice", "length", length, "0 or more");
        }
        if (start < 0 || start >= array.size()) {
            return Collections.emptyList(); // which can be asked for null
        }
        return array.subList(start, (int) Math.min((long) start + length, array.size()));
    }

    public static List<@Nullable Object> reverse(List<@Nullable Object> array) {
        List<@Nullable Object> reversed = new ArrayList<>(array);
        Collections.reverse(reversed);
        return reversed;
    }

    @SafeVarargs
    public static List<@Nullable Object> concat(List<@Nullable Object>... arrays) {
        List<@Nullable Object> all = new ArrayList<>();
        for (List<@Nullable Object> array : arrays) {
            all.addAll(array);
        }
        return all;
    }

    /// NULL if one of the arrays is.
    public static @Nullable List<@Nullable Object> flatten(List<@Nullable Object> arrays) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object array : arrays) {
            if (array == null) {
                return null;
            }
            all.addAll((List<?>) array);
        }
        return all;
    }

    /// One struct for each place; NULL where an array is shorter than the longest.
    public static List<@Nullable Object> arraysZip(Object... arrays) {
        int length = 0;
        for (Object array : arrays) {
            length = Math.max(length, ((List<?>) array).size());
        }
        List<@Nullable Object> zipped = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            List<@Nullable Object> struct = new ArrayList<>(arrays.length);
            for (Object array : arrays) {
                List<?> list = (List<?>) array;
                struct.add(i < list.size() ? list.get(i) : null);
            }
            zipped.add(struct);
        }
        return zipped;
    }
}
