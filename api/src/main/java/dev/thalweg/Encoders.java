package dev.thalweg;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.types.StructType;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;

/// The encoders there are: of single values, of beans and records, of rows, and of anything serializable.
public final class Encoders {
    private Encoders() {}

    public static Encoder<Boolean> BOOLEAN() {
        return flat(Simple.BOOLEAN);
    }

    public static Encoder<Byte> BYTE() {
        return flat(Simple.TINYINT);
    }

    public static Encoder<Short> SHORT() {
        return flat(Simple.SMALLINT);
    }

    public static Encoder<Integer> INT() {
        return flat(Simple.INT);
    }

    public static Encoder<Long> LONG() {
        return flat(Simple.BIGINT);
    }

    public static Encoder<Float> FLOAT() {
        return flat(Simple.FLOAT);
    }

    public static Encoder<Double> DOUBLE() {
        return flat(Simple.DOUBLE);
    }

    public static Encoder<String> STRING() {
        return flat(Simple.STRING);
    }

    /// DECIMAL(38,18).
    public static Encoder<BigDecimal> DECIMAL() {
        return flat(new Decimal(38, 18));
    }

    public static Encoder<byte[]> BINARY() {
        return flat(Simple.BINARY);
    }

    public static Encoder<Date> DATE() {
        return flat(Simple.DATE);
    }

    public static Encoder<LocalDate> LOCALDATE() {
        return JavaValues.encoder(LocalDate.class);
    }

    public static Encoder<Timestamp> TIMESTAMP() {
        return flat(Simple.TIMESTAMP);
    }

    public static Encoder<Instant> INSTANT() {
        return JavaValues.encoder(Instant.class);
    }

    public static Encoder<LocalDateTime> LOCALDATETIME() {
        return flat(Simple.TIMESTAMP_NTZ);
    }

    public static Encoder<LocalTime> LOCALTIME() {
        return flat(Simple.TIME);
    }

    public static Encoder<Duration> DURATION() {
        return flat(Simple.INTERVAL_DAY_TIME);
    }

    public static Encoder<Period> PERIOD() {
        return flat(Simple.INTERVAL_YEAR_MONTH);
    }

    private static <T> Encoder<T> flat(DataType type) {
        return JavaValues.seenAsRowsShow(type);
    }

    /// Of rows with these columns.
    public static Encoder<Row> row(StructType schema) {
        return new EngineEncoder<>(schema.toSpi(), true, false, row -> Values.fromRow((Row) row, schema.toRow()),
                value -> Values.toRow((java.util.List<?>) value, schema.toRow(), schema));
    }

    /// Of a bean, a class with a getter and a setter for each property and a constructor without parameters, whose columns are
    /// its properties in the order of their names; or of a record, whose columns are its components in their order.
    public static <T> Encoder<T> bean(Class<T> bean) {
        return JavaValues.bean(bean);
    }

    /// Of any serializable class, as BINARY: for buffers. A checkpoint keeps what Java writes, so give the class a
    /// `serialVersionUID` and change it with care.
    public static <T extends Serializable> Encoder<T> javaSerialization(Class<T> serializable) {
        return new EngineEncoder<>(Simple.BINARY, true, true, SerializedValues::write,
                bytes -> SerializedValues.read((byte[]) bytes, serializable));
    }
}
