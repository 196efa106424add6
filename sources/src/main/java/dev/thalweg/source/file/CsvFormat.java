package dev.thalweg.source.file;

import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.format.CsvDecoder;
import dev.thalweg.spi.format.CsvInference;
import dev.thalweg.spi.format.CsvOptions;
import dev.thalweg.spi.format.ParseMode;
import dev.thalweg.spi.format.RowDecoder;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// Comma-separated values.
///
/// @param inferTypes whether the types of columns are told from their values, or are all STRING
record CsvFormat(CsvOptions options, boolean inferTypes) implements RecordFormat {
    @Override
    public String name() {
        return "csv";
    }

    @Override
    public RowType infer(List<FileEntry> files) {
        CsvInference inference = new CsvInference(options, inferTypes);
        for (FileEntry file : files) {
            if (!inference.isComplete()) {
                WholeFile.stream(file, inference::add);
            }
        }
        return inference.rowType();
    }

    @Override
    public void check(RowType columns) {
        HeldTypes.check("csv", columns, false);
        HeldTypes.checkCorruptColumn(options.corruptColumn(), columns);
    }

    @Override
    public RowDecoder decoder(RowType fileColumns, List<Integer> wanted, boolean atFileStart, BufferAllocator allocator,
            int rowsMax) {
        return new CsvDecoder(fileColumns, wanted, options, allocator, rowsMax, atFileStart);
    }

    @Override
    public boolean isCutAtLines() {
        return !options.multiLine();
    }

    @Override
    public boolean needsAllColumns(RowType wanted) {
        return options.mode() != ParseMode.PERMISSIVE || wanted.indexOf(options.corruptColumn()).isPresent();
    }
}
