package dev.thalweg.tests.differential;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Our values and types as text that loses nothing, in the form of the recorded answers: `1.5`, `"a\nb"`, `X'0AFF'`,
/// `2024-02-29T12:00:00.000001Z` (an instant, in UTC), `90000000us`, `14mo`, `[1, null]`, `{"key": 1}`, `{1 -> "a"}`.
final class ValueText {
    private ValueText() {}

    static String type(DataType type) {
        return type.sql().replace(" NOT NULL", "");
    }

    static String of(@Nullable Object value, DataType type) {
        if (value == null) {
            return "null";
        }
        return switch (type) {
            case DataType.ArrayOf array -> {
                StringJoiner text = new StringJoiner(", ", "[", "]");
                ((List<?>) value).forEach(element -> text.add(of(element, array.element())));
                yield text.toString();
            }
            case DataType.MapOf map -> {
                StringJoiner text = new StringJoiner(", ", "{", "}");
                ((Map<?, ?>) value).forEach((k, v) -> text.add(of(k, map.key()) + " -> " + of(v, map.value())));
                yield text.toString();
            }
            case DataType.Struct variant when variant.isVariant() -> String.valueOf(((List<?>) value).getFirst());
            case DataType.Struct struct -> struct((List<?>) value, struct);
            case DataType.Decimal _ -> ((BigDecimal) value).toPlainString();
            case Simple simple -> simple(value, simple);
        };
    }

    private static String struct(List<?> value, DataType.Struct type) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < value.size(); i++) {
            text.add(quoted(type.row().field(i).name()) + ": " + of(value.get(i), type.row().type(i)));
        }
        return text.toString();
    }

    private static String simple(Object value, Simple type) {
        return switch (type) {
            case STRING -> quoted((String) value);
            case BINARY -> "X'" + HexFormat.of().withUpperCase().formatHex((byte[]) value) + "'";
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIMESTAMP -> time((Long) value) + "Z";
            case TIMESTAMP_NTZ -> time((Long) value);
            case TIME -> LocalTime.ofNanoOfDay((Long) value * 1_000).toString();
            case INTERVAL_DAY_TIME -> value + "us";
            case INTERVAL_YEAR_MONTH -> value + "mo";
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, VOID -> value.toString();
        };
    }

    private static String time(long micros) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L),
                (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC);
        return String.format(Locale.ROOT, "%sT%02d:%02d:%02d.%06d", time.toLocalDate(), time.getHour(),
                time.getMinute(), time.getSecond(), time.getNano() / 1_000);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isShownByNumber(point)) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", point));
                    } else {
                        quoted.appendCodePoint(point);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isShownByNumber(int point) {
        return point < ' ' || point == 0x7f || point == 0x85 || point == 0xfffd || (point >= 0x2028 && point <= 0x2029);
    }
}
