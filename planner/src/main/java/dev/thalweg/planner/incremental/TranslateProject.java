package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/// Translates projections. A call of `window`, `explode` and their like becomes a node of its own that appends columns,
/// and the call itself a reference to them.
final class TranslateProject {
    /// A row is copied into each of its windows: more than this is a slip of the pen.
    private static final long WINDOWS_A_ROW_MAX = 100_000;
    private static final Set<String> WINDOWS = Set.of("window", "$cumulate", "$session");
    private static final Set<String> GENERATORS = Set.of("explode", "explode_outer", "posexplode", "posexplode_outer",
            "inline", "inline_outer", "stack", "json_tuple",
            "variant_explode", "variant_explode_outer", "range");

    private final TranslatePlan plan;

    TranslateProject(TranslatePlan plan) {
        this.plan = plan;
    }

    Relation project(Project project) {
        Relation input = plan.translate(project.getInput());
        Relation below = withAppended(input, project, project.getProjects());
        List<RexNode> rewritten = rewrite(input, project.getProjects(), project);
        if (TranslateOver.holdsOver(rewritten)) {
            TranslateOver.Rewritten over = TranslateOver.rewrite(plan, below, rewritten, project);
            below = over.below();
            rewritten = over.projects();
        }
        List<Expression> fields = plan.expressions(project, below.fields()).translateAll(rewritten);
        return new Relation(below.node(), fields, project.getRowType().getFieldNames()).settled();
    }

    /// Adds a node for each different call that makes rows; its result stands behind the fields of `input`, as one field.
    private Relation withAppended(Relation input, RelNode rel, List<RexNode> projects) {
        Relation below = input;
        List<RexCall> makers = rowMakers(projects);
        for (int i = 0; i < makers.size(); i++) {
            RexCall call = makers.get(i);
            List<RexNode> operands = replace(input, makers.subList(0, i), call.getOperands(), rel); // windows of windows
            List<Expression> arguments = plan.expressions(rel, below.fields()).translateAll(operands);
            below = switch (name(call)) {
                case "window" -> window(below, arguments);
                case "$cumulate" -> cumulate(below, arguments);
                case "$session" -> TranslateSession.assign(below, arguments.get(0), arguments.get(1),
                        arguments.subList(2, arguments.size())).relation();
                default -> generate(below, call, arguments);
            };
        }
        return below;
    }

    private static List<RexCall> rowMakers(List<RexNode> projects) {
        List<RexCall> found = new ArrayList<>();
        RexShuttle finder = new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                RexNode visited = super.visitCall(call);
                if (isRowMaker(call) && !found.contains(call)) {
                    found.add(call);
                }
                return visited;
            }
        };
        projects.forEach(finder::apply);
        return found;
    }

    static boolean holdsRowMaker(RexNode node) {
        return !rowMakers(List.of(node)).isEmpty();
    }

    private static boolean isRowMaker(RexCall call) {
        return WINDOWS.contains(name(call)) || GENERATORS.contains(name(call));
    }

    private static String name(RexCall call) {
        return call.getOperator().getName().toLowerCase(Locale.ROOT);
    }

    private static List<RexNode> rewrite(Relation input, List<RexNode> projects, RelNode rel) {
        return replace(input, rowMakers(projects), projects, rel);
    }

    /// With references in the place of what makes rows.
    private static List<RexNode> replace(Relation input, List<RexCall> makers, List<RexNode> nodes, RelNode rel) {
        if (makers.isEmpty()) {
            return nodes;
        }
        RexBuilder rex = rel.getCluster().getRexBuilder();
        Map<RexNode, RexNode> references = new HashMap<>();
        int next = input.fields().size();
        for (RexCall call : makers) {
            references.put(call, rex.makeInputRef(call.getType(), next++));
        }
        RexShuttle replace = new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                RexNode reference = references.get(call);
                return reference == null ? super.visitCall(call) : reference;
            }
        };
        return replace.apply(nodes);
    }

    /// The condition of a filter sees the windows of a row as a projection does.
    Relation filter(org.apache.calcite.rel.core.Filter filter, Relation input) {
        List<RexNode> condition = List.of(filter.getCondition());
        Relation below = withAppended(input, filter, condition);
        RexNode rewritten = rewrite(input, condition, filter).getFirst();
        Expression test = plan.expressions(filter, below.fields()).translate(rewritten);
        int width = input.fields().size();
        return new Relation(new Filter(below.node(), test), below.fields().subList(0, width), input.names());
    }

    private static Relation window(Relation input, List<Expression> arguments) {
        Expression time = arguments.getFirst().type() instanceof DataType.Struct
                ? TranslateExpression.windowTime(arguments.getFirst())
                : arguments.getFirst();
        long size = micros(arguments, 1, 0);
        long slide = micros(arguments, 2, size);
        long offset = micros(arguments, 3, 0);
        if (size <= 0 || slide <= 0 || slide > size) {
            throw new InvalidQuery("THW-3130", "A window of " + ExpressionText.interval(size) + " sliding by "
                    + ExpressionText.interval(slide)
                    + " is not possible: the size must be positive, and the slide positive and not above the size.");
        }
        checkCount(size, slide);
        return assign(input, time, (node, schema) -> new WindowAssign(node, time, size, slide, offset, schema));
    }

    private static Relation assign(Relation input, Expression time,
            java.util.function.BiFunction<PlanNode, RowType, WindowAssign> windows) {
        RowType ends = RowType.of(new Field("start", time.type(), false), new Field("end", time.type(), false));
        RowType schema = PlanNode.appended(input.node().schema(), ends.fields());
        return appendStruct(input, windows.apply(input.node(), schema), ends);
    }

    private static Relation cumulate(Relation input, List<Expression> arguments) {
        Expression time = arguments.getFirst();
        long step = micros(arguments, 1, 0);
        long size = micros(arguments, 2, 0);
        long offset = micros(arguments, 3, 0);
        if (step <= 0 || size <= 0 || size % step != 0) {
            throw new InvalidQuery("THW-3130", "CUMULATE in steps of " + ExpressionText.interval(step) + " up to "
                    + ExpressionText.interval(size)
                    + " is not possible: the size must be the step or so many times the step.");
        }
        checkCount(size, step);
        return assign(input, time, (node, schema) -> new WindowAssign(node, time, size, step, offset, true, schema));
    }

    private static void checkCount(long size, long slide) {
        if (size / slide > WINDOWS_A_ROW_MAX) {
            throw new InvalidQuery("THW-3130",
                    "A window of " + size + " microseconds sliding by " + slide + " puts each row into "
                            + size / slide + " windows; the most is " + WINDOWS_A_ROW_MAX + ". Slide by more.");
        }
    }

    private static long micros(List<Expression> arguments, int index, long byDefault) {
        if (index >= arguments.size()) {
            return byDefault;
        }
        Expression bare = arguments.get(index);
        if (bare instanceof Literal(Object value, DataType type) && value instanceof Long micros
                && type == Simple.INTERVAL_DAY_TIME) {
            return micros;
        }
        throw new InvalidQuery("THW-3131", "Argument " + (index + 1)
                + " of window() must be a constant interval of days or shorter, such as INTERVAL '10' MINUTES.");
    }

    private static Relation generate(Relation input, RexCall call, List<Expression> arguments) {
        RowType made = madeBy(call);
        boolean outer = name(call).endsWith("_outer");
        Generate node = generateNode(input.node(), call, arguments, made, outer);
        return made.size() == 1
                ? append(input, node, Expressions.input(node.schema(), node.schema().size() - 1))
                : appendStruct(input, node, made);
    }

    private static Generate generateNode(PlanNode input, RexCall call, List<Expression> arguments, RowType made,
            boolean outer) {
        String function = name(call).replace("_outer", "");
        List<Field> fields = made.fields();
        if (outer) {
            fields = fields.stream().map(f -> new Field(f.name(), f.type(), true)).toList();
        }
        return new Generate(input, function, arguments, outer, PlanNode.appended(input.schema(), fields));
    }

    private static RowType madeBy(RexCall call) {
        DataType type = TypeMapping.dataType(call.getType());
        boolean isRow = type instanceof DataType.Struct && !name(call).startsWith("explode");
        return isRow ? ((DataType.Struct) type).row() : RowType.of(new Field("col", type, call.getType().isNullable()));
    }

    private static Relation appendStruct(Relation input, PlanNode node, RowType made) {
        int first = node.schema().size() - made.size();
        List<Expression> columns = IntStream.range(first, node.schema().size())
                .mapToObj(i -> (Expression) Expressions.input(node.schema(), i)).toList();
        return append(input, node, Expressions.struct(columns, made));
    }

    private static Relation append(Relation input, PlanNode node, Expression made) {
        List<Expression> fields = new ArrayList<>(input.fields());
        fields.add(made);
        List<String> names = new ArrayList<>(input.names());
        names.add("generated");
        return new Relation(node, fields, names);
    }

    /// A lateral join with a table function, possibly below filters and projections.
    Relation lateral(Relation left, Correlate correlate) {
        plan.enter(correlate.getCorrelationId(), left.fields());
        boolean outer = correlate.getJoinType() == JoinRelType.LEFT;
        Relation right = lateralSide(left, correlate.getRight(), outer);
        List<Expression> fields = new ArrayList<>(left.fields());
        fields.addAll(right.fields());
        return new Relation(right.node(), fields, correlate.getRowType().getFieldNames());
    }

    private Relation lateralSide(Relation left, RelNode right, boolean outer) {
        return switch (right) {
            case TableFunctionScan scan -> lateralFunction(left, scan, outer);
            case Project project -> {
                Relation below = lateralSide(left, project.getInput(), outer);
                yield new Relation(below.node(),
                        plan.expressions(project, below.fields()).translateAll(project.getProjects()),
                        project.getRowType().getFieldNames());
            }
            case org.apache.calcite.rel.core.Filter filter when !outer -> {
                Relation below = lateralSide(left, filter.getInput(), outer);
                Expression condition = plan.expressions(filter, below.fields()).translate(filter.getCondition());
                yield below.over(new Filter(below.node(), condition));
            }
            default -> throw new InvalidQuery("THW-3127",
                    "A lateral subquery that is more than a function, a filter and a projection is not supported yet.");
        };
    }

    private Relation lateralFunction(Relation left, TableFunctionScan scan, boolean outer) {
        if (!(scan.getCall() instanceof RexCall call) || !GENERATORS.contains(name(call))) {
            throw new InvalidQuery("THW-3125", "The table function " + scan.getCall()
                    + " is not supported here. Known: " + String.join(", ", GENERATORS.stream().sorted().toList())
                    + ".");
        }
        List<Expression> arguments = plan.expressions(scan, List.of()).translateAll(call.getOperands());
        RowType made = TypeMapping.rowType(scan.getRowType());
        Generate node = generateNode(left.node(), call, arguments, made, outer || name(call).endsWith("_outer"));
        List<Expression> columns = IntStream.range(left.node().schema().size(), node.schema().size())
                .mapToObj(i -> (Expression) Expressions.input(node.schema(), i)).toList();
        if (columns.size() != made.size()) {
            throw new Defect("THW-9107", "A generator made " + columns.size() + " columns instead of " + made.size());
        }
        return new Relation(node, columns, made.names());
    }

    static Expression isNull(Expression value) {
        return new Call("isnull", List.of(value), Simple.BOOLEAN, false);
    }
}
