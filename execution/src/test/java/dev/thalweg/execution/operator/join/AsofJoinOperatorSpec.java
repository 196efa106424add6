package dev.thalweg.execution.operator.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.planner.incremental.JoinTime;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The operator of an as-of join")
final class AsofJoinOperatorSpec {
    private static final RowType LEFT = RowType.of(Field.of("k", Simple.STRING), Field.of("ts", Simple.TIMESTAMP));
    private static final RowType RIGHT = RowType.of(Field.of("ts", Simple.TIMESTAMP), Field.of("k", Simple.STRING));
    private static final int TRIGGERS = 12;
    /// No time passes; rows may be taken back.
    private static final long NONE_LATE = -2;

    private static AsofJoin join(JoinKind kind, boolean backward, boolean exclusive) {
        return new AsofJoin(new PlanNode.Values(LEFT, List.of()), new PlanNode.Values(RIGHT, List.of()), kind,
                List.of(0), List.of(1), new AsofJoin.Match(1, 0, backward, exclusive),
                PlanNode.appended(LEFT, RIGHT.fields()));
    }

    private static OperatorTest.Maker maker(AsofJoin join, boolean timed, boolean onClose) {
        JoinTime time = new JoinTime(1, 0, 0, 0, 0);
        return (tables, allocator, resumed) -> AsofJoinOperator.of(new AsofJoinOperator.Plan("1-asofjoin", join,
                timed ? Optional.of(time) : Optional.empty(), onClose, false), tables, resumed, allocator);
    }

    /// All rows on time, by how often they are there.
    private record Model(AsofJoin join, Map<List<@Nullable Object>, Long> left,
            Map<List<@Nullable Object>, Long> right) {
        static Model of(AsofJoin join) {
            return new Model(join, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        Optional<Long> nearest(List<@Nullable Object> row) {
            boolean backward = join.match().backward();
            if (!(row.get(1) instanceof Long time) || row.get(0) == null) {
                return Optional.empty();
            }
            return right.entrySet().stream().filter(other -> other.getValue() > 0)
                    .filter(other -> row.get(0).equals(other.getKey().get(1)))
                    .map(other -> other.getKey().get(0)).filter(Long.class::isInstance).map(Long.class::cast)
                    .filter(at -> (backward ? at < time : at > time) || (at.equals(time) && !join.match().exclusive()))
                    .reduce((one, other) -> one > other == backward ? one : other);
        }

        Map<List<@Nullable Object>, Long> result(long through) {
            Map<List<@Nullable Object>, Long> result = new LinkedHashMap<>();
            left.forEach((row, weight) -> {
                Optional<Long> nearest = nearest(row);
                if ((nearest.isPresent() || join.kind() == JoinKind.LEFT) && isFinal(row, nearest, through)) {
                    List<@Nullable Object> both = new ArrayList<>(row);
                    both.add(nearest.orElse(null));
                    both.add(nearest.isPresent() ? row.get(0) : null);
                    result.merge(both, weight, Long::sum);
                }
            });
            result.values().removeIf(weight -> weight == 0);
            return result;
        }

        private boolean isFinal(List<@Nullable Object> row, Optional<Long> nearest, long through) {
            if (through == Long.MAX_VALUE || row.get(0) == null || row.get(1) == null) {
                return true;
            }
            return join.match().backward()
                    ? row.get(1) instanceof Long time && time <= through
                    : nearest.filter(time -> time <= through).isPresent();
        }
    }

    private static @Nullable Object key(SplittableRandom random) {
        return random.nextInt(8) == 0 ? null : "k" + random.nextInt(3);
    }

    /// A random change of one side; at or below `late` it is refused.
    private static void change(SplittableRandom random, Model model, OperatorTest test, long late) {
        boolean isLeft = random.nextBoolean();
        Map<List<@Nullable Object>, Long> side = isLeft ? model.left : model.right;
        List<List<@Nullable Object>> there = side.entrySet().stream().filter(row -> row.getValue() > 0)
                .map(Map.Entry::getKey).toList();
        boolean goes = late == NONE_LATE && !there.isEmpty() && random.nextInt(3) == 0;
        Object time = random.nextInt(8) == 0
                ? null
                : (Object) (Math.max(0, late - 4) + random.nextInt(12));
        List<@Nullable Object> row = goes
                ? there.get(random.nextInt(there.size()))
                : isLeft ? Arrays.asList(key(random), time) : Arrays.asList(time, key(random));
        long weight = goes ? -1 : 1 + random.nextInt(2);
        if (!(row.get(isLeft ? 1 : 0) instanceof Long at && at <= late)) {
            side.merge(row, weight, Long::sum);
        }
        test.push(isLeft ? 0 : 1, isLeft ? LEFT : RIGHT, weight, row.toArray());
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    @DisplayName("gives after each trigger what a join of all rows gives, whatever came, went and came again")
    void equalsTheBatchAnswer(boolean backward, boolean exclusive) {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Model model = Model.of(join(random.nextBoolean() ? JoinKind.LEFT : JoinKind.INNER, backward, exclusive));
            try (OperatorTest test = OperatorTest.inMemory(maker(model.join, false, false))) {
                for (int trigger = 0; trigger < TRIGGERS; trigger++) {
                    for (int i = random.nextInt(6); i > 0; i--) {
                        change(random, model, test, NONE_LATE);
                    }
                    test.trigger();
                    assertThat(test.result()).as("seed %d, trigger %d", seed, trigger)
                            .isEqualTo(model.result(Long.MAX_VALUE));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, true", "false, true, true", "false, false, true",
            "true, true, false", "true, false, false", "false, true, false", "false, false, false"})
    @DisplayName("gives the same as if it had forgotten nothing, at once or when it is final, and keeps no more than it must")
    void forgetsWhatIsOfNoUse(boolean backward, boolean exclusive, boolean onClose) {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean outer = random.nextBoolean() && (backward || !onClose);
            Model model = Model.of(join(outer ? JoinKind.LEFT : JoinKind.INNER, backward, exclusive));
            try (OperatorTest test = OperatorTest.inMemory(maker(model.join, true, onClose))) {
                long watermark = Long.MIN_VALUE;
                for (int trigger = 0; trigger < TRIGGERS; trigger++) {
                    for (int i = random.nextInt(6); i > 0; i--) {
                        change(random, model, test, Math.max(watermark, -1));
                    }
                    watermark = Math.max(watermark, trigger * 2L + random.nextInt(3));
                    test.trigger(watermark);
                    assertThat(test.result()).as("seed %d, trigger %d", seed, trigger)
                            .isEqualTo(model.result(onClose ? watermark : Long.MAX_VALUE));
                    if (backward) {
                        test.holds(ofUse(model, watermark));
                    }
                }
            }
        }
    }

    /// Left rows above the watermark; right rows above it, and of each key the last of the others.
    private static long ofUse(Model model, long watermark) {
        long left = model.left.keySet().stream()
                .filter(row -> row.get(0) != null && row.get(1) instanceof Long time && time > watermark).count();
        long right = model.right.keySet().stream()
                .filter(row -> row.get(1) != null && row.get(0) instanceof Long time && time > watermark).count();
        return left + right + model.right.keySet().stream()
                .filter(row -> row.get(1) != null && row.get(0) instanceof Long time && time <= watermark)
                .map(row -> row.get(1)).distinct().count();
    }

    @Test
    @DisplayName("takes the same of two rows at one time, whichever came first and whatever is freed")
    void ties() {
        RowType named = RowType.of(Field.of("ts", Simple.TIMESTAMP), Field.of("k", Simple.STRING),
                Field.of("name", Simple.STRING));
        AsofJoin join = new AsofJoin(new PlanNode.Values(LEFT, List.of()), new PlanNode.Values(named, List.of()),
                JoinKind.INNER, List.of(0), List.of(1), new AsofJoin.Match(1, 0, true, false),
                PlanNode.appended(LEFT, named.fields()));
        for (List<String> names : List.of(List.of("x", "y"), List.of("y", "x"))) {
            try (OperatorTest test = OperatorTest.of(maker(join, true, false))) {
                test.push(1, named, 1, 5L, "a", names.get(0)).push(1, named, 1, 5L, "a", names.get(1)).trigger(5)
                        .holds(1);
                test.push(0, LEFT, 1, "a", 9L).trigger(5).emits("+1 [a, 9, 5, a, y]");
            }
        }
    }

    @Test
    @DisplayName("gives all its memory back when its rows do not fit into it")
    void leavesNothingBehind() {
        OperatorTest.inAnyMemory(maker(join(JoinKind.LEFT, true, false), true, false),
                test -> test.push(0, LEFT, 1, "a", 1L).push(0, LEFT, 1, null, 1L).push(1, RIGHT, 1, 1L, "a").trigger()
                        .push(1, RIGHT, -1, 1L, "a").push(1, RIGHT, 1, 0L, "a").trigger(3));
    }
}
