package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.logical.PrepareExpressions.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The items of one SELECT: each gets the name Spark would give it, and a generator moves into the FROM clause, as a lateral join.
final class SelectList {
    private final Preparation preparation;
    private final PrepareExpressions expressions;
    private final Surroundings around;
    private final PrepareRelations.From before;
    private final SqlNodeList list;
    private @Nullable SqlNode from;
    private boolean generators;
    private boolean aggregates;

    SelectList(Preparation preparation, PrepareExpressions expressions, Surroundings around,
            PrepareRelations.From from,
            SqlParserPos place) {
        this.preparation = preparation;
        this.expressions = expressions;
        this.around = around;
        this.before = from;
        this.from = from.relation();
        this.list = new SqlNodeList(place);
    }

    SqlNodeList list() {
        return list;
    }

    @Nullable
    SqlNode from() {
        return from;
    }

    boolean hasGenerators() {
        return generators;
    }

    boolean hasAggregates() {
        return aggregates;
    }

    void addAll(SqlNodeList items) {
        generators = items.stream().anyMatch(item -> isGenerator(value(item)));
        items.forEach(this::add);
    }

    private static SqlNode value(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    private void add(SqlNode item) {
        boolean aliased = item.getKind() == SqlKind.AS;
        SqlNode value = value(item);
        List<SqlNode> names = aliased
                ? ((SqlCall) item).getOperandList().subList(1, ((SqlCall) item).operandCount())
                : List.of();
        if (value instanceof SqlIdentifier star && star.isStar()) {
            stars(star).forEach(list::add);
        } else if (StreamOperators.is(value, StreamOperators.ALL_BUT)) {
            addAllBut((SqlCall) value);
        } else if (isGenerator(value)) {
            addGenerator((SqlCall) value, names);
        } else {
            aggregates |= isAggregate(value);
            SqlNode prepared = expressions.of(value, around);
            SqlIdentifier name = names.isEmpty()
                    ? new SqlIdentifier(ColumnNames.of(value), value.getParserPosition())
                    : (SqlIdentifier) names.getFirst();
            if (aliased) {
                around.aliases().putIfAbsent(name.getSimple().toLowerCase(Locale.ROOT), value);
            }
            boolean named = value instanceof SqlIdentifier && prepared instanceof SqlIdentifier && names.isEmpty();
            list.add(named ? prepared : as(prepared, List.of(name), item.getParserPosition()));
        }
    }

    private void addAllBut(SqlCall allBut) {
        SqlIdentifier star = (SqlIdentifier) ((SqlNodeList) allBut.operand(0)).get(0);
        list.add(StreamOperators.ALL_BUT.createCall(allBut.getParserPosition(),
                new SqlNodeList(stars(star), star.getParserPosition()), allBut.operand(1)));
    }

    /// A `*` means the columns of FROM as it was written, not those of the generators that are put there.
    private List<SqlNode> stars(SqlIdentifier star) {
        if (star.names.size() > 1 && before.aliases().isEmpty()) {
            throw new QueryProblem("THW-1107", "Without FROM '" + star.names.getFirst() + ".*' has no columns.",
                    star.getParserPosition(), "Write a FROM clause.");
        }
        if (star.names.size() > 1 || !generators) {
            return List.of(expressions.of(star, around));
        }
        return before.aliases().stream()
                .<SqlNode>map(alias -> new SqlIdentifier(List.of(alias, ""), star.getParserPosition())).toList();
    }

    private boolean isGenerator(SqlNode value) {
        return value instanceof SqlCall call && preparation.functions().isGenerator(call.getOperator().getName());
    }

    private boolean isAggregate(SqlNode value) {
        return value instanceof SqlCall call && preparation.functions().isAggregate(call);
    }

    private void addGenerator(SqlCall call, List<SqlNode> names) {
        SqlParserPos place = call.getParserPosition();
        String table = preparation.freshName("g");
        List<SqlNode> aliases = new ArrayList<>(List.of(new SqlIdentifier(table, place)));
        for (int i = 0; i < names.size(); i++) {
            aliases.add(new SqlIdentifier(table + "_" + i, place));
        }
        SqlNode rows = PrepareRelations.tableFunction(preparation, expressions, call, around.names());
        SqlNode right = as(from == null ? rows : SqlStdOperatorTable.LATERAL.createCall(place, rows), aliases, place);
        from = from == null ? right : PrepareRelations.crossJoin(from, right, place);
        if (names.isEmpty()) {
            list.add(new SqlIdentifier(List.of(table, ""), place));
        }
        for (int i = 0; i < names.size(); i++) {
            list.add(as(new SqlIdentifier(List.of(table, table + "_" + i), place), List.of(names.get(i)), place));
        }
    }

    static SqlNode as(SqlNode node, List<? extends SqlNode> names, SqlParserPos place) {
        List<SqlNode> operands = new ArrayList<>(List.of(node));
        operands.addAll(names);
        return SqlStdOperatorTable.AS.createCall(place, operands);
    }
}
