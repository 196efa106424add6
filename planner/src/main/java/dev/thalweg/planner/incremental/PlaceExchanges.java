package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Keyed;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import java.util.List;
import java.util.stream.IntStream;

/// Puts an exchange below every node that must see all rows of a key in one task, unless they already are.
final class PlaceExchanges {
    private PlaceExchanges() {}

    static PlanNode in(PlanNode node) {
        return switch (node) {
            case Scan _,Values _,PlanNode.RecursiveRows _ -> node;
            case PlanNode.Recursion r ->
                    new PlanNode.Recursion(in(r.anchor()), in(r.step()), r.rows(), r.all(), r.levelsMax(), r.schema());
            case Filter(PlanNode input, Expression condition) -> new Filter(in(input), condition);
            case PlanNode.Lives lives -> NodeOver.of(lives, List.of(in(lives.input())));
            case Project project -> new Project(in(project.input()), project.expressions(), project.schema());
            case Watermark watermark ->
                    new Watermark(in(watermark.input()), watermark.column(), watermark.delayMicros());
            case WindowAssign w ->
                    w.over(in(w.input()), w.time(), w.schema());
            case Generate g -> new Generate(in(g.input()), g.function(), g.arguments(), g.outer(), g.schema());
            case Expand expand -> new Expand(in(expand.input()), expand.projections(), expand.schema());
            case Union union -> new Union(union.inputs().stream().map(PlaceExchanges::in).toList(), union.schema());
            case Exchange(PlanNode input, List<Integer> keys) -> new Exchange(in(input), keys);
            case Aggregate aggregate -> new Aggregate(by(in(aggregate.input()), aggregate.keys()), aggregate.keys(),
                    aggregate.calls(), aggregate.schema());
            case Distinct(PlanNode input, boolean inJoin) when inJoin -> new Distinct(in(input), true);
            case Distinct(PlanNode input, _) ->
                    new Distinct(by(in(input), IntStream.range(0, input.schema().size()).boxed().toList()),
                            false);
            case DropDuplicates(PlanNode input, List<Integer> keys) -> new DropDuplicates(by(in(input), keys), keys);
            case StaticJoin join -> new StaticJoin(in(join.stream()), in(join.table()), join.kind(), join.streamKeys(),
                    join.tableKeys(), join.condition(), join.schema());
            case Keyed keyed -> keyed(keyed);
            case Sort(PlanNode input, _) when !InferBounded.of(input) -> in(input); // changes have no order
            case Sort(PlanNode input, List<PlanNode.SortKey> keys) -> new Sort(by(in(input), List.of()), keys);
            case Limit(PlanNode input, long offset, long count) ->
                    new Limit(by(in(input), List.of()), offset, count);
        };
    }

    /// Rows of several inputs meet only if all of them are sent by the same columns: one that lies well already does not help.
    private static PlanNode keyed(Keyed node) {
        List<PlanNode> inputs = node.inputs().stream().map(PlaceExchanges::in).toList();
        boolean alone = inputs.size() == 1;
        return node.over(IntStream.range(0, inputs.size())
                .mapToObj(i -> alone ? by(inputs.get(i), node.meetBy(i)) : new Exchange(inputs.get(i), node.meetBy(i)))
                .map(PlanNode.class::cast).toList());
    }

    private static PlanNode by(PlanNode input, List<Integer> keys) {
        return InferDistribution.of(input).satisfies(keys) ? input : new Exchange(input, keys);
    }

    /// Positions of moved columns in a projection; empty when one of them is gone.
    static List<Integer> moved(List<Integer> columns, List<Expression> expressions) {
        List<Integer> positions = columns.stream().map(column -> IntStream.range(0, expressions.size())
                .filter(i -> expressions.get(i) instanceof Input(int c, _, _) && c == column).findFirst().orElse(-1))
                .toList();
        return positions.contains(-1) ? List.of() : positions;
    }
}
