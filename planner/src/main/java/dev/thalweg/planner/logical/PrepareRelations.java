package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.LateralView;
import dev.thalweg.parser.tree.MatchRecognize;
import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.planner.function.EngineGenerator;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.logical.PrepareExpressions.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Copies a FROM clause. Tables get names of their own, under which the validator finds them, and keep theirs as aliases; a
/// semi or anti join becomes a condition of the SELECT; a watermark a subquery with a mark in its WHERE.
final class PrepareRelations {
    /// How the only column of a subquery begins that a semi or anti join was made of.
    static final String SEMI_JOIN = "$one";

    private final Preparation preparation;
    private final PrepareSyntax queries;
    private final PrepareExpressions expressions;

    PrepareRelations(Preparation preparation, PrepareSyntax queries, PrepareExpressions expressions) {
        this.preparation = preparation;
        this.queries = queries;
        this.expressions = expressions;
    }

    /// A prepared FROM clause.
    ///
    /// @param aliases of its relations whose columns can be seen, from left to right
    /// @param conditions what its semi and anti joins ask of a row
    record From(@Nullable SqlNode relation, List<String> aliases, List<SqlNode> conditions) {
        Optional<SqlNode> conditions(Optional<SqlNode> where, BinaryOperator<SqlNode> and) {
            List<SqlNode> all = new ArrayList<>(where.stream().toList());
            all.addAll(conditions);
            return all.stream().reduce(and);
        }
    }

    SqlNode and(SqlNode left, SqlNode right) {
        return preparation.functions().operator("and").createCall(left.getParserPosition(), left, right);
    }

    From from(@Nullable SqlNode from, Names names) {
        return from(from, names, Hints.of(SqlNodeList.EMPTY));
    }

    /// @param hints of the SELECT
    From from(@Nullable SqlNode from, Names names, Hints hints) {
        if (from == null) {
            return new From(null, List.of(), List.of());
        }
        Walk walk = new Walk(names, hints);
        SqlNode relation = walk.relation(from, true);
        return new From(relation, walk.aliases, walk.conditions);
    }

    static SqlNode crossJoin(SqlNode left, SqlNode right, SqlParserPos place) {
        return join(left, JoinType.CROSS, right, JoinConditionType.NONE, null, false, place);
    }

    @SuppressWarnings("NullAway") // a join without a condition has null there in Calcite
    private static SqlNode join(SqlNode left, JoinType type, SqlNode right, JoinConditionType conditionType,
            @Nullable SqlNode condition, boolean natural, SqlParserPos place) {
        return new SqlJoin(place, left, SqlLiteral.createBoolean(natural, place), type.symbol(place), right,
                conditionType.symbol(place), condition);
    }

    static SqlNode tableFunction(Preparation preparation, PrepareExpressions expressions, SqlCall call, Names names) {
        return tableFunction(preparation, expressions, call, call.getOperator().getName(), names);
    }

    private static SqlNode tableFunction(Preparation preparation, PrepareExpressions expressions, SqlCall call,
            String name,
            Names names) {
        SqlParserPos place = call.getParserPosition();
        Optional<SqlOperator> operator = preparation.functions().find(name);
        if (operator.isEmpty()) {
            throw preparation.functions().unknown(call.getOperator().getName(), place);
        }
        if (!(operator.get() instanceof EngineGenerator)) {
            throw new QueryProblem("THW-1108", "'" + name.toLowerCase(Locale.ROOT) + "' makes one value, no rows.",
                    place,
                    "In FROM stand range, explode, posexplode, inline and stack, also as …_outer.");
        }
        List<SqlNode> operands = call.getOperandList().stream().map(o -> expressions.of(o, Surroundings.of(names)))
                .toList();
        return SqlStdOperatorTable.COLLECTION_TABLE.createCall(place, operator.get().createCall(place, operands));
    }

    /// One FROM clause while it is copied.
    private final class Walk {
        private final Names names;
        private final List<String> aliases = new ArrayList<>();
        private final List<SqlNode> conditions = new ArrayList<>();

        private final Hints hints;

        Walk(Names names, Hints hints) {
            this.names = names;
            this.hints = hints;
        }

        private SqlNode and(SqlNode left, SqlNode right) {
            return PrepareRelations.this.and(left, right);
        }

        private Surroundings surroundings() {
            return Surroundings.of(names.seeing(aliases));
        }

        /// @param kept every row of this relation reaches WHERE, so that a condition on it may be written there
        SqlNode relation(SqlNode node, boolean kept) {
            return switch (node) {
                case SqlJoin join -> join(join, kept);
                case LateralView view -> lateralView(view, kept);
                case SqlCall call when call.getKind() == SqlKind.AS -> aliased(call);
                case SqlIdentifier table when names.has(table.names) -> named(table.clone(table.getParserPosition()),
                        table.getComponent(table.names.size() - 1), List.of());
                default -> {
                    String own = ownName(node).orElseGet(() -> preparation.freshName("q"));
                    yield named(bare(node), new SqlIdentifier(own, node.getParserPosition()), List.of());
                }
            };
        }

        private SqlNode aliased(SqlCall as) {
            List<SqlNode> columns = as.getOperandList().subList(2, as.operandCount());
            return named(bare(as.operand(0)), as.operand(1), columns);
        }

        private SqlNode named(SqlNode relation, SqlIdentifier alias, List<SqlNode> columns) {
            aliases.add(alias.getSimple());
            List<SqlNode> operands = new ArrayList<>(List.of(alias));
            operands.addAll(columns);
            boolean dependent = relation.getKind() == SqlKind.LATERAL
                    || relation.getKind() == SqlKind.COLLECTION_TABLE;
            if (dependent) {
                hints.leave(alias.getSimple());
            }
            Optional<Long> lives = dependent ? Optional.empty() : hints.take(alias.getSimple());
            return SelectList.as(lives.map(micros -> lives(relation, micros, alias.getSimple())).orElse(relation),
                    operands,
                    relation.getParserPosition());
        }

        /// `SELECT * FROM relation WHERE $lives(micros, alias)`.
        private SqlNode lives(SqlNode relation, long micros, String alias) {
            SqlParserPos place = relation.getParserPosition();
            SqlNode mark = preparation.functions().operator("$lives").createCall(place,
                    SqlLiteral.createExactNumeric(Long.toString(micros), place),
                    SqlLiteral.createCharString(alias, place));
            SqlNode source = SelectList.as(relation, List.of(new SqlIdentifier(preparation.freshName("q"), place)),
                    place);
            return preparation.made(new SqlSelectParts(place, SqlNodeList.of(SqlIdentifier.star(place)), source)
                    .where(Optional.of(mark)).build());
        }

        private static Optional<String> ownName(SqlNode node) {
            if (node instanceof SqlIdentifier table) {
                return Optional.of(table.names.getLast());
            }
            boolean marked = StreamOperators.is(node, StreamOperators.STREAM)
                    || StreamOperators.is(node, StreamOperators.WATERMARK)
                    || StreamOperators.is(node, StreamOperators.SAMPLE)
                    || StreamOperators.is(node, StreamOperators.AS_OF);
            if (marked || node.getKind() == SqlKind.AS) {
                return ownName(((SqlCall) node).operand(node.getKind() == SqlKind.AS ? 1 : 0));
            }
            return Optional.empty();
        }

        /// A relation that will get an alias.
        private SqlNode bare(SqlNode node) {
            return switch (node) {
                case SqlIdentifier table -> table(table, false);
                case SqlCall call when StreamOperators.is(call, StreamOperators.STREAM) -> table(call.operand(0), true);
                case SqlCall call when StreamOperators.is(call, StreamOperators.WATERMARK) -> watermark(call);
                case SqlCall call when StreamOperators.is(call, StreamOperators.SAMPLE) -> sample(call);
                case SqlCall call when StreamOperators.is(call, StreamOperators.AS_OF) ->
                        throw PrepareAsof.misplaced(call);
                case SqlCall call when call.getKind() == SqlKind.VALUES -> values(call);
                case SqlCall call when isLate(call) -> late(call.operand(0));
                case SqlCall call when windows(call).isPresent() -> queries.query(windows(call).orElseThrow(), names);
                case SqlCall call when call.getKind() == SqlKind.COLLECTION_TABLE ->
                        tableFunction(preparation, expressions, call.operand(0), names.seeing(aliases));
                case SqlCall call when call.getKind() == SqlKind.LATERAL ->
                        lateral(call);
                case MatchRecognize match ->
                        new PrepareMatch(preparation, PrepareRelations.this, expressions, match.getParserPosition())
                                .of(match, names);
                case SqlPivot pivot -> queries.query(PivotQuery.of(pivot, preparation.functions()), names);
                case SqlUnpivot unpivot -> queries.query(PivotQuery.of(unpivot), names);
                case SqlJoin join -> everything(join);
                case LateralView view -> everything(view);
                case SqlCall call when call.getKind() == SqlKind.AS -> everything(call);
                default -> queries.query(node, names);
            };
        }

        /// What stands behind LATERAL sees the relations before it.
        private SqlNode lateral(SqlCall call) {
            SqlNode inner = call.operand(0);
            SqlNode copy = inner.getKind() == SqlKind.COLLECTION_TABLE
                    ? bare(inner)
                    : queries.query(inner, names.seeing(aliases));
            return SqlStdOperatorTable.LATERAL.createCall(call.getParserPosition(), copy);
        }

        private SqlNode everything(SqlNode relation) {
            SqlParserPos place = relation.getParserPosition();
            SqlSelect all = new SqlSelectParts(place, SqlNodeList.of(SqlIdentifier.star(place)), relation).build();
            return queries.query(all, names);
        }

        private SqlNode table(SqlIdentifier table, boolean asStream) {
            if (names.has(table.names)) {
                if (asStream) {
                    throw new QueryProblem("THW-1103", "'" + table.getSimple() + "' is a query of the WITH clause.",
                            table.getParserPosition(), "Write STREAM before the tables inside that query.");
                }
                return table.clone(table.getParserPosition());
            }
            Relation recursion = preparation.recursions().get(String.join(".", table.names).toLowerCase(Locale.ROOT));
            if (recursion != null && !asStream) {
                return new SqlIdentifier(preparation.add(recursion), table.getParserPosition());
            }
            String name = String.join(".", table.names);
            Optional<Relation> found = preparation.tables().find(table, asStream);
            if (found.isEmpty()) {
                preparation.report(new QueryProblem("THW-1101", "Unknown table or stream '" + name + "'.",
                        table.getParserPosition(), preparation.tables().hint(name)));
                return table;
            }
            return new SqlIdentifier(preparation.add(found.get()), table.getParserPosition());
        }

        private static Optional<SqlSelect> windows(SqlCall call) {
            return call.getKind() == SqlKind.COLLECTION_TABLE && call.operand(0) instanceof SqlCall function
                    ? WindowTable.query(function)
                    : Optional.empty();
        }

        /// `late(query)`: the rows that a running query refused. The catalog has them under that name.
        private static boolean isLate(SqlCall call) {
            return call.getKind() == SqlKind.COLLECTION_TABLE && call.operand(0) instanceof SqlCall function
                    && function.getOperator().getName().equalsIgnoreCase("late") && function.operandCount() == 1
                    && function.operand(0) instanceof SqlIdentifier;
        }

        private SqlNode late(SqlCall function) {
            SqlIdentifier query = function.operand(0);
            String name = query.names.getLast();
            SqlIdentifier rows = new SqlIdentifier("late(" + name + ")", function.getParserPosition());
            if (preparation.tables().find(rows, false).isEmpty()) {
                preparation.report(new QueryProblem("THW-1101", "There is no query '" + name
                        + "' whose late rows could be read.", query.getParserPosition(),
                        "SHOW QUERIES lists those there are."));
                return rows;
            }
            return table(rows, false);
        }

        private SqlNode values(SqlCall values) {
            ValuesShape.check(values);
            List<SqlNode> rows = new ArrayList<>();
            for (SqlNode row : values.getOperandList()) {
                List<SqlNode> cells = row.getKind() == SqlKind.ROW ? ((SqlCall) row).getOperandList() : List.of(row);
                rows.add(SqlStdOperatorTable.ROW.createCall(row.getParserPosition(),
                        cells.stream().map(this::cell).toList()));
            }
            return SqlStdOperatorTable.VALUES.createCall(values.getParserPosition(), rows);
        }

        private SqlNode cell(SqlNode cell) {
            List<QueryProblem> strangers = ValuesShape.strangers(cell, preparation.functions());
            strangers.forEach(preparation::report);
            return strangers.isEmpty()
                    ? expressions.of(cell, Surroundings.of(names))
                    : preparation.functions().operator("$null").createCall(cell.getParserPosition());
        }

        /// `SELECT * FROM relation WHERE $watermark(column, delay)`; a computed time is a column of a query in between.
        private SqlNode watermark(SqlCall call) {
            SqlParserPos place = call.getParserPosition();
            From input = from(call.operand(0), names);
            SqlNode time = call.operand(1);
            SqlNode source = java.util.Objects.requireNonNull(input.relation());
            if (time.getKind() == SqlKind.AS) {
                SqlCall computed = (SqlCall) time;
                SqlNode value = expressions.of(computed.operand(0), Surroundings.of(names.seeing(input.aliases())));
                SqlNodeList items = SqlNodeList.of(SqlIdentifier.star(place),
                        SelectList.as(value, List.of(computed.operand(1)), place));
                SqlSelect between = new SqlSelectParts(place, items, source)
                        .where(input.conditions(Optional.empty(), this::and))
                        .build();
                source = SelectList.as(preparation.made(between),
                        List.of(new SqlIdentifier(preparation.freshName("q"), place)),
                        place);
                input = new From(source, List.of(), List.of());
                time = computed.operand(1);
            }
            SqlNode mark = preparation.functions().operator("$watermark").createCall(time.getParserPosition(),
                    expressions.of(time, Surroundings.of(names)), call.operand(2));
            return preparation.made(new SqlSelectParts(place, SqlNodeList.of(SqlIdentifier.star(place)), source)
                    .where(input.conditions(Optional.of(mark), this::and)).build());
        }

        /// `SELECT * FROM relation WHERE $sample(fraction, seed)`.
        private SqlNode sample(SqlCall call) {
            SqlParserPos place = call.getParserPosition();
            From input = from(call.operand(0), names);
            SqlNode mark = preparation.functions().operator("$sample").createCall(place,
                    call.getOperandList().subList(1, call.operandCount()));
            return preparation.made(new SqlSelectParts(place, SqlNodeList.of(SqlIdentifier.star(place)),
                    java.util.Objects.requireNonNull(input.relation()))
                    .where(input.conditions(Optional.of(mark), this::and)).build());
        }

        // ---- joins

        private SqlNode join(SqlJoin join, boolean kept) {
            SqlParserPos place = join.getParserPosition();
            JoinType type = join.getJoinType();
            if (type == JoinType.LEFT_SEMI_JOIN || type == JoinType.LEFT_ANTI_JOIN) {
                return semi(join, kept, type == JoinType.LEFT_ANTI_JOIN);
            }
            Optional<PrepareAsof.Parts> asof = new PrepareAsof(preparation.tables()).parts(join);
            if (asof.isPresent()) {
                return asof(join, asof.get(), kept);
            }
            if ((type == JoinType.RIGHT || type == JoinType.FULL)
                    && SqlUtil.stripAs(join.getRight()).getKind() == SqlKind.LATERAL) {
                throw new QueryProblem("THW-1107", type.name() + " JOIN does not go with LATERAL: its rows belong to a"
                        + " row of the left side.", join.getRight().getParserPosition(),
                        "Write LEFT JOIN LATERAL or CROSS JOIN LATERAL.");
            }
            boolean inner = type == JoinType.INNER || type == JoinType.CROSS || type == JoinType.COMMA;
            SqlNode left = relation(join.getLeft(), kept && (inner || type == JoinType.LEFT));
            SqlNode right = relation(join.getRight(), kept && inner);
            SqlNode condition = join.getCondition();
            if (condition != null && join.getConditionType() == JoinConditionType.ON) {
                condition = expressions.condition(condition, surroundings());
            }
            return PrepareRelations.join(left, type, right, join.getConditionType(), condition, join.isNatural(),
                    place);
        }

        /// A join with the mark `$asof(match)` among its conditions.
        private SqlNode asof(SqlJoin join, PrepareAsof.Parts parts, boolean kept) {
            SqlNode left = relation(join.getLeft(), kept);
            SqlNode right = relation(parts.right(), false);
            SqlNode mark = preparation.functions().operator("$asof").createCall(parts.match().getParserPosition(),
                    expressions.condition(parts.match(), surroundings()));
            SqlNode condition = parts.equal() == null
                    ? mark
                    : and(expressions.condition(parts.equal(), surroundings()), mark);
            return PrepareRelations.join(left, parts.outer() ? JoinType.LEFT : JoinType.INNER, right,
                    JoinConditionType.ON, condition, false, join.getParserPosition());
        }

        private SqlNode semi(SqlJoin join, boolean kept, boolean anti) {
            SqlParserPos place = join.getParserPosition();
            if (!kept || join.isNatural()) {
                throw new QueryProblem("THW-1107", "This " + (anti ? "ANTI" : "SEMI") + " JOIN is not supported here.",
                        place, join.isNatural()
                                ? "Write its condition with ON."
                                : "Put it into a subquery: … JOIN (SELECT * FROM a LEFT SEMI JOIN b ON …) t ON ….");
            }
            int before = aliases.size();
            SqlNode left = relation(join.getLeft(), true);
            List<String> leftAliases = aliases.subList(before, aliases.size());
            From right = from(join.getRight(), names);
            Names both = names.seeing(leftAliases).seeing(right.aliases());
            Optional<SqlNode> condition = Optional.ofNullable(join.getCondition())
                    .map(on -> join.getConditionType() == JoinConditionType.USING
                            ? using((SqlNodeList) on, leftAliases, right.aliases())
                            : expressions.condition(on, Surroundings.of(both)));
            SqlNodeList one = SqlNodeList.of(SelectList.as(SqlLiteral.createExactNumeric("1", place),
                    List.of(new SqlIdentifier(preparation.freshName(SEMI_JOIN.substring(1)), place)), place));
            SqlSelect query = preparation.made(new SqlSelectParts(place, one, right.relation())
                    .where(right.conditions(condition, this::and)).build());
            SqlNode exists = SqlStdOperatorTable.EXISTS.createCall(place, query);
            conditions.add(anti ? preparation.functions().operator("not").createCall(place, exists) : exists);
            return left;
        }

        private SqlNode using(SqlNodeList columns, List<String> left, List<String> right) {
            if (left.size() != 1 || right.size() != 1) {
                throw new QueryProblem("THW-1107", "USING of a SEMI or ANTI JOIN takes one relation on each side.",
                        columns.getParserPosition(), "Write the condition with ON.");
            }
            return columns.stream().map(column -> {
                String name = ((SqlIdentifier) column).getSimple();
                SqlParserPos place = column.getParserPosition();
                return preparation.functions().operator("=").createCall(place,
                        new SqlIdentifier(List.of(left.getFirst(), name), place),
                        new SqlIdentifier(List.of(right.getFirst(), name), place));
            }).map(SqlNode.class::cast).reduce(this::and).orElseThrow();
        }

        private SqlNode lateralView(LateralView view, boolean kept) {
            SqlParserPos place = view.getParserPosition();
            SqlNode left = relation(view.left(), kept);
            SqlCall call = (SqlCall) view.call();
            String name = call.getOperator().getName();
            boolean outer = view.outer() && preparation.functions().isGenerator(name + "_outer");
            SqlNode rows = tableFunction(preparation, expressions, call, outer ? name + "_outer" : name,
                    names.seeing(aliases));
            SqlIdentifier alias = view.alias().orElseGet(() -> new SqlIdentifier(preparation.freshName("g"), place));
            List<SqlNode> columns = view.columns().stream().map(c -> (SqlNode) new SqlIdentifier(c, place)).toList();
            SqlNode right = named(SqlStdOperatorTable.LATERAL.createCall(place, rows), alias, columns);
            return crossJoin(left, right, place);
        }
    }
}
