package dev.thalweg.types;

/// A list of values of one type.
public final class ArrayType extends DataType {
    private final DataType elementType;
    private final boolean containsNull;

    ArrayType(DataType elementType, boolean containsNull) {
        this.elementType = elementType;
        this.containsNull = containsNull;
    }

    public DataType elementType() {
        return elementType;
    }

    public boolean containsNull() {
        return containsNull;
    }

    @Override
    public dev.thalweg.spi.data.DataType toSpi() {
        return new dev.thalweg.spi.data.DataType.ArrayOf(elementType.toSpi(), containsNull);
    }

    @Override
    public String typeName() {
        return "array";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrayType type && type.toSpi().equals(toSpi());
    }

    @Override
    public int hashCode() {
        return toSpi().hashCode();
    }
}
