package dev.thalweg;

import dev.thalweg.planner.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;

/// A SELECT that a dataset stands for, which can be asked for columns that it left out: without DISTINCT and aggregates.
///
/// @param columns what it gives, as the program wrote it
/// @param order how its rows are ordered; empty for not at all
/// @param rows how many it gives at most
record Selection(ThalwegSession session, Scope from, List<Column> columns, List<Column> order, Optional<Integer> rows) {
    Selection {
        columns = List.copyOf(columns);
        order = List.copyOf(order);
    }

    Selection(ThalwegSession session, Scope from, List<Column> columns) {
        this(session, from, columns, List.of(), Optional.empty());
    }

    LogicalPlan plan() {
        return plan(List.of());
    }

    /// Its columns, and behind them others under names that [Below#name] gives.
    ///
    /// @param more names of columns that FROM, or what is below it, knows
    LogicalPlan plan(List<List<String>> more) {
        List<Column> added = more.stream().map(parts -> new Column(Column.identifier(parts))).toList();
        Scope wide = from.reaching(Stream.concat(added.stream(), order.stream()).toList());
        List<Column> items = new ArrayList<>(wide.explicit(columns));
        for (int i = 0; i < added.size(); i++) {
            items.add(added.get(i).as(Below.name(i)));
        }
        SqlNode query = wide.select(items);
        return session.plan(order.isEmpty() && rows.isEmpty() ? query : ordered(query, wide), wide.relations());
    }

    /// Itself where more columns would not change the rows it gives: not where it aggregates.
    Optional<Selection> ifExtensible() {
        return columns.stream().anyMatch(column -> aggregates(column.tree())) ? Optional.empty() : Optional.of(this);
    }

    private boolean aggregates(SqlNode tree) {
        return tree instanceof SqlCall call && !call.isA(SqlKind.QUERY)
                && (isAggregate(call.getOperator().getName().toLowerCase(Locale.ROOT))
                        || call.getOperandList().stream().anyMatch(this::aggregates));
    }

    private boolean isAggregate(String function) {
        return session.planner().functions().isAggregate(function) || function.equals("count_if");
    }

    private SqlNode ordered(SqlNode query, Scope wide) {
        SqlNodeList keys = new SqlNodeList(order.stream().map(wide::resolve).toList(), Column.HERE);
        SqlNode fetch = rows.map(n -> SqlLiteral.createExactNumeric(n.toString(), Column.HERE)).orElse(null);
        return new SqlOrderBy(Column.HERE, query, keys, null, fetch);
    }
}
