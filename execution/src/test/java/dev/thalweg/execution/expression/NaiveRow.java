package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Branch;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.FieldOf;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Lambda;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Expression.Parameter;
import dev.thalweg.spi.data.DataType.Simple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The meaning of expressions, told as simply as possible, for a few types: what generated code is held against.
record NaiveRow(List<? extends @Nullable Object> values, Map<Integer, Optional<Object>> parameters) {
    NaiveRow(List<? extends @Nullable Object> values) {
        this(values, Map.of());
    }

    /// A row that fails, by its code.
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String code) {
            super(code);
        }
    }

    @Nullable
    Object of(Expression expression) {
        return switch (expression) {
            case Input input -> values.get(input.column());
            case Literal literal -> literal.value();
            case Call call -> call(call);
            case Expression.UserCall call -> throw new IllegalArgumentException(call.toString());
            case Cast cast -> cast(of(cast.input()), cast);
            case Case choice -> choice(choice);
            case FieldOf field -> of(field.struct()) instanceof List<?> struct ? struct.get(field.field()) : null;
            case Parameter parameter -> Objects.requireNonNull(parameters.get(number(parameter))).orElse(null);
            case Lambda lambda -> throw new IllegalArgumentException(lambda.toString());
        };
    }

    private @Nullable Object choice(Case choice) {
        for (Branch branch : choice.branches()) {
            if (Boolean.TRUE.equals(of(branch.condition()))) {
                return of(branch.result());
            }
        }
        return choice.otherwise().map(this::of).orElse(null);
    }

    private @Nullable Object cast(@Nullable Object value, Cast cast) {
        if (value == null) {
            return null;
        }
        if (cast.type() == Simple.STRING) {
            return value.toString();
        }
        long whole = ((Number) value).longValue();
        if (cast.type() == Simple.INT && whole != (int) whole) {
            return failOrNull(cast);
        }
        return cast.type() == Simple.INT
                ? (Object) (int) whole
                : cast.type() == Simple.DOUBLE ? (Object) (double) whole : whole;
    }

    private static @Nullable Object failOrNull(Cast cast) {
        if (cast.orNull()) {
            return null;
        }
        throw new Failure("THW-4002");
    }

    private @Nullable Object call(Call call) {
        List<Expression> arguments = call.arguments();
        return switch (call.function()) {
            case "and" -> connective(arguments, false);
            case "or" -> connective(arguments, true);
            case "not" -> of(arguments.getFirst()) instanceof Boolean flag ? !flag : null;
            case "isnull" -> of(arguments.getFirst()) == null;
            case "isnotnull" -> of(arguments.getFirst()) != null;
            case "coalesce" -> coalesce(arguments);
            case "if" -> Boolean.TRUE.equals(of(arguments.get(0))) ? of(arguments.get(1)) : of(arguments.get(2));
            case "nullif" -> nullIf(arguments);
            case "in" -> in(arguments);
            case "<=>" -> nullSafeEqual(of(arguments.get(0)), of(arguments.get(1)));
            case "array" -> arguments.stream().map(this::of).collect(Collectors.toList());
            case "transform", "filter", "exists", "forall", "aggregate", "zip_with", "array_sort" ->
                    of(arguments.getFirst()) instanceof List<?> list ? overList(call, list) : null;
            default -> strict(call);
        };
    }

    // Functions of lambdas.

    private static int number(Parameter parameter) {
        return Objects.hash(parameter.name(), parameter.level());
    }

    /// What a lambda gives for arguments, of which it may take only the first.
    private @Nullable Object apply(Expression lambda, @Nullable Object... arguments) {
        Map<Integer, Optional<Object>> more = new HashMap<>(parameters);
        List<Parameter> names = ((Lambda) lambda).parameters();
        for (int i = 0; i < names.size(); i++) {
            more.put(number(names.get(i)), Optional.ofNullable(arguments[i]));
        }
        return new NaiveRow(values, more).of(((Lambda) lambda).body());
    }

    private @Nullable Object overList(Call call, List<?> list) {
        Expression lambda = call.arguments().getLast();
        List<@Nullable Object> made = new ArrayList<>();
        switch (call.function()) {
            case "transform" -> {
                for (int i = 0; i < list.size(); i++) {
                    made.add(apply(lambda, list.get(i), i));
                }
            }
            case "filter" -> {
                for (int i = 0; i < list.size(); i++) {
                    if (Boolean.TRUE.equals(apply(lambda, list.get(i), i))) {
                        made.add(list.get(i));
                    }
                }
            }
            case "zip_with" -> {
                if (!(of(call.arguments().get(1)) instanceof List<?> other)) {
                    return null;
                }
                for (int i = 0; i < Math.max(list.size(), other.size()); i++) {
                    made.add(apply(lambda, i < list.size() ? list.get(i) : null,
                            i < other.size() ? other.get(i) : null));
                }
            }
            case "array_sort" -> {
                for (Object element : list) { // by insertion: the places of equal elements are those of a stable sort
                    int place = made.size();
                    while (place > 0 && order(lambda, made.get(place - 1), element) > 0) {
                        place--;
                    }
                    made.add(place, element);
                }
            }
            case "aggregate" -> {
                return folded(call, list);
            }
            default -> {
                return decided(list, lambda, call.function().equals("exists"));
            }
        }
        return made;
    }

    private int order(Expression lambda, @Nullable Object left, @Nullable Object right) {
        return (Integer) Objects.requireNonNull(apply(lambda, left, right));
    }

    private @Nullable Object folded(Call call, List<?> list) {
        Object sum = of(call.arguments().get(1));
        for (Object element : list) {
            sum = apply(call.arguments().get(2), sum, element);
        }
        return call.arguments().size() == 3 ? sum : apply(call.arguments().get(3), sum);
    }

    private @Nullable Object decided(List<?> list, Expression lambda, boolean decisive) {
        boolean unknown = false;
        for (Object element : list) {
            Object answer = apply(lambda, element);
            if (answer == null) {
                unknown = true;
            } else if ((Boolean) answer == decisive) {
                return decisive;
            }
        }
        return unknown ? null : (Object) !decisive;
    }

    private @Nullable Object connective(List<Expression> operands, boolean decisive) {
        boolean unknown = false;
        for (Expression operand : operands) {
            Object value = of(operand);
            if (value == null) {
                unknown = true;
            } else if ((Boolean) value == decisive) {
                return decisive;
            }
        }
        return unknown ? null : (Object) !decisive;
    }

    private @Nullable Object coalesce(List<Expression> arguments) {
        for (Expression argument : arguments) {
            Object value = of(argument);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable Object nullIf(List<Expression> arguments) {
        Object left = of(arguments.get(0));
        Object right = left == null ? null : of(arguments.get(1));
        return left == null || (right != null && compare(left, right) == 0) ? null : left;
    }

    private @Nullable Object in(List<Expression> arguments) {
        Object value = of(arguments.getFirst());
        if (value == null) {
            return null;
        }
        boolean unknown = false;
        for (Expression candidate : arguments.subList(1, arguments.size())) {
            Object other = of(candidate);
            if (other == null) {
                unknown = true;
            } else if (compare(value, other) == 0) {
                return true;
            }
        }
        return unknown ? null : (Object) false;
    }

    private static boolean nullSafeEqual(@Nullable Object left, @Nullable Object right) {
        return (left == null || right == null) ? left == null && right == null : compare(left, right) == 0;
    }

    private @Nullable Object strict(Call call) {
        Object left = of(call.arguments().getFirst());
        if (left == null) {
            return null;
        }
        Object right = of(call.arguments().getLast());
        if (right == null) {
            return null;
        }
        return switch (call.function()) {
            case "=" -> compare(left, right) == 0;
            case "<>" -> compare(left, right) != 0;
            case "<" -> compare(left, right) < 0;
            case ">=" -> compare(left, right) >= 0;
            case "concat" -> left.toString() + right;
            case "+" -> number(call, left, right, BigInteger::add, Double::sum);
            case "-" -> number(call, left, right, BigInteger::subtract, (a, b) -> a - b);
            case "*" -> number(call, left, right, BigInteger::multiply, (a, b) -> a * b);
            case "%" -> number(call, left, right, NaiveRow::remainder, (a, b) -> a % divisor(b));
            case "/" -> ((Number) left).doubleValue() / divisor(((Number) right).doubleValue());
            default -> throw new IllegalArgumentException(call.function());
        };
    }

    private static double divisor(double value) {
        if (value == 0) {
            throw new Failure("THW-4001");
        }
        return value;
    }

    private static BigInteger remainder(BigInteger left, BigInteger right) {
        divisor(right.signum());
        return left.remainder(right);
    }

    private static Object number(Call call, Object left, Object right, BinaryOperator<BigInteger> whole,
            BinaryOperator<Double> floating) {
        if (call.type() == Simple.DOUBLE) {
            return floating.apply(((Number) left).doubleValue(), ((Number) right).doubleValue());
        }
        BigInteger exact = whole.apply(BigInteger.valueOf(((Number) left).longValue()),
                BigInteger.valueOf(((Number) right).longValue()));
        if (exact.bitLength() > (call.type() == Simple.INT ? 31 : 63)) {
            throw new Failure("THW-4002");
        }
        return call.type() == Simple.INT ? (Object) exact.intValue() : exact.longValue();
    }

    private static int compare(Object left, Object right) {
        return switch (left) {
            case String text -> text.compareTo((String) right); // no surrogates in the test's alphabet
            case Boolean flag -> flag.compareTo((Boolean) right);
            case Double number -> Double.compare(number + 0.0, (Double) right + 0.0);
            default -> Long.compare(((Number) left).longValue(), ((Number) right).longValue());
        };
    }
}
