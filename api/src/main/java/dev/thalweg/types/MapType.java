package dev.thalweg.types;

/// Keys with a value each.
public final class MapType extends DataType {
    private final DataType keyType;
    private final DataType valueType;
    private final boolean valueContainsNull;

    MapType(DataType keyType, DataType valueType, boolean valueContainsNull) {
        this.keyType = keyType;
        this.valueType = valueType;
        this.valueContainsNull = valueContainsNull;
    }

    public DataType keyType() {
        return keyType;
    }

    public DataType valueType() {
        return valueType;
    }

    public boolean valueContainsNull() {
        return valueContainsNull;
    }

    @Override
    public dev.thalweg.spi.data.DataType toSpi() {
        return new dev.thalweg.spi.data.DataType.MapOf(keyType.toSpi(), valueType.toSpi(), valueContainsNull);
    }

    @Override
    public String typeName() {
        return "map";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MapType type && type.toSpi().equals(toSpi());
    }

    @Override
    public int hashCode() {
        return toSpi().hashCode();
    }
}
