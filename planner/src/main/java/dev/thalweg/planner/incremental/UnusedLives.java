package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds times to live that no operator keeps to, and says why: for nobody should believe in a bound that is none.
public final class UnusedLives {
    private final StreamPlan plan;
    private final List<String> unused = new ArrayList<>();

    private UnusedLives(StreamPlan plan) {
        this.plan = plan;
    }

    /// A sentence or two of each, with what to do.
    ///
    /// @param results of one query
    public static List<String> of(List<StreamPlan> results) {
        return results.stream().flatMap(plan -> in(plan).stream()).distinct().toList();
    }

    private static List<String> in(StreamPlan plan) {
        UnusedLives search = new UnusedLives(plan);
        plan.nodes().stream().filter(PlanNode.Lives.class::isInstance).map(PlanNode.Lives.class::cast)
                .forEach(search::look);
        return search.unused;
    }

    private void look(PlanNode.Lives lives) {
        List<Optional<String>> readers = readers(lives, lives);
        if (readers.stream().allMatch(Optional::isPresent)) {
            String why = readers.stream().flatMap(Optional::stream).findFirst().orElse(
                    "nothing that reads it keeps anything. Name it where its rows are joined, grouped or ranked.");
            unused.add("STATE_TTL of " + lives.relation().name() + " is used by no operator: " + why);
        }
    }

    /// Why each operator that looks at a time to live does not keep to it; empty of one that does.
    ///
    /// @param node by which the rows come, perhaps through nodes that keep nothing
    private List<Optional<String>> readers(PlanNode.Lives lives, PlanNode node) {
        List<Optional<String>> all = new ArrayList<>();
        for (PlanNode reader : plan.nodes()) {
            for (int i = 0; i < reader.inputs().size(); i++) {
                if (reader.inputs().get(i).isSame(node)) {
                    all.addAll(reader(lives, reader, i));
                }
            }
        }
        return all;
    }

    private List<Optional<String>> reader(PlanNode.Lives lives, PlanNode reader, int input) {
        return switch (reader) {
            case PlanNode.Lives nearer ->
                    List.of(Optional.of("that of " + nearer.relation().name() + " is nearer to what keeps its rows."));
            case PlanNode.Union union when TimesToLive.hinted(union).isEmpty() ->
                    List.of(Optional.of("other inputs of the UNION have none. Name a relation of each of them, too."));
            case PlanNode.Filter _,PlanNode.Project _,PlanNode.Watermark _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Exchange _,PlanNode.ClockFilter _,PlanNode.StaticJoin _,PlanNode.Union _,PlanNode.Sort _ ->
                    readers(lives, reader);
            default -> List.of(lives.micros() == 0 ? Optional.empty() : whyNot(reader, input)); // a rule: others keep something
        };
    }

    private Optional<String> whyNot(PlanNode reader, int input) {
        boolean forgets = reader instanceof StreamJoin
                ? plan.traits(reader).timeToLive(input).isPresent()
                : plan.traits(reader).forgets();
        if (forgets) {
            return Optional.empty();
        }
        if (plan.traits(reader.inputs().get(input)).changes() == Changes.RETRACT) {
            return Optional
                    .of("its rows may be taken back, and what takes them back must find them. Name the stream below,"
                            + " inside the subquery.");
        }
        boolean freed = reader instanceof StreamJoin join
                ? JoinTime.frees(join, input)
                : plan.traits(reader).freedBy().isPresent();
        if (freed) {
            return Optional.of("the watermark frees what is kept of it. Leave the hint out.");
        }
        if (!(reader instanceof StreamJoin) && !ForgettableKeys.in(reader)) {
            return Optional.of(
                    "the operator above it keeps nothing by a key (a join, GROUP BY, PARTITION BY, DISTINCT, INTERSECT or"
                            + " EXCEPT does).");
        }
        boolean takesBack = reader.inputs().stream().anyMatch(in -> plan.traits(in).changes() == Changes.RETRACT);
        return Optional.of(reader instanceof PlanNode.SetOperation && !takesBack
                ? "the other side of the INTERSECT or EXCEPT has none. Name a relation of it, too."
                : "other rows that the operator above it reads may be taken back, so it must find all that it was"
                        + " given. Name the streams below.");
    }
}
