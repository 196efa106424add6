package dev.thalweg.planner.incremental;

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
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import java.util.List;

/// Says how the rows of a node are spread over tasks.
final class InferDistribution {
    private InferDistribution() {}

    /// @param kind how rows are spread
    /// @param keys for `HASH`: rows with equal values in these columns are in one task
    record Distribution(Kind kind, List<Integer> keys) {
        static final Distribution ANY = new Distribution(Kind.ANY, List.of());
        static final Distribution SINGLETON = new Distribution(Kind.SINGLETON, List.of());

        /// Whether rows with equal values in the wanted columns are in one task (no columns: whether all rows are).
        boolean satisfies(List<Integer> wanted) {
            return switch (kind) {
                case ANY -> false;
                case SINGLETON -> true;
                case HASH -> !wanted.isEmpty() && wanted.containsAll(keys);
            };
        }
    }

    enum Kind {
        ANY, HASH, SINGLETON
    }

    static Distribution of(PlanNode node) {
        return switch (node) {
            case Scan _,Values _,PlanNode.RecursiveRows _,PlanNode.Recursion _,Union _ -> Distribution.ANY; // whichever task comes first reads the one split of VALUES
            case Exchange(_, List<Integer> keys) ->
                    keys.isEmpty() ? Distribution.SINGLETON : new Distribution(Kind.HASH, keys);
            case Project project -> moved(of(project.input()), project.expressions());
            case Expand expand ->
                    of(expand.input()).kind() == Kind.SINGLETON ? Distribution.SINGLETON : Distribution.ANY;
            case Aggregate aggregate -> grouped(of(aggregate.input()), aggregate.keys());
            case StaticJoin join -> of(join.stream());
            case Filter filter -> of(filter.input());
            case PlanNode.Lives lives -> of(lives.input());
            case Watermark watermark -> of(watermark.input());
            case WindowAssign window -> of(window.input());
            case Generate generate -> of(generate.input());
            case Distinct distinct -> of(distinct.input());
            case DropDuplicates duplicates -> of(duplicates.input());
            case StreamJoin join -> joined(join);
            case PlanNode.SessionAggregate session ->
                    grouped(of(session.sessions().input()), session.groups().keys());
            case MatchRecognize match -> kept(of(match.input()), match.kept());
            case Keyed keyed -> of(keyed.inputs().getFirst()); // its columns stay in place
            case Sort sort -> of(sort.input());
            case Limit limit -> of(limit.input());
        };
    }

    /// A side whose rows may be missing has NULLs for its keys, in any task.
    private static Distribution joined(StreamJoin join) {
        return switch (join.kind()) {
            case INNER, LEFT, SEMI, ANTI -> of(join.left());
            case RIGHT, FULL -> join.leftKeys().isEmpty() ? Distribution.SINGLETON : Distribution.ANY;
        };
    }

    private static Distribution moved(Distribution input, List<Expression> expressions) {
        if (input.kind() != Kind.HASH) {
            return input;
        }
        List<Integer> keys = PlaceExchanges.moved(input.keys(), expressions);
        return keys.isEmpty() ? Distribution.ANY : new Distribution(Kind.HASH, keys);
    }

    private static Distribution kept(Distribution input, List<Integer> kept) {
        return input.kind() != Kind.HASH || kept.containsAll(input.keys()) ? grouped(input, kept) : Distribution.ANY;
    }

    private static Distribution grouped(Distribution input, List<Integer> groupKeys) {
        if (input.kind() != Kind.HASH) {
            return input;
        }
        return new Distribution(Kind.HASH, input.keys().stream().map(groupKeys::indexOf).toList());
    }
}
