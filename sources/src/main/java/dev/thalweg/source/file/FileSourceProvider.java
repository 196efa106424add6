package dev.thalweg.source.file;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.file.FileListing;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceProvider;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes file sources of one format. The formats differ only in how their options become a [FileFormat].
abstract sealed class FileSourceProvider implements SourceProvider
        permits JsonSourceProvider, CsvSourceProvider, TextSourceProvider, ParquetSourceProvider {
    /// The names of the options that only this format has.
    abstract List<String> formatOptions();

    abstract FileFormat open(TableOptions options, ZoneId zone);

    @Override
    public final RowType schema(TableOptions options, Optional<RowType> declared, boolean streaming,
            SourceContext context) {
        FileFormat format = format(options, context);
        FileOptions files = FileOptions.of(options);
        declared.ifPresent(format::check);
        refuseMissing(files);
        if (declared.isPresent()) {
            return PartitionColumns.complete(files, declared.get());
        }
        return PartitionColumns.complete(files, inferred(format, files, streaming));
    }

    /// Paths as written: the list of files already taken has them so.
    @Override
    public final String place(TableOptions options) {
        FileOptions files = FileOptions.of(options);
        return files.fileNameOnly()
                ? "files by name"
                : String.join(", ", files.paths().stream().map(path -> Path.of(path).toString()).toList());
    }

    @Override
    public final List<String> problems(Path directory, String offset) {
        return SeenFiles.problems(directory, FileOffset.parse(offset).files());
    }

    private void refuseMissing(FileOptions files) {
        for (FileListing listing : files.listings()) {
            if (!listing.exists()) {
                throw new Unavailable("THW-2015", "Path " + listing.base().toAbsolutePath() + " of source '" + format()
                        + "' does not exist. Check the option path; relative paths begin at the working directory.");
            }
        }
    }

    private RowType inferred(FileFormat format, FileOptions files, boolean streaming) {
        if (streaming && !files.inferSchema() && !(format instanceof TextFormat)) {
            throw new InvalidQuery("THW-2033", "A stream of " + format() + " files needs its columns: name them, as in"
                    + " CREATE STREAM s (user STRING, ts TIMESTAMP) USING " + format()
                    + " or .schema(\"user STRING, ts TIMESTAMP\"), or set the option inferSchema to 'true'.");
        }
        List<FileEntry> present = new ArrayList<>();
        files.listings().forEach(listing -> present.addAll(listing.files(FileListing.BY_NAME)));
        present.removeIf(file -> file.size() == 0);
        if (present.isEmpty() && !(format instanceof TextFormat)) {
            throw new InvalidQuery("THW-2034", "Source '" + format() + "' has no file in " + files.description()
                    + " to tell its columns from. Name the columns, or check the path.");
        }
        return format.infer(present);
    }

    @Override
    public final Source<?> open(TableOptions options, RowType schema, SourceContext context) {
        FileOptions files = FileOptions.of(options);
        if (context.directory().isEmpty()) {
            refuseMissing(files); // a stream waits for what is to come, a batch query would find nothing and say nothing
        }
        return new FileSource(format(options, context), files, schema, context);
    }

    private FileFormat format(TableOptions options, SourceContext context) {
        List<String> known = new ArrayList<>(FileOptions.NAMES);
        known.addAll(formatOptions());
        options.checkKnown("source '" + format() + "'", known);
        return open(options, context.zone());
    }
}
