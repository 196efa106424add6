package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.Operators;
import dev.thalweg.planner.function.QueryProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Writes columns for a star inside a call, and fields for the star of a struct anywhere: `struct(*)`, `s.*`,
/// `count(DISTINCT *)` and `count(t.*)`, which count the rows in which none of the columns is NULL.
///
/// The star of a subquery is its own: this one does not look into them.
final class StarArguments extends SqlShuttle {
    private final Function<SqlNode, SqlNodeList> columns;

    /// @param columns what a star of the SELECT at hand stands for, each with its name
    StarArguments(Function<SqlNode, SqlNodeList> columns) {
        this.columns = columns;
    }

    /// Only a bare `count(*)` counts rows, whatever is in them.
    static boolean countsRows(SqlCall count) {
        return count.operandCount() == 1 && count.operand(0) instanceof SqlIdentifier star && star.isStar()
                && star.names.size() == 1
                && !(count instanceof SqlBasicCall basic && isDistinct(basic.getFunctionQuantifier()));
    }

    private static boolean isStar(@Nullable SqlNode node) {
        return node != null && (isOfColumns(node) || isStarOfStruct(node));
    }

    private static boolean isStarOfStruct(@Nullable SqlNode node) {
        return node instanceof SqlCall call && Operators.isFieldsOf(call);
    }

    /// `*`, `t.*`, and these with EXCEPT.
    static boolean isOfColumns(SqlNode node) {
        return (node instanceof SqlIdentifier name && name.isStar()) || isAllBut(node);
    }

    private static boolean isAllBut(SqlNode node) {
        return StreamOperators.is(node, StreamOperators.ALL_BUT);
    }

    private static boolean isDistinct(@Nullable SqlLiteral quantifier) {
        return quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
    }

    /// In place: Calcite holds on to the list.
    void expandIn(SqlNodeList items) {
        for (int i = items.size() - 1; i >= 0; i--) {
            SqlNode item = items.get(i);
            if (isAllBut(item)) {
                items.remove(i);
                items.addAll(i, allBut((SqlCall) item));
            } else if (isStarOfStruct(item)) {
                items.remove(i);
                items.addAll(i, columns.apply(item).getList());
            } else if (item instanceof SqlCall) {
                items.set(i, item.accept(this));
            }
        }
    }

    /// In place, in the arguments of calls only: a key of GROUP BY is one value.
    void expandInside(SqlNodeList items) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof SqlCall call && !isStar(call)) {
                items.set(i, call.accept(this));
            }
        }
    }

    /// What `* EXCEPT (a, b)` leaves.
    private List<SqlNode> allBut(SqlCall item) {
        List<SqlNode> left = new ArrayList<>();
        for (SqlNode star : (SqlNodeList) item.operand(0)) {
            left.addAll(columns.apply(star).getList());
        }
        List<String> all = left.stream().map(StarArguments::nameOf).toList();
        Set<String> named = new HashSet<>();
        for (SqlNode name : (SqlNodeList) item.operand(1)) {
            if (!named.add(name.toString().toLowerCase(Locale.ROOT))) {
                throw new QueryProblem("THW-1107", "EXCEPT names the column '" + name + "' twice.",
                        name.getParserPosition(), "Name it once.");
            }
            if (!left.removeIf(column -> isNamed(column, (SqlIdentifier) name))) {
                throw new QueryProblem("THW-1104", "The '*' has no column '" + name + "' that EXCEPT could leave out.",
                        name.getParserPosition(), "It stands for: " + String.join(", ", all) + ".");
            }
        }
        if (left.isEmpty()) {
            throw new QueryProblem("THW-1107", "EXCEPT leaves no column of the '*'.", item.getParserPosition(),
                    "Leave the item out, or name fewer columns.");
        }
        return left;
    }

    private static boolean isNamed(SqlNode column, SqlIdentifier name) {
        SqlNode bare = SqlUtil.stripAs(column);
        boolean ofTable = name.names.size() == 1 || (bare instanceof SqlIdentifier found && found.names.size() > 1
                && found.names.getFirst().equalsIgnoreCase(name.names.getFirst()));
        return ofTable && nameOf(column).equalsIgnoreCase(name.names.getLast());
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.isA(SqlKind.QUERY)) {
            return call;
        }
        return call.getOperandList().stream().anyMatch(StarArguments::isStar) ? expanded(call) : super.visit(call);
    }

    private SqlNode expanded(SqlCall call) {
        boolean named = Set.of("named_struct", "arrays_zip").contains(call.getOperator().getName());
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (!isStar(operand)) {
                operands.add(operand.accept(this));
                continue;
            }
            for (SqlNode column : isAllBut(operand) ? allBut((SqlCall) operand) : columns.apply(operand)) {
                if (named) {
                    operands.add(SqlLiteral.createCharString(nameOf(column), operand.getParserPosition()));
                }
                operands.add(SqlUtil.stripAs(column));
            }
        }
        SqlLiteral quantifier = call instanceof SqlBasicCall basic ? basic.getFunctionQuantifier() : null;
        return quantifier == null
                ? call.getOperator().createCall(call.getParserPosition(), operands)
                : call.getOperator().createCall(quantifier, call.getParserPosition(),
                        operands.toArray(SqlNode[]::new));
    }

    private static String nameOf(SqlNode column) {
        SqlNode name = column.getKind() == SqlKind.AS ? ((SqlCall) column).operand(1) : column;
        return ColumnMarks.shown(((SqlIdentifier) name).names.getLast());
    }
}
