package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.planner.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Makes a plan that runs from a logical one. The passes, in order:
///
/// 1. `TranslatePlan`: Calcite's tree becomes ours; unsupported shapes are refused.
/// 2. `PruneColumns`: nobody reads what nobody needs. Before exchanges, so that they carry less.
/// 3. `SettleOrder`: a stream's ORDER BY is left to who hands the result over.
/// 4. `SettleOver`: in append mode, OVER by the order of time waits for the watermark.
/// 5. `CheckPlan`: what cannot stream in this mode is refused.
/// 6. `KeepExtremes`: a join of rows with the extreme of their own group becomes their first rows, which need fewer
///    columns: a plan that it changes is pruned again.
/// 7. `KeepInJoin`: a join keeps the different rows of a DISTINCT right below it. Before exchanges, as such a DISTINCT needs none.
/// 8. `FuseSessions`: sessions and what is counted of them become one node. After the check, which knows them apart.
/// 9. `PlaceExchanges`: rows of a key meet in one task.
/// 10. `ShareNodes`: what is there twice runs once. After the exchanges, as it makes a graph of the tree.
/// 11. The inferred traits of every node.
public final class IncrementalPlanner {
    private IncrementalPlanner() {}

    /// A plan that runs once a trigger. One that reads no stream has done so after the first.
    public static StreamPlan stream(LogicalPlan plan, OutputMode mode) {
        return stream(plan, mode, Rewrite.ALL);
    }

    /// A plan that runs once a trigger, with these rewrites only.
    public static StreamPlan stream(LogicalPlan plan, OutputMode mode, Set<Rewrite> rewrites) {
        return stream(plan, Running.in(mode), rewrites);
    }

    /// A plan that runs once a trigger.
    public static StreamPlan stream(LogicalPlan plan, Running running) {
        return stream(plan, running, Rewrite.ALL);
    }

    /// A plan that runs once a trigger, with these rewrites only.
    public static StreamPlan stream(LogicalPlan plan, Running running, Set<Rewrite> rewrites) {
        OutputMode mode = running.mode();
        PlanNode root = rewritten(translate(plan, mode), rewrites);
        CheckPlan.checkTypes(root);
        if (InferBounded.of(root)) { // nothing in it streams, so there is nothing to settle
            return withTraits(PlaceExchanges.in(fused(root, running, rewrites)), running, List.of());
        }
        CheckPlan.checkClock(root);
        SettleOrder.Settled settled = SettleOrder.of(root, mode);
        PlanNode whole = SettleOver.in(settled.root(), mode);
        CheckPlan check = new CheckPlan(running);
        check.check(whole);
        check.checkRoot(whole);
        PlanNode fewer = rewrites.contains(Rewrite.KEEP_EXTREMES) ? KeepExtremes.in(whole, running) : whole;
        fewer = fewer.equals(whole) ? whole : rewritten(fewer, rewrites);
        fewer = rewrites.contains(Rewrite.KEEP_IN_JOIN) ? KeepInJoin.in(fewer, running) : fewer;
        PlanNode placed = PlaceExchanges.in(fused(fewer, running, rewrites));
        return withTraits(rewrites.contains(Rewrite.SHARE_NODES) ? ShareNodes.in(placed, running) : placed,
                running,
                settled.order());
    }

    /// A plan that runs once, over what its tables hold now.
    public static StreamPlan batch(LogicalPlan plan) {
        return batch(plan, Rewrite.ALL);
    }

    /// A plan that runs once, with these rewrites only.
    public static StreamPlan batch(LogicalPlan plan, Set<Rewrite> rewrites) {
        PlanNode root = rewritten(translate(plan, OutputMode.COMPLETE), rewrites);
        if (!InferBounded.of(root)) {
            throw new IllegalArgumentException("a query over a stream has no end");
        }
        CheckPlan.checkTypes(root);
        Running once = Running.in(OutputMode.COMPLETE);
        return withTraits(PlaceExchanges.in(fused(root, once, rewrites)), once, List.of());
    }

    private static PlanNode fused(PlanNode root, Running running, Set<Rewrite> rewrites) {
        return rewrites.contains(Rewrite.FUSE_SESSIONS) ? new FuseSessions(new InferChanges(running)).in(root) : root;
    }

    private static PlanNode translate(LogicalPlan plan, OutputMode mode) {
        Relation relation = new TranslatePlan(mode).translate(plan.rel());
        return new Relation(relation.node(), relation.fields(), plan.names()).materialize();
    }

    private static PlanNode rewritten(PlanNode root, Set<Rewrite> rewrites) {
        return rewrites.contains(Rewrite.PRUNE_COLUMNS) ? PruneColumns.of(root) : root;
    }

    /// A plan whose exchanges are placed.
    static StreamPlan withTraits(PlanNode root, Running running, List<PlanNode.SortKey> order) {
        List<PlanNode> nodes = new ArrayList<>();
        IdentityHashMap<PlanNode, Traits> traits = new IdentityHashMap<>();
        InferChanges changes = new InferChanges(running);
        collect(root, running, changes, nodes, traits);
        return new StreamPlan(root, nodes, traits, running.mode(), new InferKey(changes).of(root),
                new InferDeletes(changes).of(root), running.timeToLiveMicros(), order);
    }

    private static void collect(PlanNode node, Running running, InferChanges changes, List<PlanNode> nodes,
            Map<PlanNode, Traits> traits) {
        if (traits.containsKey(node)) {
            return;
        }
        node.inputs().forEach(input -> collect(input, running, changes, nodes, traits));
        nodes.add(node);
        traits.put(node, traits(node, running, changes));
    }

    /// All that the output mode and the time to live have to say of how a node runs.
    static Traits traits(PlanNode node, Running running, InferChanges changes) {
        boolean bounded = InferBounded.of(node);
        boolean onClose = !bounded && changes.emitsOnClose(node);
        return new Traits(changes.of(node), InferEventTime.of(node), onClose,
                bounded ? Optional.empty() : freedBy(node, running.mode()), bounded,
                bounded ? List.of() : changes.timesToLive(node),
                running.mode() == OutputMode.COMPLETE && JoinTime.ofAny(node).isPresent());
    }

    /// The input column whose time frees the node's state. Complete mode keeps everything, so nothing is late there; but a match
    /// goes by the order of time in any mode, and what duplicates are within a watermark is the same in any.
    static Optional<Integer> freedBy(PlanNode node, OutputMode mode) {
        if (mode == OutputMode.COMPLETE && !(node instanceof MatchRecognize || node instanceof DropWithinWatermark)) {
            return Optional.empty();
        }
        OptionalInt column = InferFreeing.of(node);
        return column.isPresent() ? Optional.of(column.getAsInt()) : Optional.empty();
    }
}
