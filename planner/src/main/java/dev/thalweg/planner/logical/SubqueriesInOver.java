package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/// Makes columns of the subqueries that stand in a call of OVER, or before IN around one, so that no projection holds one in the
/// other. Calcite's rules look for subqueries beside OVER only.
final class SubqueriesInOver extends RelHomogeneousShuttle {
    private SubqueriesInOver() {}

    static RelNode apart(RelNode rel) {
        return rel.accept(new SubqueriesInOver());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        if (!(node instanceof Project project) || !project.containsOver()) {
            return node;
        }
        Columns inOver = new Columns(project.getInput(), false);
        List<RexNode> calls = inOver.apply(project.getProjects());
        RelNode below = inOver.projected(project);
        Columns inQuery = new Columns(below, true);
        List<RexNode> projects = inQuery.apply(calls);
        RelNode input = inQuery.projected(project);
        return inOver.isEmpty() && inQuery.isEmpty()
                ? node
                : LogicalProject.create(input, project.getHints(), projects, project.getRowType().getFieldNames(),
                        project.getVariablesSet());
    }

    /// What moves below: subqueries in OVER, or OVER in what stands before IN.
    private static final class Columns extends RexShuttle {
        private final RelNode input;
        private final boolean ofQueries;
        private final List<RexNode> columns;
        private boolean inside;

        Columns(RelNode input, boolean ofQueries) {
            this.input = input;
            this.ofQueries = ofQueries;
            this.columns = new ArrayList<>(Unnested.columns(input));
        }

        @Override
        public RexNode visitOver(RexOver over) {
            if (ofQueries) {
                return inside ? column(over) : over;
            }
            inside = true;
            RexNode visited = super.visitOver(over);
            inside = false;
            return visited;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            if (!ofQueries) {
                return inside ? column(query) : query;
            }
            inside = true;
            RexNode visited = super.visitSubQuery(query);
            inside = false;
            return visited;
        }

        private RexNode column(RexNode value) {
            columns.add(value);
            return input.getCluster().getRexBuilder().makeInputRef(value.getType(), columns.size() - 1);
        }

        boolean isEmpty() {
            return columns.size() == input.getRowType().getFieldCount();
        }

        RelNode projected(Project project) {
            if (isEmpty()) {
                return input;
            }
            List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
            while (names.size() < columns.size()) {
                names.add("$subquery" + names.size());
            }
            return LogicalProject.create(input, List.of(), columns, names, project.getVariablesSet());
        }
    }
}
