package dev.thalweg.spi.format;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A value as people read it in a result: as Spark's `show` writes it, timestamps in the session's time zone.
public final class ValueText {
    private static final long MICROS = 1_000_000;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true).toFormatter(java.util.Locale.ROOT);

    private ValueText() {}

    /// A value as people read it.
    ///
    /// @param value as [DataType] lists it; null gives `NULL`
    public static String of(@Nullable Object value, DataType type, ZoneId zone) {
        if (value == null) {
            return "NULL";
        }
        return switch (type) {
            case Simple simple -> simple(value, simple, zone);
            case Decimal _ -> ((BigDecimal) value).toPlainString();
            case ArrayOf(DataType element, _) -> ((List<?>) value).stream().map(v -> nested(v, element, zone))
                    .collect(Collectors.joining(", ", "[", "]"));
            case MapOf(DataType key, DataType item, _) -> ((Map<?, ?>) value).entrySet().stream()
                    .map(e -> nested(e.getKey(), key, zone) + " -> " + nested(e.getValue(), item, zone))
                    .collect(Collectors.joining(", ", "{", "}"));
            case Struct variant when variant.isVariant() -> String.valueOf(((List<?>) value).getFirst());
            case Struct(var row) -> struct((List<?>) value, row, zone);
        };
    }

    private static String nested(@Nullable Object value, DataType type, ZoneId zone) {
        return of(value, type, zone);
    }

    private static String struct(List<?> values, dev.thalweg.spi.data.RowType row, ZoneId zone) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < row.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(nested(values.get(i), row.type(i), zone));
        }
        return text.append('}').toString();
    }

    private static String simple(Object value, Simple type, ZoneId zone) {
        return switch (type) {
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, VOID -> value.toString();
            case BINARY ->
                    HexFormat.ofDelimiter(" ").withUpperCase().formatHex((byte[]) value).transform(h -> "[" + h + "]");
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIMESTAMP -> TIME.format(LocalDateTime.ofInstant(instant((Long) value), zone));
            case TIMESTAMP_NTZ -> TIME.format(LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC));
            case TIME -> TimeOfDay.text((Long) value);
            case INTERVAL_DAY_TIME -> dayTime((Long) value);
            case INTERVAL_YEAR_MONTH -> yearMonth((Integer) value);
        };
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }

    private static String dayTime(long micros) {
        long rest = Math.abs(micros);
        String fraction = rest % MICROS == 0 ? "" : "." + "%06d".formatted(rest % MICROS).replaceAll("0+$", "");
        long seconds = rest / MICROS;
        return "INTERVAL '%s%d %02d:%02d:%02d%s' DAY TO SECOND".formatted(micros < 0 ? "-" : "", seconds / 86_400,
                seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60, fraction);
    }

    private static String yearMonth(int months) {
        int rest = Math.abs(months);
        return "INTERVAL '%s%d-%d' YEAR TO MONTH".formatted(months < 0 ? "-" : "", rest / 12, rest % 12);
    }
}
