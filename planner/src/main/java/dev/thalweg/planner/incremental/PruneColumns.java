package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Keyed;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Leaves out columns that nobody above a node reads, down to the scan. Top down.
///
/// A grouping key, a column of DISTINCT and an event time stay whether they are read or not: they decide which rows there
/// are. What refuses late rows keeps the columns of all who read it, wherever the query names it: so it stays one node
/// ([ShareNodes]), which counts a late row once. That asks for a pass more, seldom for two.
final class PruneColumns {
    /// Of each node that refuses late rows, what all who read it want together.
    private final Map<PlanNode, BitSet> together = new HashMap<>();
    private boolean hasGrown;

    private PruneColumns() {}

    static PlanNode of(PlanNode root) {
        PruneColumns pruning = new PruneColumns();
        PlanNode pruned;
        do {
            pruning.hasGrown = false;
            pruned = pruning.all(root);
        } while (pruning.hasGrown);
        return pruned;
    }

    private PlanNode all(PlanNode root) {
        BitSet all = new BitSet();
        all.set(0, root.schema().size());
        return exactly(prune(root, all), IntStream.range(0, root.schema().size()).boxed().toList(), root.schema());
    }

    private Pruned prune(PlanNode node, BitSet wanted) {
        return refusesLate(node) ? pruned(node, ofAll(node, wanted)) : pruned(node, wanted);
    }

    private static boolean refusesLate(PlanNode node) {
        return switch (node) {
            case StreamJoin join -> JoinTime.of(join).isPresent();
            case PlanNode.AsofJoin join -> JoinTime.of(join).isPresent();
            default -> InferFreeing.of(node).isPresent(); // a rule: other nodes judge by one column
        };
    }

    private BitSet ofAll(PlanNode node, BitSet wanted) {
        BitSet known = together.get(node);
        BitSet both = known == null ? wanted : with(known, wanted);
        hasGrown |= known != null && !both.equals(known);
        together.put(node, both);
        return both;
    }

    /// A pruned node, and where each column of the old one is now (-1: gone).
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    private record Pruned(PlanNode node, int[] position) {
        int at(int column) {
            return position[column];
        }

        List<Integer> at(List<Integer> columns) {
            return columns.stream().map(this::at).toList();
        }

        Expression move(Expression expression) {
            return Expressions.move(expression, position);
        }
    }

    private static int[] identity(int width) {
        return IntStream.range(0, width).toArray();
    }

    private Pruned pruned(PlanNode node, BitSet wanted) {
        return switch (node) {
            case Scan scan -> scan(scan, wanted);
            case Values values -> new Pruned(values, identity(values.schema().size()));
            case PlanNode.RecursiveRows rows -> new Pruned(rows, identity(rows.schema().size()));
            case Filter filter -> filter(filter, wanted);
            case PlanNode.Lives lives -> lives(lives, wanted);
            case Project project -> project(project, wanted);
            case Watermark watermark -> watermark(watermark, wanted);
            case WindowAssign window -> window(window, wanted);
            case Generate generate -> generate(generate, wanted);
            case Expand expand -> expand(expand, wanted);
            case Aggregate aggregate -> aggregate(aggregate, wanted);
            case Distinct distinct -> whole(distinct.input(), in -> new Distinct(in, distinct.inJoin()));
            case Sort(PlanNode input, List<SortKey> keys) -> whole(input, in -> new Sort(in, keys));
            case Limit(PlanNode input, long offset, long count) -> whole(input, in -> new Limit(in, offset, count));
            case Union union -> whole(union);
            case DropDuplicates duplicates -> dropDuplicates(duplicates, wanted);
            case StaticJoin join -> join(join, wanted);
            case StreamJoin join -> join(join, wanted);
            case PlanNode.AsofJoin join -> join(join, wanted);
            case PlanNode.Recursion r ->
                    new Pruned(new PlanNode.Recursion(all(r.anchor()), all(r.step()), r.rows(), r.all(),
                            r.levelsMax(), r.schema()), identity(r.schema().size()));
            case SessionAssign session -> sessions(session, wanted);
            case TopN top -> top(top, wanted);
            case PlanNode.ClockFilter filter -> clock(filter, wanted);
            case DropWithinWatermark within -> dropWithin(within, wanted);
            case Keyed keyed -> whole(keyed); // which of two equal rows is meant depends on all their columns
            case Exchange exchange ->
                    throw new IllegalArgumentException("exchanges are placed after pruning: " + exchange);
        };
    }

    private Pruned whole(PlanNode input, java.util.function.UnaryOperator<PlanNode> rebuild) {
        return new Pruned(rebuild.apply(all(input)), identity(input.schema().size()));
    }

    private Pruned whole(Keyed keyed) {
        return new Pruned(keyed.over(keyed.inputs().stream().map(this::all).toList()),
                identity(keyed.schema().size()));
    }

    /// A rank that nobody reads is not told: a row that comes in would move it for all behind it.
    private Pruned top(TopN top, BitSet wanted) {
        if (top.rank() != TopN.Rank.ROW_NUMBER) {
            return ranked(top, wanted);
        }
        int last = top.schema().size() - 1;
        if (!top.withRank() || wanted.get(last)) {
            return whole(top);
        }
        PlanNode input = all(top.input());
        int[] position = identity(top.schema().size());
        position[last] = -1;
        return new Pruned(new TopN(input, top.partition(), top.order(), top.rank(), top.offset(), top.count(), false,
                input.schema()), position);
    }

    /// Rows with equal order have one rank, whatever else is in them.
    private Pruned ranked(TopN top, BitSet wanted) {
        int width = top.input().schema().size();
        BitSet kept = with(with(wanted, top.partition()), top.order().stream().map(PlanNode.SortKey::column).toList());
        boolean withRank = top.withRank() && wanted.get(width);
        BitSet read = kept.get(0, width);
        List<Integer> columns = read.stream().boxed().toList();
        PlanNode input = exactly(prune(top.input(), read), columns, top.input().schema().select(columns));
        int[] position = Arrays.copyOf(positions(width, read), top.schema().size());
        if (top.withRank()) {
            position[width] = withRank ? columns.size() : -1;
        }
        List<PlanNode.SortKey> order = top.order().stream()
                .map(key -> new PlanNode.SortKey(position[key.column()], key.descending(), key.nullsFirst())).toList();
        RowType schema = withRank
                ? PlanNode.appended(input.schema(), List.of(top.schema().field(width)))
                : input.schema();
        return new Pruned(new TopN(input, top.partition().stream().map(column -> position[column]).toList(), order,
                top.rank(), top.offset(), top.count(), withRank, schema), position);
    }

    private Pruned whole(Union union) {
        return new Pruned(new Union(union.inputs().stream().map(this::all).toList(), union.schema()),
                identity(union.schema().size()));
    }

    private static int[] positions(int width, BitSet kept) {
        int[] position = new int[width];
        int next = 0;
        for (int i = 0; i < width; i++) {
            position[i] = kept.get(i) ? next++ : -1;
        }
        return position;
    }

    private Pruned scan(Scan scan, BitSet wanted) {
        List<Integer> kept = wanted.stream().boxed().toList();
        List<Integer> columns = kept.stream().map(scan.columns()::get).toList();
        return new Pruned(new Scan(scan.table(), columns, scan.schema().select(kept)),
                positions(scan.schema().size(), wanted));
    }

    private static BitSet with(BitSet wanted, BitSet more) {
        BitSet both = (BitSet) wanted.clone();
        both.or(more);
        return both;
    }

    private static BitSet with(BitSet wanted, List<Integer> more) {
        BitSet both = (BitSet) wanted.clone();
        more.forEach(both::set);
        return both;
    }

    private Pruned filter(Filter filter, BitSet wanted) {
        Pruned input = prune(filter.input(), with(wanted, Expressions.inputsOf(filter.condition())));
        return new Pruned(new Filter(input.node(), input.move(filter.condition())), input.position());
    }

    private Pruned lives(PlanNode.Lives lives, BitSet wanted) {
        Pruned input = prune(lives.input(), wanted);
        return new Pruned(new PlanNode.Lives(input.node(), lives.micros(), lives.relation()), input.position());
    }

    private Pruned clock(PlanNode.ClockFilter filter, BitSet wanted) {
        BitSet kept = with(wanted, filter.bounds().stream().map(ClockBound::column).toList());
        List<Integer> columns = kept.stream().boxed().toList();
        PlanNode input = exactly(prune(filter.input(), kept), columns, filter.schema().select(columns));
        int[] position = positions(filter.schema().size(), kept); // it keeps rows: none of their columns for nothing
        List<ClockBound> bounds = filter.bounds().stream()
                .map(bound -> new ClockBound(position[bound.column()], bound.shiftMicros(), bound.side())).toList();
        return new Pruned(new PlanNode.ClockFilter(input, bounds), position);
    }

    private Pruned project(Project project, BitSet wanted) {
        BitSet read = new BitSet();
        wanted.stream().forEach(i -> Expressions.collectInputs(project.expressions().get(i), read));
        Pruned input = prune(project.input(), read);
        List<Expression> expressions = wanted.stream().mapToObj(i -> input.move(project.expressions().get(i))).toList();
        RowType schema = project.schema().select(wanted.stream().boxed().toList());
        int[] position = positions(project.schema().size(), wanted);
        boolean pointless = expressions.equals(Expressions.inputs(input.node().schema()))
                && schema.equals(input.node().schema());
        return new Pruned(pointless ? input.node() : new Project(input.node(), expressions, schema), position);
    }

    private Pruned watermark(Watermark watermark, BitSet wanted) {
        Pruned input = prune(watermark.input(), with(wanted, List.of(watermark.column())));
        return new Pruned(new Watermark(input.node(), input.at(watermark.column()), watermark.delayMicros()),
                input.position());
    }

    /// For nodes that append columns to their input's: what they read and append stays.
    private Pruned appending(PlanNode old, PlanNode oldInput, BitSet wanted, BitSet read,
            java.util.function.BiFunction<Pruned, RowType, PlanNode> rebuild) {
        int width = oldInput.schema().size();
        BitSet below = with(read, wanted.get(0, width));
        Pruned input = prune(oldInput, below);
        List<Field> appended = old.schema().fields().subList(width, old.schema().size());
        RowType schema = PlanNode.appended(input.node().schema(), appended);
        int[] position = java.util.Arrays.copyOf(input.position(), old.schema().size());
        for (int i = width; i < position.length; i++) {
            position[i] = input.node().schema().size() + i - width;
        }
        return new Pruned(rebuild.apply(input, schema), position);
    }

    private Pruned window(WindowAssign window, BitSet wanted) {
        return appending(window, window.input(), wanted, Expressions.inputsOf(window.time()),
                (input, schema) -> window.over(input.node(), input.move(window.time()), schema));
    }

    /// Rows of which less is told apart are in the same session more often, and count as often.
    private Pruned sessions(SessionAssign session, BitSet wanted) {
        BitSet read = with(Expressions.inputsOf(session.gap()), session.keys());
        read.set(session.time());
        return appending(session, session.input(), wanted, read,
                (input, schema) -> new SessionAssign(input.node(), input.at(session.time()), input.move(session.gap()),
                        input.at(session.keys()), schema));
    }

    private Pruned generate(Generate generate, BitSet wanted) {
        BitSet read = new BitSet();
        generate.arguments().forEach(argument -> Expressions.collectInputs(argument, read));
        return appending(generate, generate.input(), wanted, read,
                (input, schema) -> new Generate(input.node(), generate.function(),
                        generate.arguments().stream().map(input::move).toList(), generate.outer(), schema));
    }

    private Pruned expand(Expand expand, BitSet wanted) {
        BitSet read = new BitSet();
        expand.projections().forEach(
                projection -> wanted.stream().forEach(i -> Expressions.collectInputs(projection.get(i), read)));
        Pruned input = prune(expand.input(), read);
        List<List<Expression>> projections = expand.projections().stream()
                .map(projection -> wanted.stream().mapToObj(i -> input.move(projection.get(i))).toList()).toList();
        RowType schema = expand.schema().select(wanted.stream().boxed().toList());
        return new Pruned(new Expand(input.node(), projections, schema), positions(expand.schema().size(), wanted));
    }

    private Pruned aggregate(Aggregate aggregate, BitSet wanted) {
        int keys = aggregate.keys().size();
        BitSet kept = with(wanted, IntStream.range(0, keys).boxed().toList());
        List<AggregateCall> calls = new ArrayList<>();
        BitSet read = new BitSet();
        aggregate.keys().forEach(read::set);
        kept.stream().filter(i -> i >= keys).forEach(i -> {
            AggregateCall call = aggregate.calls().get(i - keys);
            calls.add(call);
            call.arguments().forEach(read::set);
            call.filter().ifPresent(read::set);
        });
        Pruned input = prune(aggregate.input(), read);
        List<AggregateCall> moved = calls.stream().map(call -> move(call, input)).toList();
        RowType schema = aggregate.schema().select(kept.stream().boxed().toList());
        if (calls.isEmpty() && keys > 0 && !judgesTime(aggregate)) {
            return new Pruned(groups(input, aggregate.keys(), schema), positions(aggregate.schema().size(), kept));
        }
        return new Pruned(new Aggregate(input.node(), input.at(aggregate.keys()), moved, schema),
                positions(aggregate.schema().size(), kept));
    }

    /// Whether rows are late at an aggregate and its groups are ever complete: it decides then when a group is shown.
    private static boolean judgesTime(Aggregate aggregate) {
        return InferEventTime.of(aggregate.input()).deciding(aggregate.keys()).isPresent();
    }

    /// Groups of which only the keys are read: each once, and over rows that only come nothing is taken back.
    private static PlanNode groups(Pruned input, List<Integer> keys, RowType schema) {
        List<Expression> columns = keys.stream()
                .map(key -> (Expression) Expressions.input(input.node().schema(), input.at(key))).toList();
        boolean plain = columns.equals(Expressions.inputs(input.node().schema()))
                && schema.equals(input.node().schema());
        return new Distinct(plain ? input.node() : new Project(input.node(), columns, schema), false);
    }

    private static AggregateCall move(AggregateCall call, Pruned input) {
        return call.over(input.at(call.arguments()), call.filter().map(input::at));
    }

    private Pruned dropDuplicates(DropDuplicates duplicates, BitSet wanted) {
        Pruned input = prune(duplicates.input(), with(wanted, duplicates.keys()));
        return new Pruned(new DropDuplicates(input.node(), input.at(duplicates.keys())), input.position());
    }

    private Pruned dropWithin(DropWithinWatermark within, BitSet wanted) {
        BitSet kept = with(wanted, within.keys());
        kept.set(within.time());
        Pruned input = prune(within.input(), kept);
        return new Pruned(new DropWithinWatermark(input.node(), input.at(within.keys()),
                input.position()[within.time()], within.delayMicros()), input.position());
    }

    private Pruned join(StaticJoin join, BitSet wanted) {
        Sides sides = new Sides(join.stream(), join.streamKeys(), join.table(), join.tableKeys(), join.condition());
        return sides.pruned(this, join.schema(), wanted,
                (stream, table, condition, schema) -> new StaticJoin(stream.node(),
                        table.node(), join.kind(), stream.at(join.streamKeys()), table.at(join.tableKeys()), condition,
                        schema));
    }

    private Pruned join(StreamJoin join, BitSet wanted) {
        Sides sides = new Sides(join.left(), join.leftKeys(), join.right(), join.rightKeys(), join.condition());
        return sides.pruned(this, join.schema(), wanted, (left, right, condition, schema) -> new StreamJoin(left.node(),
                right.node(), join.kind(), left.at(join.leftKeys()), right.at(join.rightKeys()), condition, schema));
    }

    /// Which of two right rows at one time is meant depends on all their columns.
    private Pruned join(PlanNode.AsofJoin join, BitSet wanted) {
        PlanNode.AsofJoin.Match match = join.match();
        int width = join.left().schema().size();
        BitSet read = with(wanted.get(0, width), join.leftKeys());
        read.set(match.leftTime());
        Pruned left = prune(join.left(), read);
        int moved = left.node().schema().size();
        int[] position = java.util.Arrays.copyOf(left.position(), join.schema().size());
        for (int i = width; i < position.length; i++) {
            position[i] = moved + i - width;
        }
        RowType schema = PlanNode.appended(left.node().schema(),
                join.schema().fields().subList(width, join.schema().size()));
        return new Pruned(new PlanNode.AsofJoin(left.node(), all(join.right()), join.kind(), left.at(join.leftKeys()),
                join.rightKeys(), new PlanNode.AsofJoin.Match(left.at(match.leftTime()), match.rightTime(),
                        match.backward(), match.exclusive()),
                schema), position);
    }

    /// The inputs of a join.
    private record Sides(PlanNode left, List<Integer> leftKeys, PlanNode right, List<Integer> rightKeys,
            Optional<Expression> condition) {
        interface Rebuild {
            PlanNode join(Pruned left, Pruned right, Optional<Expression> condition, RowType schema);
        }

        Pruned pruned(PruneColumns pruning, RowType schema, BitSet wanted, Rebuild rebuild) {
            int leftWidth = left.schema().size();
            int rightWidth = right.schema().size();
            BitSet read = (BitSet) wanted.clone();
            condition.ifPresent(test -> Expressions.collectInputs(test, read));
            Pruned prunedLeft = pruning.prune(left, with(read.get(0, leftWidth), leftKeys));
            Pruned prunedRight = pruning.prune(right, with(read.get(leftWidth, leftWidth + rightWidth), rightKeys));
            int newWidth = prunedLeft.node().schema().size();
            int[] both = java.util.Arrays.copyOf(prunedLeft.position(), leftWidth + rightWidth);
            for (int i = 0; i < rightWidth; i++) {
                both[leftWidth + i] = prunedRight.at(i) < 0 ? -1 : newWidth + prunedRight.at(i);
            }
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < schema.size(); i++) {
                if (both[i] >= 0) {
                    fields.add(schema.field(i));
                }
            }
            PlanNode node = rebuild.join(prunedLeft, prunedRight, condition.map(test -> Expressions.move(test, both)),
                    new RowType(fields));
            return new Pruned(node, java.util.Arrays.copyOf(both, schema.size()));
        }
    }

    private static PlanNode exactly(Pruned pruned, List<Integer> columns, RowType schema) {
        boolean same = pruned.node().schema().equals(schema) && pruned.at(columns).equals(columns);
        if (same) {
            return pruned.node();
        }
        List<Expression> expressions = columns.stream()
                .map(i -> (Expression) Expressions.input(pruned.node().schema(), pruned.at(i))).toList();
        return new Project(pruned.node(), expressions, schema);
    }
}
