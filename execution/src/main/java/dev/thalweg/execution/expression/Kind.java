package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;

/// What kind of Java value stands for a SQL value in generated code.
enum Kind {
    BOOLEAN("boolean", "false"), INT("int", "0"), LONG("long", "0L"), FLOAT("float", "0F"), DOUBLE("double",
            "0D"), DECIMAL(
                    "BigDecimal", "null"), TEXT("Utf8", "null"), OBJECT("Object", "null");

    private final String javaType;
    private final String initial;

    Kind(String javaType, String initial) {
        this.javaType = javaType;
        this.initial = initial;
    }

    String javaType() {
        return javaType;
    }

    /// What a variable holds while the value is NULL.
    String initial() {
        return initial;
    }

    boolean isPrimitive() {
        return switch (this) {
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE -> true;
            case DECIMAL, TEXT, OBJECT -> false;
        };
    }

    static Kind of(DataType type) {
        return switch (type) {
            case Simple simple -> of(simple);
            case Decimal _ -> DECIMAL;
            case DataType.ArrayOf _,DataType.MapOf _,DataType.Struct _ -> OBJECT;
        };
    }

    private static Kind of(Simple type) {
        return switch (type) {
            case BOOLEAN, VOID -> BOOLEAN;
            case TINYINT, SMALLINT, INT, DATE, INTERVAL_YEAR_MONTH -> INT;
            case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> LONG;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case STRING, BINARY -> TEXT;
        };
    }
}
