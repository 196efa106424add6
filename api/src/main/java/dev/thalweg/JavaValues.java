package dev.thalweg;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.InvalidQuery;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which value of SQL a class of Java is, as Spark has it: what beans and records are made of.
final class JavaValues {
    private static final Map<Class<?>, DataType> SIMPLE = Map.ofEntries(Map.entry(boolean.class, Simple.BOOLEAN),
            Map.entry(Boolean.class, Simple.BOOLEAN), Map.entry(byte.class, Simple.TINYINT),
            Map.entry(Byte.class, Simple.TINYINT), Map.entry(short.class, Simple.SMALLINT),
            Map.entry(Short.class, Simple.SMALLINT), Map.entry(int.class, Simple.INT),
            Map.entry(Integer.class, Simple.INT), Map.entry(long.class, Simple.BIGINT),
            Map.entry(Long.class, Simple.BIGINT), Map.entry(float.class, Simple.FLOAT),
            Map.entry(Float.class, Simple.FLOAT), Map.entry(double.class, Simple.DOUBLE),
            Map.entry(Double.class, Simple.DOUBLE), Map.entry(String.class, Simple.STRING),
            Map.entry(byte[].class, Simple.BINARY), Map.entry(BigDecimal.class, new Decimal(38, 18)),
            Map.entry(Date.class, Simple.DATE), Map.entry(Timestamp.class, Simple.TIMESTAMP),
            Map.entry(LocalDateTime.class, Simple.TIMESTAMP_NTZ), Map.entry(LocalTime.class, Simple.TIME),
            Map.entry(Duration.class, Simple.INTERVAL_DAY_TIME),
            Map.entry(Period.class, Simple.INTERVAL_YEAR_MONTH));

    private JavaValues() {}

    @SuppressWarnings("unchecked") // the encoder of a class makes objects of it
    static <T> EngineEncoder<T> encoder(Class<T> type) {
        return (EngineEncoder<T>) of(type, Set.of());
    }

    @SuppressWarnings("unchecked") // the encoder of a class makes objects of it
    static <T> EngineEncoder<T> bean(Class<T> type) {
        return (EngineEncoder<T>) BeanEncoder.of(type, Set.of());
    }

    /// Of the objects that a [Row] shows.
    static <T> EngineEncoder<T> seenAsRowsShow(DataType type) {
        return seenAsRowsShow(type, true);
    }

    private static <T> EngineEncoder<T> seenAsRowsShow(DataType type, boolean nullable) {
        return new EngineEncoder<>(type, nullable, true, object -> present(
                Values.fromProgram(object, type, false, "A value")), value -> present(Values.toProgram(value, type)));
    }

    private static Object present(@Nullable Object value) {
        return java.util.Objects.requireNonNull(value);
    }

    /// @param around beans that this one is a part of
    static EngineEncoder<?> of(Type type, Set<Class<?>> around) {
        return switch (type) {
            case Class<?> simple when SIMPLE.containsKey(simple) ->
                    seenAsRowsShow(SIMPLE.get(simple), !simple.isPrimitive());
            case Class<?> date when date == LocalDate.class -> as(seenAsRowsShow(Simple.DATE),
                    value -> LocalDate.ofEpochDay((Integer) value));
            case Class<?> instant when instant == Instant.class -> as(seenAsRowsShow(Simple.TIMESTAMP),
                    value -> ((Timestamp) present(Values.toProgram(value, Simple.TIMESTAMP))).toInstant());
            case Class<?> whole when whole == BigInteger.class -> as(seenAsRowsShow(new Decimal(38, 0)),
                    value -> ((BigDecimal) value).toBigIntegerExact());
            case Class<?> choice when choice.isEnum() -> choice(choice);
            case Class<?> array when array.isArray() -> array(array.getComponentType(), around);
            case Class<?> bean when !bean.isInterface() && !bean.getName().startsWith("java.") ->
                    BeanEncoder.of(bean, around);
            case ParameterizedType generic when generic.getRawType() instanceof Class<?> raw
                    && Collection.class.isAssignableFrom(raw) && raw.isAssignableFrom(List.class) ->
                    list(of(generic.getActualTypeArguments()[0], around));
            case ParameterizedType generic when generic.getRawType() == Map.class ->
                    map(of(generic.getActualTypeArguments()[0], around),
                            of(generic.getActualTypeArguments()[1], around));
            default -> throw new InvalidQuery("THW-1266", "An encoder cannot keep " + type.getTypeName()
                    + ".\nBeans and"
                    + " records hold numbers, booleans, texts, bytes, dates and times of java.sql and java.time, enums,"
                    + " arrays, List<…>, Map<…> and other beans. Encoders.javaSerialization(…) keeps any serializable"
                    + " class.");
        };
    }

    private static EngineEncoder<?> as(EngineEncoder<?> encoder,
            java.util.function.Function<Object, Object> toProgram) {
        return new EngineEncoder<>(encoder.type(), true, true, encoder.toEngine(), toProgram);
    }

    private static EngineEncoder<?> choice(Class<?> type) {
        return new EngineEncoder<>(Simple.STRING, true, true, value -> ((Enum<?>) value).name(), name -> {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("there is no " + type.getSimpleName() + "." + name);
        });
    }

    private static EngineEncoder<?> array(Class<?> component, Set<Class<?>> around) {
        EngineEncoder<?> element = of(component, around);
        return new EngineEncoder<>(new ArrayOf(element.type(), element.nullable()), true, true, array -> {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < Array.getLength(array); i++) {
                values.add(element.encode(Array.get(array, i)));
            }
            return values;
        }, value -> {
            List<?> values = (List<?>) value;
            Object array = Array.newInstance(component, values.size());
            for (int i = 0; i < values.size(); i++) {
                Array.set(array, i, element.decode(values.get(i)));
            }
            return array;
        });
    }

    private static EngineEncoder<?> list(EngineEncoder<?> element) {
        return new EngineEncoder<>(new ArrayOf(element.type(), element.nullable()), true, true, list -> {
            List<@Nullable Object> values = new ArrayList<>();
            ((Collection<?>) list).forEach(each -> values.add(element.encode(each)));
            return values;
        }, value -> {
            List<@Nullable Object> objects = new ArrayList<>();
            ((List<?>) value).forEach(each -> objects.add(element.decode(each)));
            return objects;
        });
    }

    private static EngineEncoder<?> map(EngineEncoder<?> key, EngineEncoder<?> item) {
        return new EngineEncoder<>(new MapOf(key.type(), item.type(), item.nullable()), true, true, map -> {
            Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
            ((Map<?, ?>) map).forEach((k, v) -> values.put(key.encode(k), item.encode(v)));
            return values;
        }, value -> {
            Map<@Nullable Object, @Nullable Object> objects = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((k, v) -> objects.put(key.decode(k), item.decode(v)));
            return objects;
        });
    }
}
