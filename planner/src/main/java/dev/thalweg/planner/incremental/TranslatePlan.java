package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.logical.LogicalAsof;
import dev.thalweg.planner.logical.LogicalDropDuplicates;
import dev.thalweg.planner.logical.LogicalMatch;
import dev.thalweg.planner.logical.LogicalRecursion;
import dev.thalweg.planner.logical.LogicalLives;
import dev.thalweg.planner.logical.LogicalWatermark;
import dev.thalweg.planner.logical.ColumnMarks;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Turns Calcite's logical plan into our tree, node for node. Decides nothing about triggers, state or time.
///
/// Shapes that no operator of ours runs are refused here, each with what to write instead.
final class TranslatePlan {
    private final Map<CorrelationId, List<Expression>> outer = new HashMap<>();
    private final InferChanges changes;

    /// @param mode in which the query will run: where rows may be taken back, chance must not decide
    TranslatePlan(OutputMode mode) {
        this.changes = new InferChanges(Running.in(mode));
    }

    Relation translate(RelNode rel) {
        return switch (rel) {
            case TableScan scan -> scan(scan);
            case LogicalWatermark watermark -> watermark(watermark);
            case LogicalLives lives -> lives(lives);
            case LogicalDropDuplicates duplicates -> dropDuplicates(duplicates);
            case LogicalRecursion recursion -> recursion(recursion);
            case LogicalMatch match -> TranslateMatch.match(this, translate(match.getInput()), match);
            case Project project -> new TranslateProject(this).project(project);
            case org.apache.calcite.rel.core.Filter filter -> filter(filter);
            case Aggregate aggregate -> new TranslateAggregate().aggregate(translate(aggregate.getInput()), aggregate);
            case Join join -> TranslateJoin.join(translate(join.getLeft()), translate(join.getRight()), join,
                    expressions(join, List.of()));
            case LogicalAsof join -> TranslateAsof.join(translate(join.getLeft()), translate(join.getRight()), join,
                    expressions(join, List.of()));
            case Correlate correlate -> correlate(correlate);
            case org.apache.calcite.rel.core.Union union -> union(union);
            case org.apache.calcite.rel.core.Sort sort -> sort(sort);
            case org.apache.calcite.rel.core.Values values -> values(values);
            case Intersect intersect -> setOperation(intersect, SetOperation.Kind.INTERSECT);
            case Minus minus -> setOperation(minus, SetOperation.Kind.EXCEPT);
            case org.apache.calcite.rel.core.TableFunctionScan function ->
                    throw notYet("THW-3125", "The table function " + function.getCall() + " in FROM", "LATERAL VIEW");
            default -> throw new Defect("THW-9115",
                    "A logical node of kind " + rel.getRelTypeName() + " reached the incremental planner.");
        };
    }

    private static InvalidQuery notYet(String code, String what, String instead) {
        return new InvalidQuery(code, what + " is not supported yet. Use " + instead + " where it serves.");
    }

    TranslateExpression expressions(RelNode rel, List<Expression> fields) {
        return new TranslateExpression(rel.getCluster().getRexBuilder(), fields, outer);
    }

    void enter(CorrelationId id, List<Expression> left) {
        outer.put(id, left);
    }

    private static Relation scan(TableScan scan) {
        TableSource source = scan.getTable().unwrap(TableSource.class);
        if (source == null) {
            throw new Defect("THW-9116", "The table " + scan.getTable().getQualifiedName() + " has no source.");
        }
        if (source.streaming() && source.format().equals(PlanNode.Recursion.ROWS_FORMAT)) {
            return Relation.of(new PlanNode.RecursiveRows(source.name(), source.schema()));
        }
        List<Integer> all = IntStream.range(0, source.schema().size()).boxed().toList();
        return Relation.of(new Scan(source, all, source.schema()));
    }

    private Relation watermark(LogicalWatermark watermark) {
        Relation input = translate(watermark.getInput());
        if (!(input.fields().get(watermark.column()) instanceof Expression.Input)) {
            input = Relation.of(input.materialize());
        }
        int column = ((Expression.Input) input.fields().get(watermark.column())).column();
        return input.over(new Watermark(input.node(), column, watermark.delayMicros()));
    }

    /// Over tables, which come once, it means nothing.
    private Relation lives(LogicalLives lives) {
        Relation input = translate(lives.getInput());
        return InferBounded.of(input.node())
                ? input
                : input.over(new PlanNode.Lives(input.node(), lives.micros(), lives.relation()));
    }

    private Relation dropDuplicates(LogicalDropDuplicates duplicates) {
        PlanNode input = translate(duplicates.getInput()).materialize();
        if (duplicates.isWithinWatermark()) {
            return Relation.of(TranslateWithin.of(input, duplicates.columns()));
        }
        boolean wholeRow = duplicates.columns().size() == input.schema().size();
        return Relation.of(wholeRow ? new Distinct(input, false) : new DropDuplicates(input, duplicates.columns()));
    }

    private Relation recursion(LogicalRecursion recursion) {
        LogicalRecursion.Reading reading = recursion.reading();
        RowType schema = reading.rows().schema();
        if (reading.rows().streaming()) {
            return union(recursion, reading);
        }
        PlanNode anchor = castTo(translate(recursion.getLeft()), schema).materialize();
        PlanNode step = castTo(translate(recursion.getRight()), schema).materialize();
        if (!InferBounded.of(anchor) || !InferBounded.of(step)) {
            throw new InvalidQuery("THW-3223", "The recursive query '" + reading.rows().name()
                    + "' was planned over tables as of now, and is now to read them as streams. Write STREAM before the"
                    + " tables inside of it, not before the view that it stands in.");
        }
        return Relation
                .of(new PlanNode.Recursion(anchor, step, reading.rows(), reading.all(), reading.levelsMax(), schema));
    }

    /// Over streams: behind its columns the step has the level.
    private Relation union(LogicalRecursion recursion, LogicalRecursion.Reading reading) {
        RowType leveled = reading.rows().schema();
        RowType schema = leveled.select(IntStream.range(0, leveled.size() - 1).boxed().toList());
        return Relation.of(new RecursiveUnion(castTo(translate(recursion.getLeft()), schema).materialize(),
                castTo(translate(recursion.getRight()), leveled).materialize(), reading.rows().name(), reading.all(),
                reading.levelsMax(), schema));
    }

    private Relation filter(org.apache.calcite.rel.core.Filter filter) {
        Relation input = translate(filter.getInput());
        if (TranslateSample.isSample(filter.getCondition())) {
            Relation drawn = TranslateSample.sample(input, filter.getCondition(), changes);
            List<RexNode> others = TranslateSample.others(filter.getCondition());
            return others.isEmpty()
                    ? drawn
                    : drawn.over(new Filter(drawn.node(),
                            Expressions.and(expressions(filter, drawn.fields()).translateAll(others))));
        }
        if (TranslateProject.holdsRowMaker(filter.getCondition())) {
            return new TranslateProject(this).filter(filter, input);
        }
        Expression condition = expressions(filter, input.fields()).translate(filter.getCondition());
        if (!Expressions.isDeterministic(condition)) {
            input = Relation.of(input.materialize());
            condition = expressions(filter, input.fields()).translate(filter.getCondition());
        }
        if (Expressions.calls(condition, TranslateClock.CLOCK) && !InferBounded.of(input.node())) {
            return TranslateClock.filter(input, condition);
        }
        return input.over(TranslateTop.filter(input.node(), condition));
    }

    private Relation correlate(Correlate correlate) {
        Relation left = translate(correlate.getLeft());
        return new TranslateProject(this).lateral(left, correlate);
    }

    private Relation union(org.apache.calcite.rel.core.Union union) {
        RowType schema = ColumnMarks.shown(TypeMapping.rowType(union.getRowType()));
        List<PlanNode> inputs = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            inputs.add(castTo(translate(input), schema).materialize());
        }
        Union all = new Union(inputs, schema);
        return Relation.of(union.all ? all : new Distinct(all, false));
    }

    /// `a EXCEPT b EXCEPT c` is `(a EXCEPT b) EXCEPT c`, and so with INTERSECT.
    private Relation setOperation(SetOp operation, SetOperation.Kind kind) {
        RowType schema = ColumnMarks.shown(TypeMapping.rowType(operation.getRowType()));
        PlanNode left = castTo(translate(operation.getInput(0)), schema).materialize();
        for (RelNode input : operation.getInputs().subList(1, operation.getInputs().size())) {
            left = new SetOperation(left, castTo(translate(input), schema).materialize(), kind, operation.all, schema);
        }
        return Relation.of(left);
    }

    /// Gives every column the type and name of `schema`.
    static Relation castTo(Relation relation, RowType schema) {
        List<Expression> fields = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Expression field = relation.fields().get(i);
            DataType type = schema.type(i);
            fields.add(field.type().equals(type)
                    ? field
                    : new Expression.Cast(field, type, false, field.nullable()));
        }
        return new Relation(relation.node(), fields, schema.names());
    }

    private Relation sort(org.apache.calcite.rel.core.Sort sort) {
        PlanNode node = translate(sort.getInput()).materialize();
        List<SortKey> keys = sort.getCollation().getFieldCollations().stream().map(TranslatePlan::sortKey).toList();
        return Relation.of(TranslateTop.sort(node, keys, number(sort.offset, 0, "OFFSET"),
                number(sort.fetch, Long.MAX_VALUE, "LIMIT")));
    }

    private static SortKey sortKey(RelFieldCollation collation) {
        boolean descending = collation.getDirection().isDescending();
        boolean nullsFirst = collation.nullDirection == NullDirection.UNSPECIFIED
                ? !descending
                : collation.nullDirection == NullDirection.FIRST;
        return new SortKey(collation.getFieldIndex(), descending, nullsFirst);
    }

    private static long number(@Nullable RexNode rex, long byDefault, String clause) {
        if (rex == null) {
            return byDefault;
        }
        Long number = rex instanceof RexLiteral literal ? literal.getValueAs(Long.class) : null;
        if (number != null && number >= 0) {
            return number;
        }
        throw new InvalidQuery("THW-3126", clause + " must be a whole number from 0 up, but is " + rex + ".");
    }

    private Relation values(org.apache.calcite.rel.core.Values values) {
        RowType schema = TypeMapping.rowType(values.getRowType());
        TranslateExpression constants = expressions(values, List.of());
        List<List<Expression.Literal>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
            rows.add(tuple.stream().map(literal -> (Expression.Literal) constants.translate(literal)).toList());
        }
        return Relation.of(new Values(schema, rows));
    }
}
