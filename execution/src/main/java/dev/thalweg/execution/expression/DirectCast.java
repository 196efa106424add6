package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.Optional;

/// The Java expression of a cast between two simple types, with `%s` for the value, which is not NULL.
///
/// @param scratch where text is made
record DirectCast(JavaSource java, String scratch, DataType from, DataType to) {
    /// Empty when the cast goes through objects: nested types, and the few that can make a NULL.
    Optional<String> template() {
        if (from.isNested() || to.isNested() || (to instanceof Decimal && from.isFloating())) {
            return Optional.empty();
        }
        return Optional.of(to instanceof Decimal(int precision, int scale)
                ? toDecimal(precision, scale)
                : from instanceof Decimal ? fromDecimal((Simple) to) : simple((Simple) from, (Simple) to));
    }

    private String toDecimal(int precision, int scale) {
        String type = precision + ", " + scale + ", \"" + from.sql() + "\")";
        return switch (Kind.of(from)) {
            case DECIMAL -> "NumberCasts.toDecimal(%s, " + type;
            case TEXT ->
                    from == Simple.STRING ? "TextCasts.toDecimal(%s, " + precision + ", " + scale + ")" : unsupported();
            case BOOLEAN -> "NumberCasts.toDecimal(%s ? BigDecimal.ONE : BigDecimal.ZERO, " + type;
            case INT -> from == Simple.DATE
                    ? unsupported()
                    : "NumberCasts.toDecimal(BigDecimal.valueOf((long) %s), " + type;
            case LONG -> from == Simple.TIMESTAMP_NTZ
                    ? unsupported()
                    : from == Simple.BIGINT
                            ? "NumberCasts.toDecimal(BigDecimal.valueOf(%s), " + type
                            : "NumberCasts.toDecimal(TimeCasts.exactSeconds(%s), " + type;
            case FLOAT, DOUBLE, OBJECT -> unsupported();
        };
    }

    private String fromDecimal(Simple target) {
        return switch (target) {
            case BOOLEAN -> "%s.signum() != 0";
            case TINYINT -> "(int) NumberCasts.toBigint(%s, -128L, 127L, \"TINYINT\")";
            case SMALLINT -> "(int) NumberCasts.toBigint(%s, -32768L, 32767L, \"SMALLINT\")";
            case INT -> "(int) NumberCasts.toBigint(%s, -2147483648L, 2147483647L, \"INT\")";
            case BIGINT -> "NumberCasts.toBigint(%s, Long.MIN_VALUE, Long.MAX_VALUE, \"BIGINT\")";
            case FLOAT -> "%s.floatValue()";
            case DOUBLE -> "%s.doubleValue()";
            case STRING -> made("%s.toPlainString()");
            case TIMESTAMP -> "TimeCasts.ofSeconds(%s)";
            case BINARY, DATE, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, VOID -> unsupported();
        };
    }

    private String simple(Simple source, Simple target) {
        return switch (target) {
            case BOOLEAN -> source == Simple.STRING
                    ? "TextCasts.toBoolean(%s)"
                    : source.isNumeric() ? "%s != 0" : unsupported();
            case TINYINT -> integer(source, "toTinyint", -128, 127);
            case SMALLINT -> integer(source, "toSmallint", -32768, 32767);
            case INT -> integer(source, "toInt", Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> integer(source, "toBigint", Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> floating(source, "(float) ", "TextCasts.toFloat(%s)");
            case DOUBLE -> floating(source, "(double) ", "TextCasts.toDouble(%s)");
            case STRING -> text(source);
            case BINARY -> source == Simple.STRING ? "%s" : unsupported();
            case DATE -> source == Simple.STRING
                    ? "TextCasts.toDate(%s, context)"
                    : source == Simple.TIMESTAMP
                            ? "TimeCasts.dateOfInstant(%s, context)"
                            : source == Simple.TIMESTAMP_NTZ ? "DateTimes.dayOf(%s)" : unsupported();
            case TIMESTAMP -> timestamp(source);
            case TIMESTAMP_NTZ -> source == Simple.STRING
                    ? "TextCasts.toTimestampNtz(%s, context)"
                    : source == Simple.DATE
                            ? "DateTimes.atStartOfDay(%s)"
                            : source == Simple.TIMESTAMP ? "context.localMicros(%s)" : unsupported();
            case TIME -> source == Simple.STRING ? "TextCasts.toTime(%s)" : unsupported();
            case INTERVAL_DAY_TIME -> source == Simple.STRING
                    ? "TextCasts.toDayTime(%s)"
                    : source.isInteger() ? "TimeCasts.ofIntervalSeconds((long) %s)" : unsupported();
            case INTERVAL_YEAR_MONTH -> source == Simple.STRING
                    ? "TextCasts.toYearMonth(%s)"
                    : source.isInteger() ? "DateTimes.toMonths((long) %s)" : unsupported();
            case VOID -> unsupported();
        };
    }

    private String integer(Simple source, String method, long min, long max) {
        boolean bigint = to == Simple.BIGINT;
        String name = ", \"" + source.sql() + "\")";
        return switch (source) {
            case BOOLEAN -> bigint ? "(%s ? 1L : 0L)" : "(%s ? 1 : 0)";
            case TINYINT, SMALLINT, INT, BIGINT, INTERVAL_YEAR_MONTH ->
                    bigint
                            ? "(long) %s"
                            : to == Simple.INT && source != Simple.BIGINT
                                    ? "%s"
                                    : "NumberCasts." + method + "(%s" + name;
            case FLOAT, DOUBLE -> "NumberCasts." + method + "(%s" + name;
            case STRING -> (bigint ? "" : "(int) ") + "TextCasts.toInteger(%s, " + LiteralCode.integer(min) + ", "
                    + LiteralCode.integer(max) + ", \"" + to.sql() + "\")";
            case TIMESTAMP ->
                    bigint ? "TimeCasts.seconds(%s)" : "NumberCasts." + method + "(TimeCasts.seconds(%s)" + name;
            case TIME, INTERVAL_DAY_TIME ->
                    bigint
                            ? "TimeCasts.intervalSeconds(%s)"
                            : "NumberCasts." + method + "(TimeCasts.intervalSeconds(%s)" + name;
            case BINARY, DATE, TIMESTAMP_NTZ, VOID -> unsupported();
        };
    }

    private String floating(Simple source, String cast, String fromText) {
        return switch (source) {
            case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> cast + "%s";
            case BOOLEAN -> cast + "(%s ? 1 : 0)";
            case STRING -> fromText;
            case TIMESTAMP -> cast + "TimeCasts.fractionalSeconds(%s)";
            case BINARY, DATE, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, VOID -> unsupported();
        };
    }

    private String text(Simple source) {
        return switch (source) {
            case BOOLEAN -> made("String.valueOf(%s)");
            case TINYINT, SMALLINT, INT, BIGINT -> "ToText.integer((long) %s, " + scratch + ", " + java.slice() + ")";
            case FLOAT -> made("Float.toString(%s)");
            case DOUBLE -> made("Double.toString(%s)");
            case STRING, BINARY -> "%s";
            case DATE -> made("ToText.date(%s)");
            case TIMESTAMP -> made("ToText.timestamp(%s, context)");
            case TIMESTAMP_NTZ -> made("ToText.timestampNtz(%s)");
            case TIME -> made("ToText.time(%s)");
            case INTERVAL_DAY_TIME -> made("ToText.dayTime(%s)");
            case INTERVAL_YEAR_MONTH -> made("ToText.yearMonth(%s)");
            case VOID -> unsupported();
        };
    }

    private String made(String string) {
        return scratch + ".text(" + string + ", " + java.slice() + ")";
    }

    private String timestamp(Simple source) {
        return switch (source) {
            case STRING -> "TextCasts.toTimestamp(%s, context)";
            case DATE -> "DateTimes.instantAtStartOfDay(%s, context)";
            case TIMESTAMP_NTZ -> "context.instantMicros(%s)";
            case TINYINT, SMALLINT, INT, BIGINT -> "TimeCasts.ofSeconds((long) %s)";
            case FLOAT, DOUBLE -> "TimeCasts.ofSeconds((double) %s)";
            case BOOLEAN, BINARY, TIMESTAMP, TIME, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, VOID -> unsupported();
        };
    }

    private String unsupported() {
        throw dev.thalweg.execution.expression.kernel.Failures
                .invalidArgument("A %s cannot be cast to %s.".formatted(from.sql(), to.sql()));
    }
}
