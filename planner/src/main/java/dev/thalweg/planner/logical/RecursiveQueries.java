package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Plans a query of WITH RECURSIVE that reads itself: its anchor first, which says what columns there are, then its step over a
/// table of such columns. For the query around it is a table like any other.
final class RecursiveQueries {
    /// As Spark has it.
    private static final int LEVELS_MAX = 100;

    private final Preparation preparation;
    private final Planner planner;

    /// Plans a part of the query by itself.
    interface Planner {
        /// Plans it.
        ///
        /// @param recursions what names of recursive queries stand for in it
        LogicalPlan plan(SqlNode query, Map<String, Relation> recursions);
    }

    RecursiveQueries(Preparation preparation, Planner planner) {
        this.preparation = preparation;
        this.planner = planner;
    }

    static boolean isRecursive(SqlWithItem item) {
        return item.recursive.booleanValue() && reads(item.query, item.name.getSimple());
    }

    /// The query without the limit that it may have.
    static SqlNode unlimited(SqlWithItem item) {
        return StreamOperators.is(item.query, StreamOperators.LEVELS) ? ((SqlCall) item.query).operand(0) : item.query;
    }

    private static boolean reads(SqlNode node, String name) {
        return mentions(node, name, false) > 0;
    }

    /// How often a query reads a name.
    ///
    /// @param inFrom whether a name there is one of a table, and not of a column
    private static int mentions(@Nullable SqlNode node, String name, boolean inFrom) {
        return switch (node) {
            case null -> 0;
            case SqlIdentifier table -> inFrom && table.isSimple() && table.getSimple().equalsIgnoreCase(name) ? 1 : 0;
            case SqlNodeList list -> mentions(list.getList(), name, inFrom);
            case SqlSelect select -> mentions(select.getFrom(), name, true)
                    + mentions(select.getOperandList().subList(0, SqlSelect.FROM_OPERAND), name, false)
                    + mentions(select.getOperandList().subList(SqlSelect.FROM_OPERAND + 1, select.operandCount()),
                            name, false);
            case SqlJoin join -> mentions(join.getLeft(), name, true) + mentions(join.getRight(), name, true)
                    + mentions(join.getCondition(), name, false);
            case SqlCall call when call.getKind() == SqlKind.AS ->
                    mentions(call.getOperandList().getFirst(), name, inFrom);
            case SqlCall call -> mentions(call.getOperandList(), name, inFrom);
            default -> 0; // a rule: literals and the like read nothing
        };
    }

    private static int mentions(List<? extends @Nullable SqlNode> nodes, String name, boolean inFrom) {
        int found = 0;
        for (SqlNode node : nodes) {
            found += mentions(node, name, inFrom);
        }
        return found;
    }

    /// @param visible the queries of WITH clauses that it can see, outer ones first
    Relation plan(SqlWithItem item, List<SqlWithItem> visible) {
        String name = item.name.getSimple();
        int levelsMax = StreamOperators.is(item.query, StreamOperators.LEVELS)
                ? ((SqlNumericLiteral) ((SqlCall) item.query).operand(1)).intValue(true)
                : LEVELS_MAX;
        SqlNode body = unlimited(item);
        List<SqlNode> anchors = new ArrayList<>();
        List<SqlNode> steps = new ArrayList<>();
        Optional<Boolean> all = split(body, name, anchors, steps);
        if (all.isEmpty() || anchors.isEmpty() || steps.isEmpty()) {
            throw new QueryProblem("THW-3224", "The recursive query '" + name
                    + "' is not made of a part that reads itself and one that does not.", item.getParserPosition(),
                    "Write WITH RECURSIVE " + name + "(…) AS (first rows UNION ALL SELECT … FROM " + name + " …).");
        }
        refuseTwice(steps, name);
        LogicalPlan first = planner.plan(within(visible, union(anchors)), preparation.recursions());
        RowType columns = columns(first.shownSchema(), item);
        TableSource rows = new TableSource(name, PlanNode.Recursion.ROWS_FORMAT, TableOptions.none(), columns, false);
        PlanSteps casts = new PlanSteps(first.rel().getCluster(), preparation.functions());
        LogicalPlan next = step(first, rows, within(visible, union(steps)));
        RelNode anchor = shaped(first, columns);
        if (first.isStreaming() || next.isStreaming()) {
            TableSource streamed = new TableSource(name, rows.format(), rows.options(), columns, true);
            next = step(first, streamed, within(visible, union(steps))); // joins with it are joins of streams
            StepLevels levels = new StepLevels(streamed, steps.getFirst().getParserPosition());
            RelNode step = levels.through(shaped(casts.coerceTo(next, columns, name), columns));
            return new Relation("recursive query", name, LogicalRecursion.create(anchor, step,
                    new LogicalRecursion.Reading(levels.rows(), all.get(), levelsMax)));
        }
        RelNode step = shaped(casts.coerceTo(next, columns, name), columns);
        return new Relation("recursive query", name,
                LogicalRecursion.create(anchor, step, new LogicalRecursion.Reading(rows, all.get(), levelsMax)));
    }

    /// @param rows what the step reads in place of its own query
    private LogicalPlan step(LogicalPlan anchor, TableSource rows, SqlNode query) {
        Map<String, Relation> recursions = new HashMap<>(preparation.recursions());
        recursions.put(rows.name().toLowerCase(java.util.Locale.ROOT),
                new Relation("recursive query", rows.name(), Tables.scan(anchor.rel().getCluster(), rows)));
        return planner.plan(query, recursions);
    }

    /// A step sees the newest rows only: two of it would never meet rows of different levels.
    private static void refuseTwice(List<SqlNode> steps, String name) {
        for (SqlNode step : steps) {
            if (mentions(step, name, false) > 1) {
                throw new QueryProblem("THW-3225", "The recursive query '" + name + "' reads itself twice in one step.",
                        step.getParserPosition(),
                        "Read it once, and join it with the table that its rows were made of.");
            }
        }
    }

    /// The parts of a UNION; all of them have ALL, or none has.
    private static Optional<Boolean> split(SqlNode body, String name, List<SqlNode> anchors, List<SqlNode> steps) {
        if (!(body instanceof SqlBasicCall call && call.getKind() == SqlKind.UNION)) {
            return Optional.empty();
        }
        boolean all = ((SqlSetOperator) call.getOperator()).isAll();
        for (SqlNode part : call.getOperandList()) {
            boolean isUnion = part.getKind() == SqlKind.UNION;
            if (isUnion && reads(part, name)) {
                Optional<Boolean> below = split(part, name, anchors, steps);
                if (below.isEmpty() || below.get() != all) {
                    return Optional.empty();
                }
            } else {
                (reads(part, name) ? steps : anchors).add(part);
            }
        }
        return Optional.of(all);
    }

    private static SqlNode union(List<SqlNode> parts) {
        return parts.stream().reduce((left, right) -> SqlStdOperatorTable.UNION_ALL
                .createCall(left.getParserPosition(), left, right)).orElseThrow();
    }

    /// The query below those that it can see, each of which sees the ones before.
    private static SqlNode within(List<SqlWithItem> visible, SqlNode query) {
        SqlNode whole = query;
        for (SqlWithItem item : visible.reversed()) {
            SqlParserPos place = item.getParserPosition();
            whole = new SqlWith(place, SqlNodeList.of(item), whole);
        }
        return whole;
    }

    private static RowType columns(RowType given, SqlWithItem item) {
        SqlNodeList names = item.columnList;
        if (names != null && names.size() != given.size()) {
            throw new QueryProblem("THW-1111", "'" + item.name.getSimple() + "' has " + names.size()
                    + " column names, but its query gives " + given.size() + " columns.", names.getParserPosition(),
                    "Name each column.");
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String name = names == null ? given.field(i).name() : ((SqlIdentifier) names.get(i)).getSimple();
            fields.add(new Field(name, given.type(i), true));
        }
        return new RowType(fields);
    }

    private static RelNode shaped(LogicalPlan plan, RowType columns) {
        var rex = plan.rel().getCluster().getRexBuilder();
        var type = TypeMapping.rel(plan.rel().getCluster().getTypeFactory(), ColumnMarks.marked(columns));
        List<org.apache.calcite.rex.RexNode> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            var column = rex.makeInputRef(plan.rel(), i);
            var wanted = type.getFieldList().get(i).getType();
            fields.add(column.getType().equals(wanted) ? column : rex.makeAbstractCast(wanted, column, false));
        }
        return org.apache.calcite.rel.logical.LogicalProject.create(plan.rel(), List.of(), fields,
                type.getFieldNames(), java.util.Set.of());
    }
}
