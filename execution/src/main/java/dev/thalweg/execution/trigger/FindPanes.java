package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.StageChain;
import dev.thalweg.execution.operator.Panes;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expressions;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says whether the sliding windows of a stage can be left to the fold above it, which takes each row once for its pane.
///
/// They can when all copies of a row are the same but for the bounds of their windows, and those are nothing but keys:
/// no filter, expression or call above the windows looks at them, and nothing there is drawn anew for each copy.
final class FindPanes {
    private final Set<Integer> starts = new HashSet<>();
    private final Set<Integer> ends = new HashSet<>();

    private FindPanes() {}

    /// @param chain whose rows the aggregate folds
    static Optional<Panes> of(StageChain chain, PlanNode consumer) {
        int place = chain.topmostWindow();
        if (place < 0 || !(consumer instanceof Aggregate aggregate)
                || !(chain.nodes().get(place) instanceof WindowAssign window) || window.size() <= window.slide()
                || window.cumulative()) {
            return Optional.empty();
        }
        FindPanes bounds = new FindPanes();
        bounds.starts.add(window.schema().size() - 2);
        bounds.ends.add(window.schema().size() - 1);
        List<PlanNode> above = chain.nodes().subList(place + 1, chain.nodes().size());
        return above.stream().allMatch(bounds::passes) && bounds.areKeys(aggregate)
                ? Optional.of(new Panes(window.size(), window.slide(), window.offset(), bounds.starts, bounds.ends))
                : Optional.empty();
    }

    private boolean passes(PlanNode node) {
        return switch (node) {
            case Filter filter -> isSameForAll(filter.condition());
            case Project project -> project(project.expressions());
            case PlanNode.Lives _ -> true;
            default -> false; // a rule: rows are made of each copy, or it is no stateless node
        };
    }

    private boolean project(List<Expression> expressions) {
        Set<Integer> startsBelow = Set.copyOf(starts);
        Set<Integer> endsBelow = Set.copyOf(ends);
        if (!expressions.stream().allMatch(e -> isBound(e) || isSameForAll(e))) {
            return false;
        }
        starts.clear();
        ends.clear();
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof Input(int column, _, _)) {
                if (startsBelow.contains(column)) {
                    starts.add(i);
                } else if (endsBelow.contains(column)) {
                    ends.add(i);
                }
            }
        }
        return true;
    }

    private boolean isBoundColumn(int column) {
        return starts.contains(column) || ends.contains(column);
    }

    private boolean isBound(Expression expression) {
        return expression instanceof Input(int column, _, _) && isBoundColumn(column);
    }

    private boolean isSameForAll(Expression expression) {
        return Expressions.isDeterministic(expression)
                && Expressions.inputsOf(expression).stream().noneMatch(this::isBoundColumn);
    }

    /// Without a window among the keys, each copy of a row counts in the same group.
    private boolean areKeys(Aggregate aggregate) {
        boolean areRead = aggregate.calls().stream().anyMatch(
                call -> call.arguments().stream().anyMatch(this::isBoundColumn)
                        || call.filter().stream().anyMatch(this::isBoundColumn));
        starts.retainAll(aggregate.keys());
        ends.retainAll(aggregate.keys());
        return !areRead && !(starts.isEmpty() && ends.isEmpty());
    }
}
