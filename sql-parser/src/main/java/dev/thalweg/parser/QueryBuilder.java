package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegLexer;
import dev.thalweg.parser.grammar.ThalwegParser.*;
import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.spi.error.Defect;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Makes the tree of a query: WITH, set operations, SELECT and its clauses, ORDER BY, LIMIT.
final class QueryBuilder {
    /// The table name of VALUES that gives itself none.
    private static final String VALUES_ALIAS = "values";

    private final TreeBuilders builders;

    QueryBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    /// WITH is inside, ORDER BY and LIMIT outside, as Calcite's own parser has it.
    @SuppressWarnings("NullAway") // an absent LIMIT or OFFSET is null in Calcite
    SqlNode of(QueryContext query) {
        SqlNode node = of(query.queryTerm());
        SqlParserPos position = Positions.of(query);
        if (query.withClause() != null) {
            node = new SqlWith(position, namedQueries(query.withClause()), node);
        }
        LimitClauseContext limits = query.limitClause();
        SqlNode limit = limits == null ? null : optional(limits.limit);
        SqlNode offset = limits == null ? null : optional(limits.offset);
        if (query.orderBy() == null && limit == null && offset == null) {
            return node;
        }
        SqlNodeList order = query.orderBy() == null
                ? SqlNodeList.EMPTY
                : order(query.orderBy());
        return new SqlOrderBy(position, node, order, offset, limit);
    }

    private SqlNodeList order(OrderByContext order) {
        SortAllContext all = order.sortAll();
        if (all == null) {
            return builders.functions.sortItems(order.sortItem(), order);
        }
        SqlParserPos position = Positions.of(all);
        return SqlNodeList.of(FunctionBuilder.sorted(StreamOperators.call(StreamOperators.ORDER_BY_ALL, position),
                all.direction, all.nulls, position));
    }

    private @Nullable SqlNode optional(@Nullable ExpressionContext expression) {
        return expression == null ? null : builders.expressions.of(expression);
    }

    @SuppressWarnings("NullAway") // absent column names are null in Calcite
    private SqlNodeList namedQueries(WithClauseContext with) {
        SqlNodeList list = new SqlNodeList(Positions.of(with));
        SqlLiteral recursive = SqlLiteral.createBoolean(with.RECURSIVE() != null, Positions.of(with));
        for (NamedQueryContext named : with.namedQuery()) {
            SqlNodeList columns = named.columnNames() == null ? null : builders.identifiers(named.columnNames());
            SqlNode query = of(named.query());
            list.add(new SqlWithItem(Positions.of(named), builders.identifier(named.name), columns,
                    named.recursionLevels() == null ? query : limited(query, named.recursionLevels()), recursive));
        }
        return list;
    }

    private SqlNode limited(SqlNode query, RecursionLevelsContext limit) {
        String words = limit.identifier().stream().map(word -> word.getText().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
        SqlParserPos position = Positions.of(limit);
        boolean fits = new BigInteger(limit.levels.getText()).bitLength() < Integer.SIZE;
        if (!words.equals("MAX RECURSION LEVEL") || !fits) {
            throw builders.error("THW-1004", position, "'" + words + " " + limit.levels.getText()
                    + "' is no limit of a recursive query", "Write MAX RECURSION LEVEL 100, or leave it out.");
        }
        return StreamOperators.call(StreamOperators.LEVELS, position, query,
                LiteralBuilder.whole(Long.parseLong(limit.levels.getText()), position));
    }

    // ---- set operations

    private SqlNode of(QueryTermContext term) {
        return switch (term) {
            case PlainQueryContext plain -> of(plain.queryPrimary());
            case SetOperationContext operation ->
                    operator(operation).createCall(Positions.of(term), of(operation.left), of(operation.right));
            default -> throw new Defect("THW-9030", "No query is made of " + term.getClass().getSimpleName());
        };
    }

    private static SqlOperator operator(SetOperationContext operation) {
        boolean all = operation.setQuantifier() != null && operation.setQuantifier().ALL() != null;
        if (operation.INTERSECT() != null) {
            return all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
        }
        if (operation.operator.getType() == ThalwegLexer.UNION) {
            return all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
        }
        return all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
    }

    private SqlNode of(QueryPrimaryContext primary) {
        return switch (primary) {
            case SelectQueryContext query -> select(query.select());
            case ValuesQueryContext query -> everythingFrom(values(query.values()));
            case NestedQueryContext nested -> of(nested.query());
            case TableQueryContext table -> everythingFrom(table(table));
            default -> throw new Defect("THW-9030", "No query is made of " + primary.getClass().getSimpleName());
        };
    }

    private SqlNode table(TableQueryContext query) {
        SqlIdentifier table = builders.identifier(query.tableName());
        return query.STREAM() == null
                ? table
                : RelationBuilder.as(StreamOperators.call(StreamOperators.STREAM, Positions.of(query), table),
                        List.of(table.getComponent(table.names.size() - 1)), Positions.of(query));
    }

    /// VALUES has Spark's column names, `col1`, `col2` …, unless it gives its own.
    SqlNode values(ValuesContext values) {
        SqlParserPos position = Positions.of(values);
        List<SqlNode> rows = new ArrayList<>();
        for (SqlNode row : builders.expressions.of(values.expression())) {
            boolean isRow = row.getKind() == SqlKind.ROW;
            rows.add(isRow ? row : SqlStdOperatorTable.ROW.createCall(row.getParserPosition(), row));
        }
        SqlNode node = SqlStdOperatorTable.VALUES.createCall(position, rows);
        if (values.tableAlias() != null && values.tableAlias().columnNames() != null) {
            return builders.relations.aliased(node, values.tableAlias());
        }
        List<SqlNode> names = new ArrayList<>();
        names.add(values.tableAlias() == null
                ? TreeBuilders.simple(VALUES_ALIAS, position)
                : aliasOf(values.tableAlias()));
        int width = ((org.apache.calcite.sql.SqlCall) rows.getFirst()).operandCount();
        for (int i = 1; i <= width; i++) {
            names.add(TreeBuilders.simple("col" + i, position));
        }
        return RelationBuilder.as(node, names, position);
    }

    private SqlIdentifier aliasOf(TableAliasContext alias) {
        return alias.identifier() != null
                ? builders.identifier(alias.identifier())
                : builders.identifier(alias.bareAlias());
    }

    // ---- SELECT

    SqlNode everythingFrom(SqlNode relation) {
        SqlParserPos position = relation.getParserPosition();
        return new Select(position, SqlNodeList.of(SqlIdentifier.star(position)), relation).build();
    }

    private SqlNode select(SelectContext select) {
        SqlParserPos position = Positions.of(select);
        SqlNodeList items = new SqlNodeList(position);
        select.selectItem().forEach(item -> items.add(selectItem(item)));
        SqlNode from = select.fromClause() == null ? null : builders.relations.of(select.fromClause());
        Select node = new Select(position, items, from);
        select.hints().forEach(hints -> hints.hint().forEach(hint -> node.hints.add(hint(hint))));
        if (select.setQuantifier() != null && select.setQuantifier().DISTINCT() != null) {
            node.keywords.add(SqlSelectKeyword.DISTINCT.symbol(Positions.of(select.setQuantifier())));
        }
        node.where = optional(select.where);
        node.groupBy = select.groupBy() == null ? null : groupBy(select.groupBy());
        node.having = optional(select.having);
        node.qualify = optional(select.qualify);
        for (NamedWindowContext window : select.namedWindow()) {
            SqlWindow declared = builders.functions.window(window.windowSpec());
            declared.setOperand(0, builders.identifier(window.name));
            node.windows.add(declared);
        }
        return node.build();
    }

    /// Where all arguments are pairs they lie behind each other, key and value.
    private SqlHint hint(HintContext hint) {
        SqlParserPos position = Positions.of(hint);
        boolean pairs = !hint.hintArgument().isEmpty()
                && hint.hintArgument().stream().allMatch(argument -> argument.key != null);
        List<SqlNode> options = new ArrayList<>();
        for (HintArgumentContext argument : hint.hintArgument()) {
            if (argument.key == null) {
                options.add(builders.expressions.of(argument.expression()));
                continue;
            }
            options.add(SqlLiteral.createCharString(LiteralBuilder.text(argument.key), Positions.of(argument.key)));
            options.add(
                    SqlLiteral.createCharString(LiteralBuilder.text(argument.value), Positions.of(argument.value)));
        }
        return new SqlHint(position, TreeBuilders.simple(TreeBuilders.text(hint.name), Positions.of(hint.name)),
                new SqlNodeList(options, position),
                pairs ? SqlHint.HintOptionFormat.KV_LIST : SqlHint.HintOptionFormat.LITERAL_LIST);
    }

    SqlNode selectItem(SelectItemContext item) {
        if (item.exceptColumns() != null) {
            return builders.allBut(Positions.of(item), item.qualifiedName(), item.exceptColumns());
        }
        SqlNode value = builders.expressions.of(item.expression());
        if (item.alias != null) {
            return RelationBuilder.as(value, List.of(builders.identifier(item.alias)), Positions.of(item));
        }
        if (item.bareAlias() != null) {
            return RelationBuilder.as(value, List.of(builders.identifier(item.bareAlias())), Positions.of(item));
        }
        if (item.columnNames() != null) {
            return RelationBuilder.as(value, builders.identifiers(item.columnNames()), Positions.of(item));
        }
        return value;
    }

    /// The clauses of one SELECT while they are gathered; Calcite's node is made once.
    private static final class Select {
        private final SqlParserPos position;
        private final SqlNodeList items;
        private final @Nullable SqlNode from;
        private final SqlNodeList keywords;
        private final SqlNodeList windows;
        private final SqlNodeList hints;
        private @Nullable SqlNode where;
        private @Nullable SqlNodeList groupBy;
        private @Nullable SqlNode having;
        private @Nullable SqlNode qualify;

        Select(SqlParserPos position, SqlNodeList items, @Nullable SqlNode from) {
            this.position = position;
            this.items = items;
            this.from = from;
            this.keywords = new SqlNodeList(position);
            this.windows = new SqlNodeList(position);
            this.hints = new SqlNodeList(position);
        }

        @SuppressWarnings("NullAway") // absent clauses are null in Calcite
        SqlSelect build() {
            return new SqlSelect(position, keywords, items, from, where, groupBy, having, windows, qualify, null, null,
                    null, hints);
        }
    }

    // ---- GROUP BY

    private SqlNodeList groupBy(GroupByContext groupBy) {
        SqlParserPos position = Positions.of(groupBy);
        if (groupBy.ALL() != null) {
            return SqlNodeList.of(StreamOperators.call(StreamOperators.GROUP_BY_ALL, position));
        }
        List<SqlNode> items = new ArrayList<>();
        if (groupBy.SETS() != null) {
            // GROUP BY a, b GROUPING SETS (…), Hive's way: the list in front only says what the sets say again.
            items.add(SqlStdOperatorTable.GROUPING_SETS.createCall(position, sets(groupBy.groupingSet())));
            return new SqlNodeList(items, position);
        }
        groupBy.groupItem().forEach(item -> items.add(groupItem(item)));
        if (groupBy.kind == null) {
            return new SqlNodeList(items, position);
        }
        return SqlNodeList.of(cubeOrRollup(groupBy.kind.getType()).createCall(position, items));
    }

    private SqlNode groupItem(GroupItemContext item) {
        SqlParserPos position = Positions.of(item);
        return switch (item) {
            case GroupingSetsContext sets ->
                    SqlStdOperatorTable.GROUPING_SETS.createCall(position, sets(sets.groupingSet()));
            case CubeOrRollupContext cube ->
                    cubeOrRollup(cube.kind.getType()).createCall(position, sets(cube.groupingSet()));
            case GroupExpressionContext expression -> builders.expressions.of(expression.expression());
            default -> throw new Defect("THW-9030", "No group is made of " + item.getClass().getSimpleName());
        };
    }

    private List<SqlNode> sets(List<GroupingSetContext> sets) {
        List<SqlNode> list = new ArrayList<>();
        for (GroupingSetContext set : sets) {
            list.add(set.groupItem() == null ? new SqlNodeList(Positions.of(set)) : groupItem(set.groupItem()));
        }
        return list;
    }

    private static SqlOperator cubeOrRollup(int token) {
        return token == ThalwegLexer.CUBE ? SqlStdOperatorTable.CUBE : SqlStdOperatorTable.ROLLUP;
    }
}
