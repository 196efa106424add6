package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.Watermark;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Which rows a cut of the input makes late: a watermark for each edge and trigger, and the rule of each operator.
///
/// W of trigger N is what the rows of the triggers before N moved it to: the greatest event time that reached the
/// declaration, less the delay. What has several inputs that are streams has the least of theirs.
final class LatenessModel {
    /// Nothing is late: a batch query.
    static final LatenessModel NONE = new LatenessModel(false);

    private static final long NO_WATERMARK = Long.MIN_VALUE;

    /// For each declaration: W of trigger 0, 1, … and, last, of the trigger that never came.
    private final IdentityHashMap<Watermark, long[]> declared = new IdentityHashMap<>();
    private final IdentityHashMap<Rel, EventTimes> times = new IdentityHashMap<>();
    private final IdentityHashMap<Rel, Optional<JoinBound>> bounds = new IdentityHashMap<>();

    private final boolean takesGreatest;

    private LatenessModel(boolean takesGreatest) {
        this.takesGreatest = takesGreatest;
    }

    /// Knows which columns decide, and no watermark.
    static LatenessModel ofNoRows() {
        return new LatenessModel(false);
    }

    static LatenessModel of(QueryCase query) {
        LatenessModel model = new LatenessModel(query.watermarkPolicy().equals("max"));
        for (Rel node : query.nodes()) {
            if (node instanceof Watermark watermark) {
                model.declared.put(watermark, watermarks(query, watermark));
            }
        }
        return model;
    }

    private static long[] watermarks(QueryCase query, Watermark declaration) {
        long[] reached = new long[query.triggers().size() + 1];
        Arrays.fill(reached, NO_WATERMARK);
        for (Tuple row : Interpreter.arrivals(query, declaration.input())) {
            if (row.get(declaration.column()) instanceof Instant time) {
                int next = row.trigger() + 1;
                reached[next] = Math.max(reached[next], micros(time) - declaration.delayMicros());
            }
        }
        for (int i = 1; i < reached.length; i++) {
            reached[i] = Math.max(reached[i], reached[i - 1]);
        }
        return reached;
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /// W of the edge above `rel` at `trigger`.
    long watermark(Rel rel, int trigger) {
        return rel instanceof Watermark watermark
                ? declared.getOrDefault(watermark, new long[] {})[trigger]
                : into(rel, trigger);
    }

    /// W of all edges into `rel` together; what is finite has no say.
    private long into(Rel rel, int trigger) {
        LongStream inputs = rel.inputs().stream().filter(input -> !Rel.isFinite(input))
                .mapToLong(input -> watermark(input, trigger));
        return (takesGreatest ? inputs.max() : inputs.min()).orElse(NO_WATERMARK);
    }

    private EventTimes times(Rel rel) {
        EventTimes known = times.get(rel);
        if (known == null) {
            known = EventTimes.of(rel);
            times.put(rel, known);
        }
        return known;
    }

    private Optional<JoinBound> bound(Rel join) {
        Optional<JoinBound> known = bounds.get(join);
        if (known == null) {
            known = join instanceof Rel.Asof asof ? JoinBound.of(asof) : JoinBound.of((Join) join);
            bounds.put(join, known);
        }
        return known;
    }

    /// Whether an operator that brings its rows together by the columns `keys` refuses one.
    boolean isLate(QueryCase query, Rel operator, List<Integer> keys, Tuple row) {
        if (this == NONE) {
            return false;
        }
        EventTimes input = inputTimes(operator);
        int column = input.deciding(keys);
        return column >= 0 && isOvertaken(query, operator, input.lag(column), row.get(column), row.trigger());
    }

    /// Whether what such an operator says of a row is so for ever when `trigger` ends.
    boolean isFinal(Rel operator, List<Integer> keys, Tuple row, int trigger) {
        if (this == NONE) {
            return true;
        }
        EventTimes input = inputTimes(operator);
        int column = input.deciding(keys);
        return column >= 0 && isPassed(operator, input.lag(column), row.get(column), trigger);
    }

    /// Whether OVER in the order of time refuses a row; one without a time as if it were before or behind all others.
    boolean isLate(QueryCase query, Rel.Over over, Tuple row) {
        return this != NONE && row.trigger() >= 0 && isPassed(over, 0, row, row.trigger() - 1);
    }

    /// Whether what OVER in the order of time says of a row is so for ever when `trigger` ends.
    boolean isFinal(Rel.Over over, Tuple row, int trigger) {
        return this == NONE || isPassed(over, over.ahead(), row, trigger);
    }

    private boolean isPassed(Rel.Over over, long ahead, Tuple row, int trigger) {
        Rel.Order first = over.order().getFirst();
        return row.get(first.column()) == null
                ? first.nullsFirst() && into(over, trigger + 1) != NO_WATERMARK
                : isPassed(over, inputTimes(over).lag(first.column()) + ahead, row.get(first.column()), trigger);
    }

    /// Whether the watermark lets go of what such an operator keeps.
    boolean isFreed(Rel operator, Collection<Integer> keys) {
        boolean isWindowed = operator instanceof Aggregate groups
                && groups.window().filter(Rel.Window::isSession).isEmpty();
        return (isWindowed ? times(operator).deciding() : inputTimes(operator).deciding(keys)) >= 0;
    }

    /// Whether the watermark lets go of the rows of a join's side.
    boolean isFreed(Join join, boolean isLeft) {
        return bound(join).flatMap(bound -> isLeft ? bound.leftKeep() : bound.rightKeep()).isPresent();
    }

    private EventTimes inputTimes(Rel operator) {
        return operator.inputs().size() == 1 ? times(operator.inputs().getFirst()) : times(operator);
    }

    /// Whether an aggregate refuses a row for one of its windows; `window` is empty where there are none.
    boolean isLateForWindow(QueryCase query, Aggregate aggregate, List<@Nullable Object> window, Tuple row) {
        if (this == NONE) {
            return false;
        }
        EventTimes output = times(aggregate);
        int column = output.deciding();
        if (column < 0) {
            return false;
        }
        Object time = window.isEmpty() ? Scalars.evaluate(aggregate.keys().get(column), row.values()) : window.get(1);
        return isOvertaken(query, aggregate, output.lag(column), time, row.trigger());
    }

    /// Whether sessions refuse a row: one at W could touch a session that is closed.
    boolean isLateForSession(QueryCase query, Aggregate aggregate, Tuple row) {
        return isLate(query, aggregate, List.of(aggregate.window().orElseThrow().timeColumn()), row);
    }

    /// Whether a join, also one by the nearest row, refuses a row of one of its sides.
    boolean isLate(QueryCase query, Rel join, boolean isLeft, Tuple row) {
        return this != NONE && bound(join).map(bound -> isOvertaken(query, join, bound.lag(),
                row.get(isLeft ? bound.left() : bound.right()), row.trigger())).orElse(false);
    }

    /// Whether a row of a join's side has met all that it can when `trigger` ends.
    boolean isFinal(Join join, boolean isLeft, Tuple row, int trigger) {
        return this == NONE || bound(join).map(bound -> {
            long keep = (isLeft ? bound.leftKeep() : bound.rightKeep()).orElseThrow();
            return isPassed(join, bound.lag() + keep, row.get(isLeft ? bound.left() : bound.right()), trigger);
        }).orElse(false);
    }

    /// Whether no row comes any more that would be nearer to a left row, when `trigger` ends.
    boolean isFinal(Rel.Asof join, Tuple left, Optional<Tuple> nearest, int trigger) {
        return this == NONE || bound(join).map(bound -> join.isBackward()
                ? isPassed(join, bound.lag(), left.get(join.leftTime()), trigger)
                : nearest.filter(row -> isPassed(join, bound.lag(), row.get(join.rightTime()), trigger)).isPresent())
                .orElse(false);
    }

    /// Whether a match refuses a row, in every mode.
    boolean isLate(Rel.Match match, Tuple row) {
        return this != NONE && row.trigger() >= 0 && isPassed(match, 0, row.get(1), row.trigger() - 1);
    }

    /// Up to which time nothing comes any more to a match when `trigger` ends; empty: nothing comes at all.
    OptionalLong passed(Rel.Match match, int trigger) {
        return this == NONE ? OptionalLong.empty() : OptionalLong.of(into(match, trigger + 1));
    }

    /// Whether what keeps first rows until the watermark lets go of them refuses a row, in every mode.
    boolean isLate(Rel.DropDuplicates drop, Tuple row) {
        return this != NONE && isPassed(drop, 0, row.get(time(drop)), row.trigger() - 1);
    }

    /// Whether it has let go of the key of a row that it gave, when `trigger` ends. Without a time it is of 1970.
    boolean isLetGo(Rel.DropDuplicates drop, Tuple row, int trigger) {
        Object time = row.get(time(drop));
        return this != NONE && isPassed(drop, delay(drop), time == null ? Instant.EPOCH : time, trigger);
    }

    private int time(Rel.DropDuplicates drop) {
        return inputTimes(drop).deciding();
    }

    private static long delay(Rel rel) {
        return rel instanceof Watermark watermark ? watermark.delayMicros() : delay(rel.inputs().getFirst());
    }

    private boolean isOvertaken(QueryCase query, Rel operator, long lag, @Nullable Object time, int trigger) {
        return query.mode() != Mode.COMPLETE && trigger >= 0
                && isPassed(operator, lag, time, trigger - 1);
    }

    /// Whether the watermark that `trigger` leaves behind has passed a time by so much.
    private boolean isPassed(Rel operator, long lag, @Nullable Object time, int trigger) {
        long watermark = into(operator, trigger + 1);
        return time instanceof Instant instant && watermark != NO_WATERMARK && micros(instant) <= watermark - lag;
    }

    /// Whether the group of an output row is closed when `trigger` ends.
    boolean isFinal(Aggregate aggregate, List<@Nullable Object> output, int trigger) {
        if (this == NONE) {
            return true;
        }
        EventTimes own = times(aggregate);
        int column = own.deciding();
        return column >= 0 && isPassed(aggregate, own.lag(column), output.get(column), trigger);
    }

    static List<Integer> allColumns(Rel rel) {
        return IntStream.range(0, rel.columns().size()).boxed().toList();
    }
}
