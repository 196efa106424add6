package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The ways to write an as-of join as one: `JOIN rates FOR SYSTEM_TIME AS OF o.ts r` asks for the last version at or before
/// `o.ts`, and where MATCH_CONDITION is missing a comparison in ON says which row is the nearest.
final class PrepareAsof {
    private final Tables tables;

    PrepareAsof(Tables tables) {
        this.tables = tables;
    }

    /// The parts of an as-of join.
    ///
    /// @param match which row of the right side is the nearest
    /// @param equal what else must hold; null: nothing
    record Parts(SqlNode right, SqlNode match, @Nullable SqlNode equal, boolean outer) {}

    /// Empty for any other join.
    Optional<Parts> parts(SqlJoin join) {
        if (versions(join.getRight()).isPresent()) {
            return Optional.of(ofVersions(join));
        }
        if (!(join instanceof SqlAsofJoin asof)) {
            return Optional.empty();
        }
        boolean outer = join.getJoinType() == JoinType.LEFT_ASOF;
        SqlNode match = asof.getMatchCondition();
        return Optional.of(match == null
                ? ofComparison(asof, outer)
                : new Parts(join.getRight(), compared(match), join.getCondition(), outer));
    }

    private static SqlNode compared(SqlNode match) {
        if (!SqlKind.ORDER_COMPARISON.contains(match.getKind())) {
            throw new QueryProblem("THW-3290", "MATCH_CONDITION is not one comparison.", match.getParserPosition(),
                    "Write MATCH_CONDITION (l.ts >= r.ts), or with >, <= or <.");
        }
        return match;
    }

    /// `ON l.k = r.k AND l.ts >= r.ts`
    private static Parts ofComparison(SqlAsofJoin join, boolean outer) {
        List<SqlNode> parts = new ArrayList<>();
        split(java.util.Objects.requireNonNull(join.getCondition()), parts);
        List<SqlNode> matches = parts.stream().filter(part -> SqlKind.ORDER_COMPARISON.contains(part.getKind())
                && ((SqlCall) part).getOperandList().stream().allMatch(PrepareAsof::hasColumn)).toList();
        if (matches.size() != 1) {
            throw new QueryProblem("THW-3290", "This ASOF JOIN does not say which row is the nearest.",
                    join.getParserPosition(),
                    "Write ASOF JOIN r MATCH_CONDITION (l.ts >= r.ts) ON l.k = r.k.");
        }
        parts.removeAll(matches);
        SqlNode equal = parts.stream().reduce((left, right) -> SqlStdOperatorTable.AND
                .createCall(left.getParserPosition().plus(right.getParserPosition()), left, right)).orElse(null);
        return new Parts(join.getRight(), matches.getFirst(), equal, outer);
    }

    private static boolean hasColumn(SqlNode node) {
        return node instanceof SqlIdentifier
                || (node instanceof SqlCall call && call.getOperandList().stream().anyMatch(PrepareAsof::hasColumn));
    }

    private static void split(SqlNode condition, List<SqlNode> parts) {
        if (condition.getKind() == SqlKind.AND) {
            ((SqlCall) condition).getOperandList().forEach(part -> split(part, parts));
        } else if (!(condition instanceof SqlLiteral literal && Boolean.TRUE.equals(literal.getValue()))) {
            parts.add(condition);
        }
    }

    // ---- FOR SYSTEM_TIME AS OF

    /// The relation under its alias, where it is asked for by the time of its versions.
    private static Optional<SqlCall> versions(SqlNode relation) {
        SqlNode bare = relation.getKind() == SqlKind.AS ? ((SqlCall) relation).operand(0) : relation;
        return StreamOperators.is(bare, StreamOperators.AS_OF) ? Optional.of((SqlCall) bare) : Optional.empty();
    }

    /// What is wrong with versions that no join asks for.
    static QueryProblem misplaced(SqlCall versions) {
        return new QueryProblem("THW-3291", "FOR SYSTEM_TIME AS OF does not stand here.", versions.getParserPosition(),
                "It stands on the right side of JOIN or LEFT JOIN with ON, and names a time of the left side:"
                        + " FROM STREAM orders o JOIN STREAM rates FOR SYSTEM_TIME AS OF o.ts r ON o.currency = r.currency.");
    }

    private Parts ofVersions(SqlJoin join) {
        SqlCall versions = versions(join.getRight()).orElseThrow();
        boolean outer = join.getJoinType() == JoinType.LEFT;
        if ((!outer && join.getJoinType() != JoinType.INNER) || join.getConditionType() != JoinConditionType.ON) {
            throw misplaced(versions);
        }
        SqlCall aliased = (SqlCall) join.getRight(); // whoever has a name has it as an alias
        List<SqlNode> operands = new ArrayList<>(aliased.getOperandList());
        operands.set(0, versions.operand(0));
        SqlIdentifier alias = aliased.operand(1);
        SqlParserPos place = versions.getParserPosition();
        SqlNode match = SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(place, versions.operand(1),
                new SqlIdentifier(List.of(alias.getSimple(), time(versions, aliased)), place));
        return new Parts(SqlStdOperatorTable.AS.createCall(aliased.getParserPosition(), operands), match,
                join.getCondition(), outer);
    }

    /// The column that says since when a version is valid: the event time.
    private String time(SqlCall versions, SqlCall aliased) {
        SqlNode relation = versions.operand(0);
        if (StreamOperators.is(relation, StreamOperators.WATERMARK)) {
            SqlNode time = ((SqlCall) relation).operand(1);
            SqlIdentifier name = (SqlIdentifier) (time.getKind() == SqlKind.AS ? ((SqlCall) time).operand(1) : time);
            return name.names.getLast();
        }
        boolean asStream = StreamOperators.is(relation, StreamOperators.STREAM);
        SqlNode table = asStream ? ((SqlCall) relation).operand(0) : relation;
        return Optional.of(table).filter(SqlIdentifier.class::isInstance).map(SqlIdentifier.class::cast)
                .flatMap(name -> tables.eventTime(name, asStream))
                .map(time -> aliased.operandCount() == 2
                        ? time.name()
                        : ((SqlIdentifier) aliased.operand(2 + time.column())).getSimple())
                .orElseThrow(() -> new QueryProblem("THW-3292", "Nothing says since when a version of this is valid.",
                        relation.getParserPosition(), "Declare its time with WATERMARK FOR, or write"
                                + " ASOF JOIN r MATCH_CONDITION (l.ts >= r.valid_from) ON l.k = r.k."));
    }
}
