package dev.thalweg.execution.trigger;

import dev.thalweg.execution.exchange.Inbox;
import dev.thalweg.execution.exchange.KeyRouter;
import dev.thalweg.execution.expression.LateCheck;
import dev.thalweg.execution.expression.StageChain;
import dev.thalweg.execution.expression.StageEnd;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Panes;
import dev.thalweg.planner.incremental.PlanNode;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes one task's copy of a fragment: from its last node down, each node is given the port that takes its output.
final class WireFragment {
    private final DataflowParts parts;
    private final Fragment fragment;
    private final TaskContext task;
    private final FragmentTask.Wiring wiring = new FragmentTask.Wiring();
    /// What of the fragment's output is wanted as slices.
    private Set<Integer> slices = Set.of();
    /// What its rows have in place of windows.
    private Optional<Panes> panes = Optional.empty();

    WireFragment(DataflowParts parts, Fragment fragment, TaskContext task) {
        this.parts = parts;
        this.fragment = fragment;
        this.task = task;
    }

    FragmentTask wire() {
        Optional<PlanNode> consumer = fragment.exit().map(parts::consumer);
        Optional<Panes> cut = consumer.flatMap(node -> FindPanes.of(StageChain.of(fragment.top()), node));
        Optional<Operator> fold = consumer.flatMap(node -> parts.operators().preAggregate(node, cut, task));
        Exit exit = new Exit(fragment.exit().map(exchange -> new KeyRouter(
                parts.routingKey(exchange, fold.isPresent()), parts.tasks(), task.allocator())), parts.tasks());
        try {
            panes = fold.flatMap(_ -> cut);
            connectTop(exit, consumer, fold);
        } catch (RuntimeException e) {
            wiring.steps.forEach(Step::close);
            exit.close();
            throw e;
        }
        Collections.reverse(wiring.steps); // made from the top down, run from the bottom up
        return new FragmentTask(task, exit, wiring);
    }

    /// Below an exchange into an aggregate, rows are folded before they travel.
    private void connectTop(Exit exit, Optional<PlanNode> consumer, Optional<Operator> fold) {
        if (fold.isPresent() && consumer.isPresent()) {
            OperatorStep step = new OperatorStep(consumer.get(), fold.get(), task, exit);
            wiring.steps.add(step);
            slices = readAsKeysOnly(consumer.get());
            connect(fragment.top(), step.port(0), consumer);
        } else {
            connect(fragment.top(), exit, consumer);
        }
    }

    /// The columns that an aggregate only looks up: it need not be given a copy of their texts.
    private static Set<Integer> readAsKeysOnly(PlanNode node) {
        if (!(node instanceof PlanNode.Aggregate aggregate)) {
            return Set.of();
        }
        Set<Integer> columns = new HashSet<>(aggregate.keys());
        for (PlanNode.AggregateCall call : aggregate.calls()) {
            columns.removeAll(Set.copyOf(call.arguments()));
            call.filter().ifPresent(columns::remove);
        }
        return columns;
    }

    /// @param consumer the stateful node that `out` leads to without any other in between, if it does
    private void connect(PlanNode node, Port out, Optional<PlanNode> consumer) {
        switch (node) {
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.Recursion _ -> wiring.leaves.put(node, out);
            case PlanNode.Exchange exchange -> connectExchange(exchange, out, consumer);
            case PlanNode.Watermark watermark -> {
                GaugeStep gauge = new GaugeStep(watermark, out);
                wiring.steps.add(gauge);
                connect(watermark.input(), gauge, Optional.empty());
            }
            case PlanNode.Union union -> union.inputs().forEach(input -> connect(input, out, Optional.empty()));
            case PlanNode.Filter _,PlanNode.Project _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _ ->
                    connectStage(node, out, consumer);
            case PlanNode.StaticJoin join -> connect(join.stream(), open(join, out).port(0), Optional.empty());
            case PlanNode.Keyed keyed -> {
                OperatorStep step = open(keyed, out); // it judges the times of its inputs itself
                for (int i = 0; i < keyed.inputs().size(); i++) {
                    connect(keyed.inputs().get(i), step.port(i), Optional.empty());
                }
            }
            case PlanNode.Aggregate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Sort _,PlanNode.Limit _ ->
                    connect(node.inputs().getFirst(), open(node, out).port(0), Optional.of(node));
        }
    }

    private void connectExchange(PlanNode.Exchange exchange, Port out, Optional<PlanNode> consumer) {
        if (fragment.entries().stream().anyMatch(exchange::isSame)) {
            wiring.entries.add(new FragmentTask.Entry(exchange, out, new Inbox()));
        } else {
            connect(exchange.input(), out, consumer); // one task: nothing to exchange
        }
    }

    private void connectStage(PlanNode top, Port out, Optional<PlanNode> consumer) {
        StageChain chain = StageChain.of(top);
        Optional<LateCheck> late = consumer.flatMap(node -> parts.plan().traits(node).freedBy())
                .map(LateCheck::atOrBelow);
        StageEnd end = top.isSame(fragment.top())
                ? new StageEnd(late, slices, panes)
                : StageEnd.of(late);
        PlanNode judge = consumer.orElse(top);
        StageStep step = new StageStep(top, judge, parts.stage(chain, end).open(task.allocator()), task, out);
        wiring.steps.add(step);
        connect(chain.source(), step, Optional.empty());
    }

    private OperatorStep open(PlanNode node, Port out) {
        OperatorStep step = new OperatorStep(node, parts.operators().open(node, task), task, out);
        wiring.steps.add(step);
        return step;
    }

    /// Whether the stage below a stateful node refuses its late rows, so that the node need not.
    static boolean isJudgedBelow(PlanNode node) {
        if (node instanceof PlanNode.Keyed) {
            return false;
        }
        List<PlanNode> inputs = node.inputs();
        PlanNode input = inputs.getFirst() instanceof PlanNode.Exchange(PlanNode below, _) ? below : inputs.getFirst();
        return !StageChain.of(input).isEmpty();
    }
}
