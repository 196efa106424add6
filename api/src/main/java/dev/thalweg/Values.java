package dev.thalweg;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.format.TimeOfDay;
import dev.thalweg.spi.format.VariantJson;
import dev.thalweg.types.StructType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Between the values a program sees in a [Row] and those the engine keeps.
final class Values {
    private static final long MICROS = 1_000_000;

    private Values() {}

    static Row toRow(List<? extends @Nullable Object> values, RowType type, StructType schema) {
        @Nullable
        Object[] seen = new Object[type.size()];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = toProgram(values.get(i), type.type(i));
        }
        return new GenericRow(seen, schema);
    }

    static @Nullable Object toProgram(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case Simple simple -> switch (simple) {
                case DATE -> Date.valueOf(LocalDate.ofEpochDay((Integer) value));
                case TIMESTAMP -> Timestamp.from(instant((Long) value));
                case TIMESTAMP_NTZ -> LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC);
                case TIME -> TimeOfDay.localTime((Long) value);
                case INTERVAL_DAY_TIME -> Duration.of((Long) value, ChronoUnit.MICROS);
                case INTERVAL_YEAR_MONTH -> Period.ofMonths((Integer) value).normalized();
                default -> value; // a rule: every other simple value is the same on both sides
            };
            case Decimal _ -> value;
            case ArrayOf(DataType element, _) -> list((List<?>) value, element);
            case MapOf map -> map((Map<?, ?>) value, map);
            case Struct variant when variant.isVariant() -> ((List<?>) value).getFirst(); // its JSON text
            case Struct(RowType row) -> toRow((List<?>) value, row, StructType.of(row));
        };
    }

    private static List<@Nullable Object> list(List<?> values, DataType element) {
        List<@Nullable Object> seen = new ArrayList<>();
        values.forEach(v -> seen.add(toProgram(v, element)));
        return seen;
    }

    private static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> values, MapOf type) {
        Map<@Nullable Object, @Nullable Object> seen = new LinkedHashMap<>();
        values.forEach((k, v) -> seen.put(toProgram(k, type.key()), toProgram(v, type.value())));
        return seen;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }

    /// The engine's values of a row that a program made.
    ///
    /// **Errors** [InvalidQuery] when a value is not of its column's type, or NULL where the column holds none
    static List<@Nullable Object> fromRow(@Nullable Row row, RowType type) {
        if (row == null) {
            throw new InvalidQuery("THW-1209", "One of the rows is null. Leave it out, or give a row of NULLs.");
        }
        if (row.size() != type.size()) {
            throw new InvalidQuery("THW-1209", "A row has " + row.size() + " values, but the schema has " + type.size()
                    + " columns (" + type.sql() + "): " + row);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            values.add(fromProgram(row.get(i), type.field(i)));
        }
        return values;
    }

    private static @Nullable Object fromProgram(@Nullable Object value, Field field) {
        try {
            return fromProgram(value, field.type(), field.nullable(), "Column '" + field.name() + "'");
        } catch (ClassCastException | ArithmeticException e) {
            throw new InvalidQuery("THW-1210", "Column '" + field.name() + "' is " + field.type().sql()
                    + ", but a row has a " + Objects.requireNonNull(value).getClass().getSimpleName() + " there: "
                    + value
                    + ".", e);
        }
    }

    /// @param what for messages: a column, or a part of what it holds
    static @Nullable Object fromProgram(@Nullable Object value, DataType type, boolean nullable, String what) {
        if (value == null) {
            if (!nullable) {
                throw new InvalidQuery("THW-1215", what + " is NOT NULL, but a row has NULL there. Give it a value, or"
                        + " declare it nullable.");
            }
            return null;
        }
        return switch (type) {
            case Simple simple -> fromProgram(value, simple);
            case Decimal decimal -> decimal(value, decimal, what);
            case ArrayOf(DataType element, boolean containsNull) -> {
                List<@Nullable Object> kept = new ArrayList<>();
                String part = "An element of " + inner(what);
                List<?> elements = value instanceof Object[] array ? Arrays.asList(array) : (List<?>) value;
                elements.forEach(v -> kept.add(fromProgram(v, element, containsNull, part)));
                yield kept;
            }
            case MapOf map -> {
                Map<@Nullable Object, @Nullable Object> kept = new LinkedHashMap<>();
                String key = "A key of " + inner(what);
                String part = "A value of " + inner(what);
                ((Map<?, ?>) value).forEach((k, v) -> kept.put(fromProgram(k, map.key(), false, key),
                        fromProgram(v, map.value(), map.valueContainsNull(), part)));
                yield kept;
            }
            case Struct variant when variant.isVariant() -> List.of(variant((String) value));
            case Struct(RowType row) -> fromRow((Row) value, row);
        };
    }

    private static String variant(String json) {
        try {
            return VariantJson.of(json);
        } catch (IOException e) {
            throw new InvalidQuery("THW-4243", "The text '" + json + "' is no JSON, which a VARIANT holds: "
                    + e.getMessage() + ".", e);
        }
    }

    private static String inner(String what) {
        return what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1);
    }

    /// Digits that the column has no room for behind the point are rounded away, as in Spark.
    private static BigDecimal decimal(Object value, Decimal type, String what) {
        BigDecimal given = value instanceof BigInteger whole ? new BigDecimal(whole) : (BigDecimal) value;
        BigDecimal kept = given.setScale(type.scale(), RoundingMode.HALF_UP);
        if (kept.precision() > type.precision()) {
            throw new InvalidQuery("THW-4002", what + " is " + type.sql() + ", which has no room for " + given
                    + ". Declare it wider.");
        }
        return kept;
    }

    private static Object fromProgram(Object value, Simple type) {
        return switch (type) {
            case BOOLEAN -> (Boolean) value;
            case TINYINT -> (Byte) value;
            case SMALLINT -> (Short) value;
            case INT -> (Integer) value;
            case BIGINT -> (Long) value;
            case FLOAT -> (Float) value;
            case DOUBLE -> (Double) value;
            case STRING -> (String) value;
            case BINARY -> (byte[]) value;
            case DATE -> Math.toIntExact(value instanceof Date date
                    ? date.toLocalDate().toEpochDay()
                    : ((LocalDate) value).toEpochDay());
            case TIMESTAMP -> micros(value instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) value);
            case TIMESTAMP_NTZ -> micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
            case TIME -> TimeOfDay.micros((LocalTime) value);
            case INTERVAL_DAY_TIME -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus((Duration) value));
            case INTERVAL_YEAR_MONTH -> Math.toIntExact(((Period) value).toTotalMonths());
            case VOID -> throw new ClassCastException("VOID has no values but NULL");
        };
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1_000);
    }
}
