package dev.thalweg.types;

/// A named column of a [StructType].
public record StructField(String name, DataType dataType, boolean nullable) {
    public dev.thalweg.spi.data.Field toSpi() {
        return new dev.thalweg.spi.data.Field(name, dataType.toSpi(), nullable);
    }
}
