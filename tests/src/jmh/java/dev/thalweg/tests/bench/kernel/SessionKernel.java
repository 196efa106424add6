package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.SessionAggregate;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/// What a row costs in sessions of a thousand keys: most rows make the session of their key longer. Without a watermark, so that
/// the sessions of one measurement stay.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Rows.COUNT)
public class SessionKernel {
    private static final RowType TYPE = RowType.of(Field.of("key", Simple.BIGINT), Field.of("ts", Simple.TIMESTAMP));
    private static final int KEYS = 1_000;
    private static final long GAP_MICROS = 10_000_000;
    private static final long MICROS_A_ROW = 5_000;

    /// Whether rows are kept, or only the sessions' counts.
    public enum Kept {
        ROWS, COUNTS
    }

    @Param
    Kept kept = Kept.ROWS;

    private OperatorRun run = new OperatorRun();
    private SplittableRandom random = new SplittableRandom(42);
    private long made;

    @Setup(Level.Iteration)
    public void open() {
        run.close();
        random = new SplittableRandom(42);
        made = 0;
        PlanNode node = node();
        run = OperatorRun.of(node, Changes.INSERT_ONLY, Changes.RETRACT);
    }

    private PlanNode node() {
        PlanNode input = new PlanNode.Values(TYPE, List.of());
        SessionAssign sessions = new SessionAssign(input, 1, new Literal(GAP_MICROS, Simple.INTERVAL_DAY_TIME),
                List.of(0),
                PlanNode.appended(TYPE,
                        List.of(Field.of("start", Simple.TIMESTAMP), Field.of("end", Simple.TIMESTAMP))));
        AggregateCall count = new AggregateCall("count", List.of(), false, Optional.empty(), false, Simple.BIGINT,
                false);
        return kept == Kept.ROWS
                ? sessions
                : new SessionAggregate(new PlanNode.Aggregate(sessions, List.of(0, 2, 3), List.of(count),
                        RowType.of(TYPE.field(0), sessions.schema().field(2), sessions.schema().field(3),
                                Field.of("n", Simple.BIGINT))));
    }

    @Benchmark
    public long trigger() {
        run.push(0, next());
        return run.trigger(Watermark.NONE);
    }

    private Batch next() {
        try (BatchBuilder builder = new BatchBuilder(TYPE, run.allocator())) {
            for (int row = 0; row < Rows.COUNT; row++) {
                builder.add(List.of((long) random.nextInt(KEYS), made++ * MICROS_A_ROW));
            }
            return builder.build();
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        run.close();
    }
}
