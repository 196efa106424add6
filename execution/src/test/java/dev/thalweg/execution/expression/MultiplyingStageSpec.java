package dev.thalweg.execution.expression;

import static dev.thalweg.execution.expression.Sql.call;
import static dev.thalweg.execution.expression.Sql.col;
import static dev.thalweg.execution.expression.Sql.integer;
import static dev.thalweg.execution.expression.Sql.lit;
import static dev.thalweg.execution.expression.Sql.nothing;
import static dev.thalweg.execution.expression.Sql.row;
import static dev.thalweg.execution.expression.Sql.str;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.operator.Panes;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

@DisplayName("A stage that gives several rows for one")
final class MultiplyingStageSpec {
    private static final RowType LINES = row("id", Simple.INT, "line", Simple.STRING);
    private static final RowType TIMES = row("id", Simple.INT, "ts", Simple.TIMESTAMP);
    private final StageBench bench = new StageBench(List.of(Functions.class));

    @AfterEach
    void leavesNoMemoryBehind() {
        bench.close();
    }

    private static List<@Nullable Object> cells(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static PlanNode generate(RowType input, String function, boolean outer, List<Field> added,
            Expression... arguments) {
        return new PlanNode.Generate(StageBench.values(input), function, List.of(arguments), outer,
                PlanNode.appended(input, added));
    }

    private static PlanNode words(String regex, boolean outer) {
        Expression split = call("split", new ArrayOf(Simple.STRING, false), col(LINES, "line"), str(regex));
        return generate(LINES, "explode", outer, List.of(Field.of("word", Simple.STRING)), split);
    }

    private List<Object> splitBoth(String regex, @Nullable String line) {
        PlanNode fast = words(regex, false);
        Expression slow = call("java_split", new ArrayOf(Simple.STRING, false), col(LINES, "line"), str(regex));
        PlanNode reference = generate(LINES, "explode", false, List.of(Field.of("word", Simple.STRING)), slow);
        List<List<@Nullable Object>> rows = bench.run(fast, bench.batch(LINES, List.of(cells(1, line)))).rows();
        assertThat(rows).isEqualTo(bench.run(reference, bench.batch(LINES, List.of(cells(1, line)))).rows());
        return rows.stream().map(r -> r.get(2)).toList();
    }

    @Test
    @DisplayName("splits text into words on bytes, as Java's regular expressions do")
    void splitsText() {
        assertThat(splitBoth(" ", "to be  or ")).containsExactly("to", "be", "", "or", "");
        assertThat(splitBoth(" ", "")).containsExactly("");
        assertThat(splitBoth(" ", null)).isEmpty();
        assertThat(splitBoth("\\s+", " to \t be")).containsExactly("", "to", "be");
        assertThat(splitBoth("[,;]", "a,b;;c")).containsExactly("a", "b", "", "c");
        assertThat(splitBoth("\\|", "a|b")).containsExactly("a", "b");
        assertThat(splitBoth(", ", "a, b,c")).containsExactly("a", "b,c");
        assertThat(splitBoth("\\W+", "größer, ja")).containsExactly("gr", "er", "ja");
        assertThat(splitBoth("[^a-z]+", "ab12cd")).containsExactly("ab", "cd");
        assertThat(splitBoth("ß", "groß!")).containsExactly("gro", "!");
        assertThat(splitBoth("(a|b)", "1a2b3")).containsExactly("1", "2", "3");
    }

    @Test
    @DisplayName("keeps a row without words when it is outer")
    void keepsOuterRows() {
        assertThat(bench.run(words(" ", true), bench.batch(LINES, List.of(cells(1, null), cells(2, "a b")))).rows())
                .containsExactly(cells(1, null, null), cells(2, "a b", "a"), cells(2, "a b", "b"));
    }

    @Test
    @DisplayName("carries the weight of the input row to each of its output rows, over many batches")
    void carriesWeights() {
        String line = "w ".repeat(9_999) + "w";
        try (BatchBuilder builder = new BatchBuilder(LINES, bench.allocator())) {
            builder.add(cells(1, line), -2).add(cells(2, line), 3);
            StageBench.Result result = bench.run(words(" ", false), builder.build());
            assertThat(result.batches()).isGreaterThan(1);
            assertThat(result.weights()).hasSize(20_000);
            assertThat(result.weights().subList(0, 10_000)).containsOnly(-2L);
            assertThat(result.weights().subList(10_000, 20_000)).containsOnly(3L);
            assertThat(result.rows().getLast()).isEqualTo(cells(2, line, "w"));
        }
    }

    @Test
    @DisplayName("explodes arrays and maps, with positions, inlines structs and stacks")
    void explodes() {
        RowType type = row("a", new ArrayOf(Simple.INT, true), "m", new MapOf(Simple.STRING, Simple.INT, true), "s",
                new ArrayOf(new Struct(row("x", Simple.INT, "y", Simple.STRING)), true));
        List<@Nullable Object> full = cells(Arrays.asList(7, null), Map.of("k", 1), Arrays.asList(cells(1, "p"), null));
        List<@Nullable Object> empty = cells(null, Map.of(), List.of());
        assertThat(tails(type, "explode", false, "a", List.of(Simple.INT), full, empty)).containsExactly(cells(7),
                cells((Object) null));
        assertThat(tails(type, "posexplode", false, "a", List.of(Simple.INT, Simple.INT), full, empty))
                .containsExactly(cells(0, 7), cells(1, null));
        assertThat(tails(type, "posexplode_outer", false, "a", List.of(Simple.INT, Simple.INT), full, empty))
                .containsExactly(cells(0, 7), cells(1, null), cells(null, null));
        assertThat(tails(type, "explode", true, "m", List.of(Simple.STRING, Simple.INT), full, empty))
                .containsExactly(cells("k", 1), cells(null, null));
        assertThat(tails(type, "inline", false, "s", List.of(Simple.INT, Simple.STRING), full, empty))
                .containsExactly(cells(1, "p"), cells(null, null));
        PlanNode stack = generate(LINES, "stack", false,
                List.of(Field.of("c0", Simple.INT), Field.of("c1", Simple.STRING)),
                integer(2), integer(1), str("a"), col(LINES, "id"));
        assertThat(bench.run(stack, bench.batch(LINES, List.of(cells(9, "z")))).rows()).containsExactly(
                cells(9, "z", 1, "a"),
                cells(9, "z", 9, null));
    }

    private List<List<@Nullable Object>> tails(RowType type, String function, boolean outer, String column,
            List<DataType> added, List<@Nullable Object> first, List<@Nullable Object> second) {
        List<Field> fields = new ArrayList<>();
        added.forEach(t -> fields.add(Field.of("g" + fields.size(), t)));
        PlanNode node = generate(type, function, outer, fields, col(type, column));
        return bench.run(node, bench.batch(type, List.of(first, second))).rows().stream()
                .map(r -> r.subList(type.size(), r.size())).toList();
    }

    private static PlanNode window(long size, long slide, long offset) {
        return new PlanNode.WindowAssign(StageBench.values(TIMES), col(TIMES, "ts"), size, slide, offset,
                PlanNode.appended(TIMES,
                        List.of(Field.of("start", Simple.TIMESTAMP), Field.of("end", Simple.TIMESTAMP))));
    }

    private List<List<@Nullable Object>> windows(PlanNode node, @Nullable Long time) {
        return bench.run(node, bench.batch(TIMES, List.of(cells(1, time)))).rows().stream().map(r -> r.subList(2, 4))
                .toList();
    }

    @Test
    @DisplayName("gives a row once, with its pane in place of its windows, if the operator it feeds wants that")
    void givesPanes() {
        Random random = new Random(5);
        for (int i = 0; i < 100; i++) {
            int size = 2 + random.nextInt(20);
            Panes panes = new Panes(size, 1 + random.nextInt(size - 1), random.nextInt(50) - 25, Set.of(2), Set.of(3));
            PlanNode node = window(panes.size(), panes.slide(), panes.offset());
            Long time = random.nextInt(10) == 0 ? null : Long.valueOf(random.nextInt(200) - 100);
            bench.watermark(random.nextInt(3) == 0 ? Long.MIN_VALUE : random.nextInt(200) - 100);
            Optional<LateCheck> late = Optional.of(LateCheck.atOrBelow(3));
            StageBench.Result multiplied = bench.run(bench.compiler().compile(StageChain.of(node), late), at(time));
            StageBench.Result once = bench.run(bench.compiler().compile(StageChain.of(node),
                    new StageEnd(late, Set.of(), Optional.of(panes))), at(time));
            assertThat(once.late()).as("%s at %s", panes, time).isEqualTo(multiplied.late());
            assertThat(openWindows(panes, once)).as("%s at %s", panes, time)
                    .isEqualTo(multiplied.rows().stream().map(r -> r.subList(2, 4)).toList());
        }
    }

    private Batch at(@Nullable Long time) {
        return bench.batch(TIMES, List.of(cells(1, time)));
    }

    /// The windows that W has not overtaken, of the pane of the only row, if it is there.
    private List<List<@Nullable Object>> openWindows(Panes panes, StageBench.Result once) {
        List<List<@Nullable Object>> windows = new ArrayList<>();
        for (List<@Nullable Object> row : once.rows()) {
            long pane = (Long) Objects.requireNonNull(row.get(2));
            long last = panes.lastStart(pane);
            for (long start = panes.firstStart(pane, last); start <= last; start += panes.slide()) {
                if (start + panes.size() > bench.watermark()) {
                    windows.add(cells(start, start + panes.size()));
                }
            }
        }
        return windows;
    }

    @Test
    @DisplayName("says where its texts lie instead of copying them, if the operator it feeds wants that")
    void givesSlices() {
        PlanNode words = words(" ", true);
        RowType split = words.schema();
        RowType named = row("word", Simple.STRING, "made", Simple.STRING, "id", Simple.INT);
        PlanNode node = new PlanNode.Project(words, List.of(col(split, "word"),
                call("concat", Simple.STRING, col(split, "word"), col(split, "line")), col(split, "id")), named);
        List<List<@Nullable Object>> lines = new ArrayList<>(List.of(cells(0, null), cells(1, ""), cells(2, "a b")));
        for (int i = 3; i < 20; i++) {
            lines.add(cells(i, "x".repeat(100_000) + " y " + i)); // more than the stage's scratch keeps
        }
        StageBench.Result sliced = bench.run(
                bench.compiler().compile(StageChain.of(node),
                        new StageEnd(Optional.empty(), Set.of(0, 1, 2), Optional.empty())),
                bench.batch(LINES, lines));
        StageBench.Result copied = bench.run(node, bench.batch(LINES, lines));
        assertThat(sliced.rows()).isEqualTo(copied.rows()).hasSize(1 + 1 + 2 + 17 * 3);
        assertThat(sliced.batches()).isGreaterThan(copied.batches());
    }

    @Test
    @DisplayName("says so beside columns of its input, too, where rows are left out")
    void givesSlicesInPlace() {
        PlanNode filter = new PlanNode.Filter(StageBench.values(LINES),
                call("<>", Simple.BOOLEAN, call("%", Simple.INT, col(LINES, "id"), integer(3)), integer(0)));
        PlanNode node = new PlanNode.Project(filter, List.of(col(LINES, "id"),
                call("concat", Simple.STRING, col(LINES, "line"), str("!"))),
                row("id", Simple.INT, "said", Simple.STRING));
        List<List<@Nullable Object>> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(cells(i, i % 5 == 0 ? null : "x".repeat(1000 * i)));
        }
        StageBench.Result sliced = bench.run(
                bench.compiler().compile(StageChain.of(node),
                        new StageEnd(Optional.empty(), Set.of(0, 1), Optional.empty())),
                bench.batch(LINES, lines));
        assertThat(sliced.rows()).isEqualTo(bench.run(node, bench.batch(LINES, lines)).rows()).hasSize(66);
        assertThat(sliced.batches()).isEqualTo(1);
    }

    @Test
    @DisplayName("puts a row into each window that holds its time, in ascending order")
    void assignsWindows() {
        assertThat(windows(window(10, 10, 0), 25L)).containsExactly(cells(20L, 30L));
        assertThat(windows(window(10, 10, 0), -1L)).containsExactly(cells(-10L, 0L));
        assertThat(windows(window(10, 10, 3), 2L)).containsExactly(cells(-7L, 3L));
        assertThat(windows(window(10, 5, 0), 12L)).containsExactly(cells(5L, 15L), cells(10L, 20L));
        assertThat(windows(window(10, 4, 0), 9L)).containsExactly(cells(0L, 10L), cells(4L, 14L), cells(8L, 18L));
        assertThat(windows(window(10, 4, 0), 11L)).containsExactly(cells(4L, 14L), cells(8L, 18L));
        assertThat(windows(window(2, 5, 0), 6L)).containsExactly(cells(5L, 7L));
        assertThat(windows(window(2, 5, 0), 8L)).isEmpty();
        assertThat(windows(window(10, 5, 0), null)).isEmpty();
    }

    @Test
    @DisplayName("counts a row late once, however many of its windows are closed")
    void countsLateRowsOnce() {
        Stage stage = bench.compiler().compile(StageChain.of(window(10, 5, 0)), Optional.of(LateCheck.atOrBelow(3)));
        StageBench.Result result = bench.watermark(20).run(stage,
                bench.batch(TIMES, List.of(cells(1, 12L), cells(2, 3L), cells(3, 16L))));
        assertThat(result.rows()).containsExactly(cells(3, 16L, 15L, 25L));
        assertThat(result.late()).containsExactly(cells(1, 12L), cells(2, 3L), cells(3, 16L));
    }

    @Test
    @DisplayName("counts each row that a generator makes, once however many of its windows are closed")
    void countsGeneratedLateRows() {
        RowType row = row("line", Simple.STRING, "ts", Simple.TIMESTAMP);
        PlanNode words = generate(row, "explode", false, List.of(Field.of("word", Simple.STRING)),
                call("split", new ArrayOf(Simple.STRING, false), col(row, "line"), str(" ")));
        PlanNode windows = new PlanNode.WindowAssign(words, col(row, "ts"), 10, 5, 0, PlanNode.appended(words.schema(),
                List.of(Field.of("start", Simple.TIMESTAMP), Field.of("end", Simple.TIMESTAMP))));
        Stage stage = bench.compiler().compile(StageChain.of(windows), Optional.of(LateCheck.atOrBelow(4)));
        StageBench.Result result = bench.watermark(20).run(stage,
                bench.batch(row, List.of(cells("a b", 3L), cells("c", 30L), cells("d", 4L))));
        assertThat(result.rows()).hasSize(2);
        assertThat(result.late()).containsExactly(cells("a b", 3L), cells("a b", 3L), cells("d", 4L));
    }

    @Test
    @DisplayName("expands grouping sets, with nulls for what a set leaves out")
    void expands() {
        RowType schema = row("id", Simple.INT, "line", Simple.STRING, "set", Simple.INT);
        PlanNode node = new PlanNode.Expand(StageBench.values(LINES),
                List.of(List.of(col(LINES, "id"), col(LINES, "line"), integer(0)),
                        List.of(col(LINES, "id"), nothing(Simple.STRING), integer(1)),
                        List.of(nothing(Simple.INT), nothing(Simple.STRING), lit(3, Simple.INT))),
                schema);
        assertThat(bench.run(node, bench.batch(LINES, List.of(cells(1, "a")))).rows()).containsExactly(cells(1, "a", 0),
                cells(1, null, 1), cells(null, null, 3));
    }

    /// A split without the fast path.
    public static final class Functions {
        private Functions() {}

        public static List<String> javaSplit(String text, String regex) {
            return List.of(text.split(regex, -1));
        }

        public static List<String> split(String text, String regex) {
            return javaSplit(text, regex);
        }
    }
}
