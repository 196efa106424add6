package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.sql2rel.RelDecorrelator;

/// Makes joins of lateral joins with queries, each by itself.
///
/// Calcite's decorrelation moves filters wherever it may, past joins that judge which rows are late too, which would change their
/// number. So it is shown a lateral join and what in it looks at the outer row, and nothing around it: whole parts that do not are
/// leaves meanwhile.
final class Decorrelation {
    private final List<Leaf> leaves = new ArrayList<>();

    private Decorrelation() {}

    static RelNode in(RelNode rel) {
        return new Decorrelation().joined(rel);
    }

    /// Whether there is a lateral join with a query; one with a generator stays as it is.
    static boolean isNeeded(RelNode rel) {
        return isLateralQuery(rel) || rel.getInputs().stream().anyMatch(Decorrelation::isNeeded);
    }

    private static boolean isLateralQuery(RelNode rel) {
        if (!(rel instanceof Correlate correlate)) {
            return false;
        }
        RelNode right = correlate.getRight();
        while (right instanceof Project project) {
            right = project.getInput();
        }
        return !(right instanceof TableFunctionScan);
    }

    private RelNode joined(RelNode rel) {
        if (!isNeeded(rel)) {
            return rel;
        }
        if (!isLateralQuery(rel)) {
            return rel.copy(rel.getTraitSet(), rel.getInputs().stream().map(this::joined).toList());
        }
        Correlate lateral = (Correlate) rel;
        RelNode bare = lateral.copy(lateral.getTraitSet(),
                List.of(hidden(lateral.getLeft()), inside(lateral.getRight())));
        return shown(HiddenConditions.during(bare,
                plan -> RelDecorrelator.decorrelateQuery(plan, PushDown.BUILDER.create(plan.getCluster(), null))));
    }

    /// A query that looks at an outer row, with its parts that do not as leaves.
    private RelNode inside(RelNode rel) {
        return RelOptUtil.getVariablesUsed(rel).isEmpty()
                ? hidden(rel)
                : rel.copy(rel.getTraitSet(), rel.getInputs().stream().map(this::inside).toList());
    }

    private RelNode hidden(RelNode rel) {
        Leaf leaf = new Leaf(joined(rel), leaves.size());
        leaves.add(leaf);
        return leaf;
    }

    private static RelNode shown(RelNode rel) {
        return rel.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return other instanceof Leaf leaf ? leaf.whole : super.visit(other);
            }
        });
    }

    /// A part of the plan that is not looked into.
    private static final class Leaf extends AbstractRelNode {
        private final RelNode whole;
        private final int number;

        Leaf(RelNode whole, int number) {
            super(whole.getCluster(), whole.getTraitSet());
            this.whole = whole;
            this.number = number;
            this.rowType = whole.getRowType();
        }

        @Override
        public RelWriter explainTerms(RelWriter writer) {
            return super.explainTerms(writer).item("number", number); // no two are equal
        }
    }
}
