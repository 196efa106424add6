package dev.thalweg.planner.incremental;

import static dev.thalweg.planner.incremental.Changes.INSERT_ONLY;
import static dev.thalweg.planner.incremental.Changes.RETRACT;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import java.util.List;
import java.util.OptionalLong;

/// Says how the output of a node can change from one trigger to the next. Bottom up, no state.
///
/// Where it cannot tell it answers `RETRACT`: always right, only slower.
final class InferChanges {
    private final OutputMode mode;
    private final OptionalLong timeToLive;

    InferChanges(Running running) {
        this.mode = running.mode();
        this.timeToLive = running.timeToLiveMicros();
    }

    Changes of(PlanNode node) {
        if (InferBounded.of(node)) {
            return INSERT_ONLY; // one trigger sees all of it
        }
        return switch (node) {
            case Scan _,Values _,PlanNode.Recursion _ -> INSERT_ONLY;
            case PlanNode.RecursiveRows _ -> RETRACT; // a shorter way to a row takes it back from the longer one's level
            case RecursiveUnion union -> union.outside().stream().map(this::of).reduce(INSERT_ONLY, Changes::and);
            case Filter filter -> of(filter.input());
            case PlanNode.Lives lives -> of(lives.input());
            case Project project -> of(project.input());
            case Watermark watermark -> of(watermark.input());
            case WindowAssign window -> of(window.input());
            case Generate generate -> of(generate.input());
            case Expand expand -> of(expand.input());
            case Exchange exchange -> of(exchange.input());
            case Aggregate aggregate -> emitsOnClose(aggregate) ? INSERT_ONLY : RETRACT; // else a group takes its old row back
            case Distinct distinct when takesForgottenBack(distinct) -> RETRACT;
            case Distinct distinct -> of(distinct.input());
            case DropDuplicates duplicates -> of(duplicates.input());
            case DropWithinWatermark within -> of(within.input());
            case Union union -> union.inputs().stream().map(this::of).reduce(INSERT_ONLY, Changes::and);
            case StaticJoin join -> of(join.stream());
            case StreamJoin join -> join(join);
            case AsofJoin join when InferBounded.of(join.right()) -> of(join.left()); // no nearer row comes
            case SetOperation set when takesForgottenBack(set) -> RETRACT;
            case SetOperation set when set.kind() == SetOperation.Kind.INTERSECT ->
                    of(set.left()).and(of(set.right())); // what is in both stays in both
            case SetOperation set when InferBounded.of(set.right()) -> of(set.left()); // no more is taken off later
            case TopN top when top.order().isEmpty() && top.rank() == TopN.Rank.ROW_NUMBER
                    && of(top.input()) == INSERT_ONLY -> INSERT_ONLY; // the first to come stay the first
            case MatchRecognize _ -> INSERT_ONLY; // a match is told when no row can change it
            case AsofJoin _,SetOperation _,Over _,TopN _,SessionAssign _,PlanNode.SessionAggregate _ ->
                    emitsOnClose(node) ? INSERT_ONLY : RETRACT;
            case PlanNode.ClockFilter filter -> filter.leaves() ? RETRACT : of(filter.input());
            case Sort sort -> of(sort.input());
            case Limit _ -> RETRACT; // what was in the first rows may leave them
        };
    }

    private Changes join(StreamJoin join) {
        Changes inputs = of(join.left()).and(of(join.right()));
        return switch (join.kind()) {
            case INNER, SEMI -> takesForgottenBack(join) ? RETRACT : inputs; // who has found a match keeps it
            case LEFT, RIGHT, FULL, ANTI -> emitsOnClose(join) ? INSERT_ONLY : RETRACT;
        };
    }

    /// How long a node keeps what no row has reached: where nothing else frees it, and where no row comes that takes back what has
    /// been forgotten. As [StreamPlan.Traits] has it.
    List<OptionalLong> timesToLive(PlanNode node) {
        if (node instanceof StreamJoin join) {
            return List.of(timeToLive(join, 0), timeToLive(join, 1));
        }
        OptionalLong lives = ForgettableKeys.in(node) ? TimesToLive.of(node, 0, timeToLive) : OptionalLong.empty();
        return lives.isPresent() && !InferBounded.of(node)
                && (IncrementalPlanner.freedBy(node, mode).isEmpty() || ForgettableKeys.outliveTime(node))
                && node.inputs().stream().allMatch(input -> of(input) == INSERT_ONLY)
                        ? List.of(lives)
                        : List.of();
    }

    private OptionalLong timeToLive(StreamJoin join, int side) {
        PlanNode input = join.inputs().get(side);
        OptionalLong lives = TimesToLive.of(join, side, timeToLive);
        boolean forgets = lives.isPresent() && !InferBounded.of(input) && !RecursiveUnion.isInLoop(join)
                && of(input) == INSERT_ONLY
                && (mode == OutputMode.COMPLETE || !JoinTime.frees(join, side));
        return forgets ? lives : OptionalLong.empty();
    }

    boolean forgets(PlanNode node) {
        return timesToLive(node).stream().anyMatch(OptionalLong::isPresent);
    }

    /// What was handed over in append mode is final; elsewhere it is taken back when it is forgotten.
    boolean takesForgottenBack(PlanNode node) {
        return mode != OutputMode.APPEND && forgets(node);
    }

    /// Append mode hands over once what may still change, when the watermark has closed it: a group, a row without a match, a row whose
    /// nearest may still come.
    boolean emitsOnClose(PlanNode node) {
        if (mode != OutputMode.APPEND || node.inputs().stream().anyMatch(input -> of(input) == RETRACT)) {
            return false;
        }
        return switch (node) {
            case StreamJoin join -> join.kind() != JoinKind.INNER && join.kind() != JoinKind.SEMI
                    && JoinTime.of(join).filter(time -> time.frees(join.kind())).isPresent();
            case AsofJoin join -> !InferBounded.of(join.right())
                    && JoinTime.of(join).filter(time -> time.frees(join.kind())).isPresent();
            case SetOperation set -> set.kind() == SetOperation.Kind.EXCEPT && !InferBounded.of(set.right())
                    && InferFreeing.of(node).isPresent();
            case Aggregate _,Over _,TopN _,SessionAssign _,PlanNode.SessionAggregate _ ->
                    InferFreeing.of(node).isPresent();
            default -> false; // a rule: other nodes hand over what they have at once
        };
    }
}
