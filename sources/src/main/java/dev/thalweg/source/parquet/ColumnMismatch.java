package dev.thalweg.source.parquet;

/// A wanted column and the file's do not go together. Whoever knows the file's name makes a coded error of it.
public final class ColumnMismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ColumnMismatch(String message) {
        super(message);
    }
}
