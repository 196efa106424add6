package dev.thalweg.tests.law;

import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.AggregateCall;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A bug that the engine could have, planted into the plan it runs or into its run. The law must find each.
enum Mutant {
    NONE(plan -> plan), WATERMARK_OFF_BY_ONE(plan -> PlanRewrite.nodes(plan,
            node -> node instanceof PlanNode.Watermark w
                    ? new PlanNode.Watermark(w.input(), w.column(), w.delayMicros() + 1)
                    : node)), LATE_ROWS_KEPT(
                            plan -> PlanRewrite.traits(plan, (node, traits) -> node instanceof Aggregate
                                    ? new Traits(traits.changes(), traits.eventTime(), traits.emitsOnClose(),
                                            Optional.empty(), traits.boundedInput())
                                    : traits)), WINDOW_BOUNDARY_OFF_BY_ONE(
                                            plan -> PlanRewrite.nodes(plan,
                                                    node -> node instanceof PlanNode.WindowAssign w
                                                            ? new PlanNode.WindowAssign(w.input(), w.time(),
                                                                    w.size() + 1, w.slide(), w.offset(), w.schema())
                                                            : node)),
    /// Every operator believes that its input only grows.
    LOST_RETRACTION(plan -> PlanRewrite.traits(plan, (node, traits) -> node.isSame(plan.root())
            ? traits
            : new Traits(Changes.INSERT_ONLY, traits.eventTime(), traits.emitsOnClose(), traits.freedBy(),
                    traits.boundedInput()))), EMITTED_BEFORE_CLOSED(plan -> PlanRewrite.traits(plan,
                            (node, traits) -> traits.emitsOnClose()
                                    ? new Traits(traits.changes(), traits.eventTime(), false, traits.freedBy(),
                                            traits.boundedInput())
                                    : traits)), FILTER_IGNORED(plan -> calls(plan,
                                            call -> new AggregateCall(call.function(), call.arguments(),
                                                    call.distinct(),
                                                    Optional.empty(), call.ignoreNulls(), call.type(),
                                                    call.nullable()))), DISTINCT_COUNTED_TWICE(plan -> calls(
                                                            plan,
                                                            call -> new AggregateCall(call.function(), call.arguments(),
                                                                    false,
                                                                    call.filter(), call.ignoreNulls(), call.type(),
                                                                    call.nullable()))), NULL_GROUP_DROPPED(
                                                                            plan -> PlanRewrite.nodes(plan,
                                                                                    Mutant::withoutNullGroup)), UNION_FORGETS_AN_INPUT(
                                                                                            plan -> PlanRewrite.nodes(
                                                                                                    plan,
                                                                                                    node -> node instanceof PlanNode.Union u
                                                                                                            ? new PlanNode.Union(
                                                                                                                    List.of(u
                                                                                                                            .inputs()
                                                                                                                            .getFirst(),
                                                                                                                            u.inputs()
                                                                                                                                    .getFirst()),
                                                                                                                    u.schema())
                                                                                                            : node)), JOIN_CONDITION_IGNORED(
                                                                                                                    plan -> PlanRewrite
                                                                                                                            .nodes(plan,
                                                                                                                                    node -> node instanceof PlanNode.StaticJoin j
                                                                                                                                            ? new PlanNode.StaticJoin(
                                                                                                                                                    j.stream(),
                                                                                                                                                    j.table(),
                                                                                                                                                    j.kind(),
                                                                                                                                                    j.streamKeys(),
                                                                                                                                                    j.tableKeys(),
                                                                                                                                                    Optional.empty(),
                                                                                                                                                    j.schema())
                                                                                                                                            : node)),
    /// A start finds nothing in its checkpoint.
    SKIPPED_RESTORE(plan -> plan),
    /// A start runs the last trigger again.
    TRIGGER_RUN_TWICE(plan -> plan),
    /// A changelog without its `-U`.
    MISSING_UPDATE_BEFORE(plan -> plan),
    /// A changelog without its `-D`.
    MISSING_DELETE(plan -> plan);

    @SuppressWarnings("ImmutableEnumChecker") // the changes keep nothing
    private final UnaryOperator<StreamPlan> change;

    Mutant(UnaryOperator<StreamPlan> change) {
        this.change = change;
    }

    StreamPlan in(StreamPlan plan) {
        return change.apply(plan);
    }

    boolean swallows(String change) {
        return (this == MISSING_DELETE && change.equals("-D"))
                || (this == MISSING_UPDATE_BEFORE && change.equals("-U"));
    }

    private static StreamPlan calls(StreamPlan plan, UnaryOperator<AggregateCall> change) {
        return PlanRewrite.nodes(plan, node -> node instanceof Aggregate a
                ? new Aggregate(a.input(), a.keys(), a.calls().stream().map(change).toList(), a.schema())
                : node);
    }

    private static PlanNode withoutNullGroup(PlanNode node) {
        if (!(node instanceof Aggregate a) || a.keys().isEmpty()) {
            return node;
        }
        int key = a.keys().getLast();
        Expression column = new Expression.Input(key, a.input().schema().type(key), true);
        PlanNode known = new PlanNode.Filter(a.input(),
                new Expression.Call("isnotnull", List.of(column), Simple.BOOLEAN, false));
        return new Aggregate(known, a.keys(), a.calls(), a.schema());
    }
}
