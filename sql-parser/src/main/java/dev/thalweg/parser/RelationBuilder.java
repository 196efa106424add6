package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegParser.*;
import dev.thalweg.parser.tree.LateralView;
import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Makes the tree of FROM: tables, streams, watermarks, joins, subqueries, table functions, lateral views.
final class RelationBuilder {
    private final TreeBuilders builders;

    RelationBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    SqlNode of(FromClauseContext from) {
        SqlNode node = of(from.relation(0));
        for (RelationContext next : from.relation().subList(1, from.relation().size())) {
            node = join(Positions.of(from), node, JoinType.COMMA, of(next));
        }
        for (LateralViewContext view : from.lateralView()) {
            node = lateralView(node, view);
        }
        return node;
    }

    private SqlNode of(RelationContext relation) {
        SqlNode node = of(relation.relationPrimary());
        for (ParseTree suffix : relation.children.subList(1, relation.children.size())) {
            node = switch (suffix) {
                case JoinContext join -> join(node, join);
                case PivotContext pivot -> new PivotBuilder(builders).of(node, pivot);
                case MatchRecognizeContext match -> new MatchBuilder(builders).of(node, match);
                default -> throw new Defect("THW-9030", "No relation goes on with " + suffix.getText());
            };
        }
        return node;
    }

    // ---- joins

    @SuppressWarnings("NullAway") // a join without a condition has null there in Calcite
    private static SqlNode join(SqlParserPos position, SqlNode left, JoinType type, SqlNode right) {
        return new SqlJoin(position, left, SqlLiteral.createBoolean(false, position), type.symbol(position), right,
                JoinConditionType.NONE.symbol(position), null);
    }

    private SqlNode join(SqlNode left, JoinContext join) {
        SqlParserPos position = left.getParserPosition().plus(Positions.of(join));
        SqlNode right = new MatchBuilder(builders).of(of(join.relationPrimary()), join.matchRecognize());
        if (join.asofType() != null) {
            return asof(left, join, right, position);
        }
        JoinType type = type(join.joinType());
        JoinConditionContext condition = join.joinCondition();
        boolean product = condition == null && join.NATURAL() == null && type == JoinType.INNER;
        if (product || (type == JoinType.CROSS && condition == null)) {
            return join(position, left, JoinType.CROSS, right);
        }
        return new SqlJoin(position, left, SqlLiteral.createBoolean(join.NATURAL() != null, position),
                (type == JoinType.CROSS ? JoinType.INNER : type).symbol(position), right,
                conditionType(join).symbol(position), condition(join));
    }

    /// Where no MATCH_CONDITION says which row is the nearest, a comparison of ON does, as in DuckDB.
    @SuppressWarnings("NullAway") // a join without a match condition has null there in Calcite
    private SqlNode asof(SqlNode left, JoinContext join, SqlNode right, SqlParserPos position) {
        JoinConditionContext condition = join.joinCondition();
        if (condition != null && condition.USING() != null) {
            throw builders.error("THW-1004", Positions.of(condition), "ASOF JOIN does not take USING",
                    "Write ON l.k = r.k, and choose one of the two columns.");
        }
        JoinType type = join.asofType().LEFT() != null ? JoinType.LEFT_ASOF : JoinType.ASOF;
        return new SqlAsofJoin(position, left, SqlLiteral.createBoolean(false, position), type.symbol(position), right,
                JoinConditionType.ON.symbol(position),
                condition == null
                        ? SqlLiteral.createBoolean(true, position)
                        : builders.expressions.of(condition.expression()),
                join.match == null ? null : builders.expressions.of(join.match));
    }

    private static JoinConditionType conditionType(JoinContext join) {
        if (join.NATURAL() != null) {
            return JoinConditionType.NONE;
        }
        boolean using = join.joinCondition() != null && join.joinCondition().USING() != null;
        return using ? JoinConditionType.USING : JoinConditionType.ON;
    }

    /// An outer, semi or anti join that says no condition has the condition TRUE, as in Spark.
    private @Nullable SqlNode condition(JoinContext join) {
        JoinConditionContext condition = join.joinCondition();
        if (condition == null) {
            return join.NATURAL() != null ? null : SqlLiteral.createBoolean(true, Positions.of(join));
        }
        return condition.USING() != null
                ? builders.identifiers(condition.columnNames())
                : builders.expressions.of(condition.expression());
    }

    private static JoinType type(JoinTypeContext type) {
        if (type.SEMI() != null) {
            return JoinType.LEFT_SEMI_JOIN;
        }
        if (type.ANTI() != null) {
            return JoinType.LEFT_ANTI_JOIN;
        }
        if (type.CROSS() != null) {
            return JoinType.CROSS;
        }
        if (type.LEFT() != null) {
            return JoinType.LEFT;
        }
        if (type.RIGHT() != null) {
            return JoinType.RIGHT;
        }
        return type.FULL() != null ? JoinType.FULL : JoinType.INNER;
    }

    // ---- one relation

    SqlNode of(RelationPrimaryContext relation) {
        SqlParserPos position = Positions.of(relation);
        return switch (relation) {
            case ValuesRelationContext values -> builders.queries.values(values.values());
            case TableRelationContext table ->
                    new Dressed(table.watermark(), table.tableAlias(), table.sample(), table.asOf())
                            .on(builders.identifier(table.tableName()));
            case StreamRelationContext stream -> stream(stream);
            case QueryRelationContext query ->
                    new Dressed(query.watermark(), query.tableAlias(), query.sample())
                            .on(builders.queries.of(query.query()));
            case NestedRelationContext nested ->
                    new Dressed(nested.watermark(), nested.tableAlias(), nested.sample()).on(of(nested.relation()));
            case FunctionRelationContext function -> new Dressed(function.watermark(), function.tableAlias())
                    .on(tableFunction(function.functionCall()));
            case LateralQueryContext query -> new Dressed(List.of(), query.tableAlias())
                    .on(SqlStdOperatorTable.LATERAL.createCall(position, builders.queries.of(query.query())));
            case LateralFunctionContext function -> new Dressed(List.of(), function.tableAlias())
                    .on(SqlStdOperatorTable.LATERAL.createCall(position, tableFunction(function.functionCall())));
            default -> throw new Defect("THW-9030", "No relation is made of " + relation.getClass().getSimpleName());
        };
    }

    /// A stream without an alias gets its own name as one, so that `t.column` finds it below the mark.
    private SqlNode stream(StreamRelationContext stream) {
        SqlIdentifier table = builders.identifier(stream.tableName());
        SqlNode marked = StreamOperators.call(StreamOperators.STREAM, Positions.of(stream), table);
        return new Dressed(stream.watermark(), stream.tableAlias(), stream.sample(), stream.asOf()).on(marked);
    }

    private SqlNode tableFunction(FunctionCallContext call) {
        return SqlStdOperatorTable.COLLECTION_TABLE.createCall(Positions.of(call), builders.functions.of(call));
    }

    /// What stands behind a relation: a sample, then a watermark, a time of its versions and an alias, in either order. Watermark
    /// and time go below the alias.
    private final class Dressed {
        private final List<WatermarkContext> watermarks;
        private final @Nullable TableAliasContext alias;
        private final @Nullable SampleContext sample;
        private final @Nullable AsOfContext asOf;

        Dressed(List<WatermarkContext> watermarks, @Nullable TableAliasContext alias) {
            this(watermarks, alias, null);
        }

        Dressed(List<WatermarkContext> watermarks, @Nullable TableAliasContext alias, @Nullable SampleContext sample) {
            this(watermarks, alias, sample, null);
        }

        Dressed(List<WatermarkContext> watermarks, @Nullable TableAliasContext alias, @Nullable SampleContext sample,
                @Nullable AsOfContext asOf) {
            this.watermarks = watermarks;
            this.alias = alias;
            this.sample = sample;
            this.asOf = asOf;
        }

        SqlNode on(SqlNode relation) {
            if (watermarks.size() > 1) {
                throw builders.error("THW-1004", Positions.of(watermarks.get(1)), "A relation has one watermark",
                        "Remove one of the two WATERMARK clauses.");
            }
            SqlNode drawn = sample == null ? relation : new SampleBuilder(builders).of(relation, sample);
            SqlNode timed = watermarks.isEmpty() ? drawn : watermark(drawn, watermarks.getFirst());
            SqlNode node = asOf == null ? timed : asOf(timed, asOf);
            if (alias != null) {
                return aliased(node, alias);
            }
            Optional<SqlIdentifier> own = watermarks.isEmpty() && node instanceof SqlIdentifier
                    ? Optional.empty()
                    : ownName(node);
            return own.map(name -> as(node, List.of(name), name.getParserPosition())).orElse(node);
        }

        private SqlNode asOf(SqlNode relation, AsOfContext clause) {
            return StreamOperators.call(StreamOperators.AS_OF, relation.getParserPosition().plus(Positions.of(clause)),
                    relation, builders.expressions.of(clause.time));
        }

        private SqlNode watermark(SqlNode relation, WatermarkContext watermark) {
            SqlParserPos position = Positions.of(watermark);
            SqlNode time = builders.expressions.of(watermark.time);
            if (watermark.alias != null) {
                time = as(time, List.of(builders.identifier(watermark.alias)), Positions.of(watermark));
            } else if (time instanceof SqlIdentifier column) {
                time = withoutTable(column);
            } else {
                throw builders.error("THW-1004", Positions.of(watermark.time), "The computed event time has no name",
                        "Write WATERMARK expression AS name DELAY OF …; the name becomes a column.");
            }
            long delay = delayMicros(watermark.delay());
            return StreamOperators.call(StreamOperators.WATERMARK, position, relation, time,
                    LiteralBuilder.whole(delay, Positions.of(watermark.delay())));
        }
    }

    /// `t AS x WATERMARK x.ts …`: below the alias the column has no table.
    private static SqlIdentifier withoutTable(SqlIdentifier column) {
        int last = column.names.size() - 1;
        return column.getComponent(last);
    }

    private long delayMicros(DelayContext delay) {
        SqlParserPos position = Positions.of(delay);
        Interval interval = delay.intervalLiteral() != null
                ? builders.literals.interval(delay.intervalLiteral())
                : builders.literals.checked(position,
                        () -> Interval.ofText(LiteralBuilder.text(delay.stringLiteral())));
        return delayMicros(interval, position);
    }

    /// A delay is a fixed time that is not negative.
    long delayMicros(Interval interval, SqlParserPos position) {
        if (interval.ofCalendar()) {
            throw builders.error("THW-1006", position, "A month has no fixed length",
                    "Write the delay in days or shorter.");
        }
        if (interval.amount() < 0) {
            throw builders.error("THW-1006", position, "The delay of a watermark is negative",
                    "Write 0 seconds or more.");
        }
        return interval.amount();
    }

    /// Under its own name, where it has one.
    static SqlNode named(SqlNode relation) {
        return relation instanceof SqlIdentifier
                ? relation
                : ownName(relation).map(name -> as(relation, List.of(name), name.getParserPosition())).orElse(relation);
    }

    private static Optional<SqlIdentifier> ownName(@Nullable SqlNode node) {
        return switch (node) {
            case null -> Optional.empty();
            case SqlIdentifier table -> Optional.of(table.getComponent(table.names.size() - 1));
            case SqlCall as when as.getKind() == SqlKind.AS -> Optional.of(as.operand(1));
            case SqlCall call when StreamOperators.is(call, StreamOperators.STREAM)
                    || StreamOperators.is(call, StreamOperators.WATERMARK)
                    || StreamOperators.is(call, StreamOperators.AS_OF)
                    || StreamOperators.is(call, StreamOperators.SAMPLE) -> ownName(call.operand(0));
            case SqlOrderBy first -> ownName(((SqlSelect) first.query).getFrom()); // TABLESAMPLE (n ROWS)
            default -> Optional.empty();
        };
    }

    // ---- aliases

    SqlNode aliased(SqlNode node, TableAliasContext alias) {
        SqlIdentifier name = alias.identifier() != null
                ? builders.identifier(alias.identifier())
                : builders.identifier(alias.bareAlias());
        List<SqlNode> names = new ArrayList<>(List.of(name));
        if (alias.columnNames() != null) {
            names.addAll(builders.identifiers(alias.columnNames()));
        }
        return as(node, names, node.getParserPosition().plus(Positions.of(alias)));
    }

    static SqlNode as(SqlNode node, List<? extends SqlNode> names, SqlParserPos position) {
        List<SqlNode> operands = new ArrayList<>(List.of(node));
        operands.addAll(names);
        return SqlStdOperatorTable.AS.createCall(position, operands);
    }

    private SqlNode lateralView(SqlNode left, LateralViewContext view) {
        SqlNode call = builders.functions.of(view.functionCall());
        Optional<SqlIdentifier> alias = Optional.ofNullable(view.table).map(builders::identifier);
        List<SqlNode> columns = new ArrayList<>();
        view.columns.forEach(column -> columns.add(builders.identifier(column)));
        return new LateralView(Positions.of(view), left, call, view.OUTER() != null, alias,
                new SqlNodeList(columns, Positions.of(view)));
    }
}
