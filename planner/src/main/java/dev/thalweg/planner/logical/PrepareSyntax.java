package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.logical.PrepareExpressions.Surroundings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/// Copies a query so that Calcite's validator understands it: our operators, tables under names of their own, and what Spark
/// alone says (GROUP BY ALL, `window.start`, generators in SELECT, semi joins, watermarks) in terms of what Calcite knows.
///
/// The parser's tree stays as it was, so that a query with a problem can be prepared again without the part that is wrong.
final class PrepareSyntax {
    private final Preparation preparation;
    private final SqlValidator typing;
    private final PrepareExpressions expressions;
    private final PrepareRelations relations;
    private final RecursiveQueries recursive;
    /// The queries of the WITH clauses around, as they were written, outer ones first.
    private final List<SqlWithItem> visible = new ArrayList<>();

    /// @param typing only for the type factory behind type names in CAST
    /// @param planner of the parts of recursive queries
    PrepareSyntax(Preparation preparation, SqlValidator typing, RecursiveQueries.Planner planner) {
        this.recursive = new RecursiveQueries(preparation, planner);
        this.preparation = preparation;
        this.typing = typing;
        this.expressions = new PrepareExpressions(preparation, this);
        this.relations = new PrepareRelations(preparation, this, expressions);
    }

    SqlValidator typing() {
        return typing;
    }

    SqlNode query(SqlNode node, Names names) {
        return query(node, names, Optional.empty());
    }

    /// @param order the ORDER BY around, prepared with the same meaning of `window` as the SELECT inside
    private SqlNode query(SqlNode node, Names names, Optional<SqlOrderBy> order) {
        return switch (node) {
            case SqlOrderBy ordered -> query(ordered.query, names, Optional.of(ordered));
            case SqlWith with -> with(with, names, order);
            case SqlSelect select -> select(select, names, order);
            case SqlIdentifier table -> ordered(everything(table, names), order, Surroundings.of(names));
            case SqlCall call when call.getKind() == SqlKind.VALUES ->
                    ordered(everything(call, names), order, Surroundings.of(names));
            case SqlCall call when call.getKind() == SqlKind.EXPLICIT_TABLE ->
                    ordered(everything(call.operand(0), names), order, Surroundings.of(names));
            case SqlCall call -> ordered(combined(call, names), order, Surroundings.of(names));
            default -> throw new QueryProblem("THW-1199", "This is no query.", node.getParserPosition(), "");
        };
    }

    @SuppressWarnings("NullAway") // an absent LIMIT or OFFSET is null in Calcite
    private SqlNode ordered(SqlNode query, Optional<SqlOrderBy> order, Surroundings around) {
        if (order.isEmpty()) {
            return query;
        }
        SqlOrderBy by = order.get();
        checkCount(by.fetch, "LIMIT");
        checkCount(by.offset, "OFFSET");
        return new SqlOrderBy(by.getParserPosition(), query, expressions.list(by.orderList, around), by.offset,
                by.fetch);
    }

    private static void checkCount(@Nullable SqlNode count, String clause) {
        boolean isCount = count instanceof SqlNumericLiteral number && number.isInteger()
                && number.bigDecimalValue().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        if (isCount && count instanceof SqlNumericLiteral number && number.bigDecimalValue().signum() < 0) {
            throw new QueryProblem("THW-3126", clause + " must be a whole number from 0 up, but is "
                    + number.bigDecimalValue() + ".", number.getParserPosition(),
                    "LIMIT ALL, or none, gives all rows.");
        }
        if (count != null && !isCount) {
            throw new QueryProblem("THW-1116", clause + " must be a whole number that fits BIGINT.",
                    count.getParserPosition(), "Write a constant, such as 10.");
        }
    }

    private SqlNode combined(SqlCall call, Names names) {
        List<SqlNode> operands = call.getOperandList().stream().map(operand -> query(operand, names)).toList();
        return call.getOperator().createCall(call.getParserPosition(), operands);
    }

    @SuppressWarnings("NullAway") // absent column names are null in Calcite
    private SqlNode with(SqlWith with, Names outer, Optional<SqlOrderBy> order) {
        Names names = outer;
        int before = visible.size();
        Map<String, Relation> around = Map.copyOf(preparation.recursions());
        SqlNodeList items = new SqlNodeList(with.withList.getParserPosition());
        Set<String> own = new HashSet<>();
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            if (!own.add(item.name.getSimple().toLowerCase(Locale.ROOT))) {
                throw new QueryProblem("THW-1113", "'" + item.name.getSimple() + "' is twice in WITH.",
                        item.name.getParserPosition(), "Give one of the two another name.");
            }
            if (RecursiveQueries.isRecursive(item)) {
                Relation recursion = recursive.plan(item, visible);
                preparation.recursions().put(item.name.getSimple().toLowerCase(Locale.ROOT), recursion);
                names = names.without(item.name.getSimple());
                continue;
            }
            items.add(new SqlWithItem(item.getParserPosition(), item.name, item.columnList,
                    query(RecursiveQueries.unlimited(item), names), plainly(item)));
            visible.add(item);
            names = names.with(item.name.getSimple());
        }
        SqlNode body = query(with.body, names, order);
        visible.subList(before, visible.size()).clear();
        preparation.recursions().clear();
        preparation.recursions().putAll(around);
        return items.isEmpty() ? body : new SqlWith(with.getParserPosition(), items, body);
    }

    /// A query that does not read itself is none that repeats.
    private static SqlLiteral plainly(SqlWithItem item) {
        return SqlLiteral.createBoolean(false, item.getParserPosition());
    }

    private SqlNode everything(SqlNode relation, Names names) {
        SqlParserPos place = relation.getParserPosition();
        return select(new SqlSelectParts(place, SqlNodeList.of(SqlIdentifier.star(place)), relation).build(), names,
                Optional.empty());
    }

    // ---- SELECT

    private static Optional<SqlCall> windowOf(SqlSelect select) {
        SqlNodeList group = select.getGroup();
        return group == null ? Optional.empty() : group.stream().flatMap(PrepareSyntax::windows).findFirst();
    }

    private static java.util.stream.Stream<SqlCall> windows(@Nullable SqlNode node) {
        if (node instanceof SqlNodeList list) {
            return list.stream().flatMap(PrepareSyntax::windows);
        }
        if (!(node instanceof SqlCall call)) {
            return java.util.stream.Stream.empty();
        }
        String name = call.getOperator().getName();
        return name.equalsIgnoreCase("window") || name.equalsIgnoreCase("session_window")
                ? java.util.stream.Stream.of(call)
                : call.getOperandList().stream().flatMap(PrepareSyntax::windows);
    }

    private SqlNode select(SqlSelect select, Names outer, Optional<SqlOrderBy> order) {
        Hints hints = Hints.of(select.hasHints() ? select.getHints() : SqlNodeList.EMPTY);
        hints.notes().forEach(preparation::note);
        PrepareRelations.From from = relations.from(select.getFrom(), outer, hints);
        hints.checkNames(from.aliases(), select.getFrom());
        Names names = outer.seeing(from.aliases());
        Surroundings around = new Surroundings(names, windowOf(select), new HashMap<>(), keys(select.getGroup()),
                PrepareOver.named(select.getWindowList()));
        Surroundings plain = Surroundings.of(names);
        SelectList items = new SelectList(preparation, expressions, around, from,
                select.getSelectList().getParserPosition());
        items.addAll(select.getSelectList());
        SqlSelectParts parts = new SqlSelectParts(select.getParserPosition(), items.list(), items.from());
        parts.keywords(select);
        SqlNode where = select.getWhere();
        parts.where(from.conditions(where == null ? Optional.empty() : Optional.of(expressions.condition(where, plain)),
                relations::and));
        SqlNodeList group = select.getGroup();
        if (group != null) {
            parts.group(isAll(group) ? all(select, around) : groupBy(group, plain));
        }
        if (items.hasGenerators() && (group != null || items.hasAggregates())) {
            throw new QueryProblem("THW-1108", "A function that makes rows cannot stand beside aggregates.",
                    select.getParserPosition(), "Use it in a subquery, or in LATERAL VIEW, and aggregate its rows.");
        }
        SqlNode having = select.getHaving();
        parts.having(having == null ? null : expressions.condition(having, around));
        parts.qualify(optional(select.getQualify(), around));
        return ordered(preparation.made(parts.build()), order, around);
    }

    private @Nullable SqlNode optional(@Nullable SqlNode node, Surroundings around) {
        return node == null ? null : expressions.of(node, around);
    }

    private SqlNodeList groupBy(SqlNodeList group, Surroundings around) {
        SqlNodeList prepared = new SqlNodeList(group.getParserPosition());
        for (SqlNode item : group) {
            prepared.add(grouping(item, around));
        }
        return prepared;
    }

    /// `(a, b)` in GROUPING SETS is a set of columns here, no struct.
    private SqlNode grouping(SqlNode item, Surroundings around) {
        return switch (item.getKind()) {
            case ROLLUP, CUBE, GROUPING_SETS, ROW -> {
                SqlCall call = (SqlCall) item;
                List<SqlNode> operands = call.getOperandList().stream().map(o -> grouping(o, around)).toList();
                yield call.getOperator().createCall(call.getParserPosition(), operands);
            }
            default -> {
                if (StarArguments.isOfColumns(item)) {
                    throw new QueryProblem("THW-1107", "GROUP BY does not go with '*'.", item.getParserPosition(),
                            "Name the columns.");
                }
                if (item instanceof SqlNumericLiteral number && !number.isInteger()) {
                    throw new QueryProblem("THW-1112", number.toValue() + " is no number of a column.",
                            item.getParserPosition(), "Columns of the SELECT list count from 1: 1, 2, 3 ….");
                }
                yield expressions.of(item, around);
            }
        };
    }

    /// The columns of GROUP BY, without the sets they are in.
    private static List<SqlNode> keys(@Nullable SqlNode group) {
        if (group instanceof SqlNodeList list) {
            return distinct(list.getList());
        }
        return switch (group) {
            case null -> List.of();
            case SqlCall call when Set.of(SqlKind.ROLLUP, SqlKind.CUBE, SqlKind.GROUPING_SETS, SqlKind.ROW)
                    .contains(call.getKind()) -> distinct(call.getOperandList());
            default -> List.of(group);
        };
    }

    private static List<SqlNode> distinct(List<SqlNode> sets) {
        List<SqlNode> keys = new ArrayList<>();
        sets.stream().flatMap(set -> keys(set).stream())
                .filter(key -> keys.stream().noneMatch(known -> known.equalsDeep(key, Litmus.IGNORE)))
                .forEach(keys::add);
        return keys;
    }

    // ---- GROUP BY ALL

    private static boolean isAll(SqlNodeList group) {
        return group.size() == 1 && StreamOperators.is(group.get(0), StreamOperators.GROUP_BY_ALL);
    }

    /// Everything in the SELECT list that holds no aggregate and is no constant.
    private SqlNodeList all(SqlSelect select, Surroundings around) {
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
            if ((value instanceof SqlIdentifier name && name.isStar())
                    || StreamOperators.is(value, StreamOperators.ALL_BUT)) {
                throw new QueryProblem("THW-1107", "GROUP BY ALL does not go with '*'.", value.getParserPosition(),
                        "Name the columns.");
            }
            if (!(value instanceof SqlLiteral) && !holdsAggregate(value)) {
                keys.add(expressions.of(value, around));
            }
        }
        return new SqlNodeList(keys, select.getParserPosition());
    }

    boolean holdsAggregate(@Nullable SqlNode node) {
        if (node instanceof SqlNodeList list) {
            return list.stream().anyMatch(this::holdsAggregate);
        }
        if (!(node instanceof SqlCall call) || call instanceof SqlSelect || call.getKind() == SqlKind.OVER) {
            return false;
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        return preparation.functions().isAggregate(call) || name.equals("count_if")
                || call.getOperandList().stream().anyMatch(this::holdsAggregate);
    }

}
