package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.Frame.Unit;
import dev.thalweg.planner.incremental.OverCall;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a trigger costs that brings 100 rows to the end of the one partition, which has a hundred thousand when it begins.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OverKernel {
    private static final int ROWS_BEFORE = 100_000;
    private static final int ROWS = 100;

    /// The window function and its frame.
    public enum Function {
        ROW_NUMBER("row_number", List.of(), Simple.INT, Side.UNBOUNDED_PRECEDING), RANK("rank", List.of(), Simple.INT,
                Side.UNBOUNDED_PRECEDING), LAG("lag", List.of(Rows.N), Simple.BIGINT,
                        Side.UNBOUNDED_PRECEDING), RUNNING_SUM("sum", List.of(Rows.N), Simple.BIGINT,
                                Side.UNBOUNDED_PRECEDING), RUNNING_MAX("max", List.of(Rows.N), Simple.BIGINT,
                                        Side.UNBOUNDED_PRECEDING), ROLLING_SUM("sum", List.of(Rows.D), Simple.DOUBLE,
                                                Side.PRECEDING), ROLLING_MAX("max", List.of(Rows.N), Simple.BIGINT,
                                                        Side.PRECEDING);

        private final OverCall call;

        Function(String function, List<Integer> columns, DataType result, Side start) {
            Literal offset = start == Side.PRECEDING ? new Literal(99L, Simple.BIGINT) : none();
            Frame frame = new Frame(Unit.ROWS, new Bound(start, offset), new Bound(Side.CURRENT, none()));
            call = new OverCall(function, columns, 1, frame, false, result, true);
        }

        private static Literal none() {
            return new Literal(null, Simple.VOID);
        }
    }

    @Param
    Function function = Function.ROW_NUMBER;

    private OperatorRun run = new OperatorRun();
    private long made;

    @Setup(Level.Iteration)
    public void open() {
        run.close();
        made = 0;
        PlanNode input = new PlanNode.Values(Rows.TYPE, List.of());
        Over over = new Over(input, List.of(), List.of(new SortKey(Rows.ID, false, true)), List.of(function.call),
                PlanNode.appended(Rows.TYPE, List.of(Field.of("result", function.call.type()))));
        run = OperatorRun.of(over, Changes.INSERT_ONLY, Changes.RETRACT);
        trigger(ROWS_BEFORE);
    }

    @Benchmark
    public long trigger() {
        return trigger(ROWS);
    }

    private long trigger(int rows) {
        run.push(0, next(rows));
        return run.trigger(Watermark.NONE);
    }

    private Batch next(int rows) {
        try (BatchBuilder builder = new BatchBuilder(Rows.TYPE, run.allocator())) {
            for (int row = 0; row < rows; row++) {
                builder.add(List.of(made, made * 7_919 % 10_000, 0.5 * (made % 1_000), ""));
                made++;
            }
            return builder.build();
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        run.close();
    }
}
