package dev.thalweg.execution.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.CodedBatch;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A join of a stream with a static table")
final class StaticJoinSpec {
    private static final RowType STREAM = RowType.of(Field.of("k", Simple.BIGINT), Field.of("s", Simple.STRING));
    private static final RowType TABLE = RowType.of(Field.of("id", Simple.BIGINT), Field.of("name", Simple.STRING),
            Field.of("size", Simple.INT));

    private static StaticJoin join(JoinKind kind) {
        List<Field> fields = new ArrayList<>(STREAM.fields());
        if (kind != JoinKind.SEMI && kind != JoinKind.ANTI) {
            fields.addAll(TABLE.fields());
        }
        PlanNode stream = new Values(STREAM, List.of());
        PlanNode table = new Values(TABLE, List.of());
        return new StaticJoin(stream, table, kind, List.of(0), List.of(0), Optional.empty(), new RowType(fields));
    }

    /// The operator with a table of its own.
    private record OwnTable(Operator operator, JoinTable table) implements Operator {
        @Override
        public void push(int input, Batch batch, Downstream out) {
            operator.push(input, batch, out);
        }

        @Override
        public void advance(Watermark watermark, Downstream out) {
            operator.advance(watermark, out);
        }

        @Override
        public void close() {
            operator.close();
            table.close();
        }
    }

    private static OperatorTest test(JoinKind kind, Optional<JoinCondition> condition) {
        return OperatorTest.of(maker(kind, condition));
    }

    private static OperatorTest.Maker maker(JoinKind kind, Optional<JoinCondition> condition) {
        return (_, allocator, _) -> {
            JoinTable table = JoinTable.of(TABLE, rows(allocator), List.of(0), allocator);
            try {
                return new OwnTable(new StaticJoinOperator(join(kind), table, condition, allocator), table);
            } catch (OutOfMemoryException e) {
                table.close();
                throw e;
            }
        };
    }

    private static List<Batch> rows(BufferAllocator allocator) {
        Batch first = batch(allocator, new Object[] {1L, "one", 10}, new Object[] {2L, "two", 20});
        try {
            return List.of(first, batch(allocator, new Object[] {1L, "uno", 11},
                    new @Nullable Object[] {null, "none", 0}));
        } catch (OutOfMemoryException e) {
            first.close();
            throw e;
        }
    }

    @Test
    @DisplayName("gives all its memory back when the joined rows do not fit into it")
    void leavesNothingBehind() {
        OperatorTest.inAnyMemory(maker(JoinKind.FULL, Optional.empty()),
                test -> test.insert(STREAM, 1L, "a").insert(STREAM, 3L, "b").push(0, STREAM, 2, 2L, "c").trigger());
    }

    private static Batch batch(BufferAllocator allocator, @Nullable Object[]... rows) {
        return batch(TABLE, allocator, rows);
    }

    private static Batch batch(RowType type, BufferAllocator allocator, @Nullable Object[]... rows) {
        try (BatchBuilder builder = new BatchBuilder(type, allocator)) {
            for (@Nullable
            Object[] row : rows) {
                builder.add(Arrays.asList(row));
            }
            return builder.build();
        }
    }

    /// True where the table's `size` is even.
    private static final class EvenSize implements JoinCondition {
        private final BufferAllocator allocator;

        EvenSize(BufferAllocator allocator) {
            this.allocator = allocator;
        }

        @Override
        public Batch evaluate(Batch joined) {
            try (joined;
                    BatchBuilder builder = new BatchBuilder(RowType.of(Field.of("t", Simple.BOOLEAN)), allocator)) {
                for (int i = 0; i < joined.rowCount(); i++) {
                    Object size = OperatorTest.row(joined, i).get(4);
                    builder.add(Arrays.asList(size instanceof Integer n ? n % 2 == 0 : null));
                }
                return builder.build();
            }
        }

        @Override
        public void close() {}
    }

    private static OperatorTest push(OperatorTest test) {
        return test.insert(STREAM, 1L, "a").push(0, STREAM, -2, 2L, "b").insert(STREAM, 3L, "c")
                .insert(STREAM, null, "d").trigger();
    }

    @Test
    @DisplayName("gives a row for each match and carries the weight; NULL equals nothing")
    void inner() {
        try (OperatorTest test = test(JoinKind.INNER, Optional.empty())) {
            push(test).emits("+1 [1, a, 1, one, 10]", "+1 [1, a, 1, uno, 11]", "-2 [2, b, 2, two, 20]");
        }
    }

    private static final RowType BY_TEXT = RowType.of(Field.of("s", Simple.STRING), Field.of("n", Simple.INT),
            Field.of("t", Simple.STRING));
    private static final RowType NAMED = RowType.of(Field.of("id", Simple.STRING), Field.of("name", Simple.STRING),
            Field.of("alias", Simple.STRING), Field.of("size", Simple.INT));

    private static OperatorTest byText(JoinKind kind, @Nullable Object[]... table) {
        return OperatorTest.of(byTextMaker(kind, table));
    }

    private static OperatorTest.Maker byTextMaker(JoinKind kind, @Nullable Object[]... table) {
        List<Field> fields = new ArrayList<>(BY_TEXT.fields());
        fields.addAll(NAMED.fields());
        StaticJoin join = new StaticJoin(new Values(BY_TEXT, List.of()), new Values(NAMED, List.of()), kind, List.of(0),
                List.of(0), Optional.empty(), new RowType(fields));
        return (_, allocator, _) -> {
            JoinTable rows = JoinTable.of(NAMED, List.of(batch(NAMED, allocator, table)), List.of(0), allocator);
            try {
                return new OwnTable(new StaticJoinOperator(join, rows, Optional.empty(), allocator), rows);
            } catch (OutOfMemoryException e) {
                rows.close();
                throw e;
            }
        };
    }

    @Test
    @DisplayName("gives all its memory back when columns laid beside the stream's do not fit into it, nor their texts")
    void leavesNothingBesideBehind() {
        OperatorTest.inAnyMemory(
                byTextMaker(JoinKind.FULL, new Object[] {"a", "Alpha", "x".repeat(2000), 1},
                        new @Nullable Object[] {"b", "y".repeat(2000), null, 2}),
                test -> {
                    @Nullable
                    Object[][] rows = new @Nullable Object[200][]; // so many that they need more than the table's making
                    for (int i = 0; i < rows.length; i++) {
                        rows[i] = new @Nullable Object[] {List.of("a", "b", "c").get(i % 3), i, "t"};
                    }
                    test.push(0, batch(BY_TEXT, test.allocator(), rows)).trigger();
                });
    }

    /// What the join gives out of a batch of 64 rows, of which every `every`th is found in the table.
    private static void joined(int every, Consumer<Batch> look) {
        List<Batch> emitted = new ArrayList<>();
        @Nullable
        Object[][] rows = new @Nullable Object[64][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new @Nullable Object[] {i % every == 0 ? "b" : "lacking", i, "t"};
        }
        @Nullable
        Object[][] table = {{"a", "x".repeat(1000), "y".repeat(1000), 1}, {"b", "Beta", "zwei", 2},
                {"c", "Gamma", null, 3}};
        try (RootAllocator allocator = new RootAllocator()) {
            try (Operator join = byTextMaker(JoinKind.INNER, table).make(new StateHome.InMemory().tables(), allocator,
                    Watermark.NONE)) {
                join.push(0, batch(BY_TEXT, allocator, rows), new Downstream() {
                    @Override
                    public void emit(Batch batch) {
                        emitted.add(batch);
                    }

                    @Override
                    public void late(Batch batch) {
                        batch.close();
                    }
                });
                assertThat(emitted).hasSize(1);
                try (Batch batch = emitted.getFirst()) {
                    assertThat(batch.rowCount()).isEqualTo((64 + every - 1) / every);
                    look.accept(batch);
                }
            }
        }
    }

    @Test
    @DisplayName("copies no text for rows that found nothing")
    void copiesWhatIsFound() {
        joined(4, batch -> {
            for (int column : new int[] {4, 5}) { // texts without and with NULLs in the table
                assertThat(batch.vector(column).getOffsetBuffer().getInt(4L * batch.vectorRows())).isEqualTo(16 * 4);
            }
        });
    }

    @Test
    @DisplayName("keeps the stream's batch where many of its rows are found, and packs them where few are")
    void packsFew() {
        joined(4, batch -> assertThat(batch.vectorRows()).isEqualTo(64));
        joined(32, batch -> {
            assertThat(batch.vectorRows()).isEqualTo(2);
            assertThat(OperatorTest.row(batch, 1)).containsExactly("b", 32, "t", "b", "Beta", "zwei", 2);
        });
    }

    /// Rows of which some have NULL, no text, a text twice, or one that the table lacks; whole, selected, and nearly all left
    /// out; as texts and as codes of several dictionaries.
    private static void pushTexts(OperatorTest test) {
        BufferAllocator allocator = test.allocator();
        for (int form = 0; form < 3; form++) {
            @Nullable
            Object[][] rows = new @Nullable Object[20][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = new @Nullable Object[] {List.of("a", "", "b", "lacking").get(i % 4), i, "t" + i};
            }
            rows[19] = new @Nullable Object[] {null, 19, null};
            Batch batch = batch(BY_TEXT, allocator, rows);
            Batch coded = form == 0 ? batch : CodedBatch.of(batch, new Random(form), allocator);
            test.push(0, coded.retain().select(new int[] {0, 1, 2, 3, 19}, 5));
            test.push(0, coded.select(new int[] {5}, 1));
        }
        test.trigger();
    }

    private static String[] three(String... rows) {
        return Arrays.stream(rows).map(row -> "+3 " + row).toArray(String[]::new);
    }

    @Test
    @DisplayName("by texts finds the same rows whether these are codes or not, and where keys of the table are unique or not")
    void byCodes() {
        @Nullable
        Object[][] unique = {{"a", "Alpha", null, 1}, {"", "", "none", 2}, {"b", "Beta", "zwei", null},
                {null, "NULL", "NULL", 4}, {"unmet", "U", "u", 5}};
        try (OperatorTest test = byText(JoinKind.INNER, unique)) {
            pushTexts(test);
            test.emits(
                    three("[a, 0, t0, a, Alpha, null, 1]", "[, 1, t1, , , none, 2]", "[b, 2, t2, b, Beta, zwei, null]",
                            "[, 5, t5, , , none, 2]"));
        }
        try (OperatorTest test = byText(JoinKind.FULL, unique)) {
            pushTexts(test);
            List<String> rows = new ArrayList<>(List.of(three("[a, 0, t0, a, Alpha, null, 1]", "[, 1, t1, , , none, 2]",
                    "[b, 2, t2, b, Beta, zwei, null]", "[lacking, 3, t3, null, null, null, null]",
                    "[null, 19, null, null, null, null, null]", "[, 5, t5, , , none, 2]")));
            rows.addAll(List.of("+1 [null, null, null, null, NULL, NULL, 4]", "+1 [null, null, null, unmet, U, u, 5]"));
            test.emits(rows.toArray(String[]::new));
        }
        try (OperatorTest test = byText(JoinKind.LEFT, new Object[] {"a", "Alpha", "x", 1},
                new Object[] {"a", "Aleph", "y", 2})) {
            pushTexts(test);
            test.emits(three("[a, 0, t0, a, Alpha, x, 1]", "[a, 0, t0, a, Aleph, y, 2]",
                    "[, 1, t1, null, null, null, null]", "[b, 2, t2, null, null, null, null]",
                    "[lacking, 3, t3, null, null, null, null]", "[null, 19, null, null, null, null, null]",
                    "[, 5, t5, null, null, null, null]"));
        }
        try (OperatorTest test = byText(JoinKind.LEFT)) {
            pushTexts(test);
            test.emits(three("[a, 0, t0, null, null, null, null]", "[, 1, t1, null, null, null, null]",
                    "[b, 2, t2, null, null, null, null]", "[lacking, 3, t3, null, null, null, null]",
                    "[null, 19, null, null, null, null, null]", "[, 5, t5, null, null, null, null]"));
        }
    }

    @Test
    @DisplayName("keeps unmatched rows of the stream in a LEFT join")
    void left() {
        try (OperatorTest test = test(JoinKind.LEFT, Optional.empty())) {
            push(test).emits("+1 [1, a, 1, one, 10]", "+1 [1, a, 1, uno, 11]", "-2 [2, b, 2, two, 20]",
                    "+1 [3, c, null, null, null]", "+1 [null, d, null, null, null]");
        }
    }

    @Test
    @DisplayName("asks only whether there is a match in SEMI and ANTI joins")
    void semiAndAnti() {
        try (OperatorTest test = test(JoinKind.SEMI, Optional.empty())) {
            push(test).emits("+1 [1, a]", "-2 [2, b]");
        }
        try (OperatorTest test = test(JoinKind.ANTI, Optional.empty())) {
            push(test).emits("+1 [3, c]", "+1 [null, d]");
        }
    }

    @Test
    @DisplayName("gives out the table's unmet rows once, at the end, in RIGHT and FULL joins")
    void rightAndFull() {
        try (OperatorTest test = test(JoinKind.RIGHT, Optional.empty())) {
            test.insert(STREAM, 1L, "a").trigger().emits("+1 [1, a, 1, one, 10]", "+1 [1, a, 1, uno, 11]",
                    "+1 [null, null, 2, two, 20]", "+1 [null, null, null, none, 0]");
        }
        try (OperatorTest test = test(JoinKind.FULL, Optional.empty())) {
            test.insert(STREAM, 3L, "c").trigger().emits("+1 [3, c, null, null, null]", "+1 [null, null, 1, one, 10]",
                    "+1 [null, null, 1, uno, 11]", "+1 [null, null, 2, two, 20]", "+1 [null, null, null, none, 0]");
        }
    }

    @Test
    @DisplayName("counts as a match only what a further condition lets through")
    void condition() {
        for (JoinKind kind : List.of(JoinKind.LEFT, JoinKind.ANTI)) {
            try (OperatorTest test = OperatorTest.of((_, allocator, _) -> {
                JoinTable table = JoinTable.of(TABLE, List.of(batch(allocator, new Object[] {1L, "odd", 1},
                        new Object[] {2L, "odd", 1}, new Object[] {2L, "even", 2})), List.of(0), allocator);
                return new OwnTable(new StaticJoinOperator(join(kind), table, Optional.of(new EvenSize(allocator)),
                        allocator), table);
            })) {
                push(test);
                if (kind == JoinKind.LEFT) {
                    test.emits("+1 [1, a, null, null, null]", "-2 [2, b, 2, even, 2]", "+1 [3, c, null, null, null]",
                            "+1 [null, d, null, null, null]");
                } else {
                    test.emits("+1 [1, a]", "+1 [3, c]", "+1 [null, d]");
                }
            }
        }
    }
}
