package dev.thalweg.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.RowTypeJson;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The columns that an output directory's files were written with, in the file `columns` beside the manifest: what the files
/// themselves no longer tell, such as the order of the columns and that a text was a time.
///
/// **Cost** One small file, written with the first rows and again when other columns are written.
final class OutputColumns {
    private static final String FILE = "columns";

    private final Path output;
    private final Path file;

    /// @param output the output directory
    OutputColumns(Path output) {
        this.output = output;
        this.file = output.resolve(Manifest.DIRECTORY).resolve(FILE);
    }

    /// Makes the columns durable, before anything written with them is committed.
    void record(RowType columns) {
        RowType known = columns.asNullable(); // that one query gave no NULL does not bind the next
        if (!read().filter(known::equals).isPresent()) {
            AtomicFile.writeChecksummed(file, RowTypeJson.write(known).getBytes(UTF_8));
        }
    }

    private Optional<RowType> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RowTypeJson.read(new String(AtomicFile.readChecksummed(file), UTF_8)));
        } catch (IOException e) {
            throw new Corrupted("THW-5080", "File " + file + " cannot be understood: " + e.getMessage()
                    + ". Restore it from a copy, or name the columns in CREATE TABLE and delete it.", e);
        }
    }

    /// **Errors** [Corrupted] when there is committed output and nobody can say what its columns were
    Optional<RowType> find() {
        Optional<RowType> columns = read();
        if (columns.isEmpty() && Manifest.hasEntries(output)) {
            throw new Corrupted("THW-5080", "Output directory " + output
                    + " has committed files, but " + file + ", which says what their columns are, is not there."
                    + " Restore it from a copy, or name the columns in CREATE TABLE.");
        }
        return columns;
    }
}
