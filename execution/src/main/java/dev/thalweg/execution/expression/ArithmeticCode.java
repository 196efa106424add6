package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.List;
import java.util.Locale;

/// Generates arithmetic: of numbers with every overflow checked, and of dates, times and intervals.
final class ArithmeticCode {
    private final ExpressionCode code;

    ArithmeticCode(ExpressionCode code) {
        this.code = code;
    }

    Value of(Call call) {
        List<Expression> arguments = call.arguments();
        if (arguments.size() == 1) {
            return code.strict(call, arguments, o -> sign(call, o.getFirst()));
        }
        String operator = call.function().equals("mod") ? "%" : call.function();
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        boolean time = isTime(left) || isTime(right);
        return code.strict(call, arguments, o -> time
                ? time(operator, call.type(), new Operand(o.get(0), left),
                        new Operand(o.get(1), right))
                : number(operator, call.type(), o.get(0), o.get(1)));
    }

    private record Operand(Value value, DataType type) {
        String code() {
            return value.code();
        }

        boolean is(Simple other) {
            return type == other;
        }
    }

    private static boolean isTime(DataType type) {
        return switch (type) {
            case Simple simple -> switch (simple) {
                case DATE, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH -> true;
                case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, BINARY, VOID -> false;
            };
            case Decimal _,DataType.ArrayOf _,DataType.MapOf _,DataType.Struct _ -> false;
        };
    }

    private static String sign(Call call, Value value) {
        if (call.function().equals("positive") || call.function().equals("+")) {
            return value.code();
        }
        return switch (value.kind()) {
            case INT -> fitted(call.type(), "Arithmetic.negate(" + value.code() + ")");
            case LONG -> "Arithmetic.negate(" + value.code() + ")";
            case FLOAT, DOUBLE -> "-" + value.code();
            case DECIMAL -> value.code() + ".negate()";
            case BOOLEAN, TEXT, OBJECT -> throw unsupported(call.function(), call.type(), call.type());
        };
    }

    private static String fitted(DataType type, String value) {
        return type == Simple.TINYINT
                ? "Arithmetic.fit(" + value + ", 8)"
                : type == Simple.SMALLINT ? "Arithmetic.fit(" + value + ", 16)" : value;
    }

    private static String number(String operator, DataType type, Value left, Value right) {
        if (type instanceof Decimal(int precision, int scale)) {
            return "Decimals.%s(%s, %s, %d, %d)".formatted(method(operator), decimal(left), decimal(right), precision,
                    scale);
        }
        String a = left.code();
        String b = right.code();
        if (operator.equals("div")) {
            return left.kind() == Kind.DECIMAL
                    ? "Decimals.quotient(" + a + ", " + b + ")"
                    : "Arithmetic.quotient((long) " + a + ", (long) " + b + ")";
        }
        return switch (Kind.of(type)) {
            case INT -> small(operator, type, a, b);
            case LONG -> "Arithmetic.%s((long) %s, (long) %s)".formatted(method(operator), a, b);
            case FLOAT, DOUBLE -> floating(operator, Kind.of(type).javaType(), a, b);
            case BOOLEAN, DECIMAL, TEXT, OBJECT -> throw unsupported(operator, type, type);
        };
    }

    private static String decimal(Value value) {
        return value.kind() == Kind.DECIMAL ? value.code() : "BigDecimal.valueOf(" + value.code() + ")";
    }

    private static String small(String operator, DataType type, String a, String b) {
        boolean narrow = type == Simple.TINYINT || type == Simple.SMALLINT;
        if (narrow && !operator.equals("%")) {
            return "Arithmetic.fit(%s %s %s, %d, \"%s\", %s, %s)".formatted(a, operator, b,
                    type == Simple.TINYINT ? 8 : 16,
                    operator, a, b);
        }
        return "Arithmetic.%s(%s, %s)".formatted(method(operator), a, b);
    }

    private static String floating(String operator, String javaType, String a, String b) {
        String cast = "(" + javaType + ") ";
        return operator.equals("/") || operator.equals("%")
                ? "Arithmetic.%s(%s%s, %s%s)".formatted(method(operator), cast, a, cast, b)
                : cast + a + " " + operator + " " + cast + b;
    }

    private static String method(String operator) {
        return switch (operator) {
            case "+" -> "add";
            case "-" -> "subtract";
            case "*" -> "multiply";
            case "/" -> "divide";
            case "%" -> "remainder";
            default -> throw new IllegalArgumentException(operator);
        };
    }

    // Dates, times, intervals.

    private static String time(String operator, DataType result, Operand left, Operand right) {
        return switch (operator) {
            case "+" -> isInterval(left.type()) && !isInterval(right.type())
                    ? plus(result, right, left.type(), left.code())
                    : left.type().isNumeric()
                            ? plus(result, right, left.type(), left.code())
                            : plus(result, left, right.type(), right.code());
            case "-" -> minus(result, left, right);
            case "*" -> isInterval(left.type()) ? scaled("*", left, right) : scaled("*", right, left);
            case "/" -> scaled("/", left, right);
            case "div" -> "Arithmetic.quotient((long) " + left.code() + ", (long) " + right.code() + ")";
            default -> throw unsupported(operator, left.type(), right.type());
        };
    }

    private static boolean isInterval(DataType type) {
        return type == Simple.INTERVAL_DAY_TIME || type == Simple.INTERVAL_YEAR_MONTH;
    }

    private static String plus(DataType result, Operand left, DataType rightType, String right) {
        boolean months = rightType == Simple.INTERVAL_YEAR_MONTH;
        String a = left.code();
        if (left.type() instanceof Simple simple
                && (months || rightType == Simple.INTERVAL_DAY_TIME || simple == Simple.DATE)) {
            return switch (simple) {
                case DATE -> toDate(result, a, rightType, right);
                case TIMESTAMP -> months
                        ? "DateTimes.addMonthsToInstant(" + a + ", " + right + ", context)"
                        : "DateTimes.addToInstant(" + a + ", " + right + ", context)";
                case TIMESTAMP_NTZ -> months
                        ? "DateTimes.addMonthsToLocal(" + a + ", " + right + ")"
                        : "DateTimes.addToLocal(" + a + ", " + right + ")";
                case TIME -> "DateTimes.addToTime(" + a + ", " + right + ")";
                case INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH -> "Arithmetic.add(" + a + ", " + right + ")";
                case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, BINARY, VOID ->
                        throw unsupported("+", left.type(), rightType);
            };
        }
        throw unsupported("+", left.type(), rightType);
    }

    private static String toDate(DataType result, String date, DataType rightType, String right) {
        if (rightType == Simple.INTERVAL_YEAR_MONTH) {
            return "DateTimes.addMonths(" + date + ", " + right + ")";
        }
        if (rightType == Simple.INTERVAL_DAY_TIME) {
            return result == Simple.DATE
                    ? "DateTimes.addInterval(" + date + ", " + right + ")"
                    : result == Simple.TIMESTAMP
                            ? "DateTimes.addToInstant(DateTimes.instantAtStartOfDay(" + date + ", context), " + right
                                    + ", context)"
                            : "DateTimes.addToLocal(DateTimes.atStartOfDay(" + date + "), " + right + ")";
        }
        return "DateTimes.addDays(" + date + ", " + right + ")";
    }

    private static String minus(DataType result, Operand left, Operand right) {
        String a = left.code();
        String b = right.code();
        if (left.type().equals(right.type())) {
            if (left.is(Simple.DATE)) {
                return result == Simple.INT
                        ? "Arithmetic.subtract(" + a + ", " + b + ")"
                        : "DateTimes.between(" + a + ", " + b + ")";
            }
            return left.is(Simple.TIMESTAMP)
                    ? "DateTimes.betweenInstants(" + a + ", " + b + ", context)"
                    : "Arithmetic.subtract(" + a + ", " + b + ")";
        }
        return plus(result, left, right.type(), "Arithmetic.negate(" + b + ")");
    }

    private static String scaled(String operator, Operand interval, Operand factor) {
        boolean months = interval.is(Simple.INTERVAL_YEAR_MONTH);
        String number = factor.value().kind() == Kind.DECIMAL || factor.value().kind() == Kind.DOUBLE
                ? factor.code()
                : factor.value().kind() == Kind.FLOAT
                        ? "(double) " + factor.code()
                        : "BigDecimal.valueOf((long) " + factor.code() + ")";
        String micros = String.format(Locale.ROOT, "DateTimes.%s((long) %s, %s)", method(operator), interval.code(),
                number);
        return months ? "DateTimes.toMonths(" + micros + ")" : micros;
    }

    private static IllegalArgumentException unsupported(String operator, DataType left, DataType right) {
        return new IllegalArgumentException(left.sql() + " " + operator + " " + right.sql());
    }
}
