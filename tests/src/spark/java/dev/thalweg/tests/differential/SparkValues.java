package dev.thalweg.tests.differential;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.jspecify.annotations.Nullable;

/// Spark's internal values and types as text that loses nothing: `1.5`, `"a\nb"`, `X'0AFF'`, `2024-02-29`,
/// `2024-02-29T12:00:00.000001Z` (an instant, in UTC), `2024-02-29T12:00:00.000000` (a wall clock), `90000000us`, `14mo`,
/// `[1, null]`, `{"key": 1}` (a struct), `{1 -> "a"}` (a map in its own order).
final class SparkValues {
    private SparkValues() {}

    static String type(DataType type) {
        return switch (type) {
            case ArrayType array -> "ARRAY<" + type(array.elementType()) + ">";
            case MapType map -> "MAP<" + type(map.keyType()) + ", " + type(map.valueType()) + ">";
            case StructType struct -> {
                StringJoiner fields = new StringJoiner(", ", "STRUCT<", ">");
                for (StructField field : struct.fields()) {
                    fields.add(field.name() + ": " + type(field.dataType()));
                }
                yield fields.toString();
            }
            case DayTimeIntervalType _ -> "INTERVAL DAY TO SECOND";
            case YearMonthIntervalType _ -> "INTERVAL YEAR TO MONTH";
            case StringType _ -> "STRING";
            default -> type.sql();
        };
    }

    static String text(@Nullable Object value, DataType type) {
        if (value == null) {
            return "null";
        }
        return switch (type) {
            case ArrayType array -> array((ArrayData) value, array.elementType());
            case MapType map -> map((MapData) value, map);
            case StructType struct -> struct((InternalRow) value, struct);
            case StringType _ -> quoted(value.toString());
            case DateType _ -> LocalDate.ofEpochDay((Integer) value).toString();
            case TimestampType _ -> time((Long) value) + "Z";
            case TimestampNTZType _ -> time((Long) value);
            case TimeType _ -> LocalTime.ofNanoOfDay((Long) value).toString();
            case DayTimeIntervalType _ -> value + "us";
            case YearMonthIntervalType _ -> value + "mo";
            default -> switch (value) {
                case byte[] bytes -> "X'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
                case Decimal decimal -> decimal.toJavaBigDecimal().toPlainString();
                default -> value.toString();
            };
        };
    }

    private static String array(ArrayData array, DataType element) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < array.numElements(); i++) {
            text.add(text(array.isNullAt(i) ? null : array.get(i, element), element));
        }
        return text.toString();
    }

    private static String map(MapData map, MapType type) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < map.numElements(); i++) {
            Object value = map.valueArray().isNullAt(i) ? null : map.valueArray().get(i, type.valueType());
            text.add(text(map.keyArray().get(i, type.keyType()), type.keyType()) + " -> "
                    + text(value, type.valueType()));
        }
        return text.toString();
    }

    private static String struct(InternalRow row, StructType type) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < row.numFields(); i++) {
            StructField field = type.fields()[i];
            Object value = row.isNullAt(i) ? null : row.get(i, field.dataType());
            text.add(quoted(field.name()) + ": " + text(value, field.dataType()));
        }
        return text.toString();
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
                    if (point < ' ' || point == 0x7f || point == 0xfffd || (point >= 0x2028 && point <= 0x2029)
                            || point == 0x85) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", point));
                    } else {
                        quoted.appendCodePoint(point);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
