package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tells the columns of CSV files: their names from the first header (else `_c0`, `_c1` …), their types from all records if it
/// is asked to, by Spark's order: INT, BIGINT, DECIMAL, DOUBLE, DATE, TIMESTAMP, BOOLEAN, STRING.
public final class CsvInference {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int DATE_LENGTH = 8;
    private static final int LONG_DIGITS = 20;

    private final CsvOptions options;
    private final boolean types;
    private final CsvScanner scanner;
    private final DateTimeText text;
    private final TimeReader times;
    private final List<String> names = new ArrayList<>();
    private final List<DataType> seen = new ArrayList<>();

    /// @param types whether to look at the values; otherwise every column is STRING
    public CsvInference(CsvOptions options, boolean types) {
        this.options = options;
        this.types = types;
        this.scanner = new CsvScanner(options);
        this.text = new DateTimeText(options.zone());
        this.times = new TimeReader(options.zone(), options.timestampFormat(), options.timestampNtzFormat(),
                options.dateFormat());
    }

    /// Whether nothing more can be learnt from another file.
    public boolean isComplete() {
        return !types && !seen.isEmpty();
    }

    /// Looks at every record of one file; at the first alone when only names are wanted.
    public void add(InputStream content) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER_BYTES + Utf8Scan.PADDING_BYTES);
            long filled = 0;
            boolean ended = false;
            boolean first = true;
            while (!ended) {
                byte[] more = content.readNBytes((int) (buffer.byteSize() - Utf8Scan.PADDING_BYTES - filled));
                MemorySegment.copy(more, 0, buffer, ValueLayout.JAVA_BYTE, filled, more.length);
                filled += more.length;
                ended = filled < buffer.byteSize() - Utf8Scan.PADDING_BYTES;
                long taken = records(buffer.address(), filled, ended, first);
                first &= taken == 0;
                if (taken < 0) {
                    return;
                }
                if (taken == 0 && !ended) {
                    MemorySegment wider = arena.allocate(2 * buffer.byteSize());
                    MemorySegment.copy(buffer, 0, wider, 0, filled);
                    buffer = wider;
                } else {
                    MemorySegment.copy(buffer, taken, buffer, 0, filled - taken);
                    filled -= taken;
                }
            }
        }
    }

    /// @return how many bytes were looked at, or -1 when that was enough
    private long records(long address, long length, boolean last, boolean atStart) {
        boolean first = atStart;
        long at = address;
        long end = address + length;
        while (at < end) {
            long next = scanner.record(at, end, last);
            if (next == CsvScanner.INCOMPLETE) {
                break;
            }
            if (scanner.count > 0) {
                record(first);
                first = false;
                if (isComplete()) {
                    return -1;
                }
            }
            at = next;
        }
        return at - address;
    }

    private void record(boolean first) {
        if ((first && options.header()) || seen.isEmpty()) {
            begin();
        }
        if (first && options.header()) {
            return;
        }
        for (int i = 0; i < Math.min(scanner.count, seen.size()); i++) {
            String value = new String(scanner.bytes(i), UTF_8);
            boolean isNothing = value.isEmpty() && !scanner.isQuoted(i);
            if (!isNothing && !value.equals(options.nullValue())) {
                seen.set(i, merge(seen.get(i), typeOf(value)));
            }
        }
    }

    private void begin() {
        if (!seen.isEmpty()) {
            return;
        }
        List<String> header = new ArrayList<>();
        Map<String, Integer> times = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < scanner.count; i++) {
            String name = options.header() ? new String(scanner.bytes(i), UTF_8).replace("\uFEFF", "") : "";
            header.add(name);
            times.merge(name, 1, Integer::sum);
        }
        TreeSet<String> used = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < header.size(); i++) {
            String written = header.get(i);
            String name = written.isEmpty() ? "_c" + i : times.getOrDefault(written, 1) > 1 ? written + i : written;
            names.add(used.add(name) ? name : name + i);
            seen.add(Simple.VOID);
        }
    }

    private DataType typeOf(String value) {
        if (!types) {
            return Simple.STRING;
        }
        try {
            BigDecimal number = new BigDecimal(value);
            boolean whole = number.scale() <= 0 && value.indexOf('e') < 0 && value.indexOf('E') < 0;
            int bits = whole ? number.unscaledValue().bitLength() : Long.SIZE;
            if (bits < Integer.SIZE) {
                return Simple.INT;
            }
            if (bits < Long.SIZE) {
                return Simple.BIGINT;
            }
            return whole && number.precision() <= Decimal.MAX_PRECISION
                    ? new Decimal(Math.max(number.precision(), LONG_DIGITS), 0)
                    : Simple.DOUBLE;
        } catch (NumberFormatException _) {
            return otherType(value);
        }
    }

    private DataType otherType(String value) {
        if (value.equals(options.nanValue()) || value.equals(options.positiveInf())
                || value.equals(options.negativeInf())) {
            return Simple.DOUBLE;
        }
        boolean isDate = options.prefersDate() && (options.dateFormat().isPresent()
                ? times.read(ColumnBuffer.DATE, value) != DateTimeText.NONE
                : value.length() >= DATE_LENGTH && value.indexOf(':') < 0 && text.date(value) != DateTimeText.NONE);
        if (isDate) {
            return Simple.DATE;
        }
        boolean isTime = options.timestampFormat().isPresent()
                ? times.read(ColumnBuffer.TIMESTAMP, value) != DateTimeText.NONE
                : value.length() >= DATE_LENGTH && text.timestamp(value) != DateTimeText.NONE;
        if (isTime) {
            return Simple.TIMESTAMP;
        }
        String word = value.toLowerCase(Locale.ROOT);
        return word.equals("true") || word.equals("false") ? Simple.BOOLEAN : Simple.STRING;
    }

    private static DataType merge(DataType left, DataType right) {
        if (left.equals(right) || left == Simple.VOID) {
            return right;
        }
        if (left.isNumeric() && right.isNumeric()) {
            return number(left, right);
        }
        boolean times = (left == Simple.DATE || left == Simple.TIMESTAMP)
                && (right == Simple.DATE || right == Simple.TIMESTAMP);
        return times ? Simple.TIMESTAMP : Simple.STRING;
    }

    private static DataType number(DataType left, DataType right) {
        if (left == Simple.DOUBLE || right == Simple.DOUBLE) {
            return Simple.DOUBLE;
        }
        if (left instanceof Decimal a) {
            return right instanceof Decimal b && b.precision() > a.precision() ? b : a;
        }
        return right instanceof Decimal ? right : Simple.BIGINT;
    }

    public RowType rowType() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(Field.of(names.get(i), seen.get(i) == Simple.VOID ? Simple.STRING : seen.get(i)));
        }
        return new RowType(fields);
    }
}
