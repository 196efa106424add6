package dev.thalweg.types;

/// A named column of a [StructType].
public record StructField(String name, DataType dataType, boolean nullable) {
    /// As Spark's programs write it.
    public StructField(String name, DataType dataType, boolean nullable, Metadata metadata) {
        this(name, dataType, nullable);
    }

    /// Of a column that may be NULL.
    public StructField(String name, DataType dataType) {
        this(name, dataType, true);
    }

    public Metadata metadata() {
        return Metadata.empty();
    }

    public dev.thalweg.spi.data.Field toSpi() {
        return new dev.thalweg.spi.data.Field(name, dataType.toSpi(), nullable);
    }
}
