package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.RecursiveUnion;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A run of nodes between exchanges: what one task can do without any other.
///
/// It is whole in itself (plan in, batches and watermarks in, batches out), so that it can be sent elsewhere.
///
/// @param ways by which rows leave it; more than one where several nodes read one
/// @param entries exchanges it reads
/// @param leaves scans and values it reads
record Fragment(List<Way> ways, List<PlanNode.Exchange> entries, List<PlanNode> leaves) {
    Fragment {
        ways = List.copyOf(ways);
        entries = List.copyOf(entries);
        leaves = List.copyOf(leaves);
    }

    /// A way out.
    ///
    /// @param top the last node before it
    /// @param exit the exchange it feeds; empty: a result of the plan
    /// @param output which of the results
    record Way(PlanNode top, Optional<PlanNode.Exchange> exit, int output) {}

    /// Cuts a plan at its exchanges, those that feed before those that are fed. One task needs no exchange.
    ///
    /// @param roots where the results come out
    static List<Fragment> cut(List<PlanNode> roots, int tasks) {
        Cutting cutting = new Cutting(tasks);
        for (int i = 0; i < roots.size(); i++) {
            cutting.way(new Way(roots.get(i), Optional.empty(), i));
        }
        return cutting.inOrder();
    }

    /// Nodes that no exchange parts from each other.
    private static final class Part {
        private final List<Way> ways = new ArrayList<>();
        private final List<PlanNode.Exchange> entries = new ArrayList<>();
        private final List<PlanNode> leaves = new ArrayList<>();
        private Optional<Part> joined = Optional.empty();

        Part whole() {
            return joined.isPresent() ? joined.get().whole() : this;
        }

        /// Both are one: a node of the one reads a node of the other.
        void join(Part other) {
            if (other != this) {
                ways.addAll(other.ways);
                entries.addAll(other.entries);
                leaves.addAll(other.leaves);
                other.joined = Optional.of(this);
            }
        }
    }

    private static final class Cutting {
        private final int tasks;
        private final List<Part> parts = new ArrayList<>();
        private final IdentityHashMap<PlanNode, Part> partOf = new IdentityHashMap<>();
        private final List<RecursiveUnion> loops = new ArrayList<>();

        Cutting(int tasks) {
            this.tasks = tasks;
        }

        void way(Way way) {
            Part part = new Part();
            part.ways.add(way);
            parts.add(part);
            visit(way.top(), part);
        }

        private void visit(PlanNode node, Part part) {
            Part known = partOf.putIfAbsent(node, part);
            if (known != null) {
                known.whole().join(part.whole());
                return;
            }
            if (node instanceof RecursiveUnion union) {
                loops.add(union);
            }
            switch (node) {
                case PlanNode.Exchange exchange when tasks > 1 -> {
                    part.whole().entries.add(exchange);
                    way(new Way(exchange.input(), Optional.of(exchange), -1));
                }
                case PlanNode.Scan _,PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Recursion _ ->
                        part.whole().leaves.add(node);
                case PlanNode.StaticJoin join -> visit(join.stream(), part); // its table is read at start
                case PlanNode.Exchange _,PlanNode.Filter _,PlanNode.Lives _,PlanNode.Project _,PlanNode.Watermark _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Aggregate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Union _,PlanNode.Keyed _,PlanNode.Sort _,PlanNode.Limit _ ->
                        node.inputs().forEach(input -> visit(input, part));
            }
        }

        List<Fragment> inOrder() {
            List<Part> ordered = new ArrayList<>();
            for (Part part : parts) {
                add(part.whole(), ordered, new ArrayList<>());
            }
            return ordered.stream().map(part -> new Fragment(part.ways, part.entries, part.leaves)).toList();
        }

        private void add(Part part, List<Part> ordered, List<Part> waiting) {
            if (ordered.contains(part)) {
                return;
            }
            if (waiting.contains(part)) {
                throw new IllegalArgumentException("rows would go round in a circle");
            }
            waiting.add(part);
            for (Part mate : mates(part)) {
                mate.entries.stream().map(this::feeding).filter(feeding -> !mates(part).contains(feeding))
                        .forEach(feeding -> add(feeding, ordered, waiting));
            }
            for (PlanNode.Exchange entry : part.entries) {
                add(feeding(entry), ordered, waiting);
            }
            ordered.add(part);
        }

        /// The parts that hold the other nodes of a loop: what comes into it from outside must have come before any of them
        /// moves on in time.
        private List<Part> mates(Part part) {
            return loops.stream().map(RecursiveUnion::loop).map(loop -> loop.stream()
                    .map(node -> Objects.requireNonNull(partOf.get(node)).whole()).distinct().toList())
                    .filter(mates -> mates.contains(part)).findFirst().orElse(List.of());
        }

        private Part feeding(PlanNode.Exchange entry) {
            return parts.stream().filter(part -> part.joined.isEmpty())
                    .filter(part -> part.ways.stream().anyMatch(way -> way.exit().filter(entry::isSame).isPresent()))
                    .findFirst().orElseThrow();
        }
    }
}
