package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Asof;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the as-of joins of the law mean: each left row beside the right row of its keys that is nearest.
///
/// Rows at one time that differ would be told apart by nobody, so no right side of the law has them.
final class AsofJoins {
    private AsofJoins() {}

    /// Whether what a left row has met is shown already.
    interface Shown {
        boolean isShown(Tuple left, Optional<Tuple> nearest);
    }

    static List<Tuple> of(Asof join, List<Tuple> left, List<Tuple> right, Shown shown) {
        List<Tuple> rows = new ArrayList<>();
        for (Tuple row : left) {
            Optional<Tuple> nearest = nearest(join, row, right);
            if ((nearest.isPresent() || join.outer()) && (meetsNothing(join, row) || shown.isShown(row, nearest))) {
                List<@Nullable Object> beside = nearest.map(Tuple::values)
                        .orElseGet(() -> Collections.nCopies(join.rightNames().size(), null));
                rows.add(row.plus(beside));
            }
        }
        return rows;
    }

    private static boolean meetsNothing(Asof join, Tuple row) {
        return row.get(join.leftTime()) == null || join.keys().stream()
                .anyMatch(key -> Scalars.evaluate(key.left(), row.values()) == null);
    }

    private static Optional<Tuple> nearest(Asof join, Tuple row, List<Tuple> right) {
        Optional<Tuple> best = Optional.empty();
        Object time = row.get(join.leftTime());
        for (Tuple other : right) {
            Object at = other.get(join.rightTime());
            boolean counts = time != null && at != null && holds(join.comparison(), Scalars.compare(time, at))
                    && join.keys().stream().allMatch(key -> Joins.matches(key, row, other));
            if (counts && at != null
                    && best.map(known -> isNearer(join, at, known.get(join.rightTime()))).orElse(true)) {
                best = Optional.of(other);
            }
        }
        return best;
    }

    private static boolean holds(String comparison, int order) {
        return switch (comparison) {
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            case "<" -> order < 0;
            default -> throw new AssertionError(comparison);
        };
    }

    private static boolean isNearer(Asof join, Object time, @Nullable Object known) {
        int order = Scalars.compare(time, java.util.Objects.requireNonNull(known));
        return join.isBackward() ? order > 0 : order < 0;
    }
}
