package dev.thalweg.spi.format;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes values that are objects, as [DataType] lists them, as JSON texts: what `to_json` does. [JsonText] does the same for
/// values of vectors.
///
/// **Thread** one.
public final class JsonValueWriter {
    private final TimeWriter times;
    private final boolean ignoreNullFields;

    public JsonValueWriter(JsonOptions options) {
        this.times = new TimeWriter(options.zone(), options.timestampFormat(), options.timestampNtzFormat(),
                options.dateFormat());
        this.ignoreNullFields = options.ignoreNullFields();
    }

    public String text(Object value, DataType type) {
        TextBuffer out = new TextBuffer();
        write(value, type, out);
        return out.toString();
    }

    private void write(@Nullable Object value, DataType type, TextBuffer out) {
        if (value == null) {
            out.put("null");
            return;
        }
        switch (type) {
            case Simple simple -> simple(value, simple, out);
            case Decimal _ -> out.put(((BigDecimal) value).toPlainString());
            case ArrayOf(DataType element, _) -> array((List<?>) value, element, out);
            case MapOf map -> map((Map<?, ?>) value, map, out);
            case Struct variant when variant.isVariant() -> out.put((String) ((List<?>) value).getFirst());
            case Struct(RowType row) -> struct((List<?>) value, row, out);
        }
    }

    private void simple(Object value, Simple type, TextBuffer out) {
        switch (type) {
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, VOID -> out.put(value.toString());
            case FLOAT, DOUBLE -> {
                boolean finite = Double.isFinite(((Number) value).doubleValue());
                out.put(finite ? value.toString() : "\"" + value + "\"");
            }
            case STRING -> JsonText.quoted((String) value, out);
            case BINARY -> out.put('"').put(Base64.getEncoder().encode((byte[]) value)).put('"');
            case DATE -> {
                out.put('"');
                times.date((Integer) value, out);
                out.put('"');
            }
            case TIMESTAMP -> {
                out.put('"');
                times.timestamp((Long) value, out);
                out.put('"');
            }
            case TIMESTAMP_NTZ -> {
                out.put('"');
                times.timestampNtz((Long) value, out);
                out.put('"');
            }
            case TIME, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH ->
                    JsonText.quoted(ValueText.of(value, type, ZoneOffset.UTC), out);
        }
    }

    private void array(List<?> values, DataType element, TextBuffer out) {
        out.put('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            write(values.get(i), element, out);
        }
        out.put(']');
    }

    private void map(Map<?, ?> entries, MapOf type, TextBuffer out) {
        out.put('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            if (!first) {
                out.put(',');
            }
            first = false;
            JsonText.quoted(ValueText.of(entry.getKey(), type.key(), ZoneOffset.UTC), out);
            out.put(':');
            write(entry.getValue(), type.value(), out);
        }
        out.put('}');
    }

    private void struct(List<?> values, RowType row, TextBuffer out) {
        out.put('{');
        boolean first = true;
        for (int i = 0; i < row.size(); i++) {
            Object value = values.get(i);
            if (value == null && ignoreNullFields) {
                continue;
            }
            if (!first) {
                out.put(',');
            }
            first = false;
            JsonText.quoted(row.field(i).name(), out);
            out.put(':');
            write(value, row.type(i), out);
        }
        out.put('}');
    }
}
