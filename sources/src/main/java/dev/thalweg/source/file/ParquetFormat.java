package dev.thalweg.source.file;

import dev.thalweg.source.parquet.DamagedFile;
import dev.thalweg.source.parquet.ParquetScan;
import dev.thalweg.source.parquet.UnsupportedFile;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.SourceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Parquet, which tells its columns itself.
///
/// @param mergeSchema whether the columns of all files count, and not those of the first one alone
record ParquetFormat(boolean mergeSchema) implements FileFormat {
    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public RowType infer(List<FileEntry> files) {
        RowType columns = columns(files.getFirst());
        for (FileEntry file : mergeSchema ? files.subList(1, files.size()) : List.<FileEntry>of()) {
            columns = merged(columns, file);
        }
        return columns;
    }

    private static RowType columns(FileEntry file) {
        try {
            return ParquetScan.columns(file.path(), file.size());
        } catch (DamagedFile e) {
            throw ParquetFileReader.damaged(file, e);
        } catch (UnsupportedFile e) {
            throw ParquetFileReader.unsupported(file, e);
        } catch (IOException e) {
            throw new Unavailable("THW-2016", "Cannot read file " + file.path() + " to tell its columns: " + e
                    + ". Mend it, or name the columns.", e);
        }
    }

    private static RowType merged(RowType columns, FileEntry file) {
        List<Field> all = new ArrayList<>(columns.fields());
        for (Field field : columns(file).fields()) {
            OptionalInt known = columns.indexOf(field.name());
            if (known.isEmpty()) {
                all.add(field);
            } else if (!columns.type(known.getAsInt()).equals(field.type())) {
                throw new InvalidQuery("THW-2048", "File " + file.path() + " has column " + field.name() + " as "
                        + field.type().sql() + ", the files before it as " + columns.type(known.getAsInt()).sql()
                        + ". Name the columns, with a type that both can be read as.");
            }
        }
        return new RowType(all);
    }

    /// What a file cannot be read as is told file by file: each has types of its own.
    @Override
    public void check(RowType columns) {
        HeldTypes.checkParquet(columns);
    }

    @Override
    public boolean isSplittable(FileEntry file) {
        return true; // between row groups
    }

    @Override
    public SourceReader open(FileSplit split, ReadRequest request, RowType schema, PartitionColumns partitions,
            FileOptions options) {
        return new ParquetFileReader(split, request, new Projection(schema, partitions, split, request, _ -> false),
                options);
    }
}
