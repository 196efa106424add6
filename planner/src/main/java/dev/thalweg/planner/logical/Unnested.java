package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/// A lateral query taken apart: rows that no longer look at the outer row, and what is left to say once both stand side by side.
///
/// @param rel rows that depend on no outer row
/// @param outputs columns of the query, over the columns of `rel` and of the outer row
/// @param conditions what must hold between a row of `rel` and the outer row; over the same
/// @param always whether an outer row without a match has one row all the same, of `outputs` over NULLs
record Unnested(RelNode rel, List<RexNode> outputs, List<RexNode> conditions, boolean always) {
    Unnested {
        outputs = List.copyOf(outputs);
        conditions = List.copyOf(conditions);
    }

    static Unnested of(RelNode rel) {
        return new Unnested(rel, columns(rel), List.of(), false);
    }

    static List<RexNode> columns(RelNode rel) {
        RexBuilder rex = rel.getCluster().getRexBuilder();
        return IntStream.range(0, rel.getRowType().getFieldCount()).mapToObj(i -> (RexNode) rex.makeInputRef(rel, i))
                .toList();
    }

    RexBuilder rex() {
        return rel.getCluster().getRexBuilder();
    }

    /// A projection, in which a column keeps its name if no other one has it.
    static RelNode rows(RelNode input, List<RexNode> columns) {
        List<String> names = new ArrayList<>();
        for (RexNode column : columns) {
            String name = column instanceof RexInputRef ref
                    ? input.getRowType().getFieldNames().get(ref.getIndex())
                    : "value";
            names.add(names.contains(name) ? name + "#" + names.size() : name);
        }
        return LogicalProject.create(input, List.of(), columns, names, Set.of());
    }

    /// An expression over the query's columns as one over those of [#rel] and of the outer row.
    RexNode over(RexNode expression) {
        return expression.accept(inputs(outputs));
    }

    static RexShuttle inputs(List<? extends RexNode> columns) {
        return new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return columns.get(ref.getIndex());
            }
        };
    }

    Unnested with(List<RexNode> columns) {
        return new Unnested(rel, columns, conditions, always);
    }

    /// With the columns of the outer row that it looks at, and `more`, as columns of its own: each condition is a key afterwards,
    /// no output reads the outer row, and no row is owed.
    Unnested bound(OuterRow outer, Set<Integer> more) {
        Set<Integer> read = new TreeSet<>(more);
        read.addAll(outer.columnsIn(outputs));
        Map<Integer, RexNode> known = valuesAtHand(outer);
        if (!always && known.size() == conditions.size() && known.keySet().containsAll(read)) {
            return new Unnested(rel,
                    outer.replacing(column -> Objects.requireNonNull(known.get(column))).apply(outputs), conditions,
                    false);
        }
        read.addAll(outer.columnsIn(conditions));
        List<Integer> columns = List.copyOf(read);
        RelNode values = outer.values(columns);
        Joined joined = Joined.of(values, this, always ? JoinRelType.LEFT : JoinRelType.INNER,
                outer.replacing(column -> rex().makeInputRef(values, columns.indexOf(column))));
        RexShuttle value = outer.replacing(column -> rex().makeInputRef(joined.rel(), columns.indexOf(column)));
        List<RexNode> keys = columns.stream()
                .map(c -> outer.isValue(c, rex().makeInputRef(joined.rel(), columns.indexOf(c)))).toList();
        return new Unnested(joined.rel(), value.apply(joined.outputs()), keys, false);
    }

    /// The columns of the outer row that are columns here already.
    private Map<Integer, RexNode> valuesAtHand(OuterRow outer) {
        Map<Integer, RexNode> known = new LinkedHashMap<>();
        for (RexNode condition : conditions) {
            for (int column : outer.columnsIn(List.of(condition))) {
                if (outer.isKey(condition)
                        && condition.equals(outer.isValue(column, outer.inner((RexCall) condition)))) {
                    known.put(column, outer.inner((RexCall) condition));
                }
            }
        }
        return known;
    }

    /// With keys for conditions, and rows of the outputs and, behind them, the inner sides of the keys.
    Unnested keyed(OuterRow outer) {
        if (always || !conditions.stream().allMatch(outer::isKey) || outputs.stream().anyMatch(outer::isReadBy)) {
            return bound(outer, Set.of()).keyed(outer);
        }
        List<RexNode> columns = new ArrayList<>(outputs);
        for (RexNode condition : conditions) {
            columns.add(outer.inner((RexCall) condition));
        }
        RelNode rows = rows(rel, columns);
        List<RexNode> keys = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            keys.add(outer.withInner((RexCall) conditions.get(i), rex().makeInputRef(rows, outputs.size() + i)));
        }
        return new Unnested(rows, columns(rows).subList(0, outputs.size()), keys, false);
    }

    /// The same query over other rows, in which its columns have moved.
    Unnested moved(RelNode rows, int by) {
        RexShuttle shift = inputs(IntStream.range(0, rel.getRowType().getFieldCount())
                .mapToObj(i -> (RexNode) rex().makeInputRef(rows, by + i)).toList());
        return new Unnested(rows, shift.apply(outputs), shift.apply(conditions), always);
    }

    /// Filters by what reads no outer row at once, and keeps the rest for the join.
    Unnested filtered(OuterRow outer, List<RexNode> more) {
        List<RexNode> now = more.stream().filter(condition -> !outer.isReadBy(condition)).toList();
        List<RexNode> later = new ArrayList<>(conditions);
        more.stream().filter(outer::isReadBy).forEach(later::add);
        RelNode rows = now.isEmpty() ? rel : LogicalFilter.create(rel, all(rex(), now));
        return new Unnested(rows, outputs, later, always);
    }

    static RexNode all(RexBuilder rex, List<RexNode> conditions) {
        return PlainBuilder.flat(RexUtil.composeConjunction(rex, conditions), rex);
    }

    static List<RexNode> conjunctions(RexNode condition) {
        return RelOptUtil.conjunctions(condition);
    }

    /// Rows of the outer kind on the left, and on the right those of a query that looked at them.
    ///
    /// @param outputs of the query, over the joined row; what they read of the outer row is left in place
    record Joined(RelNode rel, List<RexNode> outputs) {
        /// @param left what takes the place of an outer column, over the rows on the left
        static Joined of(RelNode outer, Unnested query, JoinRelType type, RexShuttle left) {
            int width = outer.getRowType().getFieldCount();
            RexBuilder rex = query.rex();
            RexShuttle right = inputs(IntStream.range(0, query.rel().getRowType().getFieldCount())
                    .mapToObj(i -> (RexNode) new RexInputRef(width + i,
                            query.rel().getRowType().getFieldList().get(i).getType()))
                    .toList());
            List<RexNode> on = left.apply(right.apply(query.conditions()));
            RelNode rel = LogicalJoin.create(outer, query.rel(), List.of(), all(rex, on), Set.of(), type);
            RexShuttle moved = inputs(columns(rel).subList(width, width + query.rel().getRowType().getFieldCount()));
            return new Joined(rel, moved.apply(query.outputs()));
        }
    }
}
