package dev.thalweg.execution.expression.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Arrays, maps and structs as objects: made, joined and looked into.
public final class NestedValues {
    private NestedValues() {}

    /// Elements may be null.
    public static List<@Nullable Object> list(@Nullable Object[] elements) {
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    /// Makes the value of a MAP.
    ///
    /// @param entries keys and values by turns
    public static Map<Object, @Nullable Object> map(@Nullable Object[] entries) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            putNew(map, entries[i], entries[i + 1]);
        }
        return map;
    }

    /// Adds an entry whose key must be one, and not be there.
    public static void putNew(Map<Object, @Nullable Object> map, @Nullable Object key, @Nullable Object value) {
        if (key == null) {
            throw Failures.invalidArgument("A map key is NULL. Filter such keys out, or use coalesce.");
        }
        if (!put(map, key, value)) {
            throw Failures.invalidArgument(
                    "The map key '%s' is there twice. Remove the duplicate.".formatted(shown(key)));
        }
    }

    /// The keys of two maps, each once: those of the left in their order, then what the right has besides.
    public static Object[] keys(Map<?, ?> left, Map<?, ?> right) {
        Map<Object, @Nullable Object> keys = new LinkedHashMap<>();
        left.keySet().forEach(key -> put(keys, key, null));
        right.keySet().forEach(key -> put(keys, key, null));
        return keys.keySet().toArray();
    }

    /// What `exists` and `forall` say: the deciding answer where one element gives it, else NULL where one gives NULL.
    public static @Nullable Boolean decided(boolean found, boolean unknown, boolean decisive) {
        return found ? Boolean.valueOf(decisive) : unknown ? null : Boolean.valueOf(!decisive);
    }

    /// Adds an entry, unless there is one of that key: then false. As a key -0.0 is 0.0.
    public static boolean put(Map<Object, @Nullable Object> map, Object key, @Nullable Object value) {
        Object normal = key instanceof Double number && number == 0
                ? Double.valueOf(0)
                : key instanceof Float number && number == 0 ? Float.valueOf(0) : key;
        if (holds(map, normal)) {
            return false;
        }
        map.put(normal, value);
        return true;
    }

    public static boolean holds(Map<Object, @Nullable Object> map, Object key) {
        if (key instanceof byte[] || key instanceof List<?>) { // equal in SQL, yet not in Java
            return map.keySet().stream().anyMatch(known -> Comparisons.equal(known, key));
        }
        return map.containsKey(key);
    }

    /// A key in a message.
    public static Object shown(Object key) {
        return key instanceof byte[] bytes ? HexFormat.of().withUpperCase().formatHex(bytes) : key;
    }

    /// `array[index]`, counted from 0.
    public static @Nullable Object element(List<?> array, int index) {
        if (index < 0 || index >= array.size()) {
            throw Failures.invalidIndex(index, array.size());
        }
        return array.get(index);
    }

    /// `map[key]`: NULL when it is missing.
    public static @Nullable Object value(Map<?, ?> map, @Nullable Object key) {
        Object found = map.get(key);
        if (found == null
                && (key instanceof Double || key instanceof Float || key instanceof List || key instanceof byte[])) {
            return search(map, key); // equal in SQL, yet not in Java: 0.0 and -0.0, bytes
        }
        return found;
    }

    private static @Nullable Object search(Map<?, ?> map, Object key) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (Comparisons.equal(entry.getKey(), key)) {
                return entry.getValue();
            }
        }
        return null;
    }

    public static List<@Nullable Object> concat(List<?> left, List<?> right) {
        List<@Nullable Object> both = new ArrayList<>(left.size() + right.size());
        both.addAll(left);
        both.addAll(right);
        return both;
    }
}
