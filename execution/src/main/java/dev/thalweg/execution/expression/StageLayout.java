package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How a stage's output lies: which of its columns are the input's own, and whether rows are packed.
///
/// Columns are shared, and computed ones written beside them at the same physical rows, whenever each input row gives at most
/// one output row and there is a column to share. Else rows are packed and every column is written.
///
/// @param copied for each output column the input column it is, or -1
/// @param slices text columns that are not copied: the consumer looks at them where they lie, as long as it is called
record StageLayout(List<Integer> copied, boolean dense, boolean multiplies, Set<Integer> slices) {
    StageLayout {
        slices = Set.copyOf(slices);
        copied = List.copyOf(copied);
    }

    static StageLayout of(StageChain chain, StageEnd end) {
        List<Integer> columns = IntStream.range(0, chain.input().size()).boxed().toList();
        boolean multiplies = false;
        int oncePerPane = end.panes().isPresent() ? chain.topmostWindow() : -1;
        for (int i = 0; i < chain.nodes().size(); i++) {
            PlanNode node = chain.nodes().get(i);
            columns = through(node, columns);
            multiplies |= node instanceof Generate || node instanceof Expand
                    || (i != oncePerPane && node instanceof WindowAssign window && window.size() > window.slide());
        }
        boolean dense = multiplies || columns.stream().allMatch(column -> column < 0);
        List<Integer> copied = dense ? columns.stream().map(_ -> -1).toList() : columns;
        Set<Integer> slices = end.slices().stream()
                .filter(column -> Kind.of(chain.output().type(column)) == Kind.TEXT && copied.get(column) < 0)
                .collect(Collectors.toSet());
        return new StageLayout(copied, dense, multiplies, slices);
    }

    private static List<Integer> through(PlanNode node, List<Integer> columns) {
        if (node instanceof Project project) {
            return project.expressions().stream().map(expression -> source(expression, columns)).toList();
        }
        List<Integer> longer = new ArrayList<>(columns);
        while (longer.size() < node.schema().size()) {
            longer.add(-1);
        }
        return longer;
    }

    private static int source(Expression expression, List<Integer> columns) {
        return expression instanceof Input(int column, _, _) ? columns.get(column) : -1;
    }
}
