package dev.thalweg.spi.file;

import java.nio.file.Path;

/// A file as it was when it was found.
public record FileEntry(Path path, long size, long modifiedMillis) {
    public String name() {
        return String.valueOf(path.getFileName());
    }
}
