package dev.thalweg.spi.format;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import java.util.OptionalInt;

/// What a decoder does with a malformed record, by the table's mode.
final class BadRecords {
    private final ParseMode mode;
    private final OptionalInt corruptColumn;
    private long dropped;

    BadRecords(ParseMode mode, String corruptColumnName, RowType columns) {
        this.mode = mode;
        OptionalInt named = columns.indexOf(corruptColumnName);
        this.corruptColumn = named.isPresent() && columns.type(named.getAsInt()) == DataType.Simple.STRING
                ? named
                : OptionalInt.empty();
    }

    OptionalInt corruptColumn() {
        return corruptColumn;
    }

    /// Finishes the open row, of which the fields that could be read are set.
    ///
    /// @param address where the record begins, for the error
    void finish(RowBuffers rows, long address, long end, String reason) throws MalformedRecord {
        switch (mode) {
            case PERMISSIVE -> {
                if (corruptColumn.isPresent()) {
                    rows.column(corruptColumn.getAsInt()).setText(rows.rows(), TextSlices.string(address, end));
                }
                rows.endRow();
            }
            case DROPMALFORMED -> {
                rows.clearRow();
                dropped++;
            }
            case FAILFAST -> throw new MalformedRecord(address, reason);
        }
    }

    long takeDropped() {
        long taken = dropped;
        dropped = 0;
        return taken;
    }
}
