package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.FunctionRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Takes a lateral query apart, node by node from the bottom; see [Unnest].
final class UnnestQuery {
    private final OuterRow outer;
    private final UnnestGroups groups;

    UnnestQuery(OuterRow outer, FunctionRegistry functions) {
        this.outer = outer;
        this.groups = new UnnestGroups(outer, functions);
    }

    Unnested of(RelNode node) {
        if (!outer.isReadBy(node)) {
            return Unnested.of(node);
        }
        return switch (node) {
            case Filter filter -> filter(of(filter.getInput()), filter);
            case Project project -> project(of(project.getInput()), project);
            case Join join -> join(join);
            case Aggregate aggregate -> groups.aggregate(of(aggregate.getInput()), aggregate);
            case Sort sort when sort.fetch == null && sort.offset == null -> of(sort.getInput());
            case Sort sort -> groups.first(of(sort.getInput()), sort);
            case SetOp operation -> setOperation(operation);
            case Correlate generator -> generator(generator);
            case TableFunctionScan function -> function(function);
            default -> throw OuterRow.refused("looks at the outer row below a " + node.getRelTypeName());
        };
    }

    private Unnested filter(Unnested input, Filter filter) {
        boolean simple = !input.always() && PushDown.isMovable(filter.getCondition());
        Unnested query = simple ? input : input.bound(outer, outer.columnsIn(List.of(filter.getCondition())));
        RexNode condition = query.over(filter.getCondition());
        return query.filtered(outer, Unnested.conjunctions(simple ? condition : inside(query, condition)));
    }

    private Unnested project(Unnested input, Project project) {
        if (project.getProjects().stream().allMatch(PushDown::isMovable) && !project.containsOver()) {
            return input.with(project.getProjects().stream().map(input::over).toList());
        }
        return groups.computed(input, project);
    }

    /// An expression that must be computed where the query's rows are, with the values of the outer row that are at hand there.
    private RexNode inside(Unnested query, RexNode expression) {
        return UnnestGroups.inside(outer, query, List.of(expression)).getFirst();
    }

    // ---- joins

    private Unnested join(Join join) {
        JoinRelType type = join.getJoinType();
        Unnested left = of(join.getLeft());
        Unnested right = of(join.getRight());
        if (type == JoinRelType.INNER) {
            return inner(join, plain(left), plain(right));
        }
        if (type == JoinRelType.RIGHT || type == JoinRelType.FULL) {
            return bothBound(join, left, right);
        }
        boolean tied = !right.conditions().isEmpty() || right.outputs().stream().anyMatch(outer::isReadBy)
                || outer.isReadBy(join.getCondition());
        return tied ? leftBound(join, left, right) : inner(join, plain(left), plain(right));
    }

    private Unnested plain(Unnested query) {
        return query.always() ? query.bound(outer, Set.of()) : query;
    }

    /// The conditions of both sides are carried on; with LEFT, SEMI and ANTI only the left side has any.
    private Unnested inner(Join join, Unnested left, Unnested right) {
        int width = left.rel().getRowType().getFieldCount();
        List<RexNode> pair = new ArrayList<>(left.outputs());
        pair.addAll(right.moved(right.rel(), 0).outputs().stream().map(o -> shifted(o, right.rel(), width)).toList());
        List<RexNode> now = new ArrayList<>();
        List<RexNode> later = new ArrayList<>(left.conditions());
        right.conditions().forEach(condition -> later.add(shifted(condition, right.rel(), width)));
        for (RexNode condition : Unnested.conjunctions(join.getCondition().accept(Unnested.inputs(pair)))) {
            (outer.isReadBy(condition) ? later : now).add(condition);
        }
        RelNode rel = LogicalJoin.create(left.rel(), right.rel(), List.of(), Unnested.all(outer.rex(), now), Set.of(),
                join.getJoinType());
        return settled(rel, join.getJoinType().projectsRight() ? pair : left.outputs(), later);
    }

    /// With the types that the columns have in `rel`.
    private static Unnested settled(RelNode rel, List<RexNode> outputs, List<RexNode> conditions) {
        RexShuttle typed = Unnested.inputs(Unnested.columns(rel));
        return new Unnested(rel, typed.apply(outputs), typed.apply(conditions), false);
    }

    private static RexNode shifted(RexNode expression, RelNode of, int by) {
        return expression.accept(Unnested.inputs(IntStream.range(0, of.getRowType().getFieldCount())
                .mapToObj(i -> (RexNode) new RexInputRef(by + i,
                        of.getRowType().getFieldList().get(i).getType()))
                .toList()));
    }

    /// What the right side and ON say of the outer row must be known where rows are matched.
    private Unnested leftBound(Join join, Unnested left, Unnested right) {
        Unnested values = right.always() || right.outputs().stream().anyMatch(outer::isReadBy)
                ? right.bound(outer, Set.of())
                : right;
        Set<Integer> read = new HashSet<>(outer.columnsIn(values.conditions()));
        read.addAll(outer.columnsIn(List.of(join.getCondition())));
        Unnested rows = left.bound(outer, read).keyed(outer);
        int width = rows.rel().getRowType().getFieldCount();
        List<RexNode> pair = new ArrayList<>(rows.outputs());
        values.outputs().forEach(output -> pair.add(shifted(output, values.rel(), width)));
        List<RexNode> on = new ArrayList<>(List.of(join.getCondition().accept(Unnested.inputs(pair))));
        values.conditions().forEach(condition -> on.add(shifted(condition, values.rel(), width)));
        RexNode matched = Unnested.all(outer.rex(), UnnestGroups.inside(outer, rows, on));
        RelNode rel = LogicalJoin.create(rows.rel(), values.rel(), List.of(), matched, Set.of(), join.getJoinType());
        return settled(rel, join.getJoinType().projectsRight() ? pair : rows.outputs(), rows.conditions());
    }

    /// Both sides are computed for all values of the outer row; a row that one side lacks has the values of the other.
    private Unnested bothBound(Join join, Unnested left, Unnested right) {
        Set<Integer> read = outer.columnsIn(join);
        Unnested a = aligned(left, read);
        Unnested b = aligned(right, read);
        int width = a.rel().getRowType().getFieldCount();
        List<RexNode> pair = new ArrayList<>(a.outputs());
        b.outputs().forEach(output -> pair.add(shifted(output, b.rel(), width)));
        List<RexNode> on = new ArrayList<>(List.of(UnnestGroups
                .inside(outer, a, List.of(join.getCondition().accept(Unnested.inputs(pair)))).getFirst()));
        int first = left.outputs().size();
        int second = width + right.outputs().size();
        for (int i = 0; i < read.size(); i++) {
            RexNode ofLeft = outer.rex().makeInputRef(a.rel(), first + i);
            on.add(outer.rex().makeCall(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, ofLeft,
                    shifted(outer.rex().makeInputRef(b.rel(), right.outputs().size() + i), b.rel(), width)));
        }
        RelNode rel = LogicalJoin.create(a.rel(), b.rel(), List.of(), Unnested.all(outer.rex(), on), Set.of(),
                join.getJoinType());
        List<RexNode> keys = new ArrayList<>();
        for (int column : read) {
            keys.add(outer.isValue(column, groups.firstOf(outer.rex().makeInputRef(rel, second + keys.size()),
                    outer.rex().makeInputRef(rel, first + keys.size()))));
        }
        return settled(rel, pair, keys);
    }

    // ---- set operations

    private Unnested setOperation(SetOp operation) {
        Set<Integer> read = outer.columnsIn(operation);
        List<Unnested> inputs = operation.getInputs().stream().map(input -> aligned(of(input), read)).toList();
        RelNode rel = operation.copy(operation.getTraitSet(), inputs.stream().map(Unnested::rel).toList());
        int width = operation.getRowType().getFieldCount();
        List<RexNode> keys = new ArrayList<>();
        for (int column : read) {
            keys.add(outer.isValue(column, outer.rex().makeInputRef(rel, width + keys.size())));
        }
        return new Unnested(rel, Unnested.columns(rel).subList(0, width), keys, false);
    }

    /// Rows of the query's columns and, behind them, of all the outer row's that are read anywhere, in their order.
    private Unnested aligned(Unnested query, Set<Integer> read) {
        Unnested bound = query.bound(outer, read);
        List<RexNode> values = UnnestGroups.inside(outer, bound, read.stream().map(outer::column).toList());
        List<RexNode> columns = Stream.concat(bound.outputs().stream(), values.stream()).toList();
        RelNode rel = Unnested.rows(bound.rel(), columns);
        List<RexNode> keys = new ArrayList<>();
        for (int column : read) {
            keys.add(outer.isValue(column, outer.rex().makeInputRef(rel, bound.outputs().size() + keys.size())));
        }
        return new Unnested(rel, Unnested.columns(rel).subList(0, bound.outputs().size()), keys, false);
    }

    // ---- functions that make rows

    /// A generator beside rows of the query, which may look at both them and the outer row.
    private Unnested generator(Correlate generator) {
        Set<Integer> read = outer.columnsIn(generator.getRight());
        Unnested input = of(generator.getLeft());
        Unnested query = (read.isEmpty() ? input : input.bound(outer, read)).keyed(outer);
        CorrelationId id = generator.getCluster().createCorrel();
        RexNode row = outer.rex().makeCorrel(query.rel().getRowType(), id);
        RexShuttle moved = new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return access.getReferenceExpr() instanceof RexCorrelVariable variable
                        && variable.id.equals(generator.getCorrelationId())
                                ? outer.rex().makeFieldAccess(row, access.getField().getIndex())
                                : super.visitFieldAccess(access);
            }
        };
        RelNode right = rewritten(generator.getRight(), moved);
        RexShuttle values = outer.replacing(column -> UnnestGroups.inside(outer, query, List.of(outer.column(column)))
                .getFirst().accept(accesses(row)));
        RelNode rel = LogicalCorrelate.create(query.rel(), rewritten(right, values), List.of(), id,
                ImmutableBitSet.range(query.rel().getRowType().getFieldCount()), generator.getJoinType());
        List<RexNode> columns = new ArrayList<>(query.outputs());
        columns.addAll(Unnested.columns(rel).subList(query.rel().getRowType().getFieldCount(),
                rel.getRowType().getFieldCount()));
        return new Unnested(rel, columns, query.conditions(), false);
    }

    private Unnested function(TableFunctionScan function) {
        List<Integer> read = List.copyOf(outer.columnsIn(function));
        RelNode values = outer.values(read);
        CorrelationId id = function.getCluster().createCorrel();
        RexNode row = outer.rex().makeCorrel(values.getRowType(), id);
        RelNode made = function
                .accept(outer.replacing(column -> outer.rex().makeFieldAccess(row, read.indexOf(column))));
        RelNode rel = LogicalCorrelate.create(values, made, List.of(), id, ImmutableBitSet.range(read.size()),
                JoinRelType.INNER);
        List<RexNode> keys = new ArrayList<>();
        for (int column : read) {
            keys.add(outer.isValue(column, outer.rex().makeInputRef(rel, keys.size())));
        }
        return new Unnested(rel, Unnested.columns(rel).subList(read.size(), rel.getRowType().getFieldCount()), keys,
                false);
    }

    private RexShuttle accesses(RexNode row) {
        return new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return outer.rex().makeFieldAccess(row, ref.getIndex());
            }
        };
    }

    private static RelNode rewritten(RelNode rel, RexShuttle expressions) {
        return rel.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(expressions);
            }
        });
    }
}
