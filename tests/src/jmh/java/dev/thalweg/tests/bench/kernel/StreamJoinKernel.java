package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.spi.data.Batch;
import java.util.List;
import java.util.Optional;
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

/// What a row costs that is joined with a stream of a hundred thousand rows, of which each is met by few: it comes, and in the next
/// trigger it is taken back.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(2 * Rows.COUNT)
public class StreamJoinKernel {
    private static final int ROWS = 100_000;

    /// What the join gives.
    public enum Join {
        INNER, LEFT, SEMI, ANTI, FULL, AS_OF
    }

    @Param
    Join join = Join.INNER;

    private OperatorRun run = new OperatorRun();
    private ComingAndGoing left = ComingAndGoing.NONE;

    @Setup(Level.Trial)
    public void open() {
        close();
        run = OperatorRun.of(node(), Changes.RETRACT, Changes.RETRACT);
        try (Batch right = Rows.numbered(ROWS, run.allocator())) {
            run.push(1, right.retain());
        }
        run.trigger(Watermark.NONE);
        left = ComingAndGoing.of(1, ROWS, run.allocator());
    }

    private PlanNode node() {
        PlanNode input = new PlanNode.Values(Rows.TYPE, List.of());
        PlanNode other = new PlanNode.Values(Rows.TYPE, List.of());
        List<Integer> key = List.of(Rows.ID);
        if (join == Join.AS_OF) {
            return new AsofJoin(input, other, JoinKind.LEFT, key, key, new AsofJoin.Match(Rows.N, Rows.N, true, false),
                    PlanNode.appended(Rows.TYPE, Rows.TYPE.fields()));
        }
        JoinKind kind = JoinKind.valueOf(join.name());
        boolean givesPairs = kind != JoinKind.SEMI && kind != JoinKind.ANTI;
        return new StreamJoin(input, other, kind, key, key, Optional.empty(),
                givesPairs ? PlanNode.appended(Rows.TYPE, Rows.TYPE.fields()) : Rows.TYPE);
    }

    @Benchmark
    public long comeAndGo() {
        return left.pass(run);
    }

    @TearDown(Level.Trial)
    public void close() {
        left.close();
        left = ComingAndGoing.NONE;
        run.close();
    }
}
