package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Branch;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Generates what evaluates only the operands it needs: AND, OR, CASE, `coalesce` and their kin, and what looks at NULL itself.
final class ConditionCode {
    private static final Set<String> FUNCTIONS = Set.of("and", "or", "not", "isnull", "isnotnull", "<=>", "coalesce",
            "nvl",
            "ifnull", "nvl2", "nullif", "if");
    private static final int BRANCHES_A_METHOD = 16;

    private final JavaSource java;
    private final ExpressionCode code;

    ConditionCode(JavaSource java, ExpressionCode code) {
        this.java = java;
        this.code = code;
    }

    static boolean isCondition(String function) {
        return FUNCTIONS.contains(function);
    }

    Value of(Call call) {
        List<Expression> arguments = call.arguments();
        return switch (call.function()) {
            case "and" -> connective(call, Shape.flattened(call), false);
            case "or" -> connective(call, Shape.flattened(call), true);
            case "not" -> {
                Value value = code.of(arguments.getFirst());
                yield new Value("!" + value.code(), value.isNull(), Kind.BOOLEAN);
            }
            case "isnull" -> new Value(code.of(arguments.getFirst()).isNull(), Value.NEVER, Kind.BOOLEAN);
            case "isnotnull" -> isNotNull(code.of(arguments.getFirst()));
            case "<=>" -> nullSafeEqual(call);
            case "coalesce", "nvl", "ifnull" -> coalesce(call);
            case "nvl2" -> choice(new Case(
                    List.of(new Branch(new Call("isnotnull", List.of(arguments.get(0)), Simple.BOOLEAN, false),
                            arguments.get(1))),
                    Optional.of(arguments.get(2)), call.type(), call.nullable()));
            case "nullif" -> choice(new Case(
                    List.of(new Branch(new Call("=", arguments, Simple.BOOLEAN, true), new Literal(null, call.type()))),
                    Optional.of(arguments.getFirst()), call.type(), true));
            case "if" -> choice(new Case(List.of(new Branch(arguments.get(0), arguments.get(1))),
                    Optional.of(arguments.get(2)), call.type(), call.nullable()));
            default -> throw new IllegalArgumentException(call.function());
        };
    }

    private static Value isNotNull(Value value) {
        String known = value.isNeverNull() ? "true" : value.isAlwaysNull() ? "false" : "!" + value.isNull();
        return new Value(known, Value.NEVER, Kind.BOOLEAN);
    }

    /// AND (`decisive` false) or OR (true) of any number of operands: the first decisive one ends it, else a NULL makes NULL.
    private Value connective(Call call, List<Expression> operands, boolean decisive) {
        List<Expression> chunk = operands.size() > BRANCHES_A_METHOD && java.isSplit()
                ? chunked(call, operands)
                : operands;
        Value first = code.of(chunk.getFirst());
        String result = java.declare("boolean", "v", decisive ? "true" : "false");
        String isNull = java.declare("boolean", "n", "false");
        String label = java.fresh("decided");
        boolean nullable = false;
        java.open(label + ":");
        code.scope().enter();
        for (int i = 0; i < chunk.size(); i++) {
            Value operand = i == 0 ? first : code.of(chunk.get(i));
            String decides = (decisive ? "" : "!") + "(" + operand.code() + ")";
            java.open("if (" + (operand.isNeverNull() ? decides : "!" + operand.isNull() + " && " + decides) + ")");
            java.line("break " + label + ";");
            java.close();
            if (!operand.isNeverNull()) {
                nullable = true;
                java.line(isNull + " |= " + operand.isNull() + ";");
            }
        }
        java.line(result + " = " + !decisive + ";");
        code.scope().leave();
        java.close();
        if (nullable) { // a decisive operand after a NULL wins
            java.open("if (" + result + " == " + decisive + ")");
            java.line(isNull + " = false;");
            java.close();
        }
        return new Value(result, nullable ? isNull : Value.NEVER, Kind.BOOLEAN);
    }

    private static List<Expression> chunked(Call call, List<Expression> operands) {
        List<Expression> chunks = new ArrayList<>();
        int size = Math.max(BRANCHES_A_METHOD, (int) Math.ceil(Math.sqrt(operands.size())));
        for (int i = 0; i < operands.size(); i += size) {
            List<Expression> part = operands.subList(i, Math.min(operands.size(), i + size));
            chunks.add(part.size() == 1 ? part.getFirst() : new Grouped(call, part).call());
        }
        return chunks;
    }

    private record Grouped(Call whole, List<Expression> part) {
        /// Wrapped in a CASE, so that it is not flattened again.
        Expression call() {
            Call inner = new Call(whole.function(), part, Simple.BOOLEAN, whole.nullable());
            return new Case(List.of(new Branch(new Literal(true, Simple.BOOLEAN), inner)), Optional.empty(),
                    Simple.BOOLEAN,
                    true);
        }
    }

    private Value nullSafeEqual(Call call) {
        Value left = code.of(call.arguments().get(0));
        Value right = code.of(call.arguments().get(1));
        if (left.isAlwaysNull() || right.isAlwaysNull()) {
            Value other = left.isAlwaysNull() ? right : left;
            return new Value(other.isNull(), Value.NEVER, Kind.BOOLEAN);
        }
        String equal = OperatorCode.compare("=", left, right);
        if (left.isNeverNull() && right.isNeverNull()) {
            return new Value(java.declare("boolean", "v", equal), Value.NEVER, Kind.BOOLEAN);
        }
        String anyNull = ExpressionCode.anyNull(List.of(left, right));
        return new Value(java.declare("boolean", "v",
                "(" + anyNull + ") ? " + left.isNull() + " == " + right.isNull() + " : " + equal), Value.NEVER,
                Kind.BOOLEAN);
    }

    private Value coalesce(Call call) {
        Kind kind = Kind.of(call.type());
        Value first = code.of(call.arguments().getFirst());
        if (first.isNeverNull()) {
            return first;
        }
        String result = java.declare(kind.javaType(), "v", kind.initial());
        String isNull = java.declare("boolean", "n", "false");
        String label = java.fresh("found");
        java.open(label + ":");
        code.scope().enter();
        boolean nullable = true;
        for (int i = 0; i < call.arguments().size() && nullable; i++) {
            Value value = i == 0 ? first : code.of(call.arguments().get(i));
            if (value.isAlwaysNull()) {
                continue;
            }
            nullable = !value.isNeverNull();
            if (nullable) {
                java.open("if (!" + value.isNull() + ")");
            }
            java.line(result + " = " + value.code() + ";");
            if (nullable) {
                java.line("break " + label + ";");
                java.close();
            }
        }
        if (nullable) {
            java.line(isNull + " = true;");
        }
        code.scope().leave();
        java.close();
        return new Value(result, nullable ? isNull : Value.NEVER, kind);
    }

    Value choice(Case whole) {
        Case choice = java.isSplit() ? Shape.chunked(whole, BRANCHES_A_METHOD) : whole;
        Kind kind = Kind.of(choice.type());
        Value firstCondition = code.of(choice.branches().getFirst().condition());
        String result = java.declare(kind.javaType(), "v", kind.initial());
        String isNull = java.declare("boolean", "n", "false");
        String label = java.fresh("chosen");
        java.open(label + ":");
        code.scope().enter();
        for (int i = 0; i < choice.branches().size(); i++) {
            Branch branch = choice.branches().get(i);
            Value condition = i == 0 ? firstCondition : code.of(branch.condition());
            java.open("if (" + isTrue(condition) + ")");
            code.scope().enter();
            assign(result, isNull, code.of(branch.result()));
            java.line("if (true) break " + label + ";");
            code.scope().leave();
            java.close();
        }
        assign(result, isNull,
                choice.otherwise().map(code::of).orElseGet(() -> new Value(kind.initial(), Value.ALWAYS, kind)));
        code.scope().leave();
        java.close();
        return new Value(result, isNull, kind);
    }

    private void assign(String result, String isNull, Value value) {
        if (!value.isAlwaysNull()) {
            java.line(result + " = " + value.code() + ";");
        }
        if (!value.isNeverNull()) {
            java.line(isNull + " = " + value.isNull() + ";");
        }
    }

    /// Java condition: the value is there and true.
    static String isTrue(Value condition) {
        if (condition.isAlwaysNull()) {
            return "false";
        }
        return condition.isNeverNull() ? condition.code() : "!" + condition.isNull() + " && (" + condition.code() + ")";
    }
}
