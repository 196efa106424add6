package dev.thalweg.planner.logical;

import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;

/// What a query means, as relational algebra: validated, typed, not yet incremental.
///
/// @param names of the columns as the user sees them. Two may be equal (`SELECT a.id, b.id`); in `rel` and in [#schema] every
///        column has a name of its own
public record LogicalPlan(RelNode rel, List<String> names) {
    public LogicalPlan {
        names = List.copyOf(names);
    }

    public LogicalPlan(RelNode rel) {
        this(rel, rel.getRowType().getFieldNames());
    }

    /// The same plan with names to show.
    public LogicalPlan shownAs(List<String> shown) {
        return new LogicalPlan(rel, shown);
    }

    public RowType schema() {
        return TypeMapping.rowType(rel.getRowType());
    }

    /// The columns under the names that the user sees.
    public RowType shownSchema() {
        RowType row = schema();
        return new RowType(IntStream.range(0, row.size())
                .mapToObj(i -> new Field(names.get(i), row.type(i), row.field(i).nullable())).toList());
    }

    /// Whether some table below is read as a stream.
    public boolean isStreaming() {
        return isStreaming(rel);
    }

    static boolean isStreaming(RelNode rel) {
        RelOptTable table = rel.getTable();
        if (table != null && rel.getInputs().isEmpty()) {
            TableSource source = table.unwrap(TableSource.class);
            return source != null && source.streaming();
        }
        return rel.getInputs().stream().anyMatch(LogicalPlan::isStreaming);
    }

    /// The tree as Calcite prints it, for EXPLAIN and tests.
    ///
    /// **Thread** Any. Calcite's printer asks for metadata, whose provider it looks for in the thread.
    public String text() {
        RelMetadataQueryBase.THREAD_PROVIDERS.set(
                JaninoRelMetadataProvider.of(Objects.requireNonNull(rel.getCluster().getMetadataProvider())));
        return RelOptUtil.toString(rel);
    }
}
