package dev.thalweg.source.file;

import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.source.Split;

/// A range of a file: the records that begin in `[from, to)`.
///
/// @param whole whether the range is the whole file
record FileSplit(FileEntry file, long from, long to, boolean whole) implements Split {
    @Override
    public String description() {
        return file.path() + (whole ? "" : " [" + from + ", " + to + ")");
    }
}
