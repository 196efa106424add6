package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.kernel.Comparisons;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Arrays as sets: elements in the order of their first appearance, each once; NULL counts as a value of its own.
public final class ArraySetFunctions {
    private ArraySetFunctions() {}

    private static Set<@Nullable Object> set() {
        return new TreeSet<>(Comparisons::compare); // byte[] and -0.0 have no equals that SQL knows
    }

    private static Set<@Nullable Object> set(List<@Nullable Object> array) {
        Set<@Nullable Object> set = set();
        set.addAll(array);
        return set;
    }

    public static List<@Nullable Object> arrayDistinct(List<@Nullable Object> array) {
        Set<@Nullable Object> seen = set();
        List<@Nullable Object> distinct = new ArrayList<>();
        for (Object element : array) {
            if (seen.add(element)) {
                distinct.add(element);
            }
        }
        return distinct;
    }

    public static List<@Nullable Object> arrayUnion(List<@Nullable Object> left, List<@Nullable Object> right) {
        List<@Nullable Object> all = new ArrayList<>(left);
        all.addAll(right);
        return arrayDistinct(all);
    }

    public static List<@Nullable Object> arrayIntersect(List<@Nullable Object> left, List<@Nullable Object> right) {
        Set<@Nullable Object> others = set(right);
        List<@Nullable Object> shared = arrayDistinct(left);
        shared.removeIf(element -> !others.contains(element));
        return shared;
    }

    public static List<@Nullable Object> arrayExcept(List<@Nullable Object> left, List<@Nullable Object> right) {
        Set<@Nullable Object> others = set(right);
        List<@Nullable Object> kept = arrayDistinct(left);
        kept.removeIf(others::contains);
        return kept;
    }

    /// NULL if no value is in both, but one of two that are not empty holds a NULL.
    public static @Nullable Boolean arraysOverlap(List<@Nullable Object> left, List<@Nullable Object> right) {
        Set<@Nullable Object> values = set(left);
        for (Object element : right) {
            if (element != null && values.contains(element)) {
                return true;
            }
        }
        boolean unknown = !left.isEmpty() && !right.isEmpty() && (left.contains(null) || right.contains(null));
        return unknown ? null : false;
    }
}
