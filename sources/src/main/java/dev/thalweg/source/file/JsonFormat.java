package dev.thalweg.source.file;

import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.format.JsonDecoder;
import dev.thalweg.spi.format.JsonDocumentDecoder;
import dev.thalweg.spi.format.JsonInference;
import dev.thalweg.spi.format.JsonOptions;
import dev.thalweg.spi.format.ParseMode;
import dev.thalweg.spi.format.RowDecoder;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// JSON, a line or a file a record.
record JsonFormat(JsonOptions options) implements RecordFormat {
    @Override
    public String name() {
        return "json";
    }

    @Override
    public RowType infer(List<FileEntry> files) {
        JsonInference inference = new JsonInference(options);
        for (FileEntry file : files) {
            WholeFile.stream(file, inference::add);
        }
        return inference.rowType();
    }

    @Override
    public void check(RowType columns) {
        HeldTypes.check("json", columns, true);
        HeldTypes.checkCorruptColumn(options.corruptColumn(), columns);
    }

    @Override
    public RowDecoder decoder(RowType fileColumns, List<Integer> wanted, boolean atFileStart, BufferAllocator allocator,
            int rowsMax) {
        RowType columns = fileColumns.select(wanted);
        return options.multiLine()
                ? new JsonDocumentDecoder(columns, options, allocator, rowsMax)
                : new JsonDecoder(columns, options, allocator, rowsMax);
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
