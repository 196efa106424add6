package dev.thalweg;

import dev.thalweg.planner.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;

/// A SELECT that a dataset stands for, which can be asked for columns that it left out: one without DISTINCT.
///
/// @param columns what it gives, as the program wrote it
/// @param groupBy empty for none
/// @param order how its rows are ordered; empty for not at all
/// @param rows how many it gives at most
record Selection(ThalwegSession session, Scope from, List<Column> columns, List<? extends SqlNode> groupBy,
        List<Column> order, Optional<Integer> rows) {
    Selection {
        columns = List.copyOf(columns);
        groupBy = List.copyOf(groupBy);
        order = List.copyOf(order);
    }

    Selection(ThalwegSession session, Scope from, List<Column> columns) {
        this(session, from, columns, List.of());
    }

    Selection(ThalwegSession session, Scope from, List<Column> columns, List<? extends SqlNode> groupBy) {
        this(session, from, columns, groupBy, List.of(), Optional.empty());
    }

    Selection(ThalwegSession session, Scope from, List<Column> order, Optional<Integer> rows) {
        this(session, from, List.of(functions.col("*")), List.of(), order, rows);
    }

    LogicalPlan plan() {
        return plan(List.of());
    }

    /// Its columns, and behind them others under names that [Below#name] gives.
    ///
    /// @param more what it [#canGive]
    LogicalPlan plan(List<SqlNode> more) {
        List<Column> added = more.stream().map(Column::new).toList();
        Scope wide = from.reaching(Stream.concat(added.stream(), order.stream()).toList());
        List<Column> items = new ArrayList<>(wide.explicit(columns));
        for (int i = 0; i < added.size(); i++) {
            items.add(added.get(i).as(Below.name(i)));
        }
        SqlNode query = wide.select(items, groupBy, false);
        return session.plan(order.isEmpty() && rows.isEmpty() ? query : ordered(query, wide), wide.relations());
    }

    /// Itself where more columns would not change the rows it gives: not where it makes one row of all.
    Optional<Selection> ifExtensible() {
        boolean isOneRow = groupBy.isEmpty() && columns.stream().anyMatch(column -> aggregates(column.tree()));
        return isOneRow ? Optional.empty() : Optional.of(this);
    }

    /// Whether FROM, or what is below it, knows a column, so that it can stand among the columns; behind GROUP BY none can.
    boolean canGive(SqlIdentifier name) {
        return groupBy.isEmpty() && from.canReach(name);
    }

    /// Whether a call is an aggregate, and can stand among others.
    boolean canGive(SqlCall call) {
        return !groupBy.isEmpty() && isAggregate(call);
    }

    private boolean aggregates(SqlNode tree) {
        return tree instanceof SqlCall call && !call.isA(SqlKind.QUERY)
                && (isAggregate(call) || call.getOperandList().stream().anyMatch(this::aggregates));
    }

    private boolean isAggregate(SqlCall call) {
        String function = call.getOperator().getName().toLowerCase(Locale.ROOT);
        return session.planner().functions().isAggregate(call) || function.equals("count_if");
    }

    private SqlNode ordered(SqlNode query, Scope wide) {
        SqlNodeList keys = new SqlNodeList(order.stream().map(wide::resolve).toList(), Column.HERE);
        SqlNode fetch = rows.map(n -> SqlLiteral.createExactNumeric(n.toString(), Column.HERE)).orElse(null);
        return new SqlOrderBy(Column.HERE, query, keys, null, fetch);
    }
}
