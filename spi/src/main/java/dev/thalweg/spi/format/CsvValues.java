package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads single CSV records into the objects that [DataType] lists: what `from_csv` does. Fields belong to columns by position; what
/// does not fit is null.
///
/// **Thread** one.
public final class CsvValues {
    private static final int LEAST_BYTES = 256;

    private final CsvOptions options;
    private final CsvScanner scanner;
    private final TimeReader times;
    private MemorySegment buffer = MemorySegment.NULL;
    private @Nullable String misfit;

    public CsvValues(CsvOptions options) {
        this.options = options;
        this.scanner = new CsvScanner(options);
        this.times = new TimeReader(options.zone(), options.timestampFormat(), options.timestampNtzFormat(),
                options.dateFormat());
    }

    /// The fields of a text's first record.
    ///
    /// **Errors** [dev.thalweg.spi.error.InvalidQuery] THW-4240 for what does not fit in mode FAILFAST.
    public List<@Nullable Object> read(byte[] text, RowType row) {
        if (buffer.byteSize() < text.length + Utf8Scan.PADDING_BYTES) {
            buffer = Arena.ofAuto()
                    .allocate(Math.max(LEAST_BYTES, 2L * text.length) + Utf8Scan.PADDING_BYTES);
        }
        MemorySegment.copy(text, 0, buffer, ValueLayout.JAVA_BYTE, 0, text.length);
        scanner.record(buffer.address(), buffer.address() + text.length, true);
        misfit = null;
        @Nullable
        Object[] values = new Object[row.size()];
        int field = 0;
        int corrupt = -1;
        for (int i = 0; i < values.length; i++) {
            if (row.field(i).name().equals(options.corruptColumn())) {
                corrupt = i;
            } else {
                values[i] = field < scanner.count ? value(field, row.type(i)) : null;
                field++;
            }
        }
        if (scanner.count != field && misfit == null) {
            misfit = "it has " + scanner.count + " fields, not " + field;
        }
        if (misfit != null) {
            if (options.mode() == ParseMode.FAILFAST) {
                throw JsonValues.malformed("from_csv", text, misfit);
            }
            if (corrupt >= 0) {
                values[corrupt] = new String(text, UTF_8);
            }
        }
        return Arrays.asList(values);
    }

    private @Nullable Object value(int field, DataType type) {
        String text = new String(scanner.bytes(field), UTF_8);
        if (!scanner.isQuoted(field)) {
            text = options.ignoreLeadingWhiteSpace() ? text.stripLeading() : text;
            text = options.ignoreTrailingWhiteSpace() ? text.stripTrailing() : text;
        }
        if ((text.isEmpty() && !scanner.isQuoted(field)) || text.equals(options.nullValue())) {
            return null;
        }
        Object value = fitted(text, type);
        if (value == null) {
            misfit = misfit == null ? "field '" + text + "' does not fit " + type.sql() : misfit;
        }
        return value;
    }

    /// Null where it does not fit.
    private @Nullable Object fitted(String text, DataType type) {
        try {
            return switch (type) {
                case Simple simple -> simple(text, simple);
                case Decimal decimal -> {
                    Object value = JsonVectors.decimal(text.replace(",", ""), decimal);
                    yield JsonVectors.MISFIT.equals(value) ? null : value;
                }
                case DataType.ArrayOf _,DataType.MapOf _,DataType.Struct _ -> null;
            };
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private @Nullable Object simple(String text, Simple type) {
        return switch (type) {
            case STRING -> text;
            case BINARY -> text.getBytes(UTF_8);
            case TINYINT -> Byte.valueOf(text);
            case SMALLINT -> Short.valueOf(text);
            case INT -> Integer.valueOf(text);
            case BIGINT -> Long.valueOf(text);
            case DOUBLE -> floating(text);
            case FLOAT -> Double.isFinite(floating(text)) ? (Object) Float.valueOf(text) : (float) floating(text);
            case BOOLEAN -> switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> null;
            };
            case DATE -> {
                long days = times.read(ColumnBuffer.DATE, text);
                yield days == DateTimeText.NONE ? null : (Object) (int) days;
            }
            case TIMESTAMP -> micros(times.read(ColumnBuffer.TIMESTAMP, text));
            case TIMESTAMP_NTZ -> micros(times.read(ColumnBuffer.TIMESTAMP_NTZ, text));
            case TIME -> micros(TimeOfDay.read(text));
            case INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, VOID -> null;
        };
    }

    private static @Nullable Object micros(long value) {
        return value == DateTimeText.NONE ? null : (Object) value;
    }

    private double floating(String text) {
        if (text.equals(options.nanValue())) {
            return Double.NaN;
        }
        if (text.equals(options.positiveInf())) {
            return Double.POSITIVE_INFINITY;
        }
        return text.equals(options.negativeInf()) ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
    }
}
