package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.Utf8;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Order and equality as Spark SQL has them: NaN equals itself and is greatest, -0.0 equals 0.0, text is ordered by bytes,
/// arrays and structs element by element with NULL first.
public final class Comparisons {
    private Comparisons() {}

    public static boolean equal(double left, double right) {
        return left == right || (Double.isNaN(left) && Double.isNaN(right));
    }

    public static boolean less(double left, double right) {
        return left < right || (!Double.isNaN(left) && Double.isNaN(right));
    }

    public static boolean lessOrEqual(double left, double right) {
        return left <= right || Double.isNaN(right);
    }

    public static int compare(double left, double right) {
        return less(left, right) ? -1 : equal(left, right) ? 0 : 1;
    }

    public static int compare(boolean left, boolean right) {
        return Boolean.compare(left, right);
    }

    public static int compare(Utf8 left, Utf8 right) {
        return left.compareTo(right);
    }

    public static int compare(BigDecimal left, BigDecimal right) {
        return left.compareTo(right);
    }

    public static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        if (left instanceof Map<?, ?> mine && right instanceof Map<?, ?> theirs) {
            return equalMaps(mine, theirs);
        }
        return compare(left, right) == 0;
    }

    private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : left.entrySet()) {
            if (!right.containsKey(entry.getKey()) || !equal(entry.getValue(), right.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /// Two values of one type, as `DataType` lists them; NULL sorts first.
    public static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left != null ? 1 : right != null ? -1 : 0;
        }
        return switch (left) {
            case List<?> list -> compareLists(list, (List<?>) right);
            case byte[] bytes -> Arrays.compareUnsigned(bytes, (byte[]) right);
            case String text -> compareText(text, (String) right);
            case Double number -> compare(number.doubleValue(), ((Double) right).doubleValue());
            case Float number -> compare(number.doubleValue(), ((Float) right).doubleValue());
            case Integer number -> number.compareTo((Integer) right);
            case Long number -> number.compareTo((Long) right);
            case Short number -> number.compareTo((Short) right);
            case Byte number -> number.compareTo((Byte) right);
            case Boolean flag -> flag.compareTo((Boolean) right);
            case BigDecimal number -> number.compareTo((BigDecimal) right);
            default -> throw new IllegalArgumentException("not ordered: " + left.getClass());
        };
    }

    private static int compareLists(List<?> left, List<?> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    // UTF-16 units order surrogates below U+E000..U+FFFF; code points, like UTF-8 bytes, do not.
    private static int compareText(String left, String right) {
        for (int i = 0; i < Math.min(left.length(), right.length()); i++) {
            char mine = left.charAt(i);
            char theirs = right.charAt(i);
            if (mine != theirs) {
                boolean mixed = Character.isSurrogate(mine) != Character.isSurrogate(theirs);
                return mixed ? Character.isSurrogate(mine) ? 1 : -1 : Character.compare(mine, theirs);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
