package dev.thalweg;

import dev.thalweg.types.StructType;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of a dataset, as a program sees it: a value for each column.
///
/// Values are: `Boolean`, `Byte`, `Short`, `Integer`, `Long`, `Float`, `Double`, `BigDecimal`, `String`, `byte[]`,
/// `java.sql.Date`, `java.sql.Timestamp` (TIMESTAMP), `LocalDateTime` (TIMESTAMP_NTZ), `Duration` and `Period` (intervals),
/// `List` (ARRAY), `Map` (MAP) and `Row` (STRUCT).
public interface Row extends Serializable {
    int size();

    default int length() {
        return size();
    }

    /// The value of column `i`; null for NULL.
    @Nullable
    Object get(int i);

    StructType schema();

    default int fieldIndex(String name) {
        return schema().fieldIndex(name);
    }

    default boolean isNullAt(int i) {
        return get(i) == null;
    }

    default boolean anyNull() {
        for (int i = 0; i < size(); i++) {
            if (isNullAt(i)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller names the type, as in Spark
    default <T> @Nullable T getAs(int i) {
        return (T) get(i);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller names the type, as in Spark
    default <T> @Nullable T getAs(String name) {
        return getAs(fieldIndex(name));
    }

    private Object present(int i) {
        Object value = get(i);
        if (value == null) {
            throw new NullPointerException("Value at index " + i + " is null; ask isNullAt(" + i + ") first");
        }
        return value;
    }

    default boolean getBoolean(int i) {
        return (Boolean) present(i);
    }

    default byte getByte(int i) {
        return (Byte) present(i);
    }

    default short getShort(int i) {
        return (Short) present(i);
    }

    default int getInt(int i) {
        return (Integer) present(i);
    }

    default long getLong(int i) {
        return (Long) present(i);
    }

    default float getFloat(int i) {
        return (Float) present(i);
    }

    default double getDouble(int i) {
        return (Double) present(i);
    }

    default @Nullable String getString(int i) {
        return (String) get(i);
    }

    default @Nullable BigDecimal getDecimal(int i) {
        return (BigDecimal) get(i);
    }

    default @Nullable Date getDate(int i) {
        return (Date) get(i);
    }

    default @Nullable LocalDate getLocalDate(int i) {
        Date date = getDate(i);
        return date == null ? null : date.toLocalDate();
    }

    default @Nullable Timestamp getTimestamp(int i) {
        return (Timestamp) get(i);
    }

    default @Nullable Instant getInstant(int i) {
        Timestamp timestamp = getTimestamp(i);
        return timestamp == null ? null : timestamp.toInstant();
    }

    default @Nullable Row getStruct(int i) {
        return (Row) get(i);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller names the type, as in Spark
    default <T> @Nullable List<T> getList(int i) {
        return (List<T>) get(i);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller names the types, as in Spark
    default <K, V> @Nullable Map<K, V> getJavaMap(int i) {
        return (Map<K, V>) get(i);
    }

    /// All values in order; null for NULL.
    List<@Nullable Object> toList();

    default String mkString(String separator) {
        return String.join(separator, toList().stream().map(String::valueOf).toList());
    }
}
