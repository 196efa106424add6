package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Expr.Call;
import dev.thalweg.tests.law.Expr.Column;
import dev.thalweg.tests.law.Expr.Literal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the scalar expressions of the law mean, value by value.
final class Scalars {
    private Scalars() {}

    static boolean isTrue(Expr condition, List<@Nullable Object> row) {
        return Boolean.TRUE.equals(evaluate(condition, row));
    }

    static @Nullable Object evaluate(Expr expression, List<@Nullable Object> row) {
        return switch (expression) {
            case Column column -> row.get(column.index());
            case Literal literal -> literal.value();
            case Call call -> call(call, row);
        };
    }

    /// First what looks at NULL itself or does not evaluate every argument.
    private static @Nullable Object call(Call call, List<@Nullable Object> row) {
        List<Expr> arguments = call.arguments();
        return switch (call.op()) {
            case CASE, IF -> evaluate(arguments.get(isTrue(arguments.get(0), row) ? 1 : 2), row);
            case CASE_NO_ELSE -> isTrue(arguments.get(0), row) ? evaluate(arguments.get(1), row) : null;
            case AND -> and(evaluate(arguments.get(0), row), evaluate(arguments.get(1), row));
            case OR -> or(evaluate(arguments.get(0), row), evaluate(arguments.get(1), row));
            case CHANCE -> evaluate(arguments.get(0), row);
            case IS_NULL -> evaluate(arguments.get(0), row) == null;
            case IS_NOT_NULL -> evaluate(arguments.get(0), row) != null;
            case SAME -> same(evaluate(arguments.get(0), row), evaluate(arguments.get(1), row));
            case COALESCE -> coalesce(arguments, row);
            case SHOUT -> evaluate(arguments.get(0), row) instanceof String text ? text + "!" : "?";
            case MIX -> mix(evaluate(arguments.get(0), row), evaluate(arguments.get(1), row));
            case LABEL -> Objects.requireNonNullElse(evaluate(arguments.get(0), row), "-") + ":"
                    + Objects.requireNonNullElse(evaluate(arguments.get(1), row), "-");
            case GREATEST -> extreme(arguments, row, 1);
            case LEAST -> extreme(arguments, row, -1);
            case NULLIF -> nullIf(evaluate(arguments.get(0), row), evaluate(arguments.get(1), row));
            case IN -> in(arguments, row);
            case ARRAY, STRUCT -> Arrays.asList(evaluate(arguments.get(0), row), evaluate(arguments.get(1), row));
            case TRANSFORM_CONCAT, FILTER_ABOVE, EXISTS_SAME ->
                    lambda(call.op(), evaluate(arguments.get(0), row), evaluate(arguments.get(1), row));
            case MAP, MAP_TURNED -> map(evaluate(arguments.get(0), row), evaluate(arguments.get(1), row));
            case BETWEEN -> and(compared(evaluate(arguments.get(0), row), evaluate(arguments.get(1), row), 0, 1),
                    compared(evaluate(arguments.get(0), row), evaluate(arguments.get(2), row), 0, -1));
            default -> strict(call, arguments.stream().map(a -> evaluate(a, row)).toArray()); // the others want values
        };
    }

    private static long mix(@Nullable Object number, @Nullable Object text) {
        return text == null ? 0 : (number == null ? 0 : (Long) number) + ((String) text).codePoints().count();
    }

    /// What is done with each element of an array, and a text that is the same for all.
    private static @Nullable Object lambda(Op op, @Nullable Object array, @Nullable Object text) {
        if (array == null) {
            return op == Op.EXISTS_SAME ? false : null;
        }
        List<@Nullable Object> elements = new ArrayList<>((List<?>) array);
        return switch (op) {
            case TRANSFORM_CONCAT -> elements.stream().map(e -> e == null || text == null ? null : e + (String) text)
                    .collect(Collectors.toCollection(ArrayList::new));
            case FILTER_ABOVE -> elements.stream().filter(e -> e != null && text != null && compare(e, text) > 0)
                    .toList();
            default -> elements.stream().anyMatch(e -> Boolean.TRUE.equals(same(e, text)));
        };
    }

    private static Object map(@Nullable Object p, @Nullable Object q) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        entries.put("p", p);
        entries.put("q", q);
        return entries;
    }

    private static @Nullable Object compared(@Nullable Object a, @Nullable Object b, int... wanted) {
        if (a == null || b == null) {
            return null;
        }
        int order = Integer.signum(compare(a, b));
        return Arrays.stream(wanted).anyMatch(w -> w == order);
    }

    private static @Nullable Object and(@Nullable Object a, @Nullable Object b) {
        if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
            return false;
        }
        return (a == null || b == null) ? null : true;
    }

    private static @Nullable Object or(@Nullable Object a, @Nullable Object b) {
        if (Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)) {
            return true;
        }
        return (a == null || b == null) ? null : false;
    }

    private static Object same(@Nullable Object a, @Nullable Object b) {
        return (a == null || b == null) ? a == null && b == null : compare(a, b) == 0;
    }

    private static @Nullable Object coalesce(List<Expr> arguments, List<@Nullable Object> row) {
        return arguments.stream().map(a -> evaluate(a, row)).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static @Nullable Object extreme(List<Expr> arguments, List<@Nullable Object> row, int sign) {
        return arguments.stream().map(a -> evaluate(a, row)).filter(Objects::nonNull)
                .max((a, b) -> sign * compare(a, b)).orElse(null);
    }

    private static @Nullable Object nullIf(@Nullable Object a, @Nullable Object b) {
        return a != null && b != null && compare(a, b) == 0 ? null : a;
    }

    private static @Nullable Object in(List<Expr> arguments, List<@Nullable Object> row) {
        Object found = false;
        Object value = evaluate(arguments.get(0), row);
        for (Expr candidate : arguments.subList(1, arguments.size())) {
            found = or(found, compared(value, evaluate(candidate, row), 0));
        }
        return found;
    }

    private static @Nullable Object strict(Call call, @Nullable Object[] values) {
        if (Arrays.stream(values).anyMatch(Objects::isNull)) {
            return null;
        }
        Object a = values[0];
        Object b = values.length > 1 ? values[1] : a;
        Object c = values.length > 2 ? values[2] : a;
        return switch (call.op()) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> arithmetic(call.op(), (Number) a, (Number) b);
            case NEGATE -> arithmetic(Op.SUBTRACT, zero(a), (Number) a);
            case ABS -> compare(a, zero(a)) < 0 ? arithmetic(Op.SUBTRACT, zero(a), (Number) a) : a;
            case SIGN -> (double) Integer.signum(compare(a, zero(a)));
            case SQRT_ABS -> Math.sqrt(Math.abs((Double) a));
            case FLOOR -> (long) Math.floor((Double) a);
            case CEIL -> (long) Math.ceil((Double) a);
            case EQ -> compare(a, b) == 0;
            case NE -> compare(a, b) != 0;
            case LT -> compare(a, b) < 0;
            case LE -> compare(a, b) <= 0;
            case GT -> compare(a, b) > 0;
            case GE -> compare(a, b) >= 0;
            case NOT -> !(Boolean) a;
            case LIKE -> like((String) a, (String) b);
            case TO_STRING -> a instanceof BigDecimal number ? number.toPlainString() : a.toString();
            case TO_BIGINT ->
                    a instanceof Double number ? (Object) number.longValue() : (Object) ((Number) a).longValue();
            case INT_TO_BIGINT -> ((Integer) a).longValue();
            case TO_DOUBLE -> ((Number) a).doubleValue();
            case TRY_INT -> tryInt((String) a);
            case TO_DATE -> utc(a).toLocalDate();
            case UPPER -> ((String) a).toUpperCase(Locale.ROOT);
            case LOWER -> ((String) a).toLowerCase(Locale.ROOT);
            case LENGTH -> ((String) a).codePointCount(0, ((String) a).length());
            case TRIM -> ((String) a).replaceAll("^ +| +$", "");
            case SUBSTRING -> substring((String) a, (Integer) b, (Integer) c);
            case CONCAT -> (String) a + b;
            case REPLACE -> ((String) a).replace((String) b, (String) c);
            case INSTR -> place((String) a, (String) b);
            case STARTS_WITH -> ((String) a).startsWith((String) b);
            case LPAD -> leftPad((String) a, (Integer) b, (String) c);
            case YEAR -> utc(a).getYear();
            case MONTH -> utc(a).getMonthValue();
            case DAY -> utc(a).getDayOfMonth();
            case HOUR -> utc(a).getHour();
            case MINUTE -> utc(a).getMinute();
            case DATE_ADD -> ((LocalDate) a).plusDays((Integer) b);
            case DATE_DIFF -> (int) ChronoUnit.DAYS.between((LocalDate) b, (LocalDate) a);
            case TRUNC_MINUTE -> ((Instant) a).truncatedTo(ChronoUnit.MINUTES);
            case PLUS_MINUTES -> ((Instant) a).plus(5, ChronoUnit.MINUTES);
            case SPLIT -> List.of(((String) a).split(" ", -1));
            case SPLIT_SIZE -> ((String) a).split(" ", -1).length;
            case TRANSFORM_UPPER -> ((List<?>) a).stream()
                    .map(e -> e == null ? null : ((String) e).toUpperCase(Locale.ROOT))
                    .collect(Collectors.toCollection(ArrayList::new));
            case REDUCE_CONCAT -> ((List<?>) a).stream().map(e -> e == null ? "-" : (String) e)
                    .collect(Collectors.joining());
            case HALF -> (Integer) a / 2;
            case TWICE -> 2 * (Long) a;
            case FIELD_X -> ((List<?>) a).get(0);
            case FIELD_Y -> ((List<?>) a).get(1);
            case ELEMENT -> ((Map<?, ?>) a).get("p");
            case CHANCE, CASE, CASE_NO_ELSE, IF, AND, OR, IS_NULL, IS_NOT_NULL, SAME, COALESCE, GREATEST, LEAST, NULLIF,
                    IN, BETWEEN, ARRAY, STRUCT, MAP, MAP_TURNED, TRANSFORM_CONCAT, FILTER_ABOVE, EXISTS_SAME, SHOUT,
                    MIX,
                    LABEL ->
                    throw new AssertionError(call.op());
        };
    }

    private static Number zero(Object like) {
        return switch (like) {
            case Integer _ -> 0;
            case Long _ -> 0L;
            case Double _ -> 0.0;
            default -> BigDecimal.ZERO;
        };
    }

    private static @Nullable Object arithmetic(Op op, Number a, Number b) {
        if (a instanceof Double || b instanceof Double) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            return switch (op) {
                case ADD -> x + y;
                case SUBTRACT -> x - y;
                case MULTIPLY -> x * y;
                default -> y == 0 ? null : (Object) (x / y);
            };
        }
        BigDecimal x = exact(a);
        BigDecimal y = exact(b);
        if (y.signum() == 0 && op == Op.MODULO) {
            return null;
        }
        BigDecimal result = switch (op) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            case MULTIPLY -> x.multiply(y);
            default -> x.remainder(y);
        };
        return a instanceof BigDecimal
                ? result
                : a instanceof Long ? (Object) result.longValueExact() : (Object) result.intValueExact();
    }

    static BigDecimal exact(Number number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
    }

    static boolean isFloating(Object value) {
        return value instanceof Double || value instanceof Float;
    }

    /// The order of SQL: numbers by value, NaN above all, text by code points.
    static int compare(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return isFloating(a) || isFloating(b)
                    ? Double.compare(x.doubleValue() + 0.0, y.doubleValue() + 0.0)
                    : exact(x).compareTo(exact(y));
        }
        return switch (a) {
            case Boolean x -> x.compareTo((Boolean) b);
            case LocalDate x -> x.compareTo((LocalDate) b);
            case Instant x -> x.compareTo((Instant) b);
            case String x -> Arrays.compare(x.codePoints().toArray(), ((String) b).codePoints().toArray());
            default -> throw new AssertionError("no order on " + a);
        };
    }

    private static boolean like(String text, String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.codePoints()
                .forEach(c -> regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c))));
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }

    private static @Nullable Object tryInt(String text) {
        try {
            return new BigDecimal(text.strip()).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return null; // that is what TRY_CAST is for
        }
    }

    private static OffsetDateTime utc(Object value) {
        return value instanceof LocalDate date
                ? date.atStartOfDay().atOffset(ZoneOffset.UTC)
                : ((Instant) value).atOffset(ZoneOffset.UTC);
    }

    private static String substring(String text, int from, int length) {
        int[] points = text.codePoints().toArray();
        int start = Math.min(from - 1, points.length);
        return new String(points, start, Math.min(length, points.length - start));
    }

    /// Counted in code points, from 1; 0 where it is not in the text.
    private static int place(String text, String part) {
        int at = text.indexOf(part);
        return at < 0 ? 0 : 1 + text.codePointCount(0, at);
    }

    private static String leftPad(String text, int width, String pad) {
        int[] points = text.codePoints().toArray();
        if (points.length >= width) {
            return new String(points, 0, width);
        }
        return pad.repeat(width - points.length) + text;
    }

    /// HALF_UP quotient, as AVG of a decimal wants it.
    static BigDecimal quotient(BigDecimal sum, long count, int scale) {
        return sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).setScale(scale, RoundingMode.HALF_UP);
    }
}
