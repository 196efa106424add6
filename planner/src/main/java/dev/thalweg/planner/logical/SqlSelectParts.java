package dev.thalweg.planner.logical;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The clauses of a SELECT while they are gathered; Calcite's node, whose constructor takes fourteen, is made once.
final class SqlSelectParts {
    private final SqlParserPos place;
    private final SqlNodeList items;
    private final @Nullable SqlNode from;
    private SqlNodeList keywords = SqlNodeList.EMPTY;
    private @Nullable SqlNode where;
    private @Nullable SqlNodeList group;
    private @Nullable SqlNode having;
    private @Nullable SqlNode qualify;

    SqlSelectParts(SqlParserPos place, SqlNodeList items, @Nullable SqlNode from) {
        this.place = place;
        this.items = items;
        this.from = from;
    }

    void keywords(SqlSelect select) {
        if (select.isDistinct()) {
            keywords = SqlNodeList.of(SqlSelectKeyword.DISTINCT.symbol(place));
        }
    }

    SqlSelectParts where(Optional<SqlNode> condition) {
        where = condition.orElse(null);
        return this;
    }

    void group(SqlNodeList keys) {
        group = keys;
    }

    void having(@Nullable SqlNode condition) {
        having = condition;
    }

    void qualify(@Nullable SqlNode condition) {
        qualify = condition;
    }

    @SuppressWarnings("NullAway") // absent clauses are null in Calcite
    SqlSelect build() {
        return new SqlSelect(place, keywords.clone(place), items, from, where, group, having,
                SqlNodeList.EMPTY.clone(place),
                qualify,
                null, null, null, null);
    }
}
