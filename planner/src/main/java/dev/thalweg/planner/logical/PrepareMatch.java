package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.MatchRecognize;
import dev.thalweg.parser.tree.MatchRecognize.Clauses;
import dev.thalweg.parser.tree.MatchRecognize.Named;
import dev.thalweg.planner.function.MatchFunction;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.incremental.MatchRow;
import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.planner.logical.PrepareExpressions.Surroundings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Copies a MATCH_RECOGNIZE as two queries: one computes of the input, beside its columns, the columns of PARTITION BY and
/// ORDER BY, the conditions of DEFINE and the measures; the one around it bears a mark in its WHERE ([MatchMark]) and selects
/// what comes out. So types, functions and problems are those of any SELECT.
final class PrepareMatch {
    /// How the names of columns begin that no `*` stands for.
    static final String HIDDEN = "$match";

    private final Preparation preparation;
    private final PrepareRelations relations;
    private final PrepareExpressions expressions;
    private final SqlNodeList columns;

    PrepareMatch(Preparation preparation, PrepareRelations relations, PrepareExpressions expressions,
            SqlParserPos place) {
        this.preparation = preparation;
        this.relations = relations;
        this.expressions = expressions;
        this.columns = new SqlNodeList(place);
    }

    SqlNode of(MatchRecognize match, Names names) {
        SqlParserPos place = match.getParserPosition();
        Clauses clauses = match.clauses();
        MatchVariables variables = MatchVariables.of(match, preparation.functions());
        PrepareRelations.From input = relations.from(match.input(), names);
        Surroundings around = Surroundings.of(names.seeing(input.aliases()));
        boolean one = clauses.rows() == MatchRecognize.Rows.ONE;
        if (!one) {
            columns.add(SqlIdentifier.star(place));
        }
        List<SqlNode> shown = new ArrayList<>(one ? List.of() : List.of(SqlIdentifier.star(place)));
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode key : clauses.partition()) {
            SqlIdentifier column = hidden(expressions.of(column(key, "PARTITION BY"), around), key);
            keys.add(column);
            if (one) {
                shown.add(SelectList.as(column, List.of(last((SqlIdentifier) key)), key.getParserPosition()));
            }
        }
        List<Direction> order = new ArrayList<>();
        for (SqlNode key : clauses.order()) {
            keys.add(hidden(expressions.of(column(bare(key), "ORDER BY"), around), key));
            order.add(direction(key));
        }
        checkOrder(order, place);
        List<Integer> defined = define(clauses, variables, around);
        shown.addAll(measure(clauses, variables, around));
        if (shown.isEmpty()) {
            throw new QueryProblem("THW-3301", "A match without PARTITION BY and MEASURES has no columns.", place,
                    "Name what is to be seen of it: MEASURES FIRST(A.ts) AS begins, or write ALL ROWS PER MATCH.");
        }
        MatchMark mark = new MatchMark(preparation.freshName("match"), new MatchMark.Clauses(variables.pattern(),
                clauses.partition().size(), order, defined, clauses.measures().size()));
        SqlNode rows = preparation.made(new SqlSelectParts(place, columns,
                java.util.Objects.requireNonNull(input.relation()))
                .where(input.conditions(Optional.empty(), relations::and)).build());
        SqlNode matched = SelectList.as(rows, List.of(new SqlIdentifier(preparation.freshName("q"), place)), place);
        return preparation.made(new SqlSelectParts(place, new SqlNodeList(shown, place), matched)
                .where(Optional.of(mark.createCall(place, keys))).build());
    }

    /// @return the variable of each condition
    private List<Integer> define(Clauses clauses, MatchVariables variables, Surroundings around) {
        List<Integer> defined = new ArrayList<>();
        for (Named definition : clauses.definitions()) {
            int variable = variables.defined(definition.name());
            SqlNode condition = new MatchExpressions(variables, Optional.of(variable)).of(definition.expression());
            hidden(new MatchFunction(MatchFunction.Kind.CONDITION, MatchRow.current(List.of(variable), 0))
                    .createCall(condition.getParserPosition(), expressions.condition(condition, around)),
                    definition.expression());
            defined.add(variable);
        }
        return defined;
    }

    private List<SqlNode> measure(Clauses clauses, MatchVariables variables, Surroundings around) {
        List<SqlNode> shown = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Named measure : clauses.measures()) {
            if (!names.add(measure.name().getSimple().toLowerCase(Locale.ROOT))) {
                throw new QueryProblem("THW-3301", "Two measures are called '" + measure.name().getSimple() + "'.",
                        measure.name().getParserPosition(), "Give one of the two another name.");
            }
            SqlNode value = new MatchExpressions(variables, Optional.empty()).of(measure.expression());
            SqlIdentifier column = hidden(expressions.of(value, around), measure.expression());
            shown.add(SelectList.as(column, List.of(measure.name()), measure.name().getParserPosition()));
        }
        return shown;
    }

    /// Computes a column under a name of its own.
    private SqlIdentifier hidden(SqlNode value, SqlNode written) {
        SqlParserPos place = written.getParserPosition();
        String name = preparation.freshName(HIDDEN.substring(1));
        columns.add(SelectList.as(value, List.of(new SqlIdentifier(name, place)), place));
        return new SqlIdentifier(name, place);
    }

    private static SqlIdentifier last(SqlIdentifier column) {
        return column.getComponent(column.names.size() - 1);
    }

    private static SqlIdentifier column(SqlNode key, String clause) {
        if (key instanceof SqlIdentifier column && !column.isStar()) {
            return column;
        }
        throw new QueryProblem("THW-3301", clause + " of MATCH_RECOGNIZE takes columns only.", key.getParserPosition(),
                "Compute it in a subquery: FROM (SELECT *, … AS k FROM STREAM t) MATCH_RECOGNIZE (" + clause
                        + " k …).");
    }

    private static SqlNode bare(SqlNode key) {
        return switch (key.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> bare(((SqlCall) key).operand(0));
            default -> key; // a rule: anything else is the key itself
        };
    }

    private static Direction direction(SqlNode key) {
        boolean nulls = key.getKind() == SqlKind.NULLS_FIRST || key.getKind() == SqlKind.NULLS_LAST;
        SqlNode sorted = nulls ? ((SqlCall) key).operand(0) : key;
        boolean descending = sorted.getKind() == SqlKind.DESCENDING;
        return new Direction(descending, nulls ? key.getKind() == SqlKind.NULLS_FIRST : !descending);
    }

    private static void checkOrder(List<Direction> order, SqlParserPos place) {
        if (order.isEmpty()) {
            throw new QueryProblem("THW-3300", "MATCH_RECOGNIZE has no ORDER BY: without one its rows are in no order.",
                    place, "Write ORDER BY and the column that says when a row happened, such as ORDER BY ts.");
        }
    }
}
