package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.execution.exchange.Inbox;
import dev.thalweg.execution.exchange.KeyRouter;
import dev.thalweg.execution.expression.LateCheck;
import dev.thalweg.execution.expression.StageChain;
import dev.thalweg.execution.expression.StageEnd;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Panes;
import dev.thalweg.planner.incremental.PlanNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes one task's copy of a fragment: from its last nodes down, each node is given the port that takes its output.
final class WireFragment {
    private final DataflowParts parts;
    private final Fragment fragment;
    private final TaskContext task;
    private final FragmentTask.Wiring wiring = new FragmentTask.Wiring();
    private final IdentityHashMap<PlanNode, Integer> readers;
    /// Of nodes with several readers: the ports of those that have been connected.
    private final IdentityHashMap<PlanNode, List<Port>> forks = new IdentityHashMap<>();
    private Tail tail = new Tail(Set.of(), Optional.empty());

    WireFragment(DataflowParts parts, Fragment fragment, TaskContext task) {
        this.parts = parts;
        this.fragment = fragment;
        this.task = task;
        this.readers = parts.readers();
    }

    /// What a way out wants of the stage that ends there.
    ///
    /// @param slices columns that are wanted as slices
    /// @param panes what rows have in place of windows
    private record Tail(Set<Integer> slices, Optional<Panes> panes) {}

    FragmentTask wire() {
        Exits exits = new Exits();
        try {
            fragment.ways().forEach(way -> connectWay(way, exits));
        } catch (RuntimeException e) {
            wiring.steps.forEach(Step::close);
            exits.close();
            throw e;
        }
        Collections.reverse(wiring.steps); // made from the top down, run from the bottom up
        parts.loops().arrange(wiring.steps);
        return new FragmentTask(task, exits, wiring);
    }

    private void connectWay(Fragment.Way way, Exits exits) {
        Optional<PlanNode> consumer = way.exit().map(parts::consumer);
        Optional<Panes> cut = consumer.flatMap(node -> FindPanes.of(StageChain.of(way.top()), node));
        Optional<Operator> fold = consumer.flatMap(node -> parts.operators().preAggregate(node, cut, task));
        Exit exit = new Exit(way.exit().map(exchange -> new KeyRouter(
                parts.routingKey(exchange, fold.isPresent()), parts.tasks(), task.allocator())), parts.tasks());
        exits.add(exit);
        if (fold.isPresent() && consumer.isPresent()) { // rows are folded before they travel
            OperatorStep step = new OperatorStep(consumer.get(), fold.get(), task, exit);
            wiring.steps.add(step);
            tail = new Tail(readAsKeysOnly(consumer.get()), cut);
            connect(way.top(), step.port(0), consumer);
        } else {
            tail = new Tail(Set.of(), Optional.empty());
            connect(way.top(), exit, consumer);
        }
    }

    /// The columns that an aggregate only looks up: it need not be given a copy of their texts.
    private static Set<Integer> readAsKeysOnly(PlanNode node) {
        if (!(node instanceof PlanNode.Aggregate aggregate)) {
            return Set.of();
        }
        Set<Integer> columns = new HashSet<>(aggregate.keys());
        for (AggregateCall call : aggregate.calls()) {
            columns.removeAll(Set.copyOf(call.arguments()));
            call.filter().ifPresent(columns::remove);
        }
        return columns;
    }

    /// @param consumer the stateful node that `out` leads to without any other in between, if it does
    private void connect(PlanNode node, Port out, Optional<PlanNode> consumer) {
        int all = readers.getOrDefault(node, 1);
        if (all == 1) {
            connectOnly(node, out, consumer);
            return;
        }
        List<Port> ports = forks.computeIfAbsent(node, _ -> new ArrayList<>());
        ports.add(out);
        if (ports.size() == all) {
            connectOnly(node, fork(List.copyOf(ports)), Optional.empty());
        }
    }

    /// Gives each batch to every one of several readers.
    private static Port fork(List<Port> ports) {
        return batch -> {
            for (int i = 1; i < ports.size(); i++) {
                batch.retain();
            }
            for (int i = 0; i < ports.size(); i++) {
                try {
                    ports.get(i).take(batch);
                } catch (RuntimeException | Error e) {
                    for (int left = i + 1; left < ports.size(); left++) {
                        batch.close();
                    }
                    throw e;
                }
            }
        };
    }

    private void connectOnly(PlanNode node, Port out, Optional<PlanNode> consumer) {
        switch (node) {
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Recursion _ ->
                    wiring.leaves.put(node, out);
            case PlanNode.Exchange exchange -> connectExchange(exchange, out, consumer);
            case PlanNode.Watermark watermark -> {
                GaugeStep gauge = new GaugeStep(watermark, out);
                wiring.steps.add(gauge);
                connect(watermark.input(), gauge, Optional.empty());
            }
            case PlanNode.Union union -> union.inputs().forEach(input -> connect(input, out, Optional.empty()));
            case PlanNode.Filter _,PlanNode.Lives _,PlanNode.Project _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _ ->
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
        boolean isLast = fragment.ways().stream().anyMatch(way -> way.top().isSame(top));
        StageEnd end = isLast ? new StageEnd(late, tail.slices(), tail.panes()) : StageEnd.of(late);
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
