package dev.thalweg.spi.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.thalweg.spi.data.DataType.Decimal;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the records that [JsonDecoder] finds odd, through Jackson, and says which of them are malformed.
///
/// A record is malformed when it is not JSON (as far as the leniencies go), not UTF-8, not an object or an array of objects, or
/// when a wanted field does not fit its column's type. Fields that fit are kept all the same, as Spark does; of a record
/// that is not JSON nothing is kept.
final class JsonRecords {
    private final RowBuffers rows;
    private final JsonFieldNames names;
    private final JsonVectors vectors;
    private final BadRecords bad;

    JsonRecords(RowBuffers rows, JsonFieldNames names, JsonVectors vectors, BadRecords bad) {
        this.rows = rows;
        this.names = names;
        this.vectors = vectors;
        this.bad = bad;
    }

    /// Adds the rows of the record that these bytes are: mostly one.
    void add(long from, long end) throws MalformedRecord {
        if (!Utf8Scan.isValid(from, end)) {
            malformed(from, end, "it is not UTF-8");
            return;
        }
        byte[] text = TextSlices.bytes(from, end);
        try (JsonParser parser = vectors.parser(text)) {
            root(parser, text, from, end);
        } catch (JsonProcessingException e) {
            malformed(from, end, "it is not JSON: " + JsonComplaint.of(e));
        } catch (IOException e) {
            malformed(from, end, "it is not JSON: " + e.getMessage());
        }
    }

    void malformed(long from, long end, String reason) throws MalformedRecord {
        rows.ensureOpenRow();
        rows.clearRow();
        bad.finish(rows, from, end, reason);
    }

    private void root(JsonParser parser, byte[] text, long from, long end) throws IOException, MalformedRecord {
        JsonToken token = parser.nextToken();
        if (token == null) {
            return; // nothing but comments or space
        }
        if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                row(parser, text, from, end);
            }
            return;
        }
        rows.ensureOpenRow();
        Optional<String> misfit = object(parser, text);
        if (parser.nextToken() != null) {
            malformed(from, end, "more follows after its end");
        } else {
            finish(misfit, from, end);
        }
    }

    /// Adds the row of the object that the parser stands at.
    void row(JsonParser parser, byte[] text, long from, long end) throws IOException, MalformedRecord {
        rows.ensureOpenRow();
        finish(object(parser, text), from, end);
    }

    private void finish(Optional<String> misfit, long from, long end) throws MalformedRecord {
        if (misfit.isEmpty()) {
            rows.endRow();
        } else {
            bad.finish(rows, from, end, misfit.get());
        }
    }

    /// Reads an object into the open row, and says why it is malformed if it is.
    private Optional<String> object(JsonParser parser, byte[] text) throws IOException {
        rows.clearRow();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return Optional.of("it is not an object");
        }
        Optional<String> misfit = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int index = names.find(name);
            JsonToken token = parser.nextToken();
            boolean wanted = index != JsonFieldNames.UNWANTED
                    && (names.isExactName(name) || !rows.column(index).isSet(rows.rows()));
            if (!wanted) {
                parser.skipChildren();
            } else if (!field(parser, text, rows.column(index))) {
                misfit = misfit.or(() -> Optional.of("field '" + name + "' is "
                        + kind(token) + ", which does not fit "
                        + rows.column(index).field.type().sql()));
            }
        }
        return misfit;
    }

    private boolean field(JsonParser parser, byte[] text, ColumnBuffer column) throws IOException {
        if (column.kind == ColumnBuffer.NESTED) {
            return vectors.write(parser, text, column.vector(), rows.rows(), column.field.type());
        }
        Object value = vectors.scalar(parser, text, column.field.type());
        store(column, rows.rows(), JsonVectors.MISFIT.equals(value) ? null : value);
        return !JsonVectors.MISFIT.equals(value);
    }

    static void store(ColumnBuffer column, int row, @Nullable Object value) {
        switch (value) {
            case null -> column.clear(row);
            case Boolean b -> column.setBoolean(row, b);
            case Float f -> column.setFloat(row, f);
            case Double d -> column.setDouble(row, d);
            case BigDecimal d when column.field.type() instanceof Decimal -> column.setDecimal(row, d.unscaledValue());
            case Number n -> column.setIntegral(row, n.longValue());
            case String s -> column.setText(row, s);
            case byte[] b -> column.setBytes(row, b);
            default -> throw new IllegalArgumentException(value.getClass().getName());
        }
    }

    private static String kind(JsonToken token) {
        if (token.isStructStart()) {
            return "nested";
        }
        return token.isNumeric() ? "a number" : token.isBoolean() ? "a boolean" : "a string";
    }
}
