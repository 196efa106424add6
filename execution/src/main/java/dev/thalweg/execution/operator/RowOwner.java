package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.arrow.memory.BufferAllocator;

/// By which columns the rows of an edge were sent to their task, where the node that reads them was not the one they were
/// sent for.
///
/// A node whose input is distributed well enough has no exchange of its own; its state must then live in the key groups of
/// the exchange below, or another parallelism would part it from its rows.
///
/// @param columns of `row`, as the exchange lists its keys; none: all rows go to one task
/// @param time which of them leads the encoded key
record RowOwner(RowType row, List<Integer> columns, OptionalInt time) {
    /// Empty where the node's own key decides, because its exchange is right below it or there is none.
    static Optional<RowOwner> of(StreamPlan plan, PlanNode node) {
        PlanNode input = node.inputs().getFirst();
        return input instanceof PlanNode.Exchange ? Optional.empty() : trace(plan, input);
    }

    KeyEncoder encoder(BufferAllocator allocator) {
        return KeyEncoder.of(row, columns, time, allocator);
    }

    private static Optional<RowOwner> trace(StreamPlan plan, PlanNode node) {
        return switch (node) {
            case PlanNode.Exchange exchange -> Optional.of(new RowOwner(exchange.schema(), exchange.keys(),
                    leading(plan, exchange)));
            case MatchRecognize match -> trace(plan, match.input())
                    .flatMap(owner -> owner.moved(match.kept(), match.schema()));
            case PlanNode.SessionAggregate session -> trace(plan, session.sessions().input())
                    .flatMap(owner -> owner.moved(session.groups().keys(), session.schema()));
            case PlanNode.Filter _,PlanNode.Lives _,PlanNode.Watermark _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Sort _,PlanNode.Limit _,PlanNode.StaticJoin _,PlanNode.Keyed _ ->
                    trace(plan, node.inputs().getFirst()).map(owner -> owner.in(node.schema())); // columns stay in place
            case PlanNode.Project project -> trace(plan, project.input()).flatMap(owner -> owner.through(project));
            case PlanNode.Aggregate aggregate -> trace(plan, aggregate.input())
                    .flatMap(owner -> owner.moved(aggregate.keys(), aggregate.schema()));
            case PlanNode.Expand expand -> trace(plan, expand.input()).flatMap(owner -> owner.throughExpand(expand));
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Recursion _,PlanNode.Union _ ->
                    Optional.empty(); // an exchange is always above
        };
    }

    private static OptionalInt leading(StreamPlan plan, PlanNode.Exchange exchange) {
        return plan.nodes().stream().filter(node -> node.inputs().stream().anyMatch(exchange::isSame))
                .findFirst().flatMap(consumer -> plan.traits(consumer).freedBy()).map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /// The same columns in a row of nothing but `keys`, which hold them all.
    RowOwner among(List<Integer> keys, RowType schema) {
        return moved(keys, schema).orElseThrow(() -> new Defect("THW-9444", "Rows were sent to their task by columns "
                + columns + " but meet by " + keys + ". Please send the query and EXPLAIN INCREMENTAL of it."));
    }

    RowOwner in(RowType schema) {
        return new RowOwner(schema, columns, time);
    }

    /// Copies of a row have other values in its columns, so only what goes to one task anyway is still in its place.
    private Optional<RowOwner> throughExpand(PlanNode.Expand expand) {
        return columns.isEmpty() ? Optional.of(in(expand.schema())) : Optional.empty();
    }

    private Optional<RowOwner> through(PlanNode.Project project) {
        List<Integer> sources = new ArrayList<>();
        for (Expression expression : project.expressions()) {
            sources.add(expression instanceof Expression.Input(int column, _, _) ? column : -1);
        }
        return moved(sources, project.schema());
    }

    /// @param sources the column of this edge that each column of the next one is
    private Optional<RowOwner> moved(List<Integer> sources, RowType schema) {
        List<Integer> places = columns.stream().map(sources::indexOf).toList();
        if (places.contains(-1)) {
            return Optional.empty();
        }
        OptionalInt leads = time.isPresent() ? OptionalInt.of(sources.indexOf(time.getAsInt())) : time;
        return Optional.of(new RowOwner(schema, places, leads));
    }
}
