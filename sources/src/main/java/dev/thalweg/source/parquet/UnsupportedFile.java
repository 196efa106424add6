package dev.thalweg.source.parquet;

/// A file that is whole but uses something of the format that is not read here. Whoever knows the file's name makes a
/// coded error of it.
public final class UnsupportedFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedFile(String message) {
        super(message);
    }
}
