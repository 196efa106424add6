package dev.thalweg.spi.data;

/// A named column. Names keep the case they were written in and are compared without it.
public record Field(String name, DataType type, boolean nullable) {
    public static Field of(String name, DataType type) {
        return new Field(name, type, true);
    }
}
