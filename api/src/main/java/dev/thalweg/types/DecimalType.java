package dev.thalweg.types;

/// A decimal number with a fixed count of digits.
public final class DecimalType extends DataType {
    private final int precision;
    private final int scale;

    DecimalType(int precision, int scale) {
        this.precision = precision;
        this.scale = scale;
    }

    public int precision() {
        return precision;
    }

    public int scale() {
        return scale;
    }

    @Override
    public dev.thalweg.spi.data.DataType toSpi() {
        return new dev.thalweg.spi.data.DataType.Decimal(precision, scale);
    }

    @Override
    public String typeName() {
        return simpleString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecimalType type && type.precision == precision && type.scale == scale;
    }

    @Override
    public int hashCode() {
        return 31 * precision + scale;
    }
}
