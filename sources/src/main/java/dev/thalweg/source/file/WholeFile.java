package dev.thalweg.source.file;

import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.FileEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;

/// A file from its first byte to its last, unpacked: for telling columns from content.
final class WholeFile {
    /// Takes the content of a file.
    interface Taker {
        void take(InputStream content) throws IOException;
    }

    private WholeFile() {}

    static void stream(FileEntry file, Taker taker) {
        try (InputStream raw = Files.newInputStream(file.path());
                InputStream bytes = FileInput.isCompressed(file.path())
                        ? new GZIPInputStream(raw, 1 << 16)
                        : new BufferedInputStream(raw, 1 << 16)) {
            taker.take(bytes);
        } catch (IOException e) {
            throw new Unavailable("THW-2016", "Cannot read file " + file.path() + " to tell its columns: " + e
                    + ". Mend it, or name the columns.", e);
        }
    }
}
