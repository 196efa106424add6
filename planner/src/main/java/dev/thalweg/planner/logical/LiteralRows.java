package dev.thalweg.planner.logical;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/// Makes the rows of a VALUES one node, each value of its column's own type. Calcite does so only for plain literals, and leaves
/// an INT literal in a DECIMAL column; a row with a NULL it makes a projection of its own.
///
/// Rows that hold a call (a date, an interval) stay projections.
final class LiteralRows extends RelHomogeneousShuttle {
    static RelNode in(RelNode rel) {
        return rel.accept(new LiteralRows());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        if (!(node instanceof Union) && !(node instanceof Values)) {
            return node;
        }
        List<List<? extends RexNode>> rows = new ArrayList<>();
        if (node instanceof Values values) {
            rows.addAll(values.getTuples());
        } else if (!((Union) node).all || !node.getInputs().stream().allMatch(input -> addRow(input, rows))) {
            return node;
        }
        return values(node, rows).orElse(node);
    }

    private static boolean addRow(RelNode input, List<List<? extends RexNode>> rows) {
        if (input instanceof Values values) {
            rows.addAll(values.getTuples());
            return true;
        }
        if (input instanceof Project project && project.getInput() instanceof Values one
                && one.getTuples().size() == 1) {
            rows.add(project.getProjects());
            return true;
        }
        return false;
    }

    private static Optional<RelNode> values(RelNode node, List<List<? extends RexNode>> rows) {
        RexBuilder rex = node.getCluster().getRexBuilder();
        List<ImmutableList<RexLiteral>> tuples = new ArrayList<>();
        for (List<? extends RexNode> row : rows) {
            List<RexLiteral> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                Optional<RexLiteral> cell = literal(rex, row.get(i), node.getRowType().getFieldList().get(i).getType());
                if (cell.isEmpty()) {
                    return Optional.empty();
                }
                cells.add(cell.get());
            }
            tuples.add(ImmutableList.copyOf(cells));
        }
        return Optional.of(LogicalValues.create(node.getCluster(), node.getRowType(), ImmutableList.copyOf(tuples)));
    }

    private static Optional<RexLiteral> literal(RexBuilder rex, RexNode node, RelDataType type) {
        RexNode bare = node.isA(SqlKind.CAST) ? ((RexCall) node).getOperands().getFirst() : node;
        if (!(bare instanceof RexLiteral literal)) {
            return Optional.empty();
        }
        if (literal.isNull()) {
            return Optional.of(rex.makeNullLiteral(type));
        }
        SqlTypeName name = literal.getType().getSqlTypeName();
        if (name == type.getSqlTypeName() && name != SqlTypeName.DECIMAL) {
            return Optional.of(literal);
        }
        if (!SqlTypeName.EXACT_TYPES.contains(name)) {
            return Optional.empty();
        }
        BigDecimal value = Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
        if (SqlTypeName.APPROX_TYPES.contains(type.getSqlTypeName())) {
            return Optional.of(rex.makeApproxLiteral(value, type));
        }
        boolean fits = (SqlTypeName.INT_TYPES.contains(type.getSqlTypeName()) && SqlTypeName.INT_TYPES.contains(name))
                || (type.getSqlTypeName() == SqlTypeName.DECIMAL && value.scale() <= type.getScale());
        return fits ? Optional.of(rex.makeExactLiteral(value, type)) : Optional.empty();
    }
}
