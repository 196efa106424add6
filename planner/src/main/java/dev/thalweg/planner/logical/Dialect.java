package dev.thalweg.planner.logical;

import org.apache.calcite.sql.validate.SqlAbstractConformance;

/// What Spark's dialect allows beyond the standard: aliases and ordinals in GROUP BY, HAVING and ORDER BY, no FROM.
final class Dialect extends SqlAbstractConformance {
    @Override
    public boolean isLiberal() {
        return true;
    }

    @Override
    public boolean isGroupByAlias() {
        return true;
    }

    @Override
    public boolean isGroupByOrdinal() {
        return true;
    }

    @Override
    public boolean isHavingAlias() {
        return true;
    }

    @Override
    public boolean isSortByOrdinal() {
        return true;
    }

    @Override
    public boolean isSortByAlias() {
        return true;
    }

    @Override
    public boolean isFromRequired() {
        return false;
    }

    @Override
    public boolean allowQualifyingCommonColumn() {
        return true;
    }
}
