package dev.thalweg;

import dev.thalweg.OutputColumn.Origin;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlShuttle;

/// Joins two scopes, neither of which has a WHERE.
///
/// Where both sides come from one dataset, a column of that dataset means the side that is the dataset itself; if both are,
/// or neither is, it is ambiguous, except that in `l.col("k").equalTo(l.col("k"))` each side gives one of the two, as in Spark.
///
/// @param type as SQL says it
/// @param using the columns that both have in common; empty for ON and cross joins
record ScopeJoin(Scope left, Scope right, JoinType type, List<String> using) {
    static JoinType type(String name) {
        return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "inner" -> JoinType.INNER;
            case "cross" -> JoinType.CROSS;
            case "left", "leftouter" -> JoinType.LEFT;
            case "right", "rightouter" -> JoinType.RIGHT;
            case "full", "outer", "fullouter" -> JoinType.FULL;
            case "semi", "leftsemi" -> JoinType.LEFT_SEMI_JOIN;
            case "anti", "leftanti" -> JoinType.LEFT_ANTI_JOIN;
            default -> throw new InvalidQuery("THW-1213",
                    "Unknown join type '" + name + "'. Known: inner, cross, left, right,"
                            + " full, left_semi, left_anti.");
        };
    }

    /// @param condition empty for USING and cross joins
    Scope on(Optional<Column> condition) {
        using.forEach(name -> List.of(left, right).forEach(side -> checkHas(side, name)));
        List<OutputColumn> ofLeft = withoutThoseOf(left.output(), right.output());
        List<OutputColumn> ofRight = withoutThoseOf(right.output(), left.output());
        Map<String, LogicalPlan> relations = new HashMap<>(left.relations());
        relations.putAll(right.relations());
        List<OutputColumn> both = Stream.concat(ofLeft.stream(), ofRight.stream()).toList();
        Scope sides = new Scope(left.from(), relations, both,
                Stream.concat(left.hidden().stream(), right.hidden().stream()).toList());
        JoinConditionType kind = !using.isEmpty()
                ? JoinConditionType.USING
                : condition.isPresent() ? JoinConditionType.ON : JoinConditionType.NONE;
        SqlNode on = !using.isEmpty()
                ? new SqlNodeList(using.stream().map(name -> Column.identifier(List.of(name))).toList(), Column.HERE)
                : condition.map(c -> sides.resolve(new Column(twoSided(c.tree())))).orElse(null);
        JoinType joinType = kind == JoinConditionType.NONE && type == JoinType.INNER ? JoinType.CROSS : type;
        SqlNode from = new SqlJoin(Column.HERE, TreeCopy.of(left.from()),
                SqlLiteral.createBoolean(false, Column.HERE), joinType.symbol(Column.HERE), TreeCopy.of(right.from()),
                kind.symbol(Column.HERE), on);
        boolean leftOnly = type == JoinType.LEFT_SEMI_JOIN || type == JoinType.LEFT_ANTI_JOIN;
        return leftOnly
                ? new Scope(from, relations, left.output(), left.hidden())
                : new Scope(from, relations, using.isEmpty() ? both : merged(ofLeft, ofRight),
                        using.isEmpty()
                                ? sides.hidden()
                                : Stream.concat(sides.hidden().stream(), both.stream()).toList());
    }

    private static void checkHas(Scope side, String name) {
        if (!side.hasColumn(name)) {
            throw new InvalidQuery("THW-1104", "Unknown column '" + name + "': both sides of a join on it must have it."
                    + "\nOne side has: " + String.join(", ", side.output().stream().map(OutputColumn::name).toList())
                    + ".");
        }
    }

    private static List<OutputColumn> withoutThoseOf(List<OutputColumn> columns, List<OutputColumn> others) {
        Set<Origin> owned = new HashSet<>();
        others.forEach(other -> other.origins().stream().filter(other::isOwn).forEach(owned::add));
        return columns.stream().map(column -> {
            Set<Origin> theirs = new HashSet<>(owned);
            theirs.removeIf(column::isOwn);
            return column.without(theirs);
        }).toList();
    }

    /// What `*` gives of a join with USING: the common columns once, before the others.
    private List<OutputColumn> merged(List<OutputColumn> ofLeft, List<OutputColumn> ofRight) {
        List<OutputColumn> columns = new ArrayList<>();
        for (String name : using) {
            Optional<OutputColumn> kept = (type == JoinType.RIGHT ? ofRight : ofLeft).stream()
                    .filter(column -> column.isNamed(name)).findFirst();
            kept.ifPresent(column -> columns.add(new OutputColumn(column.name(), List.of(name), column.dataset(),
                    type == JoinType.FULL ? Set.of() : column.origins())));
        }
        Stream.concat(ofLeft.stream(), ofRight.stream())
                .filter(column -> using.stream().noneMatch(column::isNamed)).forEach(columns::add);
        return columns;
    }

    /// In `l.k = l.k` the first is the left side's and the second the right side's where both sides have that column.
    private SqlNode twoSided(SqlNode condition) {
        SqlNode changed = condition.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlCall call) {
                boolean equates = call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
                if (equates && call.operand(0) instanceof SqlIdentifier one
                        && call.operand(1) instanceof SqlIdentifier two
                        && Scope.isOfDataset(one) && one.names.equals(two.names)
                        && left.columnsOf(one).size() == 1 && right.columnsOf(two).size() == 1) {
                    return call.getOperator().createCall(call.getParserPosition(),
                            Scope.refer(left.columnsOf(one).getFirst(), one),
                            Scope.refer(right.columnsOf(two).getFirst(), two));
                }
                return java.util.Objects.requireNonNull(super.visit(call));
            }
        });
        return java.util.Objects.requireNonNull(changed);
    }
}
