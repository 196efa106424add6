package dev.thalweg;

import dev.thalweg.planner.logical.LogicalPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// What the names in an expression may refer to: the FROM and WHERE of the SELECT that a dataset stands for.
///
/// A join or a filter keeps the scope open, so that `a.id` still means the side that was aliased `a`; every other step
/// closes it: its result is one relation.
///
/// @param relations the planned inputs by the name that FROM uses
/// @param names the alias in FROM of each dataset that `Dataset.col` may have been asked of, by the dataset's id
record Scope(SqlNode from, Optional<SqlNode> where, Map<String, LogicalPlan> relations, Map<String, String> names) {
    private static final SqlParserPos HERE = Column.HERE;

    Scope {
        relations = Map.copyOf(relations);
        names = Map.copyOf(names);
    }

    static Scope of(LogicalPlan plan, String id) {
        return new Scope(relation(id, id), Optional.empty(), Map.of(id, plan), Map.of(id, id));
    }

    private static SqlNode relation(String name, String alias) {
        return SqlStdOperatorTable.AS.createCall(HERE, new SqlIdentifier(name, HERE), new SqlIdentifier(alias, HERE));
    }

    /// The relation under a name that the user chose; only a scope of one relation has one.
    Scope aliased(LogicalPlan plan, String id, String alias) {
        Map<String, String> renamed = new HashMap<>();
        names.keySet().forEach(known -> renamed.put(known, alias));
        renamed.put(id, alias);
        return new Scope(relation(id, alias), Optional.empty(), Map.of(id, plan), renamed);
    }

    Scope filtered(Column condition) {
        SqlNode tree = resolve(condition);
        SqlNode both = where.<SqlNode>map(w -> SqlStdOperatorTable.AND.createCall(HERE, TreeCopy.of(w), tree))
                .orElse(tree);
        return new Scope(from, Optional.of(both), relations, names);
    }

    boolean isFiltered() {
        return where.isPresent();
    }

    /// @param condition empty for USING and cross joins
    Scope join(Scope right, JoinType type, Optional<Column> condition, List<String> using) {
        Map<String, LogicalPlan> all = new HashMap<>(relations);
        all.putAll(right.relations);
        Map<String, String> allNames = new HashMap<>(names);
        allNames.putAll(right.names);
        Scope both = new Scope(from, Optional.empty(), all, allNames);
        JoinConditionType kind = !using.isEmpty()
                ? JoinConditionType.USING
                : condition.isPresent() ? JoinConditionType.ON : JoinConditionType.NONE;
        SqlNode on = !using.isEmpty()
                ? new SqlNodeList(using.stream().map(name -> Column.identifier(List.of(name))).toList(), HERE)
                : condition.map(both::resolve).orElse(null);
        JoinType joinType = kind == JoinConditionType.NONE && type == JoinType.INNER ? JoinType.CROSS : type;
        SqlNode join = new SqlJoin(HERE, TreeCopy.of(from), SqlLiteral.createBoolean(false, HERE),
                joinType.symbol(HERE),
                TreeCopy.of(right.from), kind.symbol(HERE), on);
        return new Scope(join, Optional.empty(), all, allNames);
    }

    SqlSelect select(List<Column> columns) {
        return select(columns, List.of(), false);
    }

    /// @param groupBy empty for none
    SqlSelect select(List<Column> columns, List<? extends SqlNode> groupBy, boolean distinct) {
        SqlNodeList keywords = new SqlNodeList(HERE);
        if (distinct) {
            keywords.add(SqlSelectKeyword.DISTINCT.symbol(HERE));
        }
        List<SqlNode> items = columns.stream().map(this::named).toList();
        SqlNodeList groups = groupBy.isEmpty() ? null : new SqlNodeList(groupBy, HERE);
        return new SqlSelect(HERE, keywords, new SqlNodeList(items, HERE), TreeCopy.of(from),
                where.map(TreeCopy::of).orElse(null), groups, null, null, null, null, null, null, null);
    }

    private SqlNode named(Column column) {
        SqlNode tree = resolve(column);
        return tree instanceof SqlIdentifier || tree.getKind() == org.apache.calcite.sql.SqlKind.AS
                ? tree
                : resolve(column.as(column.toString()));
    }

    /// The column's expression with every dataset id in it replaced by the dataset's name in FROM.
    SqlNode resolve(Column column) {
        SqlNode resolved = column.tree().accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                if (id.names.size() < 2 || !id.names.getFirst().startsWith(Dataset.ID_PREFIX)) {
                    return id;
                }
                String alias = names.get(id.names.getFirst());
                List<String> rest = id.names.subList(1, id.names.size());
                return Column
                        .identifier(alias == null ? rest : Stream.concat(Stream.of(alias), rest.stream()).toList());
            }
        });
        return java.util.Objects.requireNonNull(resolved);
    }
}
