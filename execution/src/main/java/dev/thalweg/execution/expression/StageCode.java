package dev.thalweg.execution.expression;

import dev.thalweg.execution.operator.Panes;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import dev.thalweg.spi.data.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Generates the class of one stage: the nodes of the chain from the bottom up, each inside the row loop of the one before,
/// and at the innermost place the late check and the writing of the output row.
///
/// The symbolic row says, for each column at this place of the chain, which leaf stands for it: a column of the input, a
/// variable, a literal. The loop is generated twice, for batches with nulls and for those without.
final class StageCode {
    /// Conditions that a loop without NULLs knows the answer of.
    private static final Set<String> IS_NULL = Set.of("isnull", "isnotnull");

    private final StageChain chain;
    private final Optional<LateCheck> lateCheck;
    private final Optional<Panes> panes;
    private final FunctionTable functions;
    private final JavaSource java;
    private final StageLayout layout;
    private final Set<Integer> nullable = new LinkedHashSet<>();

    // Of the loop being generated.
    private RowVariables variables;
    private ExpressionCode code;
    private OutputCode output;
    private WindowCode windows;
    private boolean drops;
    /// How many conditions are asked once a code.
    private int conditions;

    /// What is generated: the text, the literals it refers to, and the input columns whose nulls decide which loop runs.
    record Generated(String source, List<Object> constants, StageLayout layout, Set<Integer> nullable) {}

    private StageCode(StageChain chain, StageEnd end, FunctionTable functions, boolean split) {
        this.chain = chain;
        this.lateCheck = end.lateCheck();
        this.panes = end.panes();
        this.functions = functions;
        this.java = new JavaSource(split);
        this.variables = new RowVariables(java, chain.input(), true);
        this.code = new ExpressionCode(java, variables, functions);
        this.layout = StageLayout.of(chain, end, code::isDeterministic);
        this.output = new OutputCode(java, code, variables, layout, chain.output());
        this.windows = new WindowCode(java, code, variables, this::drop);
    }

    /// @param split into methods that the JIT compiles one by one, for a stage too large for one
    static Generated generate(StageChain chain, StageEnd end, FunctionTable functions, boolean split) {
        StageCode stage = new StageCode(chain, end, functions, split);
        stage.loop("rows", true);
        stage.loop("rowsWithoutNulls", false);
        return new Generated(stage.java.text(stage.drops), stage.java.constants(), stage.layout, stage.nullable);
    }

    private void loop(String name, boolean nullsPossible) {
        variables = new RowVariables(java, chain.input(), nullsPossible);
        code = new ExpressionCode(java, variables, functions);
        output = new OutputCode(java, code, variables, layout, chain.output());
        windows = new WindowCode(java, code, variables, this::drop);
        java.beginMethod(false);
        java.beginPart();
        java.open("for (int i = 0; i < count; i++)");
        java.line((java.isSplit() ? "" : "final int ") + "row = selection == null ? i : selection[i];");
        output.beginRow();
        nodes(0, inputRow());
        java.close();
        String body = output.completed(java.endPart());
        if (java.isSplit() && nullsPossible) {
            java.field("private int row;");
        }
        output.declare();
        java.append(variables.header());
        java.append(body);
        java.line("return out;");
        java.endMethod("protected int " + name + "(int count, int[] selection)");
        nullable.addAll(variables.nullable());
    }

    private List<Expression> inputRow() {
        List<Expression> row = new ArrayList<>();
        for (int i = 0; i < chain.input().size(); i++) {
            Field field = chain.input().field(i);
            row.add(new Input(i, field.type(), field.nullable()));
        }
        return row;
    }

    private void nodes(int index, List<Expression> row) {
        if (index == chain.nodes().size()) {
            end(row);
            return;
        }
        switch (chain.nodes().get(index)) {
            case Filter filter -> {
                boolean last = nothingIsLeftToDo(index + 1);
                filter(Shape.substitute(filter.condition(), row), last);
                if (!last) {
                    nodes(index + 1, row);
                }
            }
            case Project project -> nodes(index + 1, project(project, row));
            case PlanNode.Lives _ -> nodes(index + 1, row);
            case WindowAssign window -> windows.of(new WindowCode.Assigned(window,
                    panes.filter(_ -> index == chain.topmostWindow()), layout.timesAlike().contains(index)), row,
                    more -> nodes(index + 1, more));
            case Generate generate -> new GenerateCode(java, code, variables).loop(generate, row,
                    more -> generated(index, more));
            case Expand expand -> expand(expand, row, index + 1);
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Watermark _,PlanNode.Aggregate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Union _,PlanNode.StaticJoin _,PlanNode.Recursion _,PlanNode.Keyed _,PlanNode.Exchange _,PlanNode.Sort _,PlanNode.Limit _ ->
                    throw new IllegalArgumentException("not stateless: " + chain.nodes().get(index));
        }
    }

    /// The late count needs to tell the rows apart that the topmost generator makes of one.
    private void generated(int index, List<Expression> row) {
        if (lateCheck.isPresent() && index == topmostGenerate()) {
            java.line("made++;");
        }
        nodes(index + 1, row);
    }

    private int topmostGenerate() {
        for (int i = chain.nodes().size() - 1; i >= 0; i--) {
            if (chain.nodes().get(i) instanceof Generate) {
                return i;
            }
        }
        return -1;
    }

    /// Whether a row that comes so far is in the output, as it is.
    private boolean nothingIsLeftToDo(int index) {
        return !java.isSplit() && !layout.dense() && lateCheck.isEmpty()
                && layout.copied().stream().allMatch(column -> column >= 0)
                && chain.nodes().stream().skip(index).allMatch(StageCode::onlyChooses);
    }

    private static boolean onlyChooses(PlanNode node) {
        return node instanceof PlanNode.Lives || (node instanceof Project project
                && project.expressions().stream().allMatch(expression -> expression instanceof Input));
    }

    /// Operands of AND are tested one by one: a row leaves at the first that is not true.
    ///
    /// @param last what the last one says is all that is left to be known of the row
    private void filter(Expression condition, boolean last) {
        List<Expression> conjuncts = Conjuncts.of(condition);
        for (int i = 0; i < conjuncts.size(); i++) {
            Optional<Input> text = onlyText(conjuncts.get(i));
            String isTrue = text.isPresent()
                    ? askOnceACode(conjuncts.get(i), text.get())
                    : ConditionCode.isTrue(code.of(conjuncts.get(i)));
            if (last && i == conjuncts.size() - 1) {
                drops = true;
                output.keepIf(isTrue);
            } else if (!isTrue.equals("true")) {
                drop("!(" + isTrue + ")");
            }
        }
    }

    /// The column that a condition looks at, if it is just one, of texts that may have codes.
    private Optional<Input> onlyText(Expression condition) {
        Set<Input> leaves = Shape.leaves(condition);
        boolean asksForNull = condition instanceof Expression.Call call && IS_NULL.contains(call.function());
        return java.isSplit() || asksForNull || leaves.size() != 1 || !code.isDeterministic(condition)
                ? Optional.empty()
                : leaves.stream().filter(leaf -> variables.codes(leaf).isPresent()).findAny();
    }

    private String askOnceACode(Expression condition, Input leaf) {
        String codes = variables.codes(leaf).orElseThrow();
        String answers = java.fresh("answers");
        variables.addHeader("byte[]", answers, "answers(" + conditions++ + ", " + leaf.column() + ")");
        String answer = java.declare("int", "a", "0");
        java.line("if (" + answers + " != null) " + answer + " = " + answers + "[" + codes + "[row]];");
        java.open("if (" + answer + " == 0)");
        code.inBranch(() -> {
            java.line(answer + " = " + ConditionCode.isTrue(code.of(condition)) + " ? 1 : 2;");
            return true;
        });
        java.line("if (" + answers + " != null) " + answers + "[" + codes + "[row]] = (byte) " + answer + ";");
        java.close();
        return answer + " == 1";
    }

    private void drop(String condition) {
        drops = true;
        java.line("if (" + condition + ") continue;");
    }

    private List<Expression> project(Project project, List<Expression> row) {
        List<Expression> projected = new ArrayList<>();
        for (int i = 0; i < project.expressions().size(); i++) {
            projected.add(leaf(project.schema().field(i).name(), Shape.substitute(project.expressions().get(i), row)));
        }
        return projected;
    }

    /// A random number is drawn here, once; anything else is computed where it is needed.
    private Expression leaf(String name, Expression definition) {
        if (definition instanceof Input || definition instanceof Expression.Literal) {
            return definition;
        }
        Input leaf = variables.define(name, definition);
        if (!code.isDeterministic(definition)) {
            code.scope().put(leaf, code.of(definition));
        }
        return leaf;
    }

    // Grouping sets.

    private void expand(Expand expand, List<Expression> row, int next) {
        List<List<Expression>> projections = expand.projections().stream()
                .map(projection -> projection.stream().map(e -> Shape.substitute(e, row)).toList()).toList();
        String number = java.fresh("projection");
        variable("int", number);
        List<Expression> more = new ArrayList<>();
        List<Integer> varying = new ArrayList<>();
        for (int column = 0; column < expand.schema().size(); column++) {
            int position = column;
            boolean same = projections.stream().map(p -> p.get(position)).distinct().count() == 1;
            more.add(same ? projections.getFirst().get(column) : row.getFirst());
            if (!same) {
                varying.add(column);
            }
        }
        java.open("for (%s%s = 0; %s < %d; %s++)".formatted(java.isSplit() ? "" : "int ", number, number,
                projections.size(),
                number));
        inLoop(() -> {
            for (int column : varying) {
                more.set(column, varying(expand.schema().field(column), projections, column, number));
            }
            nodes(next, more);
        });
        java.close();
    }

    private void variable(String javaType, String name) {
        if (java.isSplit()) {
            java.field("private " + javaType + " " + name + ";");
        }
    }

    private void inLoop(Runnable body) {
        code.inBranch((Supplier<Boolean>) () -> {
            body.run();
            return true;
        });
    }

    private Expression varying(Field field, List<List<Expression>> projections, int column, String number) {
        Kind kind = Kind.of(field.type());
        String value = java.declare(kind.javaType(), "v", kind.initial());
        String isNull = java.declare("boolean", "n", "false");
        for (int i = 0; i < projections.size(); i++) {
            Expression expression = projections.get(i).get(column);
            java.open("if (" + number + " == " + i + ")");
            code.inBranch(() -> {
                Value one = code.of(expression);
                java.line(value + " = " + one.code() + ";");
                java.line(isNull + " = " + one.isNull() + ";");
                return true;
            });
            java.close();
        }
        Input leaf = variables.define(field.name(), new Expression.Literal(null, field.type()));
        code.scope().put(leaf, new Value(value, isNull, kind));
        return leaf;
    }

    // The end of the chain.

    private void end(List<Expression> row) {
        lateCheck.ifPresent(check -> refuseLate(check, row));
        output.row(row, drops);
    }

    private void refuseLate(LateCheck check, List<Expression> row) {
        if (panes.isPresent() && panes.get().ends().contains(check.column())) {
            drops = true;
            windows.refuseLateByPane();
            return;
        }
        Value time = code.of(row.get(check.column()));
        if (time.isAlwaysNull()) {
            return;
        }
        drops = true;
        String late = time.code() + (check.rule() == LateCheck.Rule.BELOW ? " < " : " <= ") + "watermark";
        java.open("if (" + (time.isNeverNull() ? "" : "!" + time.isNull() + " && ") + "watermark != Long.MIN_VALUE && "
                + late
                + ")");
        java.line("late(row);");
        java.line("continue;");
        java.close();
    }
}
