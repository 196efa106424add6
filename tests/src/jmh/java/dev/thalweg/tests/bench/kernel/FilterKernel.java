package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.FunctionTable;
import dev.thalweg.execution.expression.StageChain;
import dev.thalweg.execution.expression.StageCompiler;
import dev.thalweg.execution.expression.StageContext;
import dev.thalweg.execution.expression.StageInstance;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Simple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a row costs in a compiled stage that is one filter.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FilterKernel.BATCHES * Rows.COUNT)
public class FilterKernel {
    static final int BATCHES = 64;

    private static Expression column(int column) {
        return new Expression.Input(column, Rows.TYPE.type(column), true);
    }

    private static Expression call(String function, Expression... arguments) {
        return new Expression.Call(function, List.of(arguments), Simple.BOOLEAN, true);
    }

    private static Expression text(String value) {
        return new Expression.Literal(value, Simple.STRING);
    }

    private static Expression number(long value) {
        return new Expression.Literal(value, Simple.BIGINT);
    }

    /// What rows are kept.
    public enum Condition {
        HALF_OF_LONGS(call("<", column(Rows.N), number(5_000))),
        FEW_OF_LONGS(call("=", column(Rows.N), number(123))),
        RANGE_OF_TWO(call("and", call(">=", column(Rows.N), number(1_000)), call("<", column(Rows.D),
                new Expression.Literal(0.5, Simple.DOUBLE)))),
        TEXT_EQUALS(call("=", column(Rows.S), text("https://www.nexmark.com/item-7"))),
        TEXT_LIKE(call("like", column(Rows.S), text("%item-1%")));

        private final Expression expression;

        Condition(Expression expression) {
            this.expression = expression;
        }
    }

    @Param
    Condition condition = Condition.HALF_OF_LONGS;

    private final RootAllocator allocator = new RootAllocator();
    private final StageContext context = new StageContext(new EvaluationContext(ZoneOffset.UTC, 0, 1), allocator,
            Long.MIN_VALUE);
    private final CountedRows kept = new CountedRows();
    private List<Batch> batches = List.of();
    private StageInstance stage = open(Condition.HALF_OF_LONGS);

    private StageInstance open(Condition wanted) {
        PlanNode filter = new PlanNode.Filter(new PlanNode.Values(Rows.TYPE, List.of()), wanted.expression);
        return new StageCompiler(new FunctionTable(List.of())).compile(StageChain.of(filter)).open(allocator);
    }

    @Setup(Level.Trial)
    public void open() {
        batches = Rows.make(BATCHES, 1_000, allocator);
        stage.close();
        stage = open(condition);
    }

    @Benchmark
    public long filter() {
        for (Batch batch : batches) {
            stage.run(batch.retain(), context, kept);
        }
        return kept.rows;
    }

    @TearDown(Level.Trial)
    public void close() {
        batches.forEach(Batch::close);
        stage.close();
        allocator.close();
    }
}
