package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;

/// Writes each row as a line of separated values. A value is quoted when it holds a separator, a quote, a line end or outer
/// space; a null is `nullValue`, an empty string `emptyValue`, so that they can be told apart.
public final class CsvEncoder implements RowEncoder {
    private final RowType type;
    private final int[] columns;
    private final CsvOptions options;
    private final TimeWriter times;
    private final TextBuffer value = new TextBuffer();

    /// @param type of the batches
    /// @param columns which of its columns are written
    public CsvEncoder(RowType type, List<Integer> columns, CsvOptions options) {
        this.type = type;
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.options = options;
        this.times = new TimeWriter(options.zone(), options.timestampFormat(), options.timestampNtzFormat(),
                options.dateFormat());
    }

    @Override
    public void header(TextBuffer out) {
        if (!options.header()) {
            return;
        }
        for (int i = 0; i < columns.length; i++) {
            separate(i, out);
            text(type.field(columns[i]).name().getBytes(UTF_8), out);
        }
        out.put('\n');
    }

    @Override
    public void encode(Batch batch, int from, int to, TextBuffer out) {
        for (int row = from; row < to; row++) {
            int at = batch.physical(row);
            for (int i = 0; i < columns.length; i++) {
                separate(i, out);
                value(batch.vector(columns[i]), at, type.type(columns[i]), out);
            }
            out.put('\n');
        }
    }

    /// A row of objects, as [DataType] lists them, without the line's end: what `to_csv` gives.
    public String text(List<?> values) {
        TextBuffer out = new TextBuffer();
        for (int i = 0; i < columns.length; i++) {
            separate(i, out);
            Object value = values.get(columns[i]);
            if (value == null) {
                out.put(options.nullValue());
            } else {
                text(bytes(value, type.type(columns[i])), out);
            }
        }
        return out.toString();
    }

    private byte[] bytes(Object of, DataType as) {
        value.clear();
        switch (as) {
            case Simple.DATE -> times.date((Integer) of, value);
            case Simple.TIMESTAMP -> times.timestamp((Long) of, value);
            case Simple.TIMESTAMP_NTZ -> times.timestampNtz((Long) of, value);
            default -> value.put(ValueText.of(of, as, options.zone()));
        }
        return value.toString().getBytes(UTF_8);
    }

    private void separate(int column, TextBuffer out) {
        if (column > 0) {
            out.put(options.separator());
        }
    }

    private void value(FieldVector vector, int row, DataType of, TextBuffer out) {
        if (vector.isNull(row)) {
            out.put(options.nullValue());
            return;
        }
        if (!options.quoteAll() && of == Simple.BIGINT) {
            out.putLong(((BigIntVector) vector).get(row));
        } else if (!options.quoteAll() && of == Simple.INT) {
            out.putLong(((IntVector) vector).get(row));
        } else {
            text(bytes(vector, row, of), out);
        }
    }

    private byte[] bytes(FieldVector vector, int row, DataType of) {
        value.clear();
        switch (of) {
            case Simple.STRING -> {
                return ((VarCharVector) vector).get(row);
            }
            case Simple.DATE -> times.date(((DateDayVector) vector).get(row), value);
            case Simple.TIMESTAMP -> times.timestamp(((TimeStampVector) vector).get(row), value);
            case Simple.TIMESTAMP_NTZ -> times.timestampNtz(((TimeStampVector) vector).get(row), value);
            default -> value.put(ValueText.of(VectorValues.get(vector, row, of), of, options.zone()));
        }
        return value.toString().getBytes(UTF_8);
    }

    private void text(byte[] text, TextBuffer out) {
        if (text.length == 0) {
            out.put(options.emptyValue());
            return;
        }
        if (options.quote() == 0 || (!options.quoteAll() && !needsQuotes(text))) {
            out.put(text);
            return;
        }
        out.put(options.quote());
        for (byte c : text) {
            if (c == options.quote() || c == options.escape()) {
                out.put(options.escape());
            }
            out.put(c);
        }
        out.put(options.quote());
    }

    private boolean needsQuotes(byte[] text) {
        if ((text[0] <= ' ' && text[0] >= 0) || (text[text.length - 1] <= ' ' && text[text.length - 1] >= 0)
                || (options.comment() != 0 && text[0] == options.comment())
                || java.util.Arrays.equals(text, options.nullValue().getBytes(UTF_8))) {
            return true;
        }
        for (byte c : text) {
            if (c == options.separator() || c == '\n' || c == '\r'
                    || (c == options.quote() && (options.escapeQuotes() || text[0] == c))) {
                return true;
            }
        }
        return false;
    }
}
