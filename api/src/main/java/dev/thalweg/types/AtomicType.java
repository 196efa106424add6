package dev.thalweg.types;

import dev.thalweg.spi.data.DataType.Simple;
import java.util.Locale;

/// A type without parameters.
public final class AtomicType extends DataType {
    private final Simple simple;

    private AtomicType(Simple simple) {
        this.simple = simple;
    }

    static AtomicType of(Simple simple) {
        return new AtomicType(simple);
    }

    @Override
    public dev.thalweg.spi.data.DataType toSpi() {
        return simple;
    }

    @Override
    public String typeName() {
        return switch (simple) {
            case TINYINT -> "byte";
            case SMALLINT -> "short";
            case INT -> "integer";
            case BIGINT -> "long";
            default -> simple.sql().toLowerCase(Locale.ROOT);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AtomicType type && type.simple == simple;
    }

    @Override
    public int hashCode() {
        return simple.hashCode();
    }
}
