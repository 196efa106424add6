package dev.thalweg.planner.logical;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelDistribution;
import org.apache.calcite.rel.RelDistributions;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelReferentialConstraint;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.ColumnStrategy;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlAccessType;
import org.apache.calcite.sql.validate.SqlModality;
import org.apache.calcite.sql.validate.SqlMonotonicity;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// A table as Calcite's validator and its rels ask for it. It has columns and a payload that unwraps; no statistics, no keys.
final class PlannedTable extends Prepare.AbstractPreparingTable {
    private final List<String> names;
    private final RelDataType type;
    private final Object payload;
    private final Function<ToRelContext, RelNode> toRel;

    PlannedTable(List<String> names, RelDataType type, Object payload, Function<ToRelContext, RelNode> toRel) {
        this.names = names;
        this.type = type;
        this.payload = payload;
        this.toRel = toRel;
    }

    @Override
    public List<String> getQualifiedName() {
        return names;
    }

    @Override
    public RelDataType getRowType() {
        return type;
    }

    @Override
    public RelNode toRel(ToRelContext context) {
        return toRel.apply(context);
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> wanted) {
        if (wanted.isInstance(payload)) {
            return wanted.cast(payload);
        }
        return wanted.isInstance(this) ? wanted.cast(this) : null;
    }

    /// Two scans of the same source are the same.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlannedTable table && names.equals(table.names) && payload.equals(table.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(names, payload);
    }

    @Override
    protected RelOptTable extend(Table extended) {
        throw new UnsupportedOperationException("EXTEND");
    }

    @Override
    public double getRowCount() {
        return 100;
    }

    @Override
    @SuppressWarnings("NullAway") // Calcite allows none
    public @Nullable RelOptSchema getRelOptSchema() {
        return null;
    }

    @Override
    public @Nullable List<RelCollation> getCollationList() {
        return List.of();
    }

    @Override
    public @Nullable RelDistribution getDistribution() {
        return RelDistributions.ANY;
    }

    @Override
    public boolean isKey(ImmutableBitSet columns) {
        return false;
    }

    @Override
    public @Nullable List<ImmutableBitSet> getKeys() {
        return List.of();
    }

    @Override
    public @Nullable List<RelReferentialConstraint> getReferentialConstraints() {
        return List.of();
    }

    @Override
    @SuppressWarnings({"NullAway", "rawtypes"}) // Calcite allows none, and declares it so
    public @Nullable Expression getExpression(Class type) {
        return null;
    }

    @Override
    public List<ColumnStrategy> getColumnStrategies() {
        return java.util.Collections.nCopies(type.getFieldCount(), ColumnStrategy.NULLABLE);
    }

    @Override
    public SqlMonotonicity getMonotonicity(String columnName) {
        return SqlMonotonicity.NOT_MONOTONIC;
    }

    @Override
    public SqlAccessType getAllowedAccess() {
        return SqlAccessType.READ_ONLY;
    }

    @Override
    public boolean supportsModality(SqlModality modality) {
        return true;
    }

    @Override
    public boolean isTemporal() {
        return false;
    }
}
