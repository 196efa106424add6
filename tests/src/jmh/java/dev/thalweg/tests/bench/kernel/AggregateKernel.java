package dev.thalweg.tests.bench.kernel;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.OperatorFactory;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.overlay.ResidentTable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/// What a row costs in an aggregate by a BIGINT key, state in memory: a trigger of 64 batches, its changes emitted and kept. The
/// groups are there before; so are the distinct values.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(AggregateKernel.BATCHES * Rows.COUNT)
public class AggregateKernel {
    static final int BATCHES = 64;

    /// The aggregate function, over which column, with which result.
    public enum Call {
        COUNT("count", List.of(), false, Simple.BIGINT),
        SUM_LONG("sum", List.of(Rows.N), false, Simple.BIGINT),
        SUM_DOUBLE("sum", List.of(Rows.D), false, Simple.DOUBLE),
        AVG_LONG("avg", List.of(Rows.N), false, Simple.DOUBLE),
        MIN_LONG("min", List.of(Rows.N), false, Simple.BIGINT),
        MAX_DOUBLE("max", List.of(Rows.D), false, Simple.DOUBLE),
        MAX_TEXT("max", List.of(Rows.S), false, Simple.STRING),
        STDDEV("stddev_samp", List.of(Rows.D), false, Simple.DOUBLE),
        FIRST("first", List.of(Rows.N), false, Simple.BIGINT),
        LAST_TEXT("last", List.of(Rows.S), false, Simple.STRING),
        COUNT_DISTINCT("count", List.of(Rows.N), true, Simple.BIGINT);

        private final AggregateCall call;

        Call(String function, List<Integer> columns, boolean distinct, DataType result) {
            call = new AggregateCall(function, columns, distinct, Optional.empty(), false, result, true);
        }
    }

    @Param
    Call call = Call.COUNT;
    @Param({"1000", "100000"})
    int keys;

    private final RootAllocator allocator = new RootAllocator();
    private final Map<String, ResidentTable> tables = new LinkedHashMap<>();
    private final CountedRows emitted = new CountedRows();
    private List<Batch> batches = List.of();

    @Setup(Level.Trial)
    public void open() {
        batches = Rows.make(BATCHES, keys, allocator);
        trigger();
    }

    @Benchmark
    public long trigger() {
        try (Operator operator = operator()) {
            for (Batch batch : batches) {
                operator.push(0, batch.retain(), emitted);
            }
            operator.advance(Watermark.NONE, emitted);
        }
        tables.values().forEach(ResidentTable::commit);
        return emitted.rows;
    }

    private Operator operator() {
        PlanNode input = new PlanNode.Values(Rows.TYPE, List.of());
        PlanNode.Aggregate aggregate = new PlanNode.Aggregate(input, List.of(Rows.ID), List.of(call.call),
                RowType.of(Rows.TYPE.field(Rows.ID), Field.of("result", call.call.type())));
        IdentityHashMap<PlanNode, StreamPlan.Traits> traits = new IdentityHashMap<>();
        traits.put(input, new StreamPlan.Traits(Changes.INSERT_ONLY, EventTime.NONE, false, Optional.empty(), false));
        traits.put(aggregate, new StreamPlan.Traits(Changes.RETRACT, EventTime.NONE, false, Optional.empty(), false));
        StreamPlan plan = new StreamPlan(aggregate, List.of(input, aggregate), traits, OutputMode.UPDATE,
                Optional.of(List.of(0)), false);
        return new OperatorFactory(plan).open(aggregate, new OperatorFactory.Lending(
                table -> tables.computeIfAbsent(table.name(), _ -> new ResidentTable(table, MemoryCharge.UNLIMITED)),
                allocator, Watermark.NONE, false, true, () -> 0));
    }

    @TearDown(Level.Trial)
    public void close() {
        batches.forEach(Batch::close);
        tables.values().forEach(ResidentTable::close);
        allocator.close();
    }
}
