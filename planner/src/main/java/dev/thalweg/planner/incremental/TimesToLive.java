package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Says how long an operator keeps what no row reaches: as a hint on its input says ([PlanNode.Lives]), else as the query does.
public final class TimesToLive {
    private TimesToLive() {}

    /// Of the rows of an input of a join; of any other node, of its keys: as long as the input that wants them longest. A table
    /// wants nothing: no row of it comes again.
    static OptionalLong of(PlanNode node, int input, OptionalLong ofQuery) {
        if (node instanceof StreamJoin join) {
            return resolved(join.inputs().get(input), ofQuery);
        }
        List<OptionalLong> all = streams(node).map(each -> resolved(each, ofQuery)).toList();
        return all.stream().anyMatch(OptionalLong::isEmpty)
                ? OptionalLong.empty()
                : all.stream().mapToLong(OptionalLong::getAsLong).max();
    }

    private static Stream<PlanNode> streams(PlanNode node) {
        return node.inputs().stream().filter(input -> !InferBounded.of(input));
    }

    private static OptionalLong resolved(PlanNode input, OptionalLong ofQuery) {
        Optional<Long> hinted = hinted(input);
        return hinted.isEmpty()
                ? ofQuery
                : hinted.get() == 0 ? OptionalLong.empty() : OptionalLong.of(hinted.get());
    }

    /// Whether a hint says that an operator forgets nothing, whatever the query says.
    public static boolean isForEver(PlanNode node) {
        return node.inputs().stream().anyMatch(input -> hinted(input).filter(micros -> micros == 0).isPresent());
    }

    /// Nothing, unless there is one of each; 0 is the longest.
    private static Optional<Long> longest(List<Optional<Long>> hints) {
        if (hints.isEmpty() || hints.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<Long> all = hints.stream().map(Optional::get).toList();
        return all.contains(0L) ? Optional.of(0L) : all.stream().max(Long::compare);
    }

    /// The nearest hint below, among nodes that keep nothing. Rows of several inputs are kept as long as those that are to be kept longest.
    static Optional<Long> hinted(PlanNode node) {
        return switch (node) {
            case PlanNode.Lives lives -> Optional.of(lives.micros());
            case PlanNode.Filter _,PlanNode.Project _,PlanNode.Watermark _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Exchange _ ->
                    hinted(node.inputs().getFirst());
            case PlanNode.ClockFilter filter -> hinted(filter.input());
            case PlanNode.StaticJoin join -> hinted(join.stream());
            case PlanNode.Union union -> longest(streams(union).map(TimesToLive::hinted).toList());
            default -> Optional.empty(); // a rule: other nodes make rows of their own
        };
    }
}
