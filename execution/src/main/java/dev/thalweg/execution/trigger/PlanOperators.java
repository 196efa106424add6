package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Operator;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.Optional;

/// Opens the operators of a plan, each with the state of its task and the watermark it goes on with.
final class PlanOperators implements DataflowParts.Operators {
    private final StreamPlan plan;
    private final int tasks;
    private final QueryState state;
    private final EdgeWatermarks edges;
    private final StaticTables tables;

    PlanOperators(StreamPlan plan, int tasks, QueryState state, EdgeWatermarks edges, StaticTables tables) {
        this.plan = plan;
        this.tasks = tasks;
        this.state = state;
        this.edges = edges;
        this.tables = tables;
    }

    /// How many tasks run a plan: one where a join must see every row of its table once.
    static int tasks(StreamPlan plan, int wanted) {
        boolean single = plan.nodes().stream().anyMatch(node -> node instanceof PlanNode.StaticJoin join
                && (join.kind() == PlanNode.JoinKind.RIGHT || join.kind() == PlanNode.JoinKind.FULL));
        return single ? 1 : wanted;
    }

    @Override
    public Operator open(PlanNode node, TaskContext task) {
        throw new InvalidQuery("THW-3023", "not yet " + OperatorNames.of(plan, node) + tasks + state + edges + tables);
    }

    @Override
    public Optional<Operator> preAggregate(PlanNode node, TaskContext task) {
        return Optional.empty();
    }

    @Override
    public RowType foldedType(PlanNode node) {
        return node.inputs().getFirst().schema();
    }
}
