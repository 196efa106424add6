package dev.thalweg.parser;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A length of time: months for the calendar's units, microseconds for the others, never both.
///
/// The methods that read text throw [IllegalArgumentException] with a sentence for the user; the caller knows the place.
record Interval(boolean ofCalendar, long amount) {
    private static final Pattern PART = Pattern.compile("\\s*([+-]?)\\s*(\\d+\\.?\\d*|\\.\\d+)\\s*([A-Za-z]+)");
    private static final List<IntervalUnit> TIMED = IntervalUnit.between(IntervalUnit.DAY, IntervalUnit.SECOND);
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-]?)(\\d+)-(\\d+)");

    static Interval of(String number, IntervalUnit unit) {
        BigDecimal count;
        try {
            count = new BigDecimal(number.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + number + "' is not a number", e);
        }
        boolean whole = count.stripTrailingZeros().scale() <= 0;
        if (!whole && unit != IntervalUnit.SECOND) {
            throw new IllegalArgumentException("Only seconds may have a fraction, not '" + number + "' "
                    + unit.name().toLowerCase(Locale.ROOT) + "s");
        }
        long unitAmount = unit.ofCalendar() ? unit.months : unit.micros;
        try {
            BigDecimal amount = count.multiply(BigDecimal.valueOf(unitAmount)).setScale(0, RoundingMode.DOWN);
            return new Interval(unit.ofCalendar(),
                    unit.ofCalendar() ? amount.intValueExact() : amount.longValueExact());
        } catch (ArithmeticException e) {
            throw tooLong(e);
        }
    }

    /// Reads `1 hour 30 minutes`, with or without the word INTERVAL in front.
    static Interval ofText(String text) {
        String rest = text.strip();
        if (rest.regionMatches(true, 0, "interval ", 0, "interval ".length())) {
            rest = rest.substring("interval ".length());
        }
        Matcher part = PART.matcher(rest);
        int end = 0;
        Interval sum = null;
        while (part.find() && part.start() == end) {
            IntervalUnit unit = IntervalUnit.named(part.group(3)).orElseThrow(
                    () -> new IllegalArgumentException("'" + part.group(3) + "' is not a unit of time"));
            Interval next = of(part.group(1) + part.group(2), unit);
            sum = sum == null ? next : sum.plus(next);
            end = part.end();
        }
        if (sum == null || !rest.substring(end).isBlank()) {
            throw new IllegalArgumentException("'" + text + "' is not a length of time");
        }
        return sum;
    }

    /// Reads `1-2` for YEAR TO MONTH and `1 02:03:04.5` for DAY TO SECOND and its parts.
    static Interval ofRange(String text, IntervalUnit from, IntervalUnit to) {
        if (from == IntervalUnit.YEAR && to == IntervalUnit.MONTH) {
            return yearToMonth(text);
        }
        boolean timed = TIMED.contains(from) && TIMED.contains(to);
        if (!timed || !from.isLongerThan(to)) {
            throw new IllegalArgumentException("There is no interval from " + from + " to " + to);
        }
        return dayToSecond(text, from, to);
    }

    Interval plus(Interval other) {
        if (ofCalendar != other.ofCalendar) {
            throw new IllegalArgumentException(
                    "An interval counts years and months, or days and shorter, but not both");
        }
        try {
            return new Interval(ofCalendar, ofCalendar
                    ? Math.addExact((int) amount, (int) other.amount)
                    : Math.addExact(amount, other.amount));
        } catch (ArithmeticException e) {
            throw tooLong(e);
        }
    }

    Interval negated() {
        return new Interval(ofCalendar, Math.negateExact(amount));
    }

    private static Interval yearToMonth(String text) {
        Matcher matcher = YEAR_MONTH.matcher(text.strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 11) {
            throw new IllegalArgumentException("'" + text + "' is not years and months, such as '1-2'");
        }
        Interval sum = of(matcher.group(2), IntervalUnit.YEAR).plus(of(matcher.group(3), IntervalUnit.MONTH));
        return matcher.group(1).equals("-") ? sum.negated() : sum;
    }

    private static Interval dayToSecond(String text, IntervalUnit from, IntervalUnit to) {
        String shape = shape(from, to);
        Matcher matcher = Pattern.compile(shape).matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not " + from + " TO " + to + ", such as '"
                    + example(from, to) + "'");
        }
        Interval sum = new Interval(false, 0);
        int group = 2;
        for (IntervalUnit unit : IntervalUnit.between(from, to)) {
            String number = matcher.group(group++);
            checkRange(number, unit, from);
            sum = sum.plus(of(number, unit));
        }
        return matcher.group(1).equals("-") ? sum.negated() : sum;
    }

    /// A pattern with the sign as group 1 and one group for each unit.
    private static String shape(IntervalUnit from, IntervalUnit to) {
        StringBuilder shape = new StringBuilder("([+-]?)");
        for (IntervalUnit unit : IntervalUnit.between(from, to)) {
            String before = unit == from ? "" : unit == IntervalUnit.HOUR ? "\\s+" : ":";
            shape.append(before).append(unit == IntervalUnit.SECOND ? "(\\d+(?:\\.\\d{0,9})?)" : "(\\d+)");
        }
        return shape.toString();
    }

    private static String example(IntervalUnit from, IntervalUnit to) {
        String whole = "1 02:03:04";
        int start = 3 * TIMED.indexOf(from) - 1; // a day has one digit and the others two
        return whole.substring(Math.max(0, start), 3 * TIMED.indexOf(to) + 1);
    }

    private static void checkRange(String number, IntervalUnit unit, IntervalUnit from) {
        int limit = unit == IntervalUnit.HOUR ? 24 : 60;
        if (unit != from && new BigDecimal(number).compareTo(BigDecimal.valueOf(limit)) >= 0) {
            throw new IllegalArgumentException(
                    "The " + unit.name().toLowerCase(Locale.ROOT) + "s must be below " + limit
                            + ", not " + number);
        }
    }

    private static IllegalArgumentException tooLong(ArithmeticException cause) {
        return new IllegalArgumentException("The interval is longer than any that can be kept", cause);
    }
}
