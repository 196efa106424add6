package dev.thalweg.source.file;

import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.format.RowDecoder;
import dev.thalweg.spi.format.TextDecoder;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// Lines of text.
///
/// @param separator what ends a line, instead of LF or CR LF
/// @param wholeText whether a file is one row
record TextFormat(Optional<String> separator, boolean wholeText) implements RecordFormat {
    TextFormat {
        if (separator.isPresent() && separator.get().isEmpty()) {
            throw new InvalidOption("lineSep", "", "at least one character");
        }
    }

    @Override
    public String name() {
        return "text";
    }

    @Override
    public RowType infer(List<FileEntry> files) {
        return RowType.of(Field.of("value", Simple.STRING));
    }

    @Override
    public void check(RowType columns) {
        boolean fits = columns.size() > 0 && columns.type(0) == Simple.STRING;
        if (!fits) {
            throw new InvalidQuery("THW-2035", "A text file has one column, such as 'value STRING', but the table has ("
                    + columns.sql() + "). Take that column apart in the query, or use csv or json.");
        }
    }

    @Override
    public RowDecoder decoder(RowType fileColumns, List<Integer> wanted, boolean atFileStart, BufferAllocator allocator,
            int rowsMax) {
        RowType columns = fileColumns.select(wanted);
        return new TextDecoder(columns, allocator, rowsMax, separator, wholeText);
    }

    @Override
    public boolean isCutAtLines() {
        return !wholeText && separator.isEmpty();
    }

    @Override
    public boolean needsAllColumns(RowType wanted) {
        return false;
    }
}
