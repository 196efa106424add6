package dev.thalweg.planner.incremental;

import dev.thalweg.planner.function.EngineAggregate;
import dev.thalweg.planner.function.MatchFunction;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.Frame.Unit;
import dev.thalweg.planner.incremental.MatchPattern.Rows;
import dev.thalweg.planner.incremental.MatchPattern.Variable;
import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.logical.LogicalMatch;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;

/// Translates a match: a projection of what conditions and measures read, in which what a condition asks of the row alone is
/// computed already; the node; and above it the measures, over the values that the node gives.
final class TranslateMatch {
    private final TranslatePlan plan;
    private final LogicalMatch match;
    private final Relation input;
    private final List<Expression> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private TranslateMatch(TranslatePlan plan, Relation input, LogicalMatch match) {
        this.plan = plan;
        this.match = match;
        this.input = input;
    }

    static Relation match(TranslatePlan plan, Relation input, LogicalMatch match) {
        Relation settled = input.settled();
        Expression time = settled.fields().isEmpty()
                ? new Literal(null, Simple.VOID)
                : plan.expressions(match, settled.fields())
                        .translate(match.expressions().get(match.order().getFirst()));
        Relation ordered = time.nullable() // a row without its time has no place in the order
                ? settled.over(new Filter(settled.node(),
                        new Call("isnotnull", List.of(time), Simple.BOOLEAN, false)))
                : settled;
        return new TranslateMatch(plan, ordered, match).match();
    }

    private Relation match() {
        List<Expression> partition = translated(match.partition());
        List<Integer> keys = partition.stream().flatMap(key -> parts(key).stream())
                .map(part -> column(part, "key")).distinct().toList();
        List<SortKey> order = new ArrayList<>();
        for (int i = 0; i < match.order().size(); i++) {
            Direction direction = match.directions().get(i);
            order.add(new SortKey(column(translated(match.order()).get(i), "order"), direction.descending(),
                    direction.nullsFirst()));
        }
        MatchPattern pattern = new MatchPattern(match.pattern().pattern(), variables(), match.pattern().skip(),
                match.pattern().rows(), match.pattern().within());
        checkWithin(pattern, order.getFirst());
        List<Expression> shown = shown();
        List<Integer> kept = new ArrayList<>(keys);
        BitSet read = new BitSet();
        shown.forEach(expression -> Expressions.collectInputs(expression, read));
        read.stream().map(i -> column(Expressions.input(input.node().schema(), i), "column"))
                .filter(column -> !kept.contains(column)).forEach(kept::add);
        List<MatchValue> values = new ArrayList<>();
        List<Expression> measures = measures(values);
        RowType row = new RowType(IntStream.range(0, columns.size())
                .mapToObj(i -> Expressions.field(names.get(i), columns.get(i))).toList());
        PlanNode below = columns.equals(Expressions.inputs(input.node().schema()))
                ? input.node()
                : new Project(input.node(), columns, row);
        List<Field> out = new ArrayList<>();
        kept.forEach(column -> out.add(below.schema().field(column)));
        values.forEach(value -> out.add(new Field(name(value, below.schema()), value.type(), true)));
        PlanNode node = new MatchRecognize(below, keys, order, pattern, kept, values, new RowType(out));
        return new Relation(node, fields(partition, shown, measures, kept), match.getRowType().getFieldNames());
    }

    // ---- what comes out

    /// The input's own columns, where each row comes out.
    private List<Expression> shown() {
        int stars = match.pattern().rows() == Rows.ONE
                ? 0
                : match.firstCondition() - match.partition().size() - match.order().size();
        return translated(IntStream.range(0, stars).boxed().toList());
    }

    private List<Expression> measures(List<MatchValue> values) {
        List<Expression> measures = new ArrayList<>();
        int first = match.firstCondition() + match.defined().size();
        for (RexNode measure : match.expressions().subList(first, match.expressions().size())) {
            measures.add(over(measure, values));
        }
        return measures;
    }

    /// Every logical column over the node: those that nobody reads are NULL.
    private List<Expression> fields(List<Expression> partition, List<Expression> shown, List<Expression> measures,
            List<Integer> kept) {
        int width = input.node().schema().size();
        int[] position = new int[width];
        for (int i = 0; i < width; i++) {
            position[i] = kept.indexOf(columns.indexOf(Expressions.input(input.node().schema(), i)));
        }
        List<Expression> fields = new ArrayList<>();
        match.expressions().forEach(each -> fields.add(new Literal(null, TypeMapping.dataType(each.getType()))));
        for (int i = 0; i < shown.size(); i++) {
            fields.set(i, Expressions.move(shown.get(i), position));
        }
        for (int i = 0; i < partition.size(); i++) {
            fields.set(match.partition().get(i), keyOut(partition.get(i), kept));
        }
        for (int i = 0; i < measures.size(); i++) {
            fields.set(fields.size() - measures.size() + i, placed(measures.get(i), kept.size()));
        }
        return fields;
    }

    /// A key of the partition, or the struct of such, from the columns of the node.
    private Expression keyOut(Expression key, List<Integer> kept) {
        int at = kept.indexOf(columns.indexOf(key));
        if (at >= 0) {
            return new Input(at, key.type(), key.nullable());
        }
        return key instanceof Call(String function, List<Expression> fields, DataType type, boolean nullable)
                ? new Call(function, fields.stream().map(field -> keyOut(field, kept)).toList(), type, nullable)
                : key; // a constant
    }

    /// Values are numbered behind the columns of the input here, and behind those that are kept in the node.
    private Expression placed(Expression measure, int kept) {
        int width = input.node().schema().size();
        return Expressions.replaceInputs(measure,
                column -> column instanceof Input(int number, DataType type, boolean nullable)
                        ? new Input(number - width + kept, type, nullable)
                        : column);
    }

    private String name(MatchValue value, RowType row) {
        return switch (value) {
            case MatchValue.Column column -> row.field(column.column()).name();
            case MatchValue.Classifier _ -> "classifier";
            case MatchValue.MatchNumber _ -> "match_number";
            case MatchValue.Total total -> total.call().function();
        };
    }

    // ---- conditions

    private List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        for (int i = 0; i < match.pattern().variables().size(); i++) {
            String name = match.pattern().variables().get(i).name();
            int definition = match.defined().indexOf(i);
            variables.add(definition < 0
                    ? new Variable(name, OptionalInt.empty(), Optional.empty(), List.of())
                    : variable(i, name, match.expressions().get(match.firstCondition() + definition)));
        }
        return variables;
    }

    private Variable variable(int number, String name, RexNode condition) {
        List<MatchValue> values = new ArrayList<>();
        int width = input.node().schema().size();
        List<Expression> ofRow = new ArrayList<>();
        List<Expression> ofMatch = new ArrayList<>();
        for (Expression each : Expressions.conjunctions(over(((RexCall) condition).getOperands().getFirst(), values))) {
            boolean local = Expressions.inputsOf(each).length() <= width;
            (local ? ofRow : ofMatch).add(each);
        }
        OptionalInt column = ofRow.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(column(Expressions.and(ofRow), name));
        if (ofMatch.isEmpty()) {
            return new Variable(name, column, Optional.empty(), List.of());
        }
        List<MatchValue> tested = new ArrayList<>();
        Expression test = Expressions.replaceInputs(Expressions.and(ofMatch), read -> {
            Input in = (Input) read;
            MatchValue value = in.column() >= width
                    ? values.get(in.column() - width)
                    : new MatchValue.Column(MatchRow.current(List.of(number), 0),
                            column(in, "column"), in.type());
            if (!tested.contains(value)) {
                tested.add(value);
            }
            return new Input(tested.indexOf(value), in.type(), in.nullable());
        });
        return new Variable(name, column, Optional.of(test), tested);
    }

    private void checkWithin(MatchPattern pattern, SortKey first) {
        DataType type = columns.get(first.column()).type();
        boolean isTime = type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ;
        if (pattern.within().isPresent() && (!isTime || first.descending())) {
            throw new InvalidQuery("THW-3306", "WITHIN measures the time from the first row of a match to its last, but"
                    + " '" + names.get(first.column()) + "', the first column of ORDER BY, is "
                    + (isTime ? "in descending order" : "a " + type.sql())
                    + ". Order by a TIMESTAMP, ascending, or leave WITHIN out.");
        }
    }

    // ---- expressions

    private List<Expression> translated(List<Integer> logical) {
        TranslateExpression expressions = plan.expressions(match, input.fields());
        return logical.stream().map(i -> expressions.translate(match.expressions().get(i))).toList();
    }

    /// An expression over the columns of the input and, behind them, values of the match.
    private Expression over(RexNode expression, List<MatchValue> values) {
        int width = input.node().schema().size();
        List<Expression> fields = new ArrayList<>(input.fields());
        RexNode written = expression.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (!(call.getOperator() instanceof MatchFunction function)) {
                    return super.visitCall(call);
                }
                MatchValue value = value(function, call);
                if (!values.contains(value)) {
                    values.add(value);
                }
                fields.add(new Input(width + values.indexOf(value), value.type(), true));
                return match.getCluster().getRexBuilder().makeInputRef(call.getType(), fields.size() - 1);
            }
        });
        return plan.expressions(match, fields).translate(written);
    }

    private MatchValue value(MatchFunction function, RexCall call) {
        return switch (function.kind()) {
            case COLUMN -> {
                Expression operand = plan.expressions(match, input.fields()).translate(call.getOperands().getFirst());
                yield new MatchValue.Column(function.row(), column(operand, "value"), operand.type());
            }
            case CLASSIFIER -> new MatchValue.Classifier(function.row());
            case NUMBER -> new MatchValue.MatchNumber();
            case CONDITION -> throw new Defect("THW-9480", "A condition of a match stands within another one.");
            case TOTAL -> total(function.row(), call.getOperands().getFirst());
        };
    }

    private MatchValue total(MatchRow row, RexNode operand) {
        if (!(operand instanceof RexOver over) || !(over.getAggOperator() instanceof EngineAggregate aggregate)) {
            throw new Defect("THW-9480", "A match aggregates " + operand + ". Please report this query.");
        }
        if (!TranslateOver.AGGREGATES.contains(aggregate.function())) {
            throw new InvalidQuery("THW-3307", aggregate.function() + "() in MATCH_RECOGNIZE is not supported yet.\n"
                    + "Let ALL ROWS PER MATCH come out with MATCH_NUMBER(), and compute it with GROUP BY.");
        }
        TranslateExpression expressions = plan.expressions(match, input.fields());
        List<Integer> arguments = over.getOperands().stream()
                .map(argument -> column(expressions.translate(argument), "argument")).toList();
        Literal none = new Literal(null, Simple.VOID);
        Frame all = new Frame(Unit.ROWS, new Bound(Side.UNBOUNDED_PRECEDING, none),
                new Bound(Side.UNBOUNDED_FOLLOWING, none));
        return new MatchValue.Total(row.variables(), row.isFinal(), new OverCall(aggregate.function(), arguments, 0,
                all, over.ignoreNulls(), TypeMapping.dataType(over.getType()), over.getType().isNullable()));
    }

    private int column(Expression value, String name) {
        int known = columns.indexOf(value);
        if (known >= 0 && Expressions.isDeterministic(value)) {
            return known;
        }
        columns.add(value);
        names.add(value instanceof Input(int own, _, _) ? input.node().schema().field(own).name() : name);
        return columns.size() - 1;
    }

    /// The fields of a struct such as a window, by which it is known; nothing of a constant.
    private static List<Expression> parts(Expression value) {
        if (value instanceof Call(String function, List<Expression> fields, _, boolean nullable)
                && function.equals("named_struct") && !nullable) {
            return fields.stream().flatMap(field -> parts(field).stream()).toList();
        }
        return value instanceof Literal ? List.of() : List.of(value);
    }
}
