package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How a stage's output lies: which of its columns are the input's own, and whether rows are packed.
///
/// Columns are shared, and computed ones written beside them at the same physical rows, whenever each input row gives at most
/// one output row and there is a column to share. Else rows are packed and every column is written.
///
/// @param copied for each output column the input column it is, or -1
/// @param slices text columns that are not copied: the consumer looks at them where they lie, as long as it is called
/// @param alike computed columns of up to 8 bytes that no row has a say in, such as a window of the clock: each batch has one value
/// @param timesAlike the nodes that assign such a window
record StageLayout(List<Integer> copied, boolean dense, boolean multiplies, Set<Integer> slices, Set<Integer> alike,
        Set<Integer> timesAlike) {
    /// What such a column holds lies in whole bytes.
    private static final Set<Kind> HELD_ONCE = Set.of(Kind.INT, Kind.LONG, Kind.FLOAT, Kind.DOUBLE);

    StageLayout {
        alike = Set.copyOf(alike);
        timesAlike = Set.copyOf(timesAlike);
        slices = Set.copyOf(slices);
        copied = List.copyOf(copied);
    }

    /// @param deterministic whether an expression gives the same for the same row, whenever it is asked
    static StageLayout of(StageChain chain, StageEnd end, Predicate<Expression> deterministic) {
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
        List<List<Boolean>> constant = constant(chain, oncePerPane, deterministic);
        Set<Integer> alike = IntStream.range(0, copied.size()).filter(column -> copied.get(column) < 0
                && constant.getLast().get(column) && HELD_ONCE.contains(Kind.of(chain.output().type(column)))).boxed()
                .collect(Collectors.toSet());
        Set<Integer> timesAlike = IntStream.range(0, chain.nodes().size())
                .filter(node -> chain.nodes().get(node) instanceof WindowAssign && constant.get(node + 1).getLast())
                .boxed().collect(Collectors.toSet());
        return new StageLayout(copied, dense, multiplies, slices, alike, timesAlike);
    }

    /// Which columns are the same for all rows of a batch: of the input, and above each node.
    private static List<List<Boolean>> constant(StageChain chain, int oncePerPane,
            Predicate<Expression> deterministic) {
        List<List<Boolean>> constant = new ArrayList<>();
        constant.add(Collections.nCopies(chain.input().size(), false));
        for (int i = 0; i < chain.nodes().size(); i++) {
            List<Boolean> below = constant.getLast();
            PlanNode node = chain.nodes().get(i);
            Predicate<Expression> isConstant = expression -> deterministic.test(expression)
                    && Shape.leaves(expression).stream().allMatch(leaf -> below.get(leaf.column()));
            boolean added = i != oncePerPane && node instanceof WindowAssign window && window.size() <= window.slide()
                    && isConstant.test(window.time());
            constant.add(switch (node) {
                case Project project -> project.expressions().stream().map(isConstant::test).toList();
                case Expand _ -> Collections.nCopies(node.schema().size(), false);
                default -> Stream.concat(below.stream(), // a rule: every other node has its input's columns first
                        Stream.generate(() -> added).limit(node.schema().size() - (long) below.size())).toList();
            });
        }
        return constant;
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
