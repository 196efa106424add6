package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.EngineAggregate;
import dev.thalweg.planner.function.EngineFunction;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Takes apart what looks at several rows of a lateral query: aggregates, LIMIT and OVER. Each does so among the rows that belong to
/// one outer row, so the keys by which those are known join its own.
final class UnnestGroups {
    private final OuterRow outer;
    private final FunctionRegistry functions;
    private final RexBuilder rex;

    UnnestGroups(OuterRow outer, FunctionRegistry functions) {
        this.outer = outer;
        this.functions = functions;
        this.rex = outer.rex();
    }

    /// Expressions with the columns of `query` in the place of the outer row's, which are all keys of it.
    static List<RexNode> inside(OuterRow outer, Unnested query, List<RexNode> expressions) {
        Map<Integer, RexNode> values = new HashMap<>();
        for (RexNode condition : query.conditions()) {
            if (outer.isKey(condition)) {
                RexNode inner = outer.inner((RexCall) condition);
                outer.columnsIn(List.of(condition)).stream()
                        .filter(column -> condition.equals(outer.isValue(column, inner)))
                        .forEach(column -> values.put(column, inner));
            }
        }
        return outer.replacing(column -> Objects.requireNonNull(values.get(column))).apply(expressions);
    }

    // ---- projections

    /// A projection with OVER, chance, or functions that make rows or windows.
    Unnested computed(Unnested input, Project project) {
        Set<Integer> read = outer.columnsIn(project.getProjects());
        Unnested query = (read.isEmpty() ? input : input.bound(outer, read)).keyed(outer);
        int width = query.outputs().size();
        List<RexNode> keys = Unnested.columns(query.rel()).subList(width, query.rel().getRowType().getFieldCount());
        List<RexNode> columns = new ArrayList<>();
        for (RexNode column : inside(outer, query, project.getProjects())) {
            columns.add(column.accept(new Partitioned(keys)));
        }
        return projected(query, columns, keys);
    }

    private Unnested projected(Unnested query, List<RexNode> columns, List<RexNode> keys) {
        List<RexNode> all = new ArrayList<>(columns);
        all.addAll(keys);
        RelNode rel = Unnested.rows(query.rel(), all);
        return onKeys(query, rel, Unnested.columns(rel).subList(0, columns.size()), columns.size());
    }

    /// The keys of `query` over `rel`, where they begin at a column.
    private Unnested onKeys(Unnested query, RelNode rel, List<RexNode> outputs, int first) {
        List<RexNode> conditions = new ArrayList<>();
        for (RexNode key : query.conditions()) {
            conditions.add(outer.withInner((RexCall) key, rex.makeInputRef(rel, first + conditions.size())));
        }
        return new Unnested(rel, outputs, conditions, false);
    }

    /// Calls of OVER among the rows of one outer row only.
    private final class Partitioned extends RexShuttle {
        private final List<RexNode> keys;

        Partitioned(List<RexNode> keys) {
            this.keys = keys;
        }

        @Override
        public RexNode visitOver(RexOver over) {
            RexWindow window = over.getWindow();
            List<RexNode> partition = new ArrayList<>(window.partitionKeys);
            partition.addAll(keys);
            return rex.makeOver(over.getType(), over.getAggOperator(), over.getOperands(), partition, window.orderKeys,
                    window.getLowerBound(), window.getUpperBound(), window.getExclude(), window.isRows(), true, false,
                    over.isDistinct(), over.ignoreNulls());
        }
    }

    // ---- LIMIT

    Unnested first(Unnested input, Sort sort) {
        Unnested query = input.keyed(outer);
        int width = query.outputs().size();
        List<RexNode> all = Unnested.columns(query.rel());
        com.google.common.collect.ImmutableList.Builder<RexFieldCollation> order = com.google.common.collect.ImmutableList
                .builder();
        for (RelFieldCollation key : collation(sort)) {
            Set<SqlKind> kinds = new HashSet<>();
            if (key.getDirection().isDescending()) {
                kinds.add(SqlKind.DESCENDING);
            }
            if (key.nullDirection != RelFieldCollation.NullDirection.UNSPECIFIED) {
                kinds.add(key.nullDirection == RelFieldCollation.NullDirection.FIRST
                        ? SqlKind.NULLS_FIRST
                        : SqlKind.NULLS_LAST);
            }
            order.add(new RexFieldCollation(all.get(key.getFieldIndex()), kinds));
        }
        RelDataType integer = TypeMapping.rel(rex.getTypeFactory(), Simple.INT, false);
        RexNode number = rex.makeOver(integer, (SqlAggFunction) functions.operator("row_number"), List.of(),
                all.subList(width, all.size()), order.build(), RexWindowBounds.UNBOUNDED_PRECEDING,
                RexWindowBounds.CURRENT_ROW, true, true, false, false, false);
        List<RexNode> columns = new ArrayList<>(all);
        columns.add(number);
        RelNode numbered = Unnested.rows(query.rel(), columns);
        RelNode rel = LogicalFilter.create(numbered,
                Unnested.all(rex, range(sort, rex.makeInputRef(numbered, all.size()))));
        return onKeys(query, rel, Unnested.columns(rel).subList(0, width), width);
    }

    /// Without ORDER BY any rows will do: the least, so that they are the same however the rows arrive.
    private static List<RelFieldCollation> collation(Sort sort) {
        if (!sort.getCollation().getFieldCollations().isEmpty()) {
            return sort.getCollation().getFieldCollations();
        }
        List<RelFieldCollation> all = IntStream.range(0, sort.getRowType().getFieldCount())
                .filter(i -> TypeRules.hasOrder(
                        TypeMapping.dataType(sort.getRowType().getFieldList().get(i).getType())))
                .mapToObj(RelFieldCollation::new).toList();
        if (all.isEmpty()) {
            throw OuterRow.refused("looks at the outer row below a LIMIT of rows without an order");
        }
        return all;
    }

    private List<RexNode> range(Sort sort, RexNode number) {
        List<RexNode> range = new ArrayList<>();
        RelDataType big = TypeMapping.rel(rex.getTypeFactory(), Simple.BIGINT, false);
        BigDecimal skipped = count(sort.offset, BigDecimal.ZERO);
        if (sort.fetch != null) {
            RexNode last = rex.makeExactLiteral(skipped.add(count(sort.fetch, BigDecimal.ZERO)), big);
            range.add(rex.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, rex.makeAbstractCast(big, number, false),
                    last));
        }
        if (skipped.signum() > 0) {
            range.add(rex.makeCall(SqlStdOperatorTable.GREATER_THAN, rex.makeAbstractCast(big, number, false),
                    rex.makeExactLiteral(skipped, big)));
        }
        return range;
    }

    private static BigDecimal count(@org.jspecify.annotations.Nullable RexNode literal, BigDecimal byDefault) {
        BigDecimal count = literal instanceof org.apache.calcite.rex.RexLiteral number
                ? number.getValueAs(BigDecimal.class)
                : null;
        return count == null ? byDefault : count;
    }

    // ---- aggregates

    Unnested aggregate(Unnested input, Aggregate aggregate) {
        boolean always = aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty);
        if (!always) {
            Unnested query = input.keyed(outer);
            RelNode rel = grouped(query, aggregate, aggregate.getAggCallList());
            return onKeys(query, rel, columnsOf(aggregate, rel, query.conditions().size()), aggregate.getGroupCount());
        }
        if (aggregate.getGroupSets().size() > 1) {
            throw OuterRow.refused("looks at the outer row below GROUPING SETS with ()");
        }
        boolean exact = aggregate.getAggCallList().stream().anyMatch(UnnestGroups::mustRun);
        return exact ? ofEachValue(input, aggregate) : ofEachKey(input, aggregate);
    }

    /// Whether an aggregate must run to tell what it gives for no rows: neither NULL nor what [#orEmpty] writes.
    private static boolean mustRun(AggregateCall call) {
        boolean ofProgram = call.getAggregation() instanceof EngineAggregate aggregate && aggregate.user().isPresent();
        String name = name(call);
        return switch (name) {
            case "count", "regr_count", "approx_count_distinct", "count_if", "collect_list", "collect_set",
                    "array_agg" ->
                    false;
            case "grouping", "grouping_id" -> true;
            default -> ofProgram || name.matches("(hll|theta|kll)_.*") // an empty sketch is one
                    || (!call.getType().isNullable() && !isSingleValue(call)); // a rule: what may be NULL is
        };
    }

    /// The columns of an aggregate among those of one that groups by keys, too.
    private static List<RexNode> columnsOf(Aggregate aggregate, RelNode rel, int keys) {
        List<RexNode> all = Unnested.columns(rel);
        List<RexNode> columns = new ArrayList<>(all.subList(0, aggregate.getGroupCount()));
        columns.addAll(all.subList(aggregate.getGroupCount() + keys, all.size()));
        return columns;
    }

    private static RelNode grouped(Unnested query, Aggregate aggregate, List<AggregateCall> calls) {
        int width = query.outputs().size();
        ImmutableBitSet keys = ImmutableBitSet.range(width, width + query.conditions().size());
        return LogicalAggregate.create(query.rel(), List.of(), aggregate.getGroupSet().union(keys),
                aggregate.getGroupSets().stream().map(keys::union).sorted(ImmutableBitSet.COMPARATOR).toList(), calls);
    }

    /// One row for each outer row, also for those that no row belongs to: the join owes it, and what it holds then.
    private Unnested ofEachKey(Unnested input, Aggregate aggregate) {
        Unnested query = input.keyed(outer);
        List<AggregateCall> calls = counted(aggregate);
        RelNode rel = grouped(query, aggregate, calls);
        int keys = query.conditions().size();
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            AggregateCall call = aggregate.getAggCallList().get(i);
            RexNode value = rex.makeInputRef(rel, keys + i);
            outputs.add(isSingleValue(call)
                    ? atMostOne(value, rex.makeInputRef(rel, keys + aggregate.getAggCallList().size()))
                    : orEmpty(value, call));
        }
        Unnested one = onKeys(query, rel, outputs, 0);
        return new Unnested(rel, one.outputs(), one.conditions(), true);
    }

    /// The aggregate itself says what it gives for no rows: each value of the outer row has a group, if only of a row that no
    /// aggregate counts.
    private Unnested ofEachValue(Unnested input, Aggregate aggregate) {
        Set<Integer> read = new TreeSet<>(outer.columnsIn(input.conditions()));
        read.addAll(outer.columnsIn(input.outputs()));
        List<Integer> columns = List.copyOf(read);
        RelNode values = outer.values(columns);
        List<RexNode> marked = new ArrayList<>(Unnested.columns(input.rel()));
        marked.add(rex.makeLiteral(true));
        RelNode rows = Unnested.rows(input.rel(), marked);
        Unnested.Joined joined = Unnested.Joined.of(values, input.moved(rows, 0), JoinRelType.LEFT,
                outer.replacing(column -> rex.makeInputRef(values, columns.indexOf(column))));
        RexShuttle value = outer.replacing(column -> rex.makeInputRef(joined.rel(), columns.indexOf(column)));
        RexNode found = rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL,
                rex.makeInputRef(joined.rel(), joined.rel().getRowType().getFieldCount() - 1));
        List<RexNode> arguments = new ArrayList<>(value.apply(joined.outputs()));
        List<RexNode> keys = Unnested.columns(joined.rel()).subList(0, columns.size());
        int width = arguments.size();
        arguments.addAll(keys);
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            List<RexNode> tests = new ArrayList<>(List.of(found));
            if (call.hasFilter()) {
                tests.add(rex.makeCall(SqlStdOperatorTable.IS_TRUE, arguments.get(call.filterArg)));
            }
            calls.add(call.withFilter(arguments.size()));
            arguments.add(Unnested.all(rex, tests));
        }
        RelNode below = Unnested.rows(joined.rel(), arguments);
        RelNode rel = LogicalAggregate.create(below, List.of(), ImmutableBitSet.range(width, width + keys.size()),
                List.of(), calls);
        List<RexNode> conditions = new ArrayList<>();
        for (int column : columns) {
            conditions.add(outer.isValue(column, rex.makeInputRef(rel, conditions.size())));
        }
        return new Unnested(rel, columnsOf(aggregate, rel, keys.size()), conditions, false);
    }

    private static String name(AggregateCall call) {
        return call.getAggregation().getName().toLowerCase(Locale.ROOT);
    }

    private static boolean isSingleValue(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.SINGLE_VALUE;
    }

    /// Where one value is asked for, some value and the number of them: whether they are too many matters only for keys that
    /// some outer row has, which is known after the join.
    private List<AggregateCall> counted(Aggregate aggregate) {
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            boolean ordered = TypeRules.hasOrder(TypeMapping.dataType(call.getType()));
            calls.add(isSingleValue(call) ? call(ordered ? "max" : "first", call.getArgList(), call.getType()) : call);
        }
        if (aggregate.getAggCallList().stream().anyMatch(UnnestGroups::isSingleValue)) {
            calls.add(call("count", List.of(), TypeMapping.rel(rex.getTypeFactory(), Simple.BIGINT, false)));
        }
        return calls;
    }

    private AggregateCall call(String function, List<Integer> arguments, RelDataType type) {
        return AggregateCall.create((SqlAggFunction) functions.operator(function), false, false, false, List.of(),
                arguments, -1, null, RelCollations.EMPTY, type, null);
    }

    private RexNode atMostOne(RexNode value, RexNode count) {
        RexNode many = rex.makeCall(SqlStdOperatorTable.GREATER_THAN, count,
                rex.makeExactLiteral(BigDecimal.ONE, count.getType()));
        return rex.makeCall(value.getType(), SqlStdOperatorTable.CASE,
                List.of(many, FunctionRegistry.moreThanOneRow(rex, value.getType()), value));
    }

    /// What the aggregate gives for no rows.
    private RexNode orEmpty(RexNode value, AggregateCall call) {
        return switch (name(call)) {
            case "count", "regr_count", "approx_count_distinct", "count_if" ->
                    firstOf(value, rex.makeExactLiteral(BigDecimal.ZERO));
            case "collect_list", "collect_set", "array_agg" -> firstOf(value, EngineFunction.cast(rex,
                    ((EngineFunction) functions.operator("array")).toRex(rex, List.of(), null),
                    TypeMapping.dataType(value.getType())));
            default -> value; // a rule: all others give NULL
        };
    }

    RexNode firstOf(RexNode value, RexNode otherwise) {
        return ((EngineFunction) functions.operator("coalesce")).toRex(rex, List.of(value, otherwise), null);
    }
}
