package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Gives the step of a query that reads itself over streams one more column, the last: the level of the row that each row was
/// made of. It says on which way round a row was found, so that rows which hold each other up in a circle can go.
///
/// **Errors** `QueryProblem` where the step does more with its own rows than what can be done with each change at once
final class StepLevels {
    private static final String LEVEL = "_level";

    private final TableSource plain;
    private final TableSource leveled;
    private final SqlParserPos place;

    /// @param rows what the step reads in place of its own query
    StepLevels(TableSource rows, SqlParserPos place) {
        this.plain = rows;
        List<Field> fields = new ArrayList<>(rows.schema().fields());
        fields.add(new Field(LEVEL, DataType.Simple.INT, false));
        this.leveled = new TableSource(rows.name(), rows.format(), rows.options(), new RowType(fields), true);
        this.place = place;
    }

    /// What the step reads now.
    TableSource rows() {
        return leveled;
    }

    /// The node with the level behind its columns; as it is where it does not read the query.
    RelNode through(RelNode rel) {
        if (!reads(rel)) {
            return rel;
        }
        return switch (rel) {
            case TableScan scan -> Tables.scan(scan.getCluster(), leveled);
            case Project project -> project(project);
            case Filter filter -> filter.copy(filter.getTraitSet(), through(filter.getInput()), filter.getCondition());
            case Join join when join.getJoinType() == JoinRelType.INNER -> join(join);
            case Correlate correlate when correlate.getJoinType() == JoinRelType.INNER && reads(correlate.getLeft())
                    && !reads(correlate.getRight()) ->
                    levelLast(correlate.copy(correlate.getTraitSet(),
                            List.of(through(correlate.getLeft()), correlate.getRight())), width(correlate.getLeft()));
            case Union union when union.all && union.getInputs().stream().allMatch(this::reads) ->
                    union.copy(union.getTraitSet(), union.getInputs().stream().map(this::through).toList());
            default -> throw refused(rel); // a rule: whatever keeps rows back until a trigger's end
        };
    }

    private boolean reads(RelNode rel) {
        RelOptTable table = rel.getTable();
        boolean isLeaf = table != null && rel.getInputs().isEmpty();
        return isLeaf
                ? plain.equals(table.unwrap(TableSource.class))
                : rel.getInputs().stream().anyMatch(this::reads);
    }

    private RelNode project(Project project) {
        RelNode input = through(project.getInput());
        List<RexNode> fields = new ArrayList<>(project.getProjects());
        fields.add(project.getCluster().getRexBuilder().makeInputRef(input, width(input) - 1));
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        names.add(LEVEL);
        return LogicalProject.create(input, project.getHints(), fields, names, project.getVariablesSet());
    }

    private RelNode join(Join join) {
        RelNode left = through(join.getLeft());
        RelNode right = through(join.getRight());
        int leftWidth = width(join.getLeft());
        if (width(left) == leftWidth) { // it comes from the right, and is the last as it is
            return join.copy(join.getTraitSet(), join.getCondition(), left, right, join.getJoinType(), false);
        }
        return levelLast(join.copy(join.getTraitSet(), RexUtil.shift(join.getCondition(), leftWidth, 1), left, right,
                join.getJoinType(), false), leftWidth);
    }

    private static RelNode levelLast(RelNode rel, int level) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, width(rel)).boxed().toList());
        order.remove(Integer.valueOf(level));
        order.add(level);
        var rex = rel.getCluster().getRexBuilder();
        List<RexNode> fields = order.stream().<RexNode>map(column -> rex.makeInputRef(rel, column)).toList();
        return LogicalProject.create(rel, List.of(), fields,
                order.stream().map(rel.getRowType().getFieldNames()::get).toList(), Set.of());
    }

    private static int width(RelNode rel) {
        return rel.getRowType().getFieldCount();
    }

    private QueryProblem refused(RelNode rel) {
        return new QueryProblem("THW-3226", "The step of the recursive query '" + plain.name()
                + "' does with its own rows what cannot be done with each change of a stream at once ("
                + rel.getRelTypeName().replace("Logical", "") + ").", place,
                "Join them (inner), filter them and compute with them inside; aggregate, sort and compare what comes of it"
                        + " outside, in the query that reads '" + plain.name() + "'.");
    }
}
