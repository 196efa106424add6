package dev.thalweg.planner.incremental;

import dev.thalweg.planner.function.Aggregates;
import dev.thalweg.planner.function.EngineAggregate;
import dev.thalweg.planner.incremental.Expression.Branch;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.logical.ColumnMarks;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.function.UserAggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// Translates GROUP BY: a projection of keys and arguments, one copy of each row for each grouping set, the aggregate.
///
/// A struct that is grouped by, such as a window, becomes a key column for each field and is a struct again above.
final class TranslateAggregate {
    private final List<Expression> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    /// Where each key of the GROUP BY begins in `columns`, and what the key was.
    private final List<Key> keys = new ArrayList<>();
    private final List<AggregateCall> calls = new ArrayList<>();
    private final List<String> callNames = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();

    /// @param struct the key is a struct, such as a window, whose fields stand in the columns from `first` on
    private record Key(Expression value, String name, int first, Optional<RowType> struct) {
        int width() {
            return struct.map(RowType::size).orElse(1);
        }
    }

    Relation aggregate(Relation below, Aggregate aggregate) {
        Relation input = TranslateSession.grouped(below, aggregate);
        for (int field : aggregate.getGroupSet()) {
            addKey(input.fields().get(field), input.names().get(field));
        }
        int keyColumns = columns.size();
        List<org.apache.calcite.rel.core.AggregateCall> groupings = new ArrayList<>();
        for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
            if (isGrouping(call)) {
                groupings.add(call);
            }
            results.add(result(input, call, groupings.size()));
        }
        boolean many = aggregate.getGroupSets().size() > 1;
        PlanNode projected = new Project(input.node(), columns, row());
        PlanNode node = many || !groupings.isEmpty() ? expand(projected, keyColumns, aggregate, groupings) : projected;
        return output(node, keyColumns, aggregate, many);
    }

    /// What a column of the logical aggregate is over the row of ours: the keys, then the calls.
    @FunctionalInterface
    private interface Result {
        /// @param firstCall where in `row` the calls begin
        Expression over(RowType row, int firstCall);
    }

    private Result result(Relation input, org.apache.calcite.rel.core.AggregateCall call, int grouping) {
        if (isGrouping(call)) {
            return (row, _) -> groupingField(row, keyWidth() + grouping, call);
        }
        DataType type = TypeMapping.dataType(call.getType());
        if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) { // which rows of an outer join found a partner
            Literal literal = constant(call);
            return (_, _) -> literal;
        }
        if (type == Simple.VOID) {
            return (_, _) -> new Literal(null, Simple.VOID); // min(NULL) and its like
        }
        int index = calls.size();
        if (call.getAggregation().getKind() == SqlKind.SINGLE_VALUE) {
            return singleValue(input, call, type);
        }
        calls.add(call(input, call));
        callNames.add(call.getName() == null ? shownName(call) : ColumnMarks.shown(call.getName()));
        return (row, firstCall) -> Expressions.input(row, firstCall + index);
    }

    private static Literal constant(org.apache.calcite.rel.core.AggregateCall call) {
        if (call.rexList.getFirst() instanceof RexLiteral literal && literal.getValueAs(Boolean.class) != null) {
            return new Literal(literal.getValueAs(Boolean.class), Simple.BOOLEAN);
        }
        throw new Defect("THW-9117",
                "A subquery was made an aggregate of " + call.rexList + ". Please report this query.");
    }

    /// The only row of a subquery that stands for a value; NULL for none, an error for more. It is the greatest one, which can
    /// be taken back; only of values without an order the first.
    private Result singleValue(Relation input, org.apache.calcite.rel.core.AggregateCall call, DataType type) {
        int index = calls.size();
        int argument = call.getArgList().getFirst();
        int column = aggregateArgument(input.fields().get(argument), input.names().get(argument));
        String only = TypeRules.hasOrder(type) ? "max" : "first";
        calls.add(new AggregateCall(only, List.of(column), false, Optional.empty(), false, type, true));
        callNames.add(only);
        calls.add(new AggregateCall("count", List.of(), false, Optional.empty(), false, Simple.BIGINT, false));
        callNames.add("count");
        return (row, firstCall) -> {
            Expression value = Expressions.input(row, firstCall + index);
            Expression many = new Call(">", List.of(Expressions.input(row, firstCall + index + 1),
                    new Literal(1L, Simple.BIGINT)), Simple.BOOLEAN, false);
            Expression error = new Call("more_than_one_row", List.of(), type, true);
            return new Case(List.of(new Branch(many, error)), Optional.of(value), type, true);
        };
    }

    private static String name(org.apache.calcite.rel.core.AggregateCall call) {
        return call.getAggregation().getName().toLowerCase(Locale.ROOT);
    }

    private static String shownName(org.apache.calcite.rel.core.AggregateCall call) {
        return user(call).map(UserAggregate::name).orElseGet(() -> name(call).replace(Aggregates.ORDERED, ""));
    }

    /// The program's function that it calls, if it calls one.
    private static Optional<UserAggregate> user(org.apache.calcite.rel.core.AggregateCall call) {
        return call.getAggregation() instanceof EngineAggregate aggregate ? aggregate.user() : Optional.empty();
    }

    private static boolean isGrouping(org.apache.calcite.rel.core.AggregateCall call) {
        String name = name(call);
        return name.equals("grouping") || name.equals("grouping_id");
    }

    private void addKey(Expression value, String name) {
        if (value instanceof Call(String function, List<Expression> parts, DataType.Struct(RowType row), _)
                && function.equals("named_struct")) {
            keys.add(new Key(value, name, columns.size(), Optional.of(row)));
            for (int i = 0; i < parts.size(); i++) {
                columns.add(parts.get(i));
                names.add(row.field(i).name());
            }
            return;
        }
        keys.add(new Key(value, name, columns.size(), Optional.empty()));
        columns.add(value);
        names.add(name);
    }

    private AggregateCall call(Relation input, org.apache.calcite.rel.core.AggregateCall call) {
        Optional<Integer> filter = call.hasFilter()
                ? Optional.of(aggregateArgument(input.fields().get(call.filterArg), "filter"))
                : Optional.empty();
        List<Expression> arguments = call.getArgList().stream().map(input.fields()::get).toList();
        Optional<UserAggregate> user = user(call);
        CallArguments read = user.isPresent()
                ? CallArguments.ofUser(user.get(), arguments.size())
                : CallArguments.of(name(call), arguments.stream().map(each -> asWritten(input, each)).toList(),
                        call.isDistinct());
        List<Integer> columnsRead = read.columns().stream()
                .map(i -> aggregateArgument(arguments.get(i), input.names().get(call.getArgList().get(i)))).toList();
        return new AggregateCall(read.function(), columnsRead, call.isDistinct(), filter, call.ignoreNulls(),
                TypeMapping.dataType(call.getType()), call.getType().isNullable(), read.constants(), read.order(),
                user);
    }

    /// A constant may have become a column, beside others that had to ([Relation#settled]).
    private static Expression asWritten(Relation input, Expression argument) {
        if (argument instanceof Expression.Input(int column, _, _) && input.node() instanceof Project below) {
            Expression written = below.expressions().get(column);
            return Expressions.inputsOf(written).isEmpty() && Expressions.isDeterministic(written) ? written : argument;
        }
        return argument;
    }

    /// Grouping sets null the key columns, so an argument that is also a key needs a column of its own.
    private int aggregateArgument(Expression value, String name) {
        for (int i = keyWidth(); i < columns.size(); i++) {
            if (columns.get(i).equals(value) && Expressions.isDeterministic(value)) {
                return i;
            }
        }
        columns.add(value);
        names.add(name);
        return columns.size() - 1;
    }

    private int keyWidth() {
        return keys.stream().mapToInt(Key::width).sum();
    }

    private RowType row() {
        return new RowType(IntStream.range(0, columns.size())
                .mapToObj(i -> Expressions.field(names.get(i), columns.get(i))).toList());
    }

    /// One projection a grouping set: keys outside it are NULL, then the set's number and each GROUPING value.
    private PlanNode expand(PlanNode input, int keyColumns, Aggregate aggregate,
            List<org.apache.calcite.rel.core.AggregateCall> groupings) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < input.schema().size(); i++) {
            Field field = input.schema().field(i);
            fields.add(i < keyColumns ? Field.of(field.name(), field.type()) : field);
        }
        fields.add(new Field("grouping_set", Simple.INT, false));
        groupings.forEach(g -> fields.add(new Field("grouping", Simple.BIGINT, false)));
        List<List<Expression>> projections = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            projections.add(projection(input.schema(), keyColumns, aggregate, set, projections.size(), groupings));
        }
        return new Expand(input, projections, new RowType(fields));
    }

    private List<Expression> projection(RowType row, int keyColumns, Aggregate aggregate, ImmutableBitSet set,
            int number,
            List<org.apache.calcite.rel.core.AggregateCall> groupings) {
        boolean[] kept = new boolean[keyColumns];
        List<Integer> group = aggregate.getGroupSet().asList();
        for (int k = 0; k < keys.size(); k++) {
            Key key = keys.get(k);
            java.util.Arrays.fill(kept, key.first(), key.first() + key.width(), set.get(group.get(k)));
        }
        List<Expression> projection = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            projection.add(i >= keyColumns || kept[i] ? Expressions.input(row, i) : new Literal(null, row.type(i)));
        }
        projection.add(new Literal(number, Simple.INT));
        for (org.apache.calcite.rel.core.AggregateCall grouping : groupings) {
            projection.add(new Literal(groupingValue(grouping, set, group), Simple.BIGINT));
        }
        return projection;
    }

    /// A bit for each argument, the first one highest: 1 where the set leaves the key out.
    private static long groupingValue(org.apache.calcite.rel.core.AggregateCall grouping, ImmutableBitSet set,
            List<Integer> group) {
        List<Integer> arguments = grouping.getArgList().isEmpty() ? group : grouping.getArgList();
        long value = 0;
        for (int argument : arguments) {
            value = value << 1 | (set.get(argument) ? 0 : 1);
        }
        return value;
    }

    private Relation output(PlanNode input, int keyColumns, Aggregate aggregate, boolean many) {
        int extra = input.schema().size() - columns.size();
        List<Integer> keyIndexes = new ArrayList<>(IntStream.range(0, keyColumns).boxed().toList());
        IntStream.range(columns.size(), columns.size() + extra).forEach(keyIndexes::add);
        PlanNode node;
        if (calls.isEmpty() && !keyIndexes.isEmpty()) {
            node = new Distinct(selectColumns(input, keyIndexes), false);
        } else {
            List<Field> fields = new ArrayList<>(keyIndexes.stream().map(input.schema()::field).toList());
            for (int i = 0; i < calls.size(); i++) {
                fields.add(new Field(callNames.get(i), calls.get(i).type(), calls.get(i).nullable()));
            }
            node = new PlanNode.Aggregate(input, keyIndexes, calls, new RowType(fields));
        }
        return new Relation(node, outputFields(node.schema(), keyIndexes.size(), aggregate, many),
                aggregate.getRowType().getFieldNames());
    }

    private static PlanNode selectColumns(PlanNode input, List<Integer> wanted) {
        List<Expression> expressions = wanted.stream().map(i -> (Expression) Expressions.input(input.schema(), i))
                .toList();
        return new Project(input, expressions, input.schema().select(wanted));
    }

    private List<Expression> outputFields(RowType row, int keyIndexes, Aggregate aggregate, boolean many) {
        List<Expression> fields = new ArrayList<>();
        List<Integer> group = aggregate.getGroupSet().asList();
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            int field = group.get(i);
            List<Expression> without = IntStream.range(0, aggregate.getGroupSets().size())
                    .filter(set -> many && !aggregate.getGroupSets().get(set).get(field))
                    .mapToObj(set -> (Expression) new Literal(set, Simple.INT)).toList();
            fields.add(key.struct().map(struct -> structOf(row, key.first(), struct, without))
                    .orElseGet(() -> Expressions.input(row, key.first())));
        }
        results.forEach(result -> fields.add(result.over(row, keyIndexes)));
        return fields;
    }

    private static Expression groupingField(RowType row, int column, org.apache.calcite.rel.core.AggregateCall call) {
        Expression value = Expressions.input(row, column);
        DataType type = TypeMapping.dataType(call.getType());
        return type == Simple.BIGINT ? value : new Expression.Cast(value, type, false, false);
    }

    /// A key that is a struct, from its fields again; NULL in the sets that leave it out, which its fields cannot tell: they
    /// may be NULL themselves.
    ///
    /// @param without the numbers of those sets
    private Expression structOf(RowType row, int first, RowType struct, List<Expression> without) {
        List<Expression> parts = new ArrayList<>();
        for (int i = 0; i < struct.size(); i++) {
            parts.add(Expressions.input(row, first + i));
        }
        Expression value = Expressions.struct(parts, struct);
        if (without.isEmpty()) {
            return value;
        }
        List<Expression> set = new ArrayList<>(List.of(Expressions.input(row, keyWidth())));
        set.addAll(without);
        Branch leftOut = new Branch(new Call("in", set, Simple.BOOLEAN, false), new Literal(null, value.type()));
        return new Case(List.of(leftOut), Optional.of(value), value.type(), true);
    }
}
