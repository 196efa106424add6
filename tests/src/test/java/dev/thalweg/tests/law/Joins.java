package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Band;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKey;
import dev.thalweg.tests.law.Rel.JoinKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the joins of the law mean: each row of one side beside each of the other.
final class Joins {
    private Joins() {}

    /// What becomes of rows besides what the join says of them.
    interface Alone {
        /// Whether a row that matches nothing is given out.
        boolean isShown(boolean isLeft, Tuple row);

        /// Whether two rows were there at the same time.
        default boolean meet(Tuple left, Tuple right) {
            return true;
        }
    }

    static List<Tuple> of(Join join, List<Tuple> left, List<Tuple> right, Alone alone) {
        List<Tuple> rows = new ArrayList<>();
        Set<Object> matched = new HashSet<>();
        for (Tuple row : left) {
            List<Tuple> matches = right.stream().filter(other -> alone.meet(row, other) && matches(join, row, other))
                    .toList();
            matches.forEach(other -> matched.add(other.origin()));
            rows.addAll(ofLeft(join, row, matches, right, alone));
        }
        if (join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.FULL) {
            List<@Nullable Object> nulls = Collections.nCopies(join.left().columns().size(), null);
            right.stream().filter(row -> !matched.contains(row.origin()) && alone.isShown(false, row))
                    .map(row -> row.with(nulls).plus(row.values()).asEmitted()).forEach(rows::add);
        }
        return rows;
    }

    private static List<Tuple> ofLeft(Join join, Tuple row, List<Tuple> matches, List<Tuple> right, Alone alone) {
        return switch (join.kind()) {
            case INNER, RIGHT -> pairs(row, matches);
            case LEFT, FULL -> {
                if (!matches.isEmpty()) {
                    yield pairs(row, matches);
                }
                List<@Nullable Object> nulls = Collections.nCopies(join.rightNames().size(), null);
                yield alone.isShown(true, row) ? List.of(row.plus(nulls)) : List.of();
            }
            case NOT_IN -> isNotIn(join.keys().getFirst(), row, right) ? List.of(row) : List.of();
            case SEMI -> matches.isEmpty() ? List.of() : List.of(row);
            case ANTI -> matches.isEmpty() && alone.isShown(true, row) ? List.of(row) : List.of();
        };
    }

    private static List<Tuple> pairs(Tuple row, List<Tuple> matches) {
        return matches.stream().map(other -> row.plus(other.values()).asNew()).toList();
    }

    private static boolean isNotIn(JoinKey key, Tuple row, List<Tuple> others) {
        Object left = Scalars.evaluate(key.left(), row.values());
        return others.isEmpty() || (left != null && others.stream()
                .map(other -> Scalars.evaluate(key.right(), other.values()))
                .noneMatch(right -> right == null || Scalars.compare(left, right) == 0));
    }

    private static boolean matches(Join join, Tuple row, Tuple other) {
        return join.keys().stream().allMatch(key -> matches(key, row, other))
                && join.band().filter(band -> !holds(band, row, other)).isEmpty()
                && (join.residual().isEmpty()
                        || Scalars.isTrue(join.residual().get(), row.plus(other.values()).values()));
    }

    private static boolean holds(Band band, Tuple row, Tuple other) {
        if (!(row.get(band.left()) instanceof Instant left && other.get(band.right()) instanceof Instant right)) {
            return false;
        }
        long apart = LatenessModel.micros(right) - LatenessModel.micros(left);
        return band.before().filter(before -> apart < -before).isEmpty()
                && band.after().filter(after -> apart > after).isEmpty();
    }

    static boolean matches(JoinKey key, Tuple row, Tuple other) {
        Object left = Scalars.evaluate(key.left(), row.values());
        Object right = Scalars.evaluate(key.right(), other.values());
        return (left == null || right == null)
                ? key.isNullSafe() && left == null && right == null
                : Scalars.compare(left, right) == 0;
    }
}
