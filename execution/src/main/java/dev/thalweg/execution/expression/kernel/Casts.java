package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Spark's ANSI casts of values as objects: the whole matrix, nested types element by element.
///
/// Generated code takes shorter ways between simple types, through the same methods; this one serves nested values and
/// whoever casts single values.
public final class Casts {
    private Casts() {}

    /// TRY_CAST: null where [#cast] fails. Inside arrays, maps and structs, only the element that fails is null.
    public static @Nullable Object attempt(@Nullable Object value, DataType from, DataType to,
            EvaluationContext context) {
        return new Cast(context, true).of(value, from, to);
    }

    /// Casts one value; what does not fit is an error.
    ///
    /// @param value as `DataType` lists it
    public static @Nullable Object cast(@Nullable Object value, DataType from, DataType to, EvaluationContext context) {
        return new Cast(context, false).of(value, from, to);
    }

    private record Cast(EvaluationContext context, boolean orNull) {
        @Nullable
        Object of(@Nullable Object value, DataType from, DataType to) {
            if (value == null || from.equals(to)) {
                return value;
            }
            if (!orNull || to.isNested()) {
                return convert(value, from, to);
            }
            try {
                return convert(value, from, to);
            } catch (InvalidQuery failure) {
                return null;
            }
        }

        private @Nullable Object convert(Object value, DataType from, DataType to) {
            return switch (to) {
                case Simple simple -> toSimple(value, from, simple);
                case Decimal(int precision, int scale) -> toDecimal(value, from, precision, scale);
                case ArrayOf(DataType element, _) when from instanceof ArrayOf(DataType given, _) ->
                        elements((List<?>) value, given, element);
                case MapOf map when from instanceof MapOf given -> entries((Map<?, ?>) value, given, map);
                case Struct(RowType fields) when from instanceof Struct(RowType given)
                        && given.size() == fields.size() ->
                        fields((List<?>) value, given, fields);
                case ArrayOf _,MapOf _,Struct _ -> throw unsupported(from, to);
            };
        }

        private List<@Nullable Object> elements(List<?> values, DataType from, DataType to) {
            List<@Nullable Object> cast = new ArrayList<>(values.size());
            for (Object value : values) {
                cast.add(of(value, from, to));
            }
            return cast;
        }

        private Map<Object, @Nullable Object> entries(Map<?, ?> entries, MapOf from, MapOf to) {
            Map<Object, @Nullable Object> cast = new LinkedHashMap<>();
            entries.forEach((key, mapped) -> {
                Object newKey = of(key, from.key(), to.key());
                if (newKey == null) {
                    throw Failures.invalidArgument("The map key '%s' becomes NULL when it is cast to %s.".formatted(key,
                            to.key().sql()));
                }
                cast.put(newKey, of(mapped, from.value(), to.value()));
            });
            return cast;
        }

        private List<@Nullable Object> fields(List<?> values, RowType from, RowType to) {
            List<@Nullable Object> cast = new ArrayList<>(values.size());
            for (int i = 0; i < to.size(); i++) {
                cast.add(of(values.get(i), from.type(i), to.type(i)));
            }
            return cast;
        }

        private Object toSimple(Object value, DataType from, Simple to) {
            return switch (to) {
                case BOOLEAN -> toBoolean(value, from);
                case TINYINT -> (byte) toInteger(value, from, to, Byte.MIN_VALUE, Byte.MAX_VALUE);
                case SMALLINT -> (short) toInteger(value, from, to, Short.MIN_VALUE, Short.MAX_VALUE);
                case INT -> (int) toInteger(value, from, to, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case BIGINT -> toInteger(value, from, to, Long.MIN_VALUE, Long.MAX_VALUE);
                case FLOAT -> value instanceof String text
                        ? TextCasts.toFloat(text)
                        : value instanceof BigDecimal number ? number.floatValue() : (float) toDouble(value, from, to);
                case DOUBLE -> toDouble(value, from, to);
                case STRING -> ToText.of(value, from, context);
                case BINARY -> value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : fail(from, to);
                case DATE -> toDate(value, from, to);
                case TIMESTAMP -> toTimestamp(value, from, to);
                case TIMESTAMP_NTZ -> toTimestampNtz(value, from, to);
                case TIME -> value instanceof String text ? TextCasts.toTime(text) : fail(from, to);
                case INTERVAL_DAY_TIME -> value instanceof String text
                        ? TextCasts.toDayTime(text)
                        : from.isInteger() ? TimeCasts.ofIntervalSeconds(((Number) value).longValue()) : fail(from, to);
                case INTERVAL_YEAR_MONTH -> value instanceof String text
                        ? TextCasts.toYearMonth(text)
                        : from.isInteger() ? DateTimes.toMonths(((Number) value).longValue()) : fail(from, to);
                case VOID -> fail(from, to);
            };
        }

        private boolean toBoolean(Object value, DataType from) {
            if (value instanceof String text) {
                return TextCasts.toBoolean(text);
            }
            if (!from.isNumeric()) {
                throw unsupported(from, Simple.BOOLEAN);
            }
            return value instanceof BigDecimal number ? number.signum() != 0 : ((Number) value).doubleValue() != 0;
        }

        private long toInteger(Object value, DataType from, Simple to, long min, long max) {
            long whole = switch (value) {
                case String text -> TextCasts.toInteger(text, min, max, to.sql());
                case Boolean flag -> flag ? 1 : 0;
                case BigDecimal number -> NumberCasts.toBigint(number, min, max, to.sql());
                case Double number -> NumberCasts.whole(number, min, max, from.sql(), to.sql());
                case Float number -> NumberCasts.whole(number, min, max, from.sql(), to.sql());
                case Long micros when from == Simple.TIMESTAMP -> TimeCasts.seconds(micros);
                case Long micros when from == Simple.INTERVAL_DAY_TIME || from == Simple.TIME ->
                        TimeCasts.intervalSeconds(micros);
                case Number number when from.isInteger() || from == Simple.INTERVAL_YEAR_MONTH -> number.longValue();
                default -> throw unsupported(from, to);
            };
            if (whole < min || whole > max) {
                throw Failures.outOfRange(value, from.sql(), to.sql());
            }
            return whole;
        }

        private double toDouble(Object value, DataType from, Simple to) {
            return switch (value) {
                case String text -> TextCasts.toDouble(text);
                case Boolean flag -> flag ? 1 : 0;
                case Long micros when from == Simple.TIMESTAMP -> TimeCasts.fractionalSeconds(micros);
                case Number number when from.isNumeric() -> number.doubleValue();
                default -> throw unsupported(from, to);
            };
        }

        private @Nullable BigDecimal toDecimal(Object value, DataType from, int precision, int scale) {
            BigDecimal exact = switch (value) {
                case String text -> TextCasts.toDecimal(text, precision, scale);
                case Boolean flag -> flag ? BigDecimal.ONE : BigDecimal.ZERO;
                case BigDecimal number -> number;
                case Double number -> NumberCasts.exact(number);
                case Float number -> NumberCasts.exact(number);
                case Long micros when from == Simple.TIMESTAMP || from == Simple.TIME
                        || from == Simple.INTERVAL_DAY_TIME ->
                        TimeCasts.exactSeconds(micros);
                case Number number when from.isInteger() || from == Simple.INTERVAL_YEAR_MONTH ->
                        BigDecimal.valueOf(number.longValue());
                default -> throw unsupported(from, new Decimal(precision, scale));
            };
            return exact == null ? null : NumberCasts.toDecimal(exact, precision, scale, from.sql());
        }

        private int toDate(Object value, DataType from, Simple to) {
            return switch (value) {
                case String text -> TextCasts.toDate(text, context);
                case Long micros when from == Simple.TIMESTAMP -> TimeCasts.dateOfInstant(micros, context);
                case Long micros when from == Simple.TIMESTAMP_NTZ -> DateTimes.dayOf(micros);
                default -> throw unsupported(from, to);
            };
        }

        private long toTimestamp(Object value, DataType from, Simple to) {
            return switch (value) {
                case String text -> TextCasts.toTimestamp(text, context);
                case Integer day when from == Simple.DATE -> DateTimes.instantAtStartOfDay(day, context);
                case Long micros when from == Simple.TIMESTAMP_NTZ -> context.instantMicros(micros);
                case BigDecimal seconds -> TimeCasts.ofSeconds(seconds);
                case Number seconds when from.isFloating() -> TimeCasts.ofSeconds(seconds.doubleValue());
                case Number seconds when from.isInteger() -> TimeCasts.ofSeconds(seconds.longValue());
                default -> throw unsupported(from, to);
            };
        }

        private long toTimestampNtz(Object value, DataType from, Simple to) {
            return switch (value) {
                case String text -> TextCasts.toTimestampNtz(text, context);
                case Integer day when from == Simple.DATE -> DateTimes.atStartOfDay(day);
                case Long micros when from == Simple.TIMESTAMP -> context.localMicros(micros);
                default -> throw unsupported(from, to);
            };
        }

        private static Object fail(DataType from, DataType to) {
            throw unsupported(from, to);
        }
    }

    private static InvalidQuery unsupported(DataType from, DataType to) {
        return Failures.invalidArgument("A %s cannot be cast to %s.".formatted(from.sql(), to.sql()));
    }
}
