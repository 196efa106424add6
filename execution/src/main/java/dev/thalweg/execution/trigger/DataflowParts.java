package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.DropWithinWatermark;
import dev.thalweg.execution.exchange.KeyRouter;
import dev.thalweg.execution.expression.Stage;
import dev.thalweg.execution.expression.StageChain;
import dev.thalweg.execution.expression.StageEnd;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Panes;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.RecursiveUnion;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.RowType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// What a [Dataflow] is made of: the plan, how many tasks, and where stages and operators come from.
///
/// @param roots where the results come out; the plan's own, or that of a static table in it
record DataflowParts(StreamPlan plan, List<PlanNode> roots, int tasks, Stages stages, Operators operators) {
    DataflowParts {
        roots = List.copyOf(roots);
    }

    /// Where rows go round.
    RecursiveLoops loops() {
        return RecursiveLoops.of(roots);
    }

    /// Compiles stages; tasks share what is compiled.
    interface Stages {
        Stage compile(StageChain chain, StageEnd end);
    }

    /// Opens operators, each for one task with the state it owns.
    interface Operators {
        Operator open(PlanNode node, TaskContext task);

        /// Folds the rows of an aggregate before they travel to their tasks, where that is right and pays.
        ///
        /// @param panes that the rows will have in place of their windows
        Optional<Operator> preAggregate(PlanNode node, Optional<Panes> panes, TaskContext task);

        /// What travels to `node` in place of its input when [#preAggregate] folds it.
        RowType foldedType(PlanNode node);
    }

    Stage stage(StageChain chain, StageEnd end) {
        return stages.compile(chain, end);
    }

    /// The node that reads an exchange.
    PlanNode consumer(PlanNode.Exchange exchange) {
        return plan.nodes().stream().filter(node -> node.inputs().stream().anyMatch(exchange::isSame))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("an exchange that nobody reads"));
    }

    /// Keys are laid out as the consumer's state lays them out, event time first where time frees it, so that rows go to
    /// the task that owns their state.
    KeyRouter.Key routingKey(PlanNode.Exchange exchange, boolean folded) {
        PlanNode consumer = consumer(exchange);
        OptionalInt time = plan.traits(consumer).freedBy().map(OptionalInt::of).orElse(OptionalInt.empty());
        if (!folded) {
            return new KeyRouter.Key(exchange.schema(), exchange.keys(), time);
        }
        List<Integer> leading = IntStream.range(0, exchange.keys().size()).boxed().toList();
        OptionalInt moved = time.isPresent() ? OptionalInt.of(exchange.keys().indexOf(time.getAsInt())) : time;
        return new KeyRouter.Key(operators.foldedType(consumer), leading, moved);
    }

    /// Whether the answer depends on the order in which rows arrive, or rows go straight to the sink, where users expect
    /// them in order.
    boolean isOrderSensitive() {
        return plan.nodes().stream().anyMatch(DataflowParts::isOrderSensitive)
                || roots.stream().anyMatch(root -> !hasExchange(root));
    }

    private static boolean hasExchange(PlanNode node) {
        return node instanceof PlanNode.Exchange || node.inputs().stream().anyMatch(DataflowParts::hasExchange);
    }

    /// How many nodes and results read each node.
    IdentityHashMap<PlanNode, Integer> readers() {
        IdentityHashMap<PlanNode, Integer> readers = new IdentityHashMap<>();
        roots.forEach(root -> countReader(root, readers));
        return readers;
    }

    private static void countReader(PlanNode node, IdentityHashMap<PlanNode, Integer> readers) {
        int known = readers.getOrDefault(node, 0);
        readers.put(node, known + 1);
        if (known > 0) {
            return;
        }
        if (node instanceof PlanNode.StaticJoin join) {
            countReader(join.stream(), readers); // its table is read at start
        } else {
            node.inputs().forEach(input -> countReader(input, readers));
        }
    }

    private static boolean isOrderSensitive(PlanNode node) {
        return switch (node) {
            case PlanNode.DropDuplicates _,DropWithinWatermark _,PlanNode.Limit _,PlanNode.Sort _ -> true;
            case PlanNode.TopN top -> top.order().isEmpty(); // else equal rows go by their bytes
            case PlanNode.SessionAggregate _ -> false; // what is merged does not depend on the order
            case PlanNode.Aggregate aggregate -> aggregate.calls().stream().anyMatch(DataflowParts::isOrderSensitive);
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Filter _,PlanNode.Lives _,PlanNode.Project _,PlanNode.Watermark _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Distinct _,PlanNode.Union _,PlanNode.StaticJoin _,PlanNode.Recursion _,RecursiveUnion _,PlanNode.StreamJoin _,PlanNode.AsofJoin _,PlanNode.Over _,MatchRecognize _,PlanNode.SetOperation _,PlanNode.SessionAssign _,PlanNode.ClockFilter _,PlanNode.Exchange _ ->
                    false;
        };
    }

    private static boolean isOrderSensitive(AggregateCall call) {
        return switch (call.function()) {
            case "first", "last", "any_value", "first_value", "last_value", "collect_list", "collect_set", "array_agg",
                    "listagg" ->
                    true;
            default -> false; // a rule: every other aggregate gives the same for any order
        };
    }
}
