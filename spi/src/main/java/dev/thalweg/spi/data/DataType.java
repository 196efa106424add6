package dev.thalweg.spi.data;

import java.util.Locale;

/// The type of a column, as Spark SQL knows it.
///
/// Inside the engine a single value, where it must be an object at all, is: `Boolean`, `Byte`, `Short`, `Integer`, `Long`,
/// `Float`, `Double`, `BigDecimal`, `String`, `byte[]` for BINARY, `Integer` days since the epoch for DATE, `Long`
/// microseconds since the epoch for TIMESTAMP (UTC) and TIMESTAMP_NTZ (wall clock), `Long` microseconds since midnight for TIME,
/// `Long` microseconds for a day-time and `Integer` months for a year-month interval, `List` for ARRAY and for STRUCT (one element a field), `Map` in insertion
/// order for MAP. [VectorValues] reads and writes them.
public sealed interface DataType {
    /// The type as SQL writes it, such as `ARRAY<DECIMAL(10,2)>`.
    String sql();

    enum Simple implements DataType {
        BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, BINARY, DATE,
        /// An instant: microseconds since the epoch in UTC, shown in the session's time zone.
        TIMESTAMP,
        /// A wall-clock time without a zone: microseconds since 1970-01-01T00:00:00 on that clock.
        TIMESTAMP_NTZ,
        /// A time of day without a date or zone: microseconds since midnight, less than a day of them.
        TIME,
        /// Microseconds.
        INTERVAL_DAY_TIME,
        /// Months.
        INTERVAL_YEAR_MONTH,
        /// The type of a bare NULL.
        VOID;

        @Override
        public String sql() {
            return switch (this) {
                case TIME -> "TIME(6)";
                case INTERVAL_DAY_TIME -> "INTERVAL DAY TO SECOND";
                case INTERVAL_YEAR_MONTH -> "INTERVAL YEAR TO MONTH";
                default -> name();
            };
        }
    }

    /// An exact number of fixed precision and scale.
    ///
    /// @param precision digits in all, 1 to 38
    /// @param scale digits after the point, 0 to precision
    record Decimal(int precision, int scale) implements DataType {
        public static final int MAX_PRECISION = 38;

        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("DECIMAL(%d,%d)".formatted(precision, scale));
            }
        }

        @Override
        public String sql() {
            return String.format(Locale.ROOT, "DECIMAL(%d,%d)", precision, scale);
        }
    }

    record ArrayOf(DataType element, boolean containsNull) implements DataType {
        @Override
        public String sql() {
            return "ARRAY<" + element.sql() + ">";
        }
    }

    record MapOf(DataType key, DataType value, boolean valueContainsNull) implements DataType {
        @Override
        public String sql() {
            return "MAP<" + key.sql() + ", " + value.sql() + ">";
        }
    }

    record Struct(RowType row) implements DataType {
        /// A JSON value of any kind: object, array, text, number, truth or null. It is kept as its JSON text, with the fields of
        /// objects in order, in a struct of that one field, so that whatever keeps, sorts or compares values needs to know nothing of it.
        public static final Struct VARIANT = new Struct(RowType.of(Field.of("$variant", Simple.STRING)));

        public boolean isVariant() {
            return row.size() == 1 && row.field(0).name().equals("$variant");
        }

        @Override
        public String sql() {
            if (isVariant()) {
                return "VARIANT";
            }
            StringBuilder sql = new StringBuilder("STRUCT<");
            for (int i = 0; i < row.size(); i++) {
                Field field = row.field(i);
                sql.append(i == 0 ? "" : ", ").append(field.name()).append(": ").append(field.type().sql());
                sql.append(field.nullable() ? "" : " NOT NULL");
            }
            return sql.append('>').toString();
        }
    }

    /// The same type where every value inside may be NULL; the keys of a map never are.
    default DataType asNullable() {
        return switch (this) {
            case Simple _,Decimal _ -> this;
            case ArrayOf(DataType element, _) -> new ArrayOf(element.asNullable(), true);
            case MapOf(DataType key, DataType value, _) -> new MapOf(key.asNullable(), value.asNullable(), true);
            case Struct(RowType row) -> new Struct(row.asNullable());
        };
    }

    /// Whether values that are equal look the same. 0.0 and -0.0 do not, nor do maps of the same entries in another order.
    default boolean looksAsItCompares() {
        return switch (this) {
            case Simple simple -> simple != Simple.FLOAT && simple != Simple.DOUBLE;
            case Decimal _ -> true;
            case MapOf _ -> false;
            case ArrayOf(DataType element, _) -> element.looksAsItCompares();
            case Struct(RowType row) -> row.fields().stream().allMatch(field -> field.type().looksAsItCompares());
        };
    }

    /// Whether a value is one without parts that looks as it compares.
    default boolean isExact() {
        return !isNested() && looksAsItCompares();
    }

    default boolean isInteger() {
        return this == Simple.TINYINT || this == Simple.SMALLINT || this == Simple.INT || this == Simple.BIGINT;
    }

    default boolean isFloating() {
        return this == Simple.FLOAT || this == Simple.DOUBLE;
    }

    default boolean isNumeric() {
        return isInteger() || isFloating() || this instanceof Decimal;
    }

    default boolean isNested() {
        return this instanceof ArrayOf || this instanceof MapOf || this instanceof Struct;
    }

    /// Whether a value is written in a fixed number of bits (64 at the most, DECIMAL excepted).
    default boolean isFixedWidth() {
        return !isNested() && this != Simple.STRING && this != Simple.BINARY;
    }
}
