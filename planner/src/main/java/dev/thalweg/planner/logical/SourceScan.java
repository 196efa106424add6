package dev.thalweg.planner.logical;

import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlExplainLevel;

/// Reads a source: as a stream, or all that is there now.
///
/// Calcite's own scan is told from another by the name of its table alone, and its planner makes one of two nodes that it
/// cannot tell apart: of `STREAM t` and `t` in one query the first would be read twice.
final class SourceScan extends TableScan {
    private final TableSource source;

    private SourceScan(RelOptCluster cluster, RelOptTable table, TableSource source) {
        super(cluster, cluster.traitSetOf(Convention.NONE), List.of(), table);
        this.source = source;
    }

    /// What the incremental planner unwraps from the scan's table is `source`.
    static RelNode of(RelOptCluster cluster, RelDataType type, TableSource source) {
        RelOptTable table = new PlannedTable(List.of(source.name()), type, source, _ -> {
            throw new IllegalStateException("a scan is made once");
        });
        return new SourceScan(cluster, table, source);
    }

    /// The same query over what its streams hold now.
    static RelNode asOfNow(RelNode rel) {
        return rel.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof LogicalRecursion recursion && recursion.reading().rows().streaming()) {
                    throw new InvalidQuery("THW-3106",
                            "A query that reads itself over a stream has no answer as of now. Start"
                                    + " it with INSERT INTO, CREATE MATERIALIZED VIEW or writeStream(), or read its tables without"
                                    + " STREAM.");
                }
                RelNode node = super.visit(other);
                return node instanceof SourceScan scan && scan.source.streaming()
                        ? of(scan.getCluster(), scan.getRowType(), scan.source.asOfNow())
                        : node;
            }
        });
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        boolean digest = writer.getDetailLevel() == SqlExplainLevel.DIGEST_ATTRIBUTES;
        return super.explainTerms(writer).itemIf("stream", true, source.streaming()).itemIf("source", source, digest);
    }

    /// As Calcite prints its own.
    @Override
    public String getRelTypeName() {
        return "LogicalTableScan";
    }
}
