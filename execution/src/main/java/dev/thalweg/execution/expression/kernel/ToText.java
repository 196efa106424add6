package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.format.TimeOfDay;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Casts to STRING, as Spark writes values.
public final class ToText {
    private static final int LONGEST_INTEGER = 20;
    private static final long MICROS = 1_000_000;

    private ToText() {}

    /// Digits, written from the end of the memory that they are given.
    public static Utf8 integer(long value, Scratch scratch, Utf8 into) {
        long end = scratch.allocate(LONGEST_INTEGER) + LONGEST_INTEGER;
        long at = end;
        long rest = value > 0 ? -value : value;
        do {
            Memory.putByte(--at, (byte) ('0' - rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            Memory.putByte(--at, (byte) '-');
        }
        return into.set(at, (int) (end - at));
    }

    public static String date(int days) {
        return LocalDate.ofEpochDay(days).toString();
    }

    public static String timestamp(long micros, EvaluationContext context) {
        return timestampNtz(context.localMicros(micros));
    }

    public static String timestampNtz(long local) {
        int day = DateTimes.dayOf(local);
        long micros = local - day * DateTimes.MICROS_PER_DAY;
        StringBuilder text = new StringBuilder(26).append(LocalDate.ofEpochDay(day)).append(' ');
        clock(text, micros);
        return text.toString();
    }

    /// `HH:mm:ss` and the fraction without trailing zeros.
    private static void clock(StringBuilder text, long micros) {
        long seconds = micros / MICROS;
        two(text, seconds / 3600).append(':');
        two(text, seconds / 60 % 60).append(':');
        two(text, seconds % 60);
        int fraction = (int) (micros % MICROS);
        if (fraction != 0) {
            String digits = Integer.toString((int) MICROS + fraction).substring(1);
            text.append('.').append(digits.replaceAll("0+$", ""));
        }
    }

    private static StringBuilder two(StringBuilder text, long number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    public static String dayTime(long micros) {
        long rest = Math.abs(micros); // of Long.MIN_VALUE, itself: a day too few at the very end of the range
        StringBuilder text = new StringBuilder("INTERVAL '").append(micros < 0 ? "-" : "");
        text.append(Long.divideUnsigned(rest, DateTimes.MICROS_PER_DAY)).append(' ');
        clock(text, Long.remainderUnsigned(rest, DateTimes.MICROS_PER_DAY));
        return text.append("' DAY TO SECOND").toString();
    }

    public static String time(long micros) {
        return TimeOfDay.text(micros);
    }

    public static String yearMonth(int months) {
        long rest = Math.abs((long) months);
        return "INTERVAL '" + (months < 0 ? "-" : "") + rest / 12 + "-" + rest % 12 + "' YEAR TO MONTH";
    }

    /// Any value, as `DataType` lists it; `null` inside arrays, maps and structs.
    public static String of(@Nullable Object value, DataType type, EvaluationContext context) {
        if (value == null) {
            return "null";
        }
        return switch (type) {
            case Simple simple -> simple(value, simple, context);
            case Decimal _ -> ((BigDecimal) value).toPlainString();
            case ArrayOf(DataType element, _) -> ((List<?>) value).stream().map(v -> of(v, element, context))
                    .collect(Collectors.joining(", ", "[", "]"));
            case MapOf(DataType key, DataType mapped, _) -> ((Map<?, ?>) value).entrySet().stream()
                    .map(e -> of(e.getKey(), key, context) + " -> " + of(e.getValue(), mapped, context))
                    .collect(Collectors.joining(", ", "{", "}"));
            case Struct variant when variant.isVariant() -> String.valueOf(((List<?>) value).getFirst());
            case Struct(RowType row) -> struct((List<?>) value, row, context);
        };
    }

    private static String struct(List<?> values, RowType row, EvaluationContext context) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < row.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(of(values.get(i), row.type(i), context));
        }
        return text.append('}').toString();
    }

    private static String simple(Object value, Simple type, EvaluationContext context) {
        return switch (type) {
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, VOID -> value.toString();
            case BINARY -> new String((byte[]) value, StandardCharsets.UTF_8);
            case DATE -> date((Integer) value);
            case TIMESTAMP -> timestamp((Long) value, context);
            case TIMESTAMP_NTZ -> timestampNtz((Long) value);
            case TIME -> time((Long) value);
            case INTERVAL_DAY_TIME -> dayTime((Long) value);
            case INTERVAL_YEAR_MONTH -> yearMonth((Integer) value);
        };
    }
}
