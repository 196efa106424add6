package dev.thalweg.source.file;

import static java.util.Objects.requireNonNull;

import dev.thalweg.source.parquet.ColumnMismatch;
import dev.thalweg.source.parquet.DamagedFile;
import dev.thalweg.source.parquet.ParquetScan;
import dev.thalweg.source.parquet.UnsupportedFile;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.SourceReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one split of a Parquet file, and says which file it is when something is wrong with it.
///
/// **Thread** The task that opened it.
final class ParquetFileReader implements SourceReader {
    private final FileEntry file;
    private final ReadRequest request;
    private final FileOptions options;
    private final Projection projection;
    private @Nullable ParquetScan scan;

    ParquetFileReader(FileSplit split, ReadRequest request, Projection projection, FileOptions options) {
        this.file = split.file();
        this.request = request;
        this.options = options;
        this.projection = projection;
        ParquetScan.Range range = new ParquetScan.Range(file.path(), file.size(), split.from(), split.to());
        try {
            scan = new ParquetScan(range, new ParquetScan.Wanted(projection.fileColumns().select(projection.decoded()),
                    projection.ranges(), request.batchRowsMax()), request.allocator());
        } catch (NoSuchFileException e) {
            missing(e);
        } catch (IOException e) {
            broken(e);
        } catch (DamagedFile e) {
            giveUp("it is damaged: " + e.getMessage(), damaged(file, e));
        } catch (UnsupportedFile e) {
            throw unsupported(file, e);
        } catch (ColumnMismatch e) {
            throw mismatch(e);
        }
    }

    @Override
    public @Nullable Batch next() {
        if (scan == null) {
            return null;
        }
        try {
            Optional<Batch> batch = scan.next();
            return batch.map(projection::apply).orElse(null);
        } catch (UncheckedIOException e) {
            broken(requireNonNull(e.getCause()));
        } catch (DamagedFile e) {
            giveUp("it is damaged: " + e.getMessage(), damaged(file, e));
        } catch (UnsupportedFile e) {
            throw unsupported(file, e);
        }
        close();
        return null;
    }

    private void missing(NoSuchFileException e) {
        if (!options.ignoreMissingFiles()) {
            throw new Unavailable("THW-2013", "File " + file.path() + " was deleted before it was read. Put it back,"
                    + " or set the option ignoreMissingFiles to 'true'.", e);
        }
        request.problems().dropped("missing file " + file.path(), 0);
    }

    private void broken(IOException e) {
        giveUp(e.toString(), e instanceof EOFException
                ? damaged(file, e)
                : new Unavailable("THW-2011", "Cannot read file " + file.path() + ": " + e + remedy(), e));
    }

    /// A file that cannot be read to its end: its batches so far count where the user said so.
    private void giveUp(String reason, ThalwegException error) {
        if (!options.ignoreCorruptFiles()) {
            throw error;
        }
        request.problems().dropped("unreadable rest of " + file.path() + ": " + reason, 0);
    }

    static Corrupted damaged(FileEntry file, Exception e) {
        return new Corrupted("THW-2047", "File " + file.path() + " is no whole Parquet file: " + e.getMessage()
                + remedy(), e);
    }

    private static String remedy() {
        return ". Restore it, or set the option ignoreCorruptFiles to 'true' to take the rows before that place.";
    }

    static InvalidQuery unsupported(FileEntry file, UnsupportedFile e) {
        return new InvalidQuery("THW-2049", "File " + file.path() + " cannot be read: " + e.getMessage()
                + ". Write it anew without that.", e);
    }

    private InvalidQuery mismatch(ColumnMismatch e) {
        return new InvalidQuery("THW-2048", "File " + file.path() + " " + e.getMessage()
                + ". Declare the column as the file has it, and convert it in the query.", e);
    }

    @Override
    public void close() {
        if (scan != null) {
            try {
                scan.close();
            } catch (UncheckedIOException e) {
                throw new Unavailable("THW-2011", "Cannot close file " + file.path() + ": " + e.getCause(), e);
            } finally {
                scan = null;
            }
        }
    }
}
