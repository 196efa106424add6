package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.BIGINT;
import static dev.thalweg.spi.data.DataType.Simple.DATE;
import static dev.thalweg.spi.data.DataType.Simple.DOUBLE;
import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.INTERVAL_DAY_TIME;
import static dev.thalweg.spi.data.DataType.Simple.INTERVAL_YEAR_MONTH;
import static dev.thalweg.spi.data.DataType.Simple.STRING;
import static dev.thalweg.spi.data.DataType.Simple.TIME;
import static dev.thalweg.spi.data.DataType.Simple.TIMESTAMP;
import static dev.thalweg.spi.data.DataType.Simple.VOID;

import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParserPos;

/// What `+ - * / % div` and the minus sign make of numbers, times and intervals.
///
/// A date plus days is `date_add`, minus days `date_sub`; an interval before a time changes places with it, so that `+` in a
/// plan always has the time first.
final class ArithmeticRules {
    private static final BigDecimal DAY_MICROS = BigDecimal.valueOf(86_400_000_000L);

    private ArithmeticRules() {}

    static Binding plus(List<Argument> arguments) {
        Argument a = arguments.get(0);
        Argument b = arguments.get(1);
        if (isTime(a) || isTime(b)) {
            return timePlus(a, b);
        }
        return sum("+", a, b);
    }

    static Binding minus(List<Argument> arguments) {
        Argument a = arguments.get(0);
        Argument b = arguments.get(1);
        if ((isTime(a) && isTime(b)) || (isTime(a) && b.type() == STRING) || (isTime(b) && a.type() == STRING)) {
            return difference(a, b);
        }
        if (a.type() == DATE && b.type().isInteger()) {
            return binding("date_sub", DATE, INT, DATE, a, b);
        }
        if (isTime(a)) {
            return shifted("-", a, b);
        }
        return sum("-", a, b);
    }

    private static boolean isTime(Argument argument) {
        return TypeRules.isDateTime(argument.type()) || argument.type() == TIME;
    }

    private static Binding timePlus(Argument a, Argument b) {
        if (a.type() == DATE && b.type().isInteger()) {
            return binding("date_add", DATE, INT, DATE, a, b);
        }
        return isTime(a) ? shifted("+", a, b) : shifted("+", a, b, true);
    }

    private static Binding shifted(String operator, Argument time, Argument by) {
        return shifted(operator, time, by, false);
    }

    /// @param swapped the time is the second argument
    private static Binding shifted(String operator, Argument a, Argument b, boolean swapped) {
        Argument time = swapped ? b : a;
        Argument by = swapped ? a : b;
        if (swapped && by.type().isInteger() && time.type() == DATE) {
            return binding("date_add", INT, DATE, DATE, a, b);
        }
        DataType interval = by.type() == VOID || by.type() == STRING ? INTERVAL_DAY_TIME : by.type();
        if (!TypeRules.isInterval(interval) || (time.type() == TIME && interval == INTERVAL_YEAR_MONTH)) {
            throw misfit(operator, a, b);
        }
        boolean wholeDays = by.literal().isPresent() && by.literal().get() instanceof BigDecimal micros
                && micros.remainder(DAY_MICROS).signum() == 0;
        DataType result = time.type() != DATE || interval == INTERVAL_YEAR_MONTH || wholeDays ? time.type() : TIMESTAMP;
        return swapped
                ? binding(operator, interval, result, result, a, b)
                : binding(operator, result, interval, result, a, b);
    }

    private static Binding difference(Argument a, Argument b) {
        DataType common = TypeRules.leastCommon(a.type(), b.type()).orElseThrow(() -> misfit("-", a, b));
        return binding("-", common, common, INTERVAL_DAY_TIME, a, b);
    }

    private static Binding sum(String operator, Argument a, Argument b) {
        if (TypeRules.isInterval(a.type()) || TypeRules.isInterval(b.type())) {
            DataType interval = TypeRules.isInterval(a.type()) ? a.type() : b.type();
            boolean fits = (a.type().equals(interval) || a.type() == VOID)
                    && (b.type().equals(interval) || b.type() == VOID);
            if (!fits) {
                throw misfit(operator, a, b);
            }
            return binding(operator, interval, interval, interval, a, b);
        }
        return numeric(operator, a, b);
    }

    static Binding times(List<Argument> arguments) {
        Argument a = arguments.get(0);
        Argument b = arguments.get(1);
        if (TypeRules.isInterval(a.type()) || TypeRules.isInterval(b.type())) {
            boolean first = TypeRules.isInterval(a.type());
            DataType factor = scaling("*", first ? b : a, a, b);
            DataType interval = first ? a.type() : b.type();
            return first
                    ? binding("*", interval, factor, interval, a, b)
                    : binding("*", factor, interval, interval, a, b);
        }
        return numeric("*", a, b);
    }

    static Binding divide(List<Argument> arguments) {
        Argument a = arguments.get(0);
        Argument b = arguments.get(1);
        if (TypeRules.isInterval(a.type())) {
            return binding("/", a.type(), scaling("/", b, a, b), a.type(), a, b);
        }
        DataType common = commonNumber("/", a, b);
        if (common instanceof Decimal) {
            return numeric("/", a, b);
        }
        return binding("/", DOUBLE, DOUBLE, DOUBLE, a, b);
    }

    private static DataType scaling(String operator, Argument factor, Argument a, Argument b) {
        if (factor.type().isNumeric()) {
            return factor.type();
        }
        if (factor.type() == STRING || factor.type() == VOID) {
            return DOUBLE;
        }
        throw misfit(operator, a, b);
    }

    static Binding remainder(List<Argument> arguments) {
        return numeric("%", arguments.get(0), arguments.get(1));
    }

    static Binding div(List<Argument> arguments) {
        Argument a = arguments.get(0);
        Argument b = arguments.get(1);
        if (TypeRules.isInterval(a.type()) && a.type().equals(b.type())) {
            return binding("div", a.type(), a.type(), BIGINT, a, b);
        }
        if (a.type().isFloating() || b.type().isFloating()) {
            throw new QueryProblem("THW-1201",
                    "'div' does not take " + a.type().sql() + " and " + b.type().sql() + ".", SqlParserPos.ZERO,
                    "It takes whole numbers, decimals, or two intervals of one kind."
                            + " CAST to one of them, or write floor(a / b).");
        }
        if (commonNumber("div", a, b) instanceof Decimal) {
            return binding("div", a.asDecimal(), b.asDecimal(), BIGINT, a, b);
        }
        return binding("div", BIGINT, BIGINT, BIGINT, a, b);
    }

    static Binding negative(List<Argument> arguments) {
        Argument a = arguments.getFirst();
        DataType type = a.type() == STRING || a.type() == VOID ? DOUBLE : a.type();
        if (!type.isNumeric() && !TypeRules.isInterval(type)) {
            throw new QueryProblem("THW-1201", "'-' cannot be put before " + TypeRules.a(type) + ".", SqlParserPos.ZERO,
                    "It takes a number or an interval.");
        }
        return new Binding("negative", List.of(type), type, a.nullable());
    }

    private static Binding numeric(String operator, Argument a, Argument b) {
        DataType common = commonNumber(operator, a, b);
        if (!(common instanceof Decimal)) {
            return binding(operator, common, common, common, a, b);
        }
        Decimal left = decimal(a, b);
        Decimal right = decimal(b, a);
        Decimal result = switch (operator) {
            case "*" -> DecimalRules.times(left, right);
            case "/" -> DecimalRules.divide(left, right);
            case "%" -> DecimalRules.remainder(left, right);
            default -> DecimalRules.plus(left, right);
        };
        return binding(operator, left, right, result, a, b);
    }

    private static Decimal decimal(Argument argument, Argument other) {
        return argument.type() == VOID ? other.asDecimal() : argument.asDecimal();
    }

    private static DataType commonNumber(String operator, Argument a, Argument b) {
        if ((a.type() == STRING && b.type() == STRING) || (a.type() == VOID && b.type() == VOID)) {
            return DOUBLE;
        }
        Optional<DataType> common = TypeRules.leastCommon(a.type(), b.type());
        if (common.isPresent() && common.get() == STRING) {
            return DOUBLE;
        }
        return common.filter(DataType::isNumeric).orElseThrow(() -> misfit(operator, a, b));
    }

    private static QueryProblem misfit(String operator, Argument a, Argument b) {
        return new QueryProblem("THW-1201",
                "'" + operator + "' does not take " + a.type().sql() + " and " + b.type().sql() + ".",
                SqlParserPos.ZERO,
                a.type() == TIME || b.type() == TIME
                        ? "A TIME goes with an INTERVAL DAY TO SECOND, of hours, minutes and seconds, and minus with another"
                                + " TIME."
                        : "It takes numbers, an interval with an interval or a date or timestamp, or a date with a number of"
                                + " days. A CAST makes one type of another.");
    }

    private static Binding binding(String name, DataType left, DataType right, DataType result, Argument a,
            Argument b) {
        return new Binding(name, List.of(left, right), result, a.nullable() || b.nullable());
    }
}
