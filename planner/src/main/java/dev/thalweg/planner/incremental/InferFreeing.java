package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Says which column of a node's input is the time by which its rows are late and its state is freed.
///
/// A join has one on each side: [JoinTime].
final class InferFreeing {
    private InferFreeing() {}

    static OptionalInt of(PlanNode node) {
        return switch (node) {
            case Aggregate aggregate -> deciding(aggregate.input(), aggregate.keys());
            case Distinct distinct -> deciding(distinct.input(), all(distinct));
            case DropDuplicates duplicates -> deciding(duplicates.input(), duplicates.keys());
            case Over over when over.byTime() ->
                    deciding(over.input(), java.util.List.of(over.order().getFirst().column()));
            case Over over -> deciding(over.input(), over.partition());
            case TopN top -> deciding(top.input(), top.partition());
            case MatchRecognize match ->
                    deciding(match.input(), java.util.List.of(match.order().getFirst().column()));
            case DropWithinWatermark within -> OptionalInt.of(within.time());
            case SessionAssign session -> deciding(session.input(), java.util.List.of(session.time()));
            case PlanNode.SessionAggregate session -> of(session.sessions());
            case SetOperation set -> InferEventTime.common(set.inputs()).deciding(all(set));
            default -> OptionalInt.empty(); // a rule: other nodes keep no state that one column frees
        };
    }

    private static OptionalInt deciding(PlanNode input, Iterable<Integer> candidates) {
        return InferEventTime.of(input).deciding(candidates);
    }

    private static Iterable<Integer> all(PlanNode node) {
        return IntStream.range(0, node.schema().size()).boxed().toList();
    }
}
