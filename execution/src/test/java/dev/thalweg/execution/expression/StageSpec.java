package dev.thalweg.execution.expression;

import static dev.thalweg.execution.expression.Sql.bigint;
import static dev.thalweg.execution.expression.Sql.call;
import static dev.thalweg.execution.expression.Sql.cast;
import static dev.thalweg.execution.expression.Sql.col;
import static dev.thalweg.execution.expression.Sql.integer;
import static dev.thalweg.execution.expression.Sql.lit;
import static dev.thalweg.execution.expression.Sql.row;
import static dev.thalweg.execution.expression.Sql.str;
import static dev.thalweg.execution.expression.Sql.test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.CodedBatch;
import dev.thalweg.execution.expression.function.ClockFunctions;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.OneValue;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

@DisplayName("A compiled stage")
final class StageSpec {
    private static final RowType WORDS = row("n", Simple.INT, "text", Simple.STRING);
    private final StageBench bench = new StageBench(List.of(ClockFunctions.class));

    @AfterEach
    void leavesNoMemoryBehind() {
        bench.close();
    }

    private static PlanNode project(PlanNode input, List<Expression> expressions) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            fields.add(Field.of("c" + i, expressions.get(i).type()));
        }
        return new PlanNode.Project(input, expressions, new RowType(fields));
    }

    private static List<@Nullable Object> cells(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private Batch words() {
        return bench.batch(WORDS, List.of(cells(1, "one"), cells(2, null), cells(null, "none"), cells(4, "four")));
    }

    @Test
    @DisplayName("filters with a selection and shares the columns")
    void filters() {
        PlanNode node = new PlanNode.Filter(StageBench.values(WORDS), test(">", col(WORDS, "n"), integer(1)));
        StageBench.Result result = bench.run(node, words());
        assertThat(result.rows()).containsExactly(cells(2, null), cells(4, "four"));
    }

    @Test
    @DisplayName("puts computed columns beside shared ones under one selection")
    void computesInPlace() {
        PlanNode filter = new PlanNode.Filter(StageBench.values(WORDS), test("isnotnull", col(WORDS, "text")));
        PlanNode node = project(filter, List.of(col(WORDS, "text"), call("+", Simple.INT, col(WORDS, "n"), integer(10)),
                call("concat", Simple.STRING, col(WORDS, "text"), str("!"))));
        StageBench.Result result = bench.run(node, words());
        assertThat(result.rows()).containsExactly(cells("one", 11, "one!"), cells("none", null, "none!"),
                cells("four", 14, "four!"));
    }

    @Test
    @DisplayName("writes once a batch what no row has a say in, also where the first rows are dropped")
    void writesOnce() {
        PlanNode filter = new PlanNode.Filter(StageBench.values(WORDS), test(">", col(WORDS, "n"), integer(1)));
        PlanNode node = project(filter, List.of(col(WORDS, "text"), call("current_timestamp", Simple.TIMESTAMP),
                call("+", Simple.INT, integer(-7), integer(14)), lit(null, Simple.INT)));

        assertThat(bench.run(node, words()).rows()).containsExactly(cells(null, 0L, 7, null),
                cells("four", 0L, 7, null));
        assertThat(areHeldOnce(node, words())).containsExactly(false, true, true, true);
    }

    /// Which columns of the output are held once.
    private List<Boolean> areHeldOnce(PlanNode node, Batch input) {
        List<Boolean> once = new ArrayList<>();
        Downstream out = new Downstream() {
            @Override
            public void emit(Batch batch) {
                for (int i = 0; i < batch.columnCount(); i++) {
                    once.add(batch.column(i) instanceof OneValue);
                }
                batch.close();
            }

            @Override
            public void late(Batch rows) {
                rows.close();
            }
        };
        try (StageInstance instance = bench.compiler().compile(StageChain.of(node)).open(bench.allocator())) {
            instance.run(input, new StageContext(bench.context(), bench.allocator(), bench.watermark()), out);
        }
        return once;
    }

    @Test
    @DisplayName("packs rows when every column is computed, and carries weights")
    void packs() {
        PlanNode filter = new PlanNode.Filter(StageBench.values(WORDS), test("<>", col(WORDS, "n"), integer(2)));
        PlanNode node = project(filter, List.of(call("*", Simple.INT, col(WORDS, "n"), integer(2))));
        try (BatchBuilder builder = new BatchBuilder(WORDS, bench.allocator())) {
            builder.add(cells(1, "a"), 3).add(cells(2, "b"), 5).add(cells(7, "c"), -1);
            StageBench.Result result = bench.run(node, builder.build());
            assertThat(result.rows()).containsExactly(cells(2), cells(14));
            assertThat(result.weights()).containsExactly(3L, -1L);
        }
    }

    @Test
    @DisplayName("reads a batch through its selection, in whatever order that is")
    void readsSelections() {
        PlanNode node = project(StageBench.values(WORDS),
                List.of(col(WORDS, "n"), call("concat", Simple.STRING, col(WORDS, "text"), str("?"))));
        assertThat(bench.run(node, words().select(new int[] {0, 3}, 2)).rows()).containsExactly(cells(1, "one?"),
                cells(4, "four?"));
        assertThat(bench.run(node, words().select(new int[] {3, 0, 0}, 3)).rows()).containsExactly(cells(4, "four?"),
                cells(1, "one?"), cells(1, "one?"));
    }

    @Test
    @DisplayName("asks a condition on coded texts again when the clock has gone on")
    void forgetsAnswers() {
        RowType type = row("text", Simple.STRING);
        long day = 86_400_000_000L;
        Expression before = test("<", cast(col(type, "text"), Simple.TIMESTAMP), lit(day, Simple.TIMESTAMP));
        Stage stage = bench.compiler()
                .compile(StageChain.of(new PlanNode.Filter(StageBench.values(type), before)));
        Batch times = CodedBatch.of(bench.batch(type, List.of(cells("12:30"), cells("1969-01-01"))), new Random(1),
                bench.allocator());
        StageBench.Result result = new StageBench.Result(bench.allocator());
        try (StageInstance instance = stage.open(bench.allocator())) {
            for (long clock : new long[] {0, 3 * day}) {
                instance.run(times.retain(), new StageContext(new EvaluationContext(ZoneId.of("UTC"), clock, 1),
                        bench.allocator(), Long.MIN_VALUE), result);
            }
        }
        times.close();
        assertThat(result.rows()).containsExactly(cells("12:30"), cells("1969-01-01"), cells("1969-01-01"));
    }

    @Test
    @DisplayName("gives the memory of a batch's texts back after it")
    void shrinks() {
        PlanNode node = project(StageBench.values(WORDS),
                List.of(col(WORDS, "n"), call("concat", Simple.STRING, col(WORDS, "text"), str("!"))));
        Stage stage = bench.compiler().compile(StageChain.of(node),
                new StageEnd(Optional.empty(), Set.of(1), Optional.empty()));
        String large = "large".repeat(1 << 19);
        try (StageInstance instance = stage.open(bench.allocator())) {
            for (int i = 0; i < 2; i++) { // it grows again
                StageBench.Result result = new StageBench.Result(bench.allocator());
                instance.run(bench.batch(WORDS, List.of(cells(1, large), cells(2, large))),
                        new StageContext(bench.context(), bench.allocator(), Long.MIN_VALUE), result);
                assertThat(result.rows()).containsExactly(cells(1, large + "!"), cells(2, large + "!"));
                assertThat(bench.allocator().getAllocatedMemory()).isLessThan(1 << 20);
            }
        }
    }

    @Test
    @DisplayName("emits nothing when no row is left")
    void emitsNothing() {
        PlanNode node = new PlanNode.Filter(StageBench.values(WORDS), test(">", col(WORDS, "n"), integer(100)));
        assertThat(bench.run(node, words()).batches()).isZero();
    }

    @Test
    @DisplayName("passes values of every type through computed columns")
    void copiesEveryType() {
        DataType struct = new Struct(row("a", Simple.INT, "b", Simple.STRING));
        RowType type = row("bool", Simple.BOOLEAN, "i8", Simple.TINYINT, "i16", Simple.SMALLINT, "i32", Simple.INT,
                "i64",
                Simple.BIGINT, "f", Simple.FLOAT, "d", Simple.DOUBLE, "dec", new Decimal(38, 10), "s", Simple.STRING,
                "bin",
                Simple.BINARY, "date", Simple.DATE, "ts", Simple.TIMESTAMP, "ntz", Simple.TIMESTAMP_NTZ, "dt",
                Simple.INTERVAL_DAY_TIME, "ym", Simple.INTERVAL_YEAR_MONTH, "array", new ArrayOf(Simple.INT, true),
                "map",
                new MapOf(Simple.STRING, Simple.DOUBLE, true), "struct", struct);
        List<@Nullable Object> full = cells(true, (byte) -1, (short) -300, 1 << 30, -5L, 1.5f, -0.25,
                new BigDecimal("-1234567890123456789012345678.0123456789"), "größer", new byte[] {0, -1}, -1, -1L, 1L,
                7L, -13,
                Arrays.asList(1, null, 3), Map.of("k", 1.0), Arrays.asList(1, "x"));
        List<@Nullable Object> empty = new ArrayList<>(java.util.Collections.nCopies(type.size(), null));
        List<Expression> copies = new ArrayList<>();
        for (Field field : type.fields()) {
            copies.add(call("coalesce", field.type(), col(type, field.name()), lit(null, field.type())));
        }
        List<List<@Nullable Object>> rows = bench
                .run(project(StageBench.values(type), copies), bench.batch(type, List.of(full, empty))).rows();
        assertThat(rows.get(0)).usingRecursiveComparison().isEqualTo(full);
        assertThat(rows.get(1)).isEqualTo(empty);
    }

    @Test
    @DisplayName("computes a projected column once, where it is first needed, through a chain of projections")
    void sharesDefinitions() {
        PlanNode node = StageBench.values(WORDS);
        Expression n = col(WORDS, "n");
        for (int i = 0; i < 30; i++) { // 2^30 nodes if definitions were copied
            node = project(node, List.of(call("+", Simple.BIGINT, n, n)));
            n = new Expression.Input(0, Simple.BIGINT, true);
        }
        assertThat(bench.run(node, bench.batch(WORDS, List.of(cells(1, "a")))).rows()).containsExactly(cells(1L << 30));
    }

    @Test
    @DisplayName("refuses late rows of the operator it feeds, and reports the input rows")
    void refusesLateRows() {
        RowType type = row("ts", Simple.TIMESTAMP, "x", Simple.INT);
        PlanNode node = project(StageBench.values(type), List.of(col(type, "x"), col(type, "ts")));
        Stage stage = bench.compiler().compile(StageChain.of(node), Optional.of(LateCheck.atOrBelow(1)));
        List<List<@Nullable Object>> rows = List.of(cells(10L, 1), cells(11L, 2), cells(null, 3), cells(5L, 4));
        StageBench.Result result = bench.watermark(10).run(stage, bench.batch(type, rows));
        assertThat(result.rows()).containsExactly(cells(2, 11L), cells(3, null));
        assertThat(result.late()).containsExactly(cells(10L, 1), cells(5L, 4));
        assertThat(bench.watermark(Long.MIN_VALUE).run(stage, bench.batch(type, rows)).rows()).hasSize(4);
    }

    @Test
    @DisplayName("says which expression failed, and keeps the code")
    void locatesErrors() {
        PlanNode node = project(StageBench.values(WORDS),
                List.of(col(WORDS, "text"), call("*", Simple.INT, col(WORDS, "n"), integer(Integer.MAX_VALUE))));
        assertThatThrownBy(() -> bench.run(node, words())).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("INT overflow: 2 * 2147483647").hasMessageContaining("try_multiply")
                .hasMessageContaining("in (n * 2147483647)").hasMessageEndingWith("[THW-4002]")
                .extracting(e -> ((InvalidQuery) e).code()).isEqualTo("THW-4002");
    }

    @Test
    @DisplayName("of a thousand columns is cut into methods that fit")
    void splitsWideProjections() {
        List<Expression> wide = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            wide.add(call("+", Simple.BIGINT, call("*", Simple.BIGINT, col(WORDS, "n"), bigint((long) i)), bigint(1L)));
        }
        StageBench.Result result = bench.run(project(StageBench.values(WORDS), wide),
                bench.batch(WORDS, List.of(cells(2, "a"), cells(null, "b"))));
        assertThat(result.rows().get(0).get(999)).isEqualTo(1999L);
        assertThat(result.rows().get(1)).containsOnlyNulls();
    }

    @Test
    @DisplayName("with a CASE of a thousand branches is cut into methods that fit")
    void splitsLongCases() {
        List<Expression.Branch> branches = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            branches.add(new Expression.Branch(test("=", col(WORDS, "n"), integer(i)), str("v" + i)));
        }
        Expression choice = new Expression.Case(branches, Optional.empty(), Simple.STRING, true);
        StageBench.Result result = bench.run(project(StageBench.values(WORDS), List.of(choice)),
                bench.batch(WORDS, List.of(cells(0, "a"), cells(999, "b"), cells(1_000, "c"), cells(null, "d"))));
        assertThat(result.rows()).containsExactly(cells("v0"), cells("v999"), cells((Object) null),
                cells((Object) null));
    }

    @Test
    @DisplayName("is compiled once for the same chain")
    void reusesClasses() {
        PlanNode node = new PlanNode.Filter(StageBench.values(WORDS), test(">", col(WORDS, "n"), integer(1)));
        try (StageInstance one = bench.compiler().compile(StageChain.of(node)).open(bench.allocator());
                StageInstance two = bench.compiler().compile(StageChain.of(node)).open(bench.allocator())) {
            assertThat(one.getClass()).isSameAs(two.getClass());
        }
        assertThat(ArrowTypes.toArrow(Field.of("n", Simple.INT)).getName()).isEqualTo("n");
    }
}
