package dev.thalweg.execution.operator.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.operator.JoinCondition;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.planner.incremental.JoinTime;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.execution.operator.OperatorFactory;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
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
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A join of two inputs that both change")
final class StreamJoinSpec {
    private static final RowType LEFT = RowType.of(Field.of("k", Simple.STRING), Field.of("ts", Simple.TIMESTAMP));
    private static final RowType RIGHT = RowType.of(Field.of("ts", Simple.TIMESTAMP), Field.of("k", Simple.STRING));
    private static final int TRIGGERS = 12;

    private static RowType joined(JoinKind kind) {
        return switch (kind) {
            case SEMI, ANTI -> LEFT;
            case INNER, LEFT, RIGHT, FULL -> PlanNode.appended(LEFT, RIGHT.fields());
        };
    }

    /// @param late whether the condition is that the right row is the later one
    private static OperatorTest.Maker maker(JoinKind kind, boolean late, Optional<JoinTime> time, boolean onClose) {
        return maker(kind, late, time, onClose, Keeps.COUNTED);
    }

    private static OperatorTest.Maker maker(JoinKind kind, boolean late, Optional<JoinTime> time, boolean onClose,
            Keeps keeps) {
        PlanNode.StreamJoin join = new PlanNode.StreamJoin(new PlanNode.Values(LEFT, List.of()),
                new PlanNode.Values(RIGHT, List.of()), kind, List.of(0), List.of(1), Optional.empty(), joined(kind));
        return (tables, allocator, resumed) -> StreamJoinOperator.of(
                new StreamJoinOperator.Plan("1-streamjoin", join, time,
                        new Traits(onClose ? Changes.INSERT_ONLY : Changes.RETRACT, EventTime.NONE, onClose,
                                Optional.empty(), false),
                        List.of(false, false), List.of(keeps, keeps)),
                late ? Optional.of(new RightIsLater(allocator)) : Optional.empty(),
                new OperatorFactory.Lending(tables, allocator, resumed, true, true, () -> 0));
    }

    private record RightIsLater(BufferAllocator allocator) implements JoinCondition {
        @Override
        public Batch evaluate(Batch joined) {
            try (joined;
                    BatchBuilder answers = new BatchBuilder(RowType.of(Field.of("holds", Simple.BOOLEAN)),
                            allocator)) {
                for (int i = 0; i < joined.rowCount(); i++) {
                    List<@Nullable Object> row = OperatorTest.row(joined, i);
                    answers.add(Arrays.asList((row.get(1) == null || row.get(2) == null)
                            ? null
                            : (Boolean) ((Long) row.get(1) < (Long) row.get(2))));
                }
                return answers.build();
            }
        }

        @Override
        public void close() {}
    }

    private static final class Model {
        private final Map<List<@Nullable Object>, Long> left = new LinkedHashMap<>();
        private final Map<List<@Nullable Object>, Long> right = new LinkedHashMap<>();

        /// How many rows are worth keeping: one with a NULL for a key only where it is shown without a match.
        long kept(JoinKind kind) {
            boolean showsLeft = kind == JoinKind.LEFT || kind == JoinKind.FULL || kind == JoinKind.ANTI;
            boolean showsRight = kind == JoinKind.RIGHT || kind == JoinKind.FULL;
            return left.keySet().stream().filter(row -> showsLeft || row.get(0) != null).count()
                    + right.keySet().stream().filter(row -> showsRight || row.get(1) != null).count();
        }

        Map<List<@Nullable Object>, Long> result(JoinKind kind, boolean late) {
            Map<List<@Nullable Object>, Long> result = new LinkedHashMap<>();
            left.forEach((l, weight) -> {
                long matches = 0;
                for (Map.Entry<List<@Nullable Object>, Long> r : right.entrySet()) {
                    if (matches(l, r.getKey(), late)) {
                        matches += r.getValue();
                        if (joined(kind).size() > 2) {
                            add(result, both(l, r.getKey()), weight * r.getValue());
                        }
                    }
                }
                switch (kind) {
                    case LEFT, FULL -> add(result, both(l, Arrays.asList(null, null)), matches == 0 ? weight : 0);
                    case ANTI -> add(result, l, matches == 0 ? weight : 0);
                    case SEMI -> add(result, l, matches == 0 ? 0 : weight);
                    case INNER, RIGHT -> {
                    }
                }
            });
            if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
                right.forEach((r, weight) -> add(result, both(Arrays.asList(null, null), r),
                        left.entrySet().stream().anyMatch(l -> l.getValue() != 0 && matches(l.getKey(), r, late))
                                ? 0
                                : weight));
            }
            result.values().removeIf(weight -> weight == 0);
            return result;
        }

        private static void add(Map<List<@Nullable Object>, Long> result, List<@Nullable Object> row, long weight) {
            result.merge(row, weight, Long::sum);
        }

        private static List<@Nullable Object> both(List<@Nullable Object> left, List<@Nullable Object> right) {
            List<@Nullable Object> row = new ArrayList<>(left);
            row.addAll(right);
            return row;
        }

        private static boolean matches(List<@Nullable Object> left, List<@Nullable Object> right, boolean late) {
            return left.get(0) != null && left.get(0).equals(right.get(1)) && (!late
                    || (left.get(1) != null && right.get(0) != null && (Long) left.get(1) < (Long) right.get(0)));
        }
    }

    private static @Nullable Object key(SplittableRandom random) {
        return random.nextInt(8) == 0 ? null : "k" + random.nextInt(4);
    }

    private static @Nullable Object time(SplittableRandom random) {
        return random.nextInt(8) == 0 ? null : (Object) (long) random.nextInt(5);
    }

    /// A random change of one side: a row that comes, perhaps twice, or one that is there and goes.
    private static void change(SplittableRandom random, boolean mayGo, Model model, OperatorTest test) {
        boolean isLeft = random.nextBoolean();
        Map<List<@Nullable Object>, Long> side = isLeft ? model.left : model.right;
        List<List<@Nullable Object>> there = side.entrySet().stream().filter(row -> row.getValue() > 0)
                .map(Map.Entry::getKey).toList();
        boolean goes = mayGo && !there.isEmpty() && random.nextInt(3) == 0;
        List<@Nullable Object> row = goes
                ? there.get(random.nextInt(there.size()))
                : isLeft ? Arrays.asList(key(random), time(random)) : Arrays.asList(time(random), key(random));
        long weight = goes ? -1 : 1 + random.nextInt(2);
        side.merge(row, weight, Long::sum);
        test.push(isLeft ? 0 : 1, isLeft ? LEFT : RIGHT, weight, row.toArray());
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    @DisplayName("gives after each trigger what a join of all rows gives, whatever came, went and came again")
    void equalsTheBatchAnswer(JoinKind kind) {
        compareWithModel(kind, Keeps.COUNTED);
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    @DisplayName("gives it too where rows only come, and are kept each by itself")
    void equalsTheBatchAnswerOfAddedRows(JoinKind kind) {
        compareWithModel(kind, Keeps.EACH_APART);
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    @DisplayName("gives what a join of the different rows gives where each is kept once")
    void equalsTheBatchAnswerOfDifferentRows(JoinKind kind) {
        compareWithModel(kind, Keeps.EACH_ONCE);
    }

    private static void compareWithModel(JoinKind kind, Keeps keeps) {
        for (long seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean late = random.nextBoolean();
            Model model = new Model();
            OperatorTest.Maker maker = maker(kind, late, Optional.empty(), false, keeps);
            // Only a checkpoint can be resumed without having kept where its rows lie.
            try (OperatorTest test = keeps == Keeps.EACH_APART
                    ? OperatorTest.of(maker)
                    : OperatorTest.inMemory(maker)) {
                for (int trigger = 0; trigger < TRIGGERS; trigger++) {
                    for (int i = random.nextInt(6); i > 0; i--) {
                        change(random, keeps == Keeps.COUNTED, model, test);
                    }
                    if (keeps == Keeps.EACH_ONCE) {
                        model.left.replaceAll((_, _) -> 1L);
                        model.right.replaceAll((_, _) -> 1L);
                    }
                    test.trigger();
                    assertThat(test.result()).as("%s, seed %d, trigger %d", kind, seed, trigger)
                            .isEqualTo(model.result(kind, late));
                    model.left.values().removeIf(weight -> weight == 0);
                    model.right.values().removeIf(weight -> weight == 0);
                    if (keeps != Keeps.EACH_APART) {
                        test.holds(model.kept(kind));
                    }
                }
            }
        }
    }

    /// The right row comes up to 10 after the left one.
    private static final JoinTime BAND = new JoinTime(1, 10, 0, 0, 0);

    @Test
    @DisplayName("gives a row without a match once, when the band has closed, and forgets it")
    void emitsOnClose() {
        try (OperatorTest test = OperatorTest.of(maker(JoinKind.LEFT, false, Optional.of(BAND), true))) {
            test.push(0, LEFT, 1, "a", 100L).push(0, LEFT, 1, "b", 100L).push(0, LEFT, 1, null, 100L).trigger(105)
                    .emitsNothing().holds(3);
            test.push(1, RIGHT, 1, 108L, "a").trigger(109).emits("+1 [a, 100, 108, a]").holds(3);
            test.trigger(110).emits("+1 [b, 100, null, null]", "+1 [null, 100, null, null]").holds(0);
        }
    }

    @Test
    @DisplayName("takes a row without a match back when one comes, in update mode")
    void retracts() {
        try (OperatorTest test = OperatorTest.of(maker(JoinKind.FULL, false, Optional.of(BAND), false))) {
            test.push(0, LEFT, 1, "a", 100L).trigger(100).emits("+1 [a, 100, null, null]");
            test.push(1, RIGHT, 1, 108L, "a").trigger(101).emits("-1 [a, 100, null, null]", "+1 [a, 100, 108, a]");
            test.push(1, RIGHT, 1, 109L, "b").trigger(108).emits("+1 [null, null, 109, b]").holds(2);
            test.trigger(110).emitsNothing().holds(0);
        }
    }

    @Test
    @DisplayName("refuses rows at or below the watermark, of either side")
    void late() {
        try (OperatorTest test = OperatorTest.of(maker(JoinKind.INNER, false, Optional.of(BAND), false))) {
            test.push(0, LEFT, 1, "a", 100L).trigger(100).holds(1);
            test.push(0, LEFT, 1, "a", 100L).push(1, RIGHT, 1, 100L, "a").push(1, RIGHT, 1, 101L, "a").trigger(100)
                    .refuses("[a, 100]", "[100, a]").emits("+1 [a, 100, 101, a]");
        }
    }

    @Test
    @DisplayName("gives all its memory back when its rows do not fit into it")
    void leavesNothingBehind() {
        OperatorTest.inAnyMemory(maker(JoinKind.FULL, true, Optional.empty(), false),
                test -> test.push(0, LEFT, 1, "a", 1L).push(1, RIGHT, 1, 2L, "a").trigger().push(1, RIGHT, -1, 2L, "a")
                        .push(1, RIGHT, 1, 3L, "b").trigger());
    }

    @Test
    @DisplayName("finds its rows again when thousands of keys have come and gone")
    void manyKeys() {
        try (OperatorTest test = OperatorTest.of(maker(JoinKind.INNER, false, Optional.empty(), false))) {
            Stream.iterate(0, i -> i + 1).limit(3_000).forEach(i -> test.push(0, LEFT, 1, "k" + i, (long) i));
            test.trigger();
            Stream.iterate(0, i -> i + 3).limit(1_000).forEach(i -> test.push(0, LEFT, -1, "k" + i, (long) i));
            test.trigger().holds(2_000);
            for (int i = 0; i < 3_000; i += 500) {
                test.push(1, RIGHT, 1, 7L, "k" + i);
            }
            test.trigger().emits("+1 [k500, 500, 7, k500]", "+1 [k1000, 1000, 7, k1000]",
                    "+1 [k2000, 2000, 7, k2000]", "+1 [k2500, 2500, 7, k2500]");
        }
    }
}
