package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.execution.expression.kernel.LikePattern;
import dev.thalweg.execution.expression.kernel.Texts;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/// Generates the operators that are NULL when an operand is: comparison, bits, text, elements, constructors; arithmetic has a
/// class of its own.
final class OperatorCode {
    private static final Set<String> FUNCTIONS = Set.of("+", "-", "*", "/", "%", "mod", "div", "negative", "positive",
            "=", "<>",
            "<", "<=", ">", ">=", "in", "like", "rlike", "element", "concat", "array", "map", "named_struct", "struct",
            "&", "|",
            "^", "~", "<<", ">>", ">>>");
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "mod", "div", "negative", "positive");
    private static final int SEARCHED_FROM = 9; // as many candidates of IN are looked up, not compared one by one

    private final JavaSource java;
    private final ExpressionCode code;
    private final Values values;
    private final ArithmeticCode arithmetic;

    OperatorCode(JavaSource java, ExpressionCode code, Values values) {
        this.java = java;
        this.code = code;
        this.values = values;
        this.arithmetic = new ArithmeticCode(code);
    }

    static boolean isOperator(String function) {
        return FUNCTIONS.contains(function);
    }

    Value of(Call call) {
        if (ARITHMETIC.contains(call.function())) {
            return arithmetic.of(call);
        }
        return switch (call.function()) {
            case "=", "<>", "<", "<=", ">", ">=" -> code.strict(call, call.arguments(),
                    operands -> compare(call.function(), operands.get(0), operands.get(1)));
            case "&", "|", "^" -> code.strict(call, call.arguments(),
                    o -> "(" + o.get(0).code() + " " + call.function() + " " + o.get(1).code() + ")");
            case "~" -> code.strict(call, call.arguments(), o -> "~" + o.getFirst().code());
            case "<<", ">>", ">>>" -> code.strict(call, call.arguments(),
                    o -> o.get(0).code() + " " + call.function() + " " + o.get(1).code());
            case "in" -> in(call);
            case "like" -> like(call);
            case "rlike" -> rlike(call);
            case "element" -> element(call);
            case "concat" -> concat(call);
            case "array" -> made(call, objects -> "NestedValues.list(" + objects + ")");
            case "named_struct", "struct" -> made(call, objects -> "NestedValues.list(" + objects + ")");
            case "map" -> made(call, objects -> "NestedValues.map(" + objects + ")");
            default -> throw new IllegalArgumentException(call.function());
        };
    }

    /// Java condition for two values that are not NULL.
    static String compare(String operator, Value left, Value right) {
        String a = left.code();
        String b = right.code();
        return switch (left.kind()) {
            case INT, LONG -> a + " " + java(operator) + " " + b;
            case BOOLEAN -> operator.equals("=") || operator.equals("<>")
                    ? "(" + a + ") " + java(operator) + " (" + b + ")"
                    : "Comparisons.compare(" + a + ", " + b + ") " + java(operator) + " 0";
            case FLOAT, DOUBLE -> floating(operator, a, b);
            case TEXT -> switch (operator) {
                case "=" -> "Utf8.equal(" + a + ", " + b + ")";
                case "<>" -> "!Utf8.equal(" + a + ", " + b + ")";
                default -> "Comparisons.compare(" + a + ", " + b + ") " + java(operator) + " 0";
            };
            case DECIMAL -> "Comparisons.compare(" + a + ", " + b + ") " + java(operator) + " 0";
            case OBJECT -> switch (operator) {
                case "=" -> "Comparisons.equal(" + a + ", " + b + ")";
                case "<>" -> "!Comparisons.equal(" + a + ", " + b + ")";
                default -> "Comparisons.compare(" + a + ", " + b + ") " + java(operator) + " 0";
            };
        };
    }

    private static String floating(String operator, String a, String b) {
        return switch (operator) {
            case "=" -> "Comparisons.equal(" + a + ", " + b + ")";
            case "<>" -> "!Comparisons.equal(" + a + ", " + b + ")";
            case "<" -> "Comparisons.less(" + a + ", " + b + ")";
            case "<=" -> "Comparisons.lessOrEqual(" + a + ", " + b + ")";
            case ">" -> "Comparisons.less(" + b + ", " + a + ")";
            default -> "Comparisons.lessOrEqual(" + b + ", " + a + ")";
        };
    }

    private static String java(String operator) {
        return operator.equals("=") ? "==" : operator.equals("<>") ? "!=" : operator;
    }

    // IN: true when a candidate equals; else NULL when a candidate is NULL; else false.

    private Value in(Call call) {
        Expression value = call.arguments().getFirst();
        List<Expression> candidates = call.arguments().subList(1, call.arguments().size());
        Optional<String> table = table(value.type(), candidates);
        return table.isPresent()
                ? code.strict(call, List.of(value), o -> lookup(o.getFirst(), table.get()))
                : compared(call, candidates);
    }

    private Optional<String> table(DataType type, List<Expression> candidates) {
        boolean constant = candidates.stream().allMatch(c -> c instanceof Literal literal && literal.value() != null);
        if (!constant || candidates.size() < SEARCHED_FROM) {
            return Optional.empty();
        }
        List<Object> literals = candidates.stream().map(c -> ((Literal) c).value()).distinct()
                .collect(Collectors.toList());
        return switch (Kind.of(type)) {
            case INT, LONG -> Optional.of(java.constant(
                    literals.stream().mapToLong(number -> ((Number) number).longValue()).sorted().toArray(), "long[]",
                    "(long[]) setup.constant(%d)"));
            case TEXT -> type == Simple.STRING
                    ? Optional.of(java.constant(literals, "Utf8[]", "setup.sortedTexts(%d, literals)"))
                    : Optional.empty();
            case BOOLEAN, FLOAT, DOUBLE, DECIMAL, OBJECT -> Optional.empty();
        };
    }

    private static String lookup(Value value, String table) {
        return value.kind() == Kind.TEXT
                ? "Texts.isAmong(" + value.code() + ", " + table + ")"
                : "java.util.Arrays.binarySearch(" + table + ", (long) " + value.code() + ") >= 0";
    }

    private Value compared(Call call, List<Expression> candidates) {
        Value value = code.of(call.arguments().getFirst());
        String found = java.declare("boolean", "v", "false");
        String isNull = java.declare("boolean", "n", value.isNull());
        boolean nullable = !value.isNeverNull();
        if (value.isAlwaysNull()) {
            return new Value(found, Value.ALWAYS, Kind.BOOLEAN);
        }
        String label = java.fresh("found");
        java.open(label + ": if (!" + isNull + ")");
        code.scope().enter();
        for (Expression candidate : candidates) {
            Value other = code.of(candidate);
            nullable |= !other.isNeverNull();
            if (other.isAlwaysNull()) {
                java.line(isNull + " = true;");
                continue;
            }
            String equal = compare("=", value, other);
            if (!other.isNeverNull()) {
                java.line(isNull + " |= " + other.isNull() + ";");
                equal = "!" + other.isNull() + " && " + equal;
            }
            java.open("if (" + equal + ")");
            java.line(found + " = true;");
            java.line(isNull + " = false;");
            java.line("if (true) break " + label + ";");
            java.close();
        }
        code.scope().leave();
        java.close();
        return new Value(found, nullable ? isNull : Value.NEVER, Kind.BOOLEAN);
    }

    // Text.

    private Value like(Call call) {
        List<Expression> arguments = call.arguments();
        Optional<String> pattern = text(arguments.get(1));
        Optional<String> escape = arguments.size() > 2 ? text(arguments.get(2)) : Optional.of("\\");
        if (pattern.isPresent() && escape.isPresent()) {
            Optional<LikePattern> known = known(() -> LikePattern.of(pattern.get(), Texts.escapeSign(escape.get())));
            if (known.isPresent()) {
                String constant = java.constant(known.get(), "LikePattern", "(LikePattern) setup.constant(%d)");
                return code.strict(call, List.of(arguments.getFirst()),
                        o -> constant + ".matches(" + o.getFirst().code() + ")");
            }
        }
        List<Expression> all = arguments.size() > 2
                ? arguments
                : List.of(arguments.get(0), arguments.get(1), new Literal("\\", Simple.STRING));
        return code.strict(call, all,
                o -> "Texts.like(" + o.get(0).code() + ", " + o.get(1).code() + ", " + o.get(2).code()
                        + ", context)");
    }

    private Value rlike(Call call) {
        Optional<Pattern> known = text(call.arguments().get(1)).flatMap(regex -> known(() -> Pattern.compile(regex)));
        if (known.isPresent()) {
            String constant = java.constant(known.get(), "java.util.regex.Pattern",
                    "(java.util.regex.Pattern) setup.constant(%d)");
            return code.strict(call, List.of(call.arguments().getFirst()),
                    o -> "Texts.rlike(" + o.getFirst().code() + ", " + constant + ")");
        }
        return code.strict(call, call.arguments(),
                o -> "Texts.rlike(" + o.get(0).code() + ", " + o.get(1).code() + ", context)");
    }

    private static Optional<String> text(Expression expression) {
        return expression instanceof Literal literal && literal.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /// A malformed pattern is an error of the row that meets it, so here it is merely not known.
    private static <T> Optional<T> known(java.util.function.Supplier<T> parse) {
        try {
            return Optional.of(parse.get());
        } catch (InvalidQuery | PatternSyntaxException malformed) {
            return Optional.empty();
        }
    }

    private Value concat(Call call) {
        if (call.arguments().isEmpty()) {
            return code.of(new Literal("", call.type()));
        }
        if (Kind.of(call.type()) == Kind.OBJECT) {
            return code.strict(call, call.arguments(),
                    o -> o.stream().skip(1).map(Value::code).reduce(o.getFirst().code(),
                            (left, right) -> "NestedValues.concat((List) " + left + ", (List) " + right + ")"));
        }
        return code.strict(call, call.arguments(), o -> o.stream().skip(1).map(Value::code).reduce(o.getFirst().code(),
                (left, right) -> "Texts.concat(" + code.scratch() + ", " + java.slice() + ", " + left + ", " + right
                        + ")"));
    }

    // Nested values.

    private Value element(Call call) {
        Expression container = call.arguments().get(0);
        Expression key = call.arguments().get(1);
        if (container.type() instanceof DataType.MapOf) {
            return values.fromObject(call, call.arguments(), o -> "NestedValues.value((Map) " + o.get(0).code() + ", "
                    + values.boxed(o.get(1), key.type()) + ")");
        }
        return values.fromObject(call, call.arguments(),
                o -> "NestedValues.element((List) " + o.get(0).code() + ", (int) " + o.get(1).code() + ")");
    }

    private Value made(Call call, Function<String, String> maker) {
        List<Expression> arguments = call.arguments();
        String[] objects = new String[arguments.size()];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = values.boxed(code.of(arguments.get(i)), arguments.get(i).type());
        }
        java.comment(code.text(call));
        String array = "new Object[] {" + String.join(", ", Arrays.asList(objects)) + "}";
        return new Value(java.declare("Object", "v", maker.apply(array)), Value.NEVER, Kind.OBJECT);
    }
}
