package dev.thalweg.spi.format;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.util.Base64;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/// Writes values of vectors as JSON, as Spark's `to_json` does.
///
/// Names of fields are escaped once, by [#name].
final class JsonText {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final TimeWriter times;
    private final boolean ignoreNullFields;

    JsonText(JsonOptions options) {
        this.times = new TimeWriter(options.zone(), options.timestampFormat(), options.timestampNtzFormat(),
                options.dateFormat());
        this.ignoreNullFields = options.ignoreNullFields();
    }

    /// `"name":`, ready to be written.
    static byte[] name(String name) {
        TextBuffer out = new TextBuffer();
        quoted(name, out);
        return out.put(':').toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    void write(FieldVector vector, int row, DataType type, TextBuffer out) {
        if (vector.isNull(row)) {
            out.put("null");
            return;
        }
        switch (type) {
            case Simple simple -> simple(vector, row, simple, out);
            case Decimal _ -> out.put(((DecimalVector) vector).getObject(row).toString());
            case ArrayOf(DataType element, _) -> array((ListVector) vector, row, element, out);
            case MapOf map -> map((MapVector) vector, row, map, out);
            case Struct variant when variant.isVariant() ->
                    out.put(((VarCharVector) ((StructVector) vector).getChildByOrdinal(0)).get(row));
            case Struct(RowType fields) -> struct((StructVector) vector, row, fields, out);
        }
    }

    private void simple(FieldVector vector, int row, Simple type, TextBuffer out) {
        switch (type) {
            case BOOLEAN -> out.put(((BitVector) vector).get(row) != 0 ? "true" : "false");
            case TINYINT -> out.putLong(((TinyIntVector) vector).get(row));
            case SMALLINT -> out.putLong(((SmallIntVector) vector).get(row));
            case INT -> out.putLong(((IntVector) vector).get(row));
            case BIGINT -> out.putLong(((BigIntVector) vector).get(row));
            case FLOAT -> {
                float value = ((Float4Vector) vector).get(row);
                number(Float.isFinite(value), Float.toString(value), out);
            }
            case DOUBLE -> {
                double value = ((Float8Vector) vector).get(row);
                number(Double.isFinite(value), Double.toString(value), out);
            }
            case STRING -> string((BaseVariableWidthVector) vector, row, out);
            case BINARY ->
                    out.put('"').put(Base64.getEncoder().encode(((VarBinaryVector) vector).get(row))).put('"');
            case DATE -> {
                out.put('"');
                times.date(((DateDayVector) vector).get(row), out);
                out.put('"');
            }
            case TIMESTAMP -> {
                out.put('"');
                times.timestamp(((TimeStampVector) vector).get(row), out);
                out.put('"');
            }
            case TIMESTAMP_NTZ -> {
                out.put('"');
                times.timestampNtz(((TimeStampVector) vector).get(row), out);
                out.put('"');
            }
            case TIME, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH -> quoted(
                    ValueText.of(VectorValues.get(vector, row, type), type, java.time.ZoneOffset.UTC), out);
            case VOID -> out.put("null");
        }
    }

    private static void number(boolean finite, String text, TextBuffer out) {
        if (finite) {
            out.put(text);
        } else {
            out.put('"').put(text).put('"');
        }
    }

    private static void string(BaseVariableWidthVector vector, int row, TextBuffer out) {
        int start = vector.getOffsetBuffer().getInt(4L * row);
        int length = vector.getOffsetBuffer().getInt(4L * row + 4) - start;
        long from = vector.getDataBufferAddress() + start;
        out.put('"');
        long end = from + length;
        long copied = from;
        for (long at = from; at < end; at++) {
            int c = Memory.getByte(at);
            if (c == '"' || c == '\\' || (c >= 0 && c < 0x20)) {
                out.put(copied, (int) (at - copied));
                escape(c, out);
                copied = at + 1;
            }
        }
        out.put(copied, (int) (end - copied)).put('"');
    }

    static void quoted(String text, TextBuffer out) {
        out.put('"');
        for (byte c : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            if (c == '"' || c == '\\' || (c >= 0 && c < 0x20)) {
                escape(c, out);
            } else {
                out.put(c);
            }
        }
        out.put('"');
    }

    private static void escape(int c, TextBuffer out) {
        switch (c) {
            case '"' -> out.put("\\\"");
            case '\\' -> out.put("\\\\");
            case '\b' -> out.put("\\b");
            case '\f' -> out.put("\\f");
            case '\n' -> out.put("\\n");
            case '\r' -> out.put("\\r");
            case '\t' -> out.put("\\t");
            default -> out.put("\\u00").put(HEX[c >> 4]).put(HEX[c & 15]);
        }
    }

    private void array(ListVector vector, int row, DataType element, TextBuffer out) {
        out.put('[');
        int from = vector.getElementStartIndex(row);
        for (int i = from; i < vector.getElementEndIndex(row); i++) {
            if (i > from) {
                out.put(',');
            }
            write(vector.getDataVector(), i, element, out);
        }
        out.put(']');
    }

    private void map(MapVector vector, int row, MapOf type, TextBuffer out) {
        StructVector entries = (StructVector) vector.getDataVector();
        FieldVector keys = (FieldVector) entries.getChildByOrdinal(0);
        FieldVector values = (FieldVector) entries.getChildByOrdinal(1);
        out.put('{');
        int from = vector.getElementStartIndex(row);
        for (int i = from; i < vector.getElementEndIndex(row); i++) {
            if (i > from) {
                out.put(',');
            }
            quoted(ValueText.of(VectorValues.get(keys, i, type.key()), type.key(), java.time.ZoneOffset.UTC), out);
            out.put(':');
            write(values, i, type.value(), out);
        }
        out.put('}');
    }

    private void struct(StructVector vector, int row, RowType fields, TextBuffer out) {
        out.put('{');
        boolean first = true;
        for (int i = 0; i < fields.size(); i++) {
            FieldVector child = (FieldVector) vector.getChildByOrdinal(i);
            if (ignoreNullFields && child.isNull(row)) {
                continue;
            }
            if (!first) {
                out.put(',');
            }
            first = false;
            quoted(fields.field(i).name(), out);
            out.put(':');
            write(child, row, fields.type(i), out);
        }
        out.put('}');
    }
}
