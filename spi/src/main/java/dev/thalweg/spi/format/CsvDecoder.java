package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// Makes each CSV record a row. Fields belong to columns by position; a record with more or fewer fields than columns, or with
/// one that does not fit its column's type, is malformed, and keeps what fits.
///
/// **Cost** One search for separators, and a parse of the wanted fields alone.
public final class CsvDecoder implements RowDecoder {
    private final CsvOptions options;
    private final RowBuffers rows;
    private final CsvScanner scanner;
    private final NumberReader numbers = new NumberReader(new JsonScanner());
    private final TimeReader times;
    private final BadRecords bad;
    /// Which field of a record each column of the batches takes; -1 for the corrupt-record column.
    private final int[] fields;
    private final List<String> fieldNames;
    private final byte[] nullValue;
    private boolean headerAhead;

    /// @param fileColumns all columns of the file in order, and the corrupt-record column if the table has one
    /// @param wanted which of them the batches have
    /// @param atFileStart whether a header may come first
    public CsvDecoder(RowType fileColumns, List<Integer> wanted, CsvOptions options, BufferAllocator allocator,
            int rowsMax, boolean atFileStart) {
        this.options = options;
        this.scanner = new CsvScanner(options);
        this.times = new TimeReader(options.zone(), options.timestampFormat(), options.timestampNtzFormat(),
                options.dateFormat());
        this.rows = new RowBuffers(fileColumns.select(wanted), allocator, rowsMax); // last of what may fail
        this.bad = new BadRecords(options.mode(), options.corruptColumn(), rows.type());
        List<Integer> positions = new ArrayList<>();
        this.fieldNames = new ArrayList<>();
        for (int i = 0; i < fileColumns.size(); i++) {
            boolean isCorrupt = fileColumns.field(i).name().equalsIgnoreCase(options.corruptColumn());
            positions.add(isCorrupt ? -1 : fieldNames.size());
            if (!isCorrupt) {
                fieldNames.add(fileColumns.field(i).name());
            }
        }
        this.fields = wanted.stream().mapToInt(positions::get).toArray();
        this.nullValue = options.nullValue().getBytes(UTF_8);
        this.headerAhead = options.header() && atFileStart;
    }

    @Override
    public long decode(long address, long end, boolean last) throws MalformedRecord {
        Memory.putByte(end, (byte) '\n');
        long at = address;
        while (at < end && !rows.isFull()) {
            long next = scanner.record(at, end, last);
            if (next == CsvScanner.INCOMPLETE) {
                break;
            }
            if (scanner.count > 0) {
                if (headerAhead) {
                    header(at);
                } else {
                    row(at);
                }
            }
            at = next;
        }
        return at;
    }

    private void header(long address) throws MalformedRecord {
        headerAhead = false;
        if (options.enforceSchema()) {
            return;
        }
        for (int i = 0; i < Math.max(scanner.count, fieldNames.size()); i++) {
            String name = i < scanner.count ? new String(scanner.bytes(i), UTF_8).strip() : "(nothing)";
            String column = i < fieldNames.size() ? fieldNames.get(i) : "(nothing)";
            if (!name.equalsIgnoreCase(column)) {
                throw new MalformedRecord(address, "its header has '" + name + "' where the table has column '" + column
                        + "' (enforceSchema is false)",
                        "Declare the columns as the header has them, mend the header, or set"
                                + " the option enforceSchema to true to take columns by their place.");
            }
        }
    }

    private void row(long address) throws MalformedRecord {
        Optional<String> misfit = Optional.empty();
        boolean valid = Utf8Scan.isValid(address, scanner.textEnd);
        for (int i = 0; i < fields.length && valid; i++) {
            int field = fields[i];
            boolean fits = field < 0 || field >= scanner.count || field(field, rows.column(i));
            if (!fits) {
                rows.column(i).clear(rows.rows());
                int column = i;
                misfit = misfit.or(() -> Optional.of("field '" + TextSlices.string(scanner.start(field),
                        scanner.end(field)) + "' does not fit column " + rows.type().field(column).name() + " "
                        + rows.type().type(column).sql()));
            }
        }
        if (!valid) {
            misfit = Optional.of("it is not UTF-8");
        } else if (scanner.count != fieldNames.size() || scanner.count > options.maxColumns()) {
            misfit = Optional.of("it has " + scanner.count + " fields, not " + fieldNames.size());
        }
        if (misfit.isEmpty()) {
            rows.endRow();
        } else {
            bad.finish(rows, address, scanner.textEnd, misfit.get());
        }
    }

    private boolean field(int field, ColumnBuffer column) {
        long from = scanner.start(field);
        long end = scanner.end(field);
        if (!scanner.isQuoted(field)) {
            while (options.ignoreLeadingWhiteSpace() && from < end && isSpace(from)) {
                from++;
            }
            while (options.ignoreTrailingWhiteSpace() && end > from && isSpace(end - 1)) {
                end--;
            }
        }
        if ((from == end && !scanner.isQuoted(field)) || isNull(from, end)) {
            return true;
        }
        int row = rows.rows();
        if (column.kind == ColumnBuffer.STRING || column.kind == ColumnBuffer.BINARY) {
            if (scanner.isEscaped(field)) {
                column.setBytes(row, scanner.bytes(field));
            } else {
                column.setBytes(row, from, (int) (end - from));
            }
            return true;
        }
        return switch (column.kind) {
            case ColumnBuffer.BYTE, ColumnBuffer.SHORT, ColumnBuffer.INT, ColumnBuffer.LONG ->
                    NumberReader.integer(from, column, row) == end
                            || integer(TextSlices.string(from, end), column, row);
            case ColumnBuffer.DOUBLE, ColumnBuffer.FLOAT ->
                    numbers.floating(from, column, row) == end || floating(TextSlices.string(from, end), column, row);
            case ColumnBuffer.DECIMAL ->
                    numbers.decimal(from, column, row) == end || decimal(TextSlices.string(from, end), column, row);
            case ColumnBuffer.DATE, ColumnBuffer.TIMESTAMP, ColumnBuffer.TIMESTAMP_NTZ, ColumnBuffer.TIME ->
                    time(from, end, column, row);
            case ColumnBuffer.BOOLEAN -> bool(TextSlices.string(from, end), column, row);
            default -> false;
        };
    }

    private static boolean isSpace(long at) {
        byte c = Memory.getByte(at);
        return c >= 0 && c <= ' ';
    }

    private boolean isNull(long from, long end) {
        if (end - from != nullValue.length) {
            return false;
        }
        for (int i = 0; i < nullValue.length; i++) {
            if (Memory.getByte(from + i) != nullValue[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean integer(String text, ColumnBuffer column, int row) {
        try {
            long value = Long.parseLong(text);
            if (column.fits(value)) {
                column.setIntegral(row, value);
                return true;
            }
        } catch (NumberFormatException _) {
            // it does not fit
        }
        return false;
    }

    private boolean floating(String text, ColumnBuffer column, int row) {
        try {
            double value = text.equals(options.nanValue())
                    ? Double.NaN
                    : text.equals(options.positiveInf())
                            ? Double.POSITIVE_INFINITY
                            : text.equals(options.negativeInf())
                                    ? Double.NEGATIVE_INFINITY
                                    : Double.parseDouble(text);
            if (column.kind == ColumnBuffer.DOUBLE) {
                column.setDouble(row, value);
            } else {
                column.setFloat(row, Double.isFinite(value) ? Float.parseFloat(text) : (float) value);
            }
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean decimal(String text, ColumnBuffer column, int row) {
        Object value = JsonVectors.decimal(text.replace(",", ""), (Decimal) column.field.type());
        if (value instanceof BigDecimal number) {
            column.setDecimal(row, number.unscaledValue());
            return true;
        }
        return false;
    }

    private boolean time(long from, long end, ColumnBuffer column, int row) {
        long value = times.read(column.kind, from, end);
        if (value == DateTimeText.NONE) {
            return false;
        }
        column.setIntegral(row, value);
        return true;
    }

    private static boolean bool(String text, ColumnBuffer column, int row) {
        String word = text.toLowerCase(Locale.ROOT);
        boolean fits = word.equals("true") || word.equals("false");
        if (fits) {
            column.setBoolean(row, word.equals("true"));
        }
        return fits;
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
        return bad.takeDropped();
    }

    @Override
    public void close() {
        rows.close();
    }
}
