package dev.thalweg.planner.logical;

import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.function.UserScalar;
import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

/// What a query means, as relational algebra: validated, typed, not yet incremental.
///
/// @param rel in which every column has a name of its own, as in [#schema]
/// @param views that the query's text names
/// @param hints what became of those in the query's text
public record LogicalPlan(RelNode rel, List<CatalogEntry.View> views, List<Hints.Note> hints) {
    public LogicalPlan {
        views = List.copyOf(views);
        hints = List.copyOf(hints);
    }

    /// Without hints.
    public LogicalPlan(RelNode rel, List<CatalogEntry.View> views) {
        this(rel, views, List.of());
    }

    /// What was made of other plans, and of no text.
    public LogicalPlan(RelNode rel) {
        this(rel, List.of());
    }

    LogicalPlan with(List<Hints.Note> more) {
        return more.isEmpty()
                ? this
                : new LogicalPlan(rel, views, Stream.concat(hints.stream(), more.stream()).toList());
    }

    /// The names of the columns as the user sees them. Two may be equal: `SELECT a.id, b.id`.
    public List<String> names() {
        return ColumnMarks.shown(rel.getRowType().getFieldNames());
    }

    public RowType schema() {
        return TypeMapping.rowType(rel.getRowType());
    }

    /// The columns under the names that the user sees.
    public RowType shownSchema() {
        return ColumnMarks.shown(schema());
    }

    /// Whether some table below is read as a stream.
    public boolean isStreaming() {
        return isStreaming(rel);
    }

    /// The query over what its streams hold now: what a running one would have as its result, had it read all of it.
    public LogicalPlan asOfNow() {
        return isStreaming() ? new LogicalPlan(SourceScan.asOfNow(rel), views, hints) : this;
    }

    static boolean isStreaming(RelNode rel) {
        RelOptTable table = rel.getTable();
        if (table != null && rel.getInputs().isEmpty()) {
            TableSource source = table.unwrap(TableSource.class);
            return source != null && source.streaming();
        }
        return rel.getInputs().stream().anyMatch(LogicalPlan::isStreaming);
    }

    /// The tree as Calcite prints it, and what became of hints, for EXPLAIN and tests.
    public String text() {
        StringBuilder text = new StringBuilder(UserScalar.shown(ColumnMarks.printable(RelOptUtil.toString(rel))));
        hints.forEach(hint -> text.append("Hint ").append(hint.text()).append('\n'));
        return text.toString();
    }
}
