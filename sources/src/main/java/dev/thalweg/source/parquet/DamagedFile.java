package dev.thalweg.source.parquet;

/// Bytes that no Parquet writer would have written. Whoever knows the file's name makes a coded error of it.
public final class DamagedFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedFile(String message) {
        super(message);
    }

    DamagedFile(String message, Throwable cause) {
        super(message, cause);
    }
}
