package dev.thalweg.parser;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A unit that an interval may be written in, from the longest to the shortest.
enum IntervalUnit {
    YEAR(12, 0), MONTH(1, 0), WEEK(0, 604_800_000_000L), DAY(0, 86_400_000_000L), HOUR(0, 3_600_000_000L), MINUTE(0,
            60_000_000L), SECOND(0, 1_000_000L), MILLISECOND(0, 1_000L), MICROSECOND(0, 1L);

    /// 0 for a unit of time.
    final int months;
    /// 0 for a unit of the calendar.
    final long micros;

    IntervalUnit(int months, long micros) {
        this.months = months;
        this.micros = micros;
    }

    boolean ofCalendar() {
        return months > 0;
    }

    boolean isLongerThan(IntervalUnit other) {
        return compareTo(other) < 0;
    }

    /// Every unit from one to another, the longer first; empty when the first is the shorter.
    static List<IntervalUnit> between(IntervalUnit from, IntervalUnit to) {
        return Arrays.stream(values()).filter(unit -> !unit.isLongerThan(from) && !to.isLongerThan(unit)).toList();
    }

    /// The unit of that name, in singular or plural and any case.
    static Optional<IntervalUnit> named(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(u -> upper.equals(u.name()) || upper.equals(u.name() + "S")).findFirst();
    }
}
