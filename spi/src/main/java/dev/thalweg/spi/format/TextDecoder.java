package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// Makes each line a row with one column, `value STRING`. Bytes that are not UTF-8 become U+FFFD.
///
/// Lines end in LF, CR LF or the given separator; a lone CR is part of a line.
///
/// **Cost** One search by words and one copy a line.
public final class TextDecoder implements RowDecoder {
    private final RowBuffers rows;
    private final byte[] separator;
    private final boolean wholeText;
    private final boolean stripsReturn;
    /// Whether all lines of the region are known to be ASCII: found out once, not line by line.
    private boolean ascii;

    /// @param columns the column `value`, or none
    /// @param separator what ends a line in place of LF or CR LF
    /// @param wholeText whether the whole input is one row
    public TextDecoder(RowType columns, BufferAllocator allocator, int rowsMax, Optional<String> separator,
            boolean wholeText) {
        this.rows = new RowBuffers(columns, allocator, rowsMax);
        this.separator = separator.orElse("\n").getBytes(StandardCharsets.UTF_8);
        this.wholeText = wholeText;
        this.stripsReturn = separator.isEmpty();
    }

    @Override
    public long decode(long address, long end, boolean last) {
        if (wholeText) {
            return last && !isFull() ? add(address, end, end) : address;
        }
        return separator.length == 1 ? lines(address, end, last, separator[0]) : separated(address, end, last);
    }

    private long lines(long address, long end, boolean last, int newline) {
        long at = address;
        ascii = Utf8Scan.isAscii(address, end);
        while (at < end && !rows.isFull()) {
            long stop = Utf8Scan.find(at, end, newline);
            if (stop == end && !last) {
                return at;
            }
            long lineEnd = stripsReturn && stop > at && stop < end && Memory.getByte(stop - 1) == '\r'
                    ? stop - 1
                    : stop;
            at = add(at, lineEnd, Math.min(end, stop + 1));
        }
        return at;
    }

    private long separated(long address, long end, boolean last) {
        long at = address;
        while (at < end && !rows.isFull()) {
            long stop = findSeparator(at, end);
            if (stop == end && !last) {
                return at;
            }
            at = add(at, stop, Math.min(end, stop + separator.length));
        }
        return at;
    }

    private long findSeparator(long from, long end) {
        long at = Utf8Scan.find(from, end, separator[0]);
        while (at < end) {
            int matched = 1;
            while (matched < separator.length && at + matched < end
                    && Memory.getByte(at + matched) == separator[matched]) {
                matched++;
            }
            if (matched == separator.length) {
                return at;
            }
            at = Utf8Scan.find(at + 1, end, separator[0]);
        }
        return end;
    }

    private long add(long from, long end, long next) {
        if (rows.columnCount() > 0) {
            if (ascii || Utf8Scan.isValid(from, end)) {
                rows.column(0).setBytes(rows.rows(), from, (int) (end - from));
            } else {
                rows.column(0).setText(rows.rows(), TextSlices.string(from, end));
            }
        }
        rows.endRow();
        return next;
    }

    @Override
    public boolean isFull() {
        return rows.isFull();
    }

    @Override
    public int rowCount() {
        return rows.rows();
    }

    @Override
    public Batch take() {
        return rows.take();
    }

    @Override
    public long takeDropped() {
        return 0;
    }

    @Override
    public void close() {
        rows.close();
    }
}
