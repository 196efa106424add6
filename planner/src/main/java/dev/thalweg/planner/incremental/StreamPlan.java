package dev.thalweg.planner.incremental;

import dev.thalweg.spi.data.RowType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A whole incremental plan, ready to run: the nodes with their exchanges, and the traits of each. A graph, where a node that is
/// there twice serves several readers.
///
/// @param nodes every node once, inputs before their consumers; a node's place in it is its id
/// @param traits of each node, by identity
/// @param mode of the result; of a plan of several results that of the first, and each part has its own
/// @param key the output columns that identify a result row, when the plan knows some
/// @param mayDelete whether a key of the result can vanish (without a key: whether any row can change), so that a sink
///        that only takes new rows does not serve
/// @param timeToLiveMicros how long keys live that nothing else frees and that no row reaches; empty: for ever
/// @param order in which complete mode hands the result over; elsewhere it is left to who reads the result
public record StreamPlan(PlanNode root, List<PlanNode> nodes, Map<PlanNode, Traits> traits, OutputMode mode,
        Optional<List<Integer>> key, boolean mayDelete, OptionalLong timeToLiveMicros, List<PlanNode.SortKey> order) {
    @SuppressWarnings("IdentityHashMapUsage") // what is handed over is by identity too: equal nodes have traits of their own
    public StreamPlan {
        nodes = List.copyOf(nodes);
        order = List.copyOf(order);
        IdentityHashMap<PlanNode, Traits> copy = new IdentityHashMap<>(traits);
        traits = Collections.unmodifiableMap(copy);
    }

    /// A plan whose result has no order, and whose state lives for ever.
    public StreamPlan(PlanNode root, List<PlanNode> nodes, Map<PlanNode, Traits> traits, OutputMode mode,
            Optional<List<Integer>> key, boolean mayDelete) {
        this(root, nodes, traits, mode, key, mayDelete, OptionalLong.empty(), List.of());
    }

    /// What has been inferred about a node.
    ///
    /// @param changes of the node's output
    /// @param eventTime of the node's output
    /// @param emitsOnClose an aggregate that hands a group over once, when the watermark closes it (append mode)
    /// @param freedBy the node's state is freed by this column of its input; empty: never freed
    /// @param boundedInput no streaming scan below
    /// @param timesToLive how long the node keeps, by the clock, what no row reaches: a join of the rows of each input, any other
    ///        node of its keys, in one number; empty: for ever
    /// @param keepsAll a join whose rows event time could free, and does not: complete mode keeps everything
    public record Traits(Changes changes, EventTime eventTime, boolean emitsOnClose, Optional<Integer> freedBy,
            boolean boundedInput, List<OptionalLong> timesToLive, boolean keepsAll) {
        public Traits {
            timesToLive = List.copyOf(timesToLive);
        }

        /// Of a node whose keys have no time to live.
        public Traits(Changes changes, EventTime eventTime, boolean emitsOnClose, Optional<Integer> freedBy,
                boolean boundedInput) {
            this(changes, eventTime, emitsOnClose, freedBy, boundedInput, List.of(), false);
        }

        /// Whether the clock makes the node forget anything.
        public boolean forgets() {
            return timesToLive.stream().anyMatch(OptionalLong::isPresent);
        }

        /// Of a join how long the rows of an input live, in microseconds; of any other node, at 0, its keys; empty: for ever.
        public OptionalLong timeToLive(int input) {
            return input < timesToLive.size() ? timesToLive.get(input) : OptionalLong.empty();
        }
    }

    public Traits traits(PlanNode node) {
        Traits found = traits.get(node);
        if (found == null) {
            throw new IllegalArgumentException("not a node of this plan: " + node);
        }
        return found;
    }

    /// The nodes that make this result, inputs first: of a part of a plan of several results not all that run.
    public List<PlanNode> own() {
        Set<PlanNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(root, found);
        return nodes.stream().filter(found::contains).toList();
    }

    private static void collect(PlanNode node, Set<PlanNode> found) {
        if (found.add(node)) {
            node.inputs().forEach(input -> collect(input, found));
        }
    }

    public RowType schema() {
        return root.schema();
    }
}
