package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.TINYINT;

import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The fields that `extract` and `date_part` take of a date, a time or an interval, and the type of each.
final class DateParts {
    private static final Set<String> YEARS = Set.of("YEAR", "Y", "YEARS", "YR", "YRS");
    private static final Set<String> MONTHS = Set.of("MONTH", "MON", "MONS", "MONTHS");
    private static final Set<String> DAYS = Set.of("DAY", "D", "DAYS");
    private static final Set<String> HOURS = Set.of("HOUR", "H", "HOURS", "HR", "HRS");
    private static final Set<String> MINUTES = Set.of("MINUTE", "M", "MIN", "MINS", "MINUTES");
    private static final Set<String> SECONDS = Set.of("SECOND", "S", "SEC", "SECONDS", "SECS");
    private static final Set<String> OF_CALENDAR = Set.of("YEAROFWEEK", "QUARTER", "QTR", "WEEK", "W", "WEEKS",
            "DAYOFWEEK", "DOW", "DAYOFWEEK_ISO", "DOW_ISO", "DOY");

    private DateParts() {}

    /// **Errors** [QueryProblem] THW-1202 for a constant field that the argument does not have.
    static DataType result(String function, List<Argument> arguments) {
        DataType source = arguments.get(1).type();
        Optional<String> field = arguments.getFirst().literal().map(Object::toString);
        field.filter(name -> !isKnown(name.toUpperCase(Locale.ROOT), source)).ifPresent(name -> {
            throw new QueryProblem("THW-1202",
                    "'" + function + "' knows no field '" + name + "' of " + TypeRules.a(source) + ".",
                    SqlParserPos.ZERO,
                    "Write " + fields(source) + ".");
        });
        String name = field.map(text -> text.toUpperCase(Locale.ROOT)).orElse("");
        if (SECONDS.contains(name)) {
            return new Decimal(8, 6);
        }
        boolean small = source == DataType.Simple.INTERVAL_YEAR_MONTH
                ? MONTHS.contains(name)
                : source == DataType.Simple.INTERVAL_DAY_TIME && (HOURS.contains(name) || MINUTES.contains(name));
        return small ? TINYINT : INT;
    }

    private static boolean isKnown(String name, DataType source) {
        boolean ofYears = YEARS.contains(name) || MONTHS.contains(name);
        boolean ofDays = DAYS.contains(name) || HOURS.contains(name) || MINUTES.contains(name)
                || SECONDS.contains(name);
        if (source == DataType.Simple.INTERVAL_YEAR_MONTH) {
            return ofYears;
        }
        if (source == DataType.Simple.TIME) {
            return ofDays && !DAYS.contains(name);
        }
        return source == DataType.Simple.INTERVAL_DAY_TIME
                ? ofDays
                : ofYears || ofDays || OF_CALENDAR.contains(name);
    }

    private static String fields(DataType source) {
        if (source == DataType.Simple.INTERVAL_YEAR_MONTH) {
            return "YEAR or MONTH";
        }
        if (source == DataType.Simple.TIME) {
            return "HOUR, MINUTE or SECOND";
        }
        return source == DataType.Simple.INTERVAL_DAY_TIME
                ? "DAY, HOUR, MINUTE or SECOND"
                : "one such as YEAR, QUARTER, MONTH, WEEK, DAY, DAYOFWEEK, DOY, HOUR, MINUTE or SECOND";
    }
}
