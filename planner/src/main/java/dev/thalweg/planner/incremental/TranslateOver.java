package dev.thalweg.planner.incremental;

import dev.thalweg.planner.function.Aggregates;
import dev.thalweg.planner.function.EngineAggregate;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.Frame.Unit;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.function.UserAggregate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/// Translates the window functions of one projection: a projection of what they and the SELECT list read, then a node for each
/// different PARTITION BY and ORDER BY.
final class TranslateOver {
    /// Aggregates that MATCH_RECOGNIZE takes: their arguments are all columns.
    static final Set<String> AGGREGATES = Set.of("count", "sum", "avg", "min", "max", "bool_and", "bool_or",
            "stddev_samp", "stddev_pop", "var_samp", "var_pop", "collect_list", "collect_set", "try_sum", "try_avg",
            "bit_and", "bit_or", "bit_xor", "skewness", "kurtosis", "corr", "covar_pop", "covar_samp", "max_by",
            "min_by");

    private final Relation input;
    private final TranslateExpression expressions;
    private final List<Expression> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private TranslateOver(Relation input, TranslateExpression expressions) {
        this.input = input;
        this.expressions = expressions;
    }

    /// A projection without OVER: what each call comes to stands behind the fields of the relation.
    record Rewritten(Relation below, List<RexNode> projects) {}

    static boolean holdsOver(List<RexNode> projects) {
        return RexOver.containsOver(projects, null);
    }

    static Rewritten rewrite(TranslatePlan plan, Relation input, List<RexNode> projects, RelNode rel) {
        return new TranslateOver(input, plan.expressions(rel, input.fields())).rewrite(projects, rel);
    }

    /// Where rows meet and in which order.
    private record Window(List<Integer> partition, List<SortKey> order) {}

    private Rewritten rewrite(List<RexNode> projects, RelNode rel) {
        List<RexOver> calls = new ArrayList<>();
        Set<Integer> read = read(projects, calls);
        List<Expression> kept = new ArrayList<>(input.fields());
        for (int i = 0; i < kept.size(); i++) {
            if (read.contains(i)) {
                Expressions.inputsOf(kept.get(i)).stream()
                        .forEach(c -> column(Expressions.input(input.node().schema(), c), nameOf(c)));
            } else {
                kept.set(i, new Literal(null, kept.get(i).type()));
            }
        }
        Map<Window, List<Integer>> windows = new LinkedHashMap<>();
        List<OverCall> made = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Window window = window(calls.get(i));
            made.add(call(calls.get(i), window.order()));
            windows.computeIfAbsent(window, _ -> new ArrayList<>()).add(i);
        }
        int[] position = positions();
        kept.replaceAll(field -> Expressions.move(field, position));
        int[] results = new int[calls.size()];
        PlanNode node = stacked(windows, made, results);
        List<String> fieldNames = new ArrayList<>(input.names());
        for (int i = 0; i < calls.size(); i++) {
            kept.add(Expressions.input(node.schema(), results[i]));
            fieldNames.add(made.get(i).function());
        }
        return new Rewritten(new Relation(node, kept, fieldNames), references(projects, calls, rel));
    }

    private String nameOf(int column) {
        return input.node().schema().field(column).name();
    }

    /// The fields that are read outside of the calls, which are gathered, each once.
    private static Set<Integer> read(List<RexNode> projects, List<RexOver> calls) {
        Set<Integer> read = new TreeSet<>();
        new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                read.add(ref.getIndex());
                return ref;
            }

            @Override
            public RexNode visitOver(RexOver over) {
                if (!calls.contains(over)) {
                    calls.add(over);
                }
                return over;
            }
        }.apply(projects);
        return read;
    }

    private List<RexNode> references(List<RexNode> projects, List<RexOver> calls, RelNode rel) {
        return new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                return rel.getCluster().getRexBuilder().makeInputRef(over.getType(),
                        input.fields().size() + calls.indexOf(over));
            }
        }.apply(projects);
    }

    /// Where each column of the input is now.
    private int[] positions() {
        int[] position = new int[input.node().schema().size()];
        for (int i = 0; i < position.length; i++) {
            position[i] = columns.indexOf(Expressions.input(input.node().schema(), i));
        }
        return position;
    }

    private int column(Expression value, String name) {
        int known = columns.indexOf(value);
        if (known >= 0 && Expressions.isDeterministic(value)) {
            return known;
        }
        columns.add(value);
        names.add(value instanceof Expression.Input(int own, _, _) ? nameOf(own) : name);
        return columns.size() - 1;
    }

    private PlanNode stacked(Map<Window, List<Integer>> windows, List<OverCall> calls, int[] results) {
        RowType row = new RowType(IntStream.range(0, columns.size())
                .mapToObj(i -> Expressions.field(names.get(i), columns.get(i))).toList());
        PlanNode node = columns.equals(Expressions.inputs(input.node().schema()))
                ? input.node()
                : new Project(input.node(), columns, row);
        for (Map.Entry<Window, List<Integer>> entry : windows.entrySet()) {
            List<OverCall> own = entry.getValue().stream().map(calls::get).toList();
            List<Field> added = own.stream().map(call -> new Field(call.function(), call.type(), call.nullable()))
                    .toList();
            int width = node.schema().size();
            for (int i = 0; i < own.size(); i++) {
                results[entry.getValue().get(i)] = width + i;
            }
            node = new Over(node, entry.getKey().partition(), entry.getKey().order(), own,
                    PlanNode.appended(node.schema(), added));
        }
        return node;
    }

    // ---- windows

    private Window window(RexOver over) {
        List<Integer> partition = partition(expressions.translateAll(over.getWindow().partitionKeys));
        List<SortKey> order = new ArrayList<>();
        for (RexFieldCollation key : over.getWindow().orderKeys) {
            boolean descending = key.getDirection().isDescending();
            boolean nullsFirst = key.getNullDirection() == NullDirection.UNSPECIFIED
                    ? !descending
                    : key.getNullDirection() == NullDirection.FIRST;
            Expression value = expressions.translate(key.left);
            List<Expression> parts = parts(value);
            boolean whole = parts.size() == 1 && parts.getFirst().equals(value);
            for (Expression part : parts) { // in a struct NULL is the least
                add(order, new SortKey(column(part, "order"), descending, whole ? nullsFirst : !descending));
            }
        }
        return new Window(partition, order);
    }

    /// A constant among other keys tells nothing apart. But where there is none besides, the rows have a key all the same, and what
    /// is kept by a key may have a time to live.
    private List<Integer> partition(List<Expression> keys) {
        List<Expression> told = keys.stream().flatMap(key -> parts(key).stream()).toList();
        return (told.isEmpty() ? keys.stream().limit(1) : told.stream()).map(key -> column(key, "key")).distinct()
                .toList();
    }

    private static void add(List<SortKey> order, SortKey key) {
        if (order.stream().noneMatch(known -> known.column() == key.column())) {
            order.add(key);
        }
    }

    /// The fields of a struct such as a window, by which it is known; nothing of a constant.
    private static List<Expression> parts(Expression value) {
        if (value instanceof Call(String function, List<Expression> fields, _, boolean nullable)
                && function.equals("named_struct") && !nullable) {
            return fields.stream().flatMap(field -> parts(field).stream()).toList();
        }
        return value instanceof Literal ? List.of() : List.of(value);
    }

    // ---- calls

    private OverCall call(RexOver over, List<SortKey> order) {
        if (!(over.getAggOperator() instanceof EngineAggregate aggregate)) {
            throw new Defect("THW-9420", "OVER was planned with " + over.getAggOperator().getName()
                    + ". Please report this query.");
        }
        String function = switch (aggregate.function()) {
            case "first", "any_value" -> "first_value";
            case "last" -> "last_value";
            default -> aggregate.function();
        };
        aggregate.user().ifPresent(TranslateOver::refuseRandom);
        if (!isSupported(aggregate, function)) {
            boolean ordered = function.startsWith("listagg") || function.startsWith("collect_list");
            throw new InvalidQuery("THW-3200", function.replace(Aggregates.ORDERED, "") + "() "
                    + (ordered ? "with an order of its own does not go with OVER." : "OVER is not supported yet.")
                    + "\nCompute it with GROUP BY, and join its result with the rows.");
        }
        List<Expression> operands = expressions.translateAll(over.getOperands());
        long number = number(function, operands);
        if (number < 0) { // LAG by -1 is LEAD by 1
            function = function.equals("lag") ? "lead" : "lag";
        }
        Read read = read(function, operands, aggregate);
        List<Integer> arguments = read.columns().stream().map(i -> column(operands.get(i), "argument")).toList();
        return new OverCall(read.function(), arguments, Math.abs(number), frame(aggregate, order), over.ignoreNulls(),
                TypeMapping.dataType(over.getType()), over.getType().isNullable(), read.constants(), aggregate.user());
    }

    private static boolean isSupported(EngineAggregate aggregate, String function) {
        return isOfOver(aggregate, function) || aggregate.user().isPresent()
                || (Aggregates.isKept(function) && !aggregate.function().endsWith(Aggregates.ORDERED));
    }

    /// Whether it is a function of places, not of a frame's values.
    private static boolean isOfOver(EngineAggregate aggregate, String function) {
        return aggregate.isOnlyOver() || function.endsWith("_value");
    }

    /// What a call reads of its operands: columns, and what is the same for all rows.
    private record Read(String function, List<Integer> columns, List<Literal> constants) {}

    private static Read read(String function, List<Expression> operands, EngineAggregate aggregate) {
        if (!isOfOver(aggregate, function) && aggregate.user().isEmpty()) {
            CallArguments read = CallArguments.of(function, operands, false);
            return new Read(read.function(), read.columns(), read.constants());
        }
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            boolean isColumn = switch (function) {
                case "ntile" -> false;
                case "lag", "lead", "nth_value" ->
                        i != 1 && !(i == 2 && operands.get(2) instanceof Literal(Object value, _) && value == null);
                default -> true; // a rule: arguments are columns
            };
            if (isColumn) {
                columns.add(i);
            }
        }
        return new Read(function, columns, List.of());
    }

    /// What a row was told is computed again when its frame changes.
    private static void refuseRandom(UserAggregate user) {
        if (!user.deterministic()) {
            throw new InvalidQuery("THW-3116", user.name() + "() is not deterministic, and OVER computes it anew when a"
                    + " frame changes. Use GROUP BY, or leave asNondeterministic() out if equal rows do give an equal"
                    + " answer.");
        }
    }

    /// The constant among the arguments: how far LAG looks back, the number of tiles, which value.
    private static long number(String function, List<Expression> operands) {
        return switch (function) {
            case "ntile" -> constant(function, operands.getFirst(), 1);
            case "nth_value" -> constant(function, operands.get(1), 1);
            case "lag", "lead" -> operands.size() < 2 ? 1 : constant(function, operands.get(1), Integer.MIN_VALUE + 1);
            default -> 0; // a rule: other functions have none
        };
    }

    private static long constant(String function, Expression argument, long least) {
        Expression bare = argument;
        long sign = 1;
        while (bare instanceof Cast || bare instanceof Call) {
            if (bare instanceof Call(String name, List<Expression> parts, _, _)) {
                if (!name.equals("negative")) {
                    break;
                }
                sign = -sign;
                bare = parts.getFirst();
            } else if (bare instanceof Cast cast) {
                bare = cast.input();
            }
        }
        if (bare instanceof Literal(@Nullable Object value, _) && value instanceof Number whole
                && whole.longValue() == whole.doubleValue() && sign * whole.longValue() >= least) {
            return sign * whole.longValue();
        }
        throw new InvalidQuery("THW-3204", "The number in " + function + "() OVER must be a constant"
                + (least == 1 ? " from 1 up" : "") + ".\nWrite a whole number, such as 2.");
    }

    // ---- frames

    private Frame frame(EngineAggregate aggregate, List<SortKey> order) {
        Bound begin = new Bound(Side.UNBOUNDED_PRECEDING, new Literal(null, Simple.VOID));
        Bound end = new Bound(Side.UNBOUNDED_FOLLOWING, new Literal(null, Simple.VOID));
        if (aggregate.frame().isEmpty()) {
            return order.isEmpty()
                    ? new Frame(Unit.ROWS, begin, end)
                    : new Frame(Unit.RANGE, begin, new Bound(Side.CURRENT, begin.offset()));
        }
        Frame written = aggregate.frame().get();
        if (written.start().equals(begin) && written.end().equals(end)) {
            return new Frame(Unit.ROWS, begin, end);
        }
        return new Frame(written.unit(), bound(written, written.start(), order),
                bound(written, written.end(), order));
    }

    private Bound bound(Frame frame, Bound bound, List<SortKey> order) {
        if (bound.side() != Side.PRECEDING && bound.side() != Side.FOLLOWING) {
            return bound;
        }
        if (frame.unit() != Unit.RANGE) {
            return new Bound(bound.side(), FrameOffset.rows(bound.offset()));
        }
        if (order.size() != 1) {
            throw new InvalidQuery("THW-3203", "A RANGE that counts needs exactly one column in ORDER BY, here are "
                    + order.size() + ".\nOrder by one number or time, or count ROWS or GROUPS.");
        }
        DataType type = columns.get(order.getFirst().column()).type();
        return new Bound(bound.side(), FrameOffset.range(bound.offset(), type));
    }
}
