package dev.thalweg.execution.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.CodedBatch;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

@Label("A generated stage")
final class StageProperties {
    @Property(tries = 200)
    @Label("computes what a naive evaluator of rows computes, or fails with the same code")
    void agreesWithTheNaiveEvaluator(@ForAll long seed) {
        agrees(seed, new RandomExpression(seed));
    }

    @Property(tries = 200)
    @Label("computes what a naive evaluator computes, lambdas in lambdas included, whichever parameter hides another")
    void agreesOnLambdas(@ForAll long seed) {
        agrees(seed, new RandomExpression(seed, true));
    }

    private static void agrees(long seed, RandomExpression random) {
        List<Expression> computed = new ArrayList<>();
        for (int i = 0; i <= random.below(3); i++) {
            computed.add(random.of(random.type(), 3));
        }
        if (random.below(2) == 0) {
            computed.add(new Expression.Input(4, Simple.STRING, true)); // a shared column: values are written in place
        }
        Expression condition = random.of(Simple.BOOLEAN, 2);
        try (StageBench bench = random.below(3) == 0 ? StageBench.splitting() : new StageBench()) {
            Stage stage = bench.compiler().compile(StageChain.of(chain(condition, computed)));
            List<List<@Nullable Object>> rows = new ArrayList<>();
            List<List<@Nullable Object>> expected = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                List<@Nullable Object> row = random.row();
                List<List<@Nullable Object>> naive = naive(condition, computed, row);
                String failure = check(bench, stage, row, naive);
                if (failure.isEmpty()) {
                    rows.add(row);
                    expected.addAll(naive);
                }
            }
            assertThat(bench.run(stage, bench.batch(RandomExpression.ROW, rows)).rows()).as(stage.source())
                    .isEqualTo(expected);
            checkCoded(bench, stage, rows, row -> naive(condition, computed, row), new Random(seed));
            checkCoded(bench, stage, rows.stream().filter(row -> !row.contains(null)).toList(),
                    row -> naive(condition, computed, row), new Random(seed));
        }
    }

    /// Texts that are codes: twice with one dictionary, so that what is remembered of a text is used, then with another.
    private static void checkCoded(StageBench bench, Stage stage, List<List<@Nullable Object>> rows,
            Function<List<@Nullable Object>, List<List<@Nullable Object>>> naive, Random random) {
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rows.forEach(row -> expected.addAll(naive.apply(row)));
        }
        Batch coded = CodedBatch.of(bench.batch(RandomExpression.ROW, rows), random, bench.allocator());
        Batch other = CodedBatch.of(bench.batch(RandomExpression.ROW, rows), random, bench.allocator());
        assertThat(bench.run(stage, List.of(coded, coded.retain(), other)).rows()).as(stage.source())
                .isEqualTo(expected);
    }

    private static PlanNode chain(Expression condition, List<Expression> computed) {
        List<Field> fields = new ArrayList<>();
        computed.forEach(e -> fields.add(Field.of("c" + fields.size(), e.type())));
        PlanNode filter = new PlanNode.Filter(StageBench.values(RandomExpression.ROW), condition);
        return new PlanNode.Project(filter, computed, new RowType(fields));
    }

    /// The rows that one row gives; a single cell with the code when it fails.
    private static List<List<@Nullable Object>> naive(Expression condition, List<Expression> computed,
            List<@Nullable Object> row) {
        NaiveRow naive = new NaiveRow(row);
        try {
            if (!Boolean.TRUE.equals(naive.of(condition))) {
                return List.of();
            }
            List<@Nullable Object> result = new ArrayList<>();
            computed.forEach(e -> result.add(naive.of(e)));
            return List.of(result);
        } catch (NaiveRow.Failure failure) {
            return List.of(List.of(String.valueOf(failure.getMessage())));
        }
    }

    /// Runs the row alone; answers the code when it fails.
    private static String check(StageBench bench, Stage stage, List<@Nullable Object> row,
            List<List<@Nullable Object>> expected) {
        try {
            assertThat(bench.run(stage, bench.batch(RandomExpression.ROW, List.of(row))).rows()).as(stage.source())
                    .isEqualTo(expected);
            return "";
        } catch (InvalidQuery failure) {
            assertThat(expected).as(() -> failure + stage.source()).isEqualTo(List.of(List.of(failure.code())));
            return failure.code();
        }
    }
}
