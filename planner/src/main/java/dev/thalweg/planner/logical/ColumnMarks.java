package dev.thalweg.planner.logical;

import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Names of their own for columns that are shown under one name: the two `id` of `SELECT a.id, b.id` are `id`, `id` to the
/// user, but Calcite tells columns apart by name.
///
/// A mark is put behind such a name and taken off again; nothing is read from the name itself, so `id1` stays `id1`. A name
/// that a user wrote with a mark in it gets one more, and is shown as it was written.
public final class ColumnMarks {
    /// A sign without width or meaning, and one that looks like a number in EXPLAIN.
    private static final String MARK = "\u2060#";
    private static final String COPY = "=";

    private ColumnMarks() {}

    static List<String> marked(List<String> shown) {
        return marked(shown, _ -> false);
    }

    static RowType marked(RowType shown) {
        return renamed(shown, marked(shown.names()));
    }

    /// @param isCopy whether the column is the very one that an earlier name stands for, so that the name is not ambiguous
    static List<String> marked(List<String> shown, IntPredicate isCopy) {
        Map<String, Integer> originals = new HashMap<>();
        for (int i = 0; i < shown.size(); i++) {
            if (!isCopy.test(i)) {
                originals.merge(key(shown.get(i)), 1, Integer::sum);
            }
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            String name = shown.get(i);
            if (isCopy.test(i)) {
                names.add(name + MARK + i + COPY);
            } else {
                boolean isPlain = originals.getOrDefault(key(name), 0) == 1 && !name.contains(MARK);
                names.add(isPlain ? name : name + MARK + i);
            }
        }
        return names;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// The names as the user knows them.
    public static List<String> shown(List<String> names) {
        return names.stream().map(ColumnMarks::shown).toList();
    }

    /// The columns under the names that the user knows.
    public static RowType shown(RowType row) {
        return renamed(row, shown(row.names()));
    }

    private static RowType renamed(RowType row, List<String> names) {
        return new RowType(IntStream.range(0, row.size())
                .mapToObj(i -> new Field(names.get(i), row.type(i), row.field(i).nullable())).toList());
    }

    public static String shown(String name) {
        int mark = name.lastIndexOf(MARK);
        return mark < 0 ? name : name.substring(0, mark);
    }

    /// A text that holds marked names, without what nobody sees.
    static String printable(String text) {
        return text.replace(MARK, "#");
    }

    static boolean isMarked(String name) {
        return name.contains(MARK);
    }

    static boolean isCopy(String name) {
        return isMarked(name) && name.endsWith(COPY);
    }
}
