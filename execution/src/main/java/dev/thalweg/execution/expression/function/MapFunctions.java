package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.kernel.Comparisons;
import dev.thalweg.execution.expression.kernel.NestedValues;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Maps made, taken apart and looked into. Keys are in the order in which they were put in, never NULL and never twice.
public final class MapFunctions {
    private MapFunctions() {}

    public static @Nullable Object elementAt(Map<Object, @Nullable Object> map, Object key) {
        for (Map.Entry<Object, @Nullable Object> entry : map.entrySet()) {
            if (Comparisons.equal(entry.getKey(), key)) {
                return entry.getValue();
            }
        }
        return null;
    }

    public static @Nullable Object tryElementAt(Map<Object, @Nullable Object> map, Object key) {
        return elementAt(map, key);
    }

    public static boolean mapContainsKey(Map<Object, @Nullable Object> map, Object key) {
        return NestedValues.holds(map, key);
    }

    public static List<@Nullable Object> mapKeys(Map<Object, @Nullable Object> map) {
        return new ArrayList<>(map.keySet());
    }

    public static List<@Nullable Object> mapValues(Map<Object, @Nullable Object> map) {
        return new ArrayList<>(map.values());
    }

    public static List<@Nullable Object> mapEntries(Map<Object, @Nullable Object> map) {
        List<@Nullable Object> entries = new ArrayList<>(map.size());
        map.forEach((key, value) -> entries.add(struct(key, value)));
        return entries;
    }

    private static List<@Nullable Object> struct(Object key, @Nullable Object value) {
        List<@Nullable Object> struct = new ArrayList<>(2);
        struct.add(key);
        struct.add(value);
        return struct;
    }

    public static Map<Object, @Nullable Object> mapFromArrays(List<@Nullable Object> keys,
            List<@Nullable Object> values) {
        if (keys.size() != values.size()) {
            throw Reject.argument("map_from_arrays", "number of values", values.size(),
                    "that of the keys, which is " + keys.size());
        }
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            put(map, keys.get(i), values.get(i), "map_from_arrays");
        }
        return map;
    }

    /// NULL if one of the entries is.
    public static @Nullable Map<Object, @Nullable Object> mapFromEntries(List<@Nullable Object> entries) {
        if (entries.contains(null)) {
            return null;
        }
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Object entry : entries) {
            List<?> struct = (List<?>) entry;
            put(map, struct.get(0), struct.get(1), "map_from_entries");
        }
        return map;
    }

    @SafeVarargs
    public static Map<Object, @Nullable Object> mapConcat(Map<Object, @Nullable Object>... maps) {
        Map<Object, @Nullable Object> all = new LinkedHashMap<>();
        for (Map<Object, @Nullable Object> map : maps) {
            map.forEach((key, value) -> put(all, key, value, "map_concat"));
        }
        return all;
    }

    public static Map<Object, @Nullable Object> strToMap(EvaluationContext context, String text) {
        return strToMap(context, text, ",", ":");
    }

    public static Map<Object, @Nullable Object> strToMap(EvaluationContext context, String text, String pairs) {
        return strToMap(context, text, pairs, ":");
    }

    /// Splits a text into pairs and each pair into a key and a value.
    ///
    /// @param pairs regular expression between pairs
    /// @param keys regular expression between a key and its value
    public static Map<Object, @Nullable Object> strToMap(EvaluationContext context, String text, String pairs,
            String keys) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (String pair : RegexFunctions.pattern(context, "str_to_map", pairs).split(text, -1)) {
            String[] entry = RegexFunctions.pattern(context, "str_to_map", keys).split(pair, 2);
            put(map, entry[0], entry.length < 2 ? null : entry[1], "str_to_map");
        }
        return map;
    }

    private static void put(Map<Object, @Nullable Object> map, @Nullable Object key, @Nullable Object value,
            String function) {
        if (key == null) {
            throw new InvalidQuery("THW-4005", "A key of the map that " + function
                    + " makes is NULL. Filter NULL keys out, or use coalesce.");
        }
        if (!NestedValues.put(map, key, value)) {
            throw new InvalidQuery("THW-4005",
                    "The map that %s makes has the key '%s' twice. Keep one value for each key, such as with map_from_entries over distinct entries."
                            .formatted(function, NestedValues.shown(key)));
        }
    }
}
