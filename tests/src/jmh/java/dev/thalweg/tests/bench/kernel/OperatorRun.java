package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.OperatorFactory;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.overlay.ResidentTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/// One operator that runs for many triggers, as it does in a query, with its state in memory.
final class OperatorRun implements AutoCloseable {
    private final RootAllocator allocator = new RootAllocator();
    private final Map<String, ResidentTable> tables = new LinkedHashMap<>();
    private final CountedRows emitted = new CountedRows();
    private Optional<Operator> operator = Optional.empty();

    /// @param input what the inputs of the node do
    /// @param output what it does itself
    static OperatorRun of(PlanNode node, Changes input, Changes output) {
        OperatorRun run = new OperatorRun();
        IdentityHashMap<PlanNode, Traits> traits = new IdentityHashMap<>();
        List<PlanNode> nodes = new ArrayList<>(node.inputs());
        node.inputs().forEach(each -> nodes.addAll(each.inputs()));
        for (PlanNode each : nodes) {
            traits.put(each, new Traits(input, EventTime.NONE, false, Optional.empty(), false));
        }
        traits.put(node, new Traits(output, EventTime.NONE, false, Optional.empty(), false));
        nodes.add(node);
        run.open(node, nodes, traits);
        return run;
    }

    private void open(PlanNode node, List<PlanNode> nodes, IdentityHashMap<PlanNode, Traits> traits) {
        StreamPlan plan = new StreamPlan(node, nodes, traits, OutputMode.UPDATE, Optional.empty(), false);
        OperatorFactory factory = new OperatorFactory(plan);
        OperatorFactory.Lending lending = new OperatorFactory.Lending(
                table -> tables.computeIfAbsent(table.name(), _ -> new ResidentTable(table, MemoryCharge.UNLIMITED)),
                allocator, Watermark.NONE, false, true, () -> 0);
        operator = Optional.of(node instanceof PlanNode.StreamJoin join
                ? factory.streamJoin(join, Optional.empty(), lending)
                : factory.open(node, lending));
    }

    BufferAllocator allocator() {
        return allocator;
    }

    void push(int input, Batch batch) {
        operator.orElseThrow().push(input, batch, emitted);
    }

    /// Ends a trigger; says how many rows were emitted so far.
    long trigger(Watermark watermark) {
        operator.orElseThrow().advance(watermark, emitted);
        tables.values().forEach(ResidentTable::commit);
        return emitted.rows;
    }

    @Override
    public void close() {
        operator.ifPresent(Operator::close);
        operator = Optional.empty();
        tables.values().forEach(ResidentTable::close);
        tables.clear();
        allocator.close();
    }
}
