package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
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

/// What a row costs that comes and in the next trigger is taken back, in operators that keep their rows: set operations, first
/// rows, and aggregates that cannot subtract. A hundred thousand rows of a thousand keys are there before.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(2 * Rows.COUNT)
public class ChangingKernel {
    private static final int BATCHES_BEFORE = 25;
    private static final int KEYS = 1_000;

    /// What is kept up to date.
    public enum Result {
        INTERSECT, EXCEPT_ALL, TOP_TEN_OF_KEY, RANK_TEN_OF_KEY, TOP_TEN, MEDIAN_OF_KEY, LIST_OF_KEY, MAX_OF_KEY, MAX_BY_OF_KEY, SUM_DOUBLE_OF_KEY, STDDEV_OF_KEY;

        private PlanNode node() {
            PlanNode input = new PlanNode.Values(Rows.TYPE, List.of());
            List<Integer> key = List.of(Rows.ID);
            List<SortKey> order = List.of(new SortKey(Rows.D, true, false));
            return switch (this) {
                case INTERSECT -> new SetOperation(input, input(), SetOperation.Kind.INTERSECT, false, Rows.TYPE);
                case EXCEPT_ALL -> new SetOperation(input, input(), SetOperation.Kind.EXCEPT, true, Rows.TYPE);
                case TOP_TEN_OF_KEY -> new TopN(input, key, order, TopN.Rank.ROW_NUMBER, 0, 10, false, Rows.TYPE);
                case RANK_TEN_OF_KEY -> new TopN(input, key, order, TopN.Rank.RANK, 0, 10, true,
                        PlanNode.appended(Rows.TYPE, List.of(new Field("rank", Simple.INT, false))));
                case TOP_TEN -> new TopN(input, List.of(), order, TopN.Rank.ROW_NUMBER, 0, 10, false, Rows.TYPE);
                case MEDIAN_OF_KEY -> aggregate(input, "percentile", List.of(Rows.D), Simple.DOUBLE);
                case LIST_OF_KEY ->
                        aggregate(input, "collect_list", List.of(Rows.N), new ArrayOf(Simple.BIGINT, false));
                case MAX_OF_KEY -> aggregate(input, "max", List.of(Rows.N), Simple.BIGINT);
                case MAX_BY_OF_KEY -> aggregate(input, "max_by", List.of(Rows.S, Rows.N), Simple.STRING);
                case SUM_DOUBLE_OF_KEY -> aggregate(input, "sum", List.of(Rows.D), Simple.DOUBLE);
                case STDDEV_OF_KEY -> aggregate(input, "stddev_samp", List.of(Rows.D), Simple.DOUBLE);
            };
        }

        private static PlanNode input() {
            return new PlanNode.Values(Rows.TYPE, List.of());
        }

        private static PlanNode aggregate(PlanNode input, String function, List<Integer> columns, DataType type) {
            AggregateCall call = new AggregateCall(function, columns, false, Optional.empty(), false, type, true);
            return new PlanNode.Aggregate(input, List.of(Rows.ID), List.of(call),
                    RowType.of(Rows.TYPE.field(Rows.ID), Field.of("result", type)));
        }
    }

    @Param
    Result result = Result.INTERSECT;

    private OperatorRun run = new OperatorRun();
    private ComingAndGoing rows = ComingAndGoing.NONE;

    @Setup(Level.Trial)
    public void open() {
        close();
        PlanNode node = result.node();
        run = OperatorRun.of(node, Changes.RETRACT, Changes.RETRACT);
        List<Batch> before = Rows.make(BATCHES_BEFORE, KEYS, run.allocator());
        before.forEach(batch -> run.push(node.inputs().size() - 1, batch));
        run.trigger(Watermark.NONE);
        rows = ComingAndGoing.of(1, KEYS, run.allocator());
    }

    @Benchmark
    public long comeAndGo() {
        return rows.pass(run);
    }

    @TearDown(Level.Trial)
    public void close() {
        rows.close();
        rows = ComingAndGoing.NONE;
        run.close();
    }
}
