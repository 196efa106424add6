package dev.thalweg.spi.data;

import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/// One value at a time between vectors and the objects that [DataType] lists.
///
/// Cost: an object a value. For borders, tests and nested types; never for the hot path.
public final class VectorValues {
    private VectorValues() {}

    /// Whether any value of a vector is NULL. Arrow's own count goes over the bitmap byte by byte, each checked.
    public static boolean hasNulls(FieldVector vector) {
        boolean flat = vector instanceof BaseFixedWidthVector || vector instanceof BaseVariableWidthVector;
        if (!flat || vector.getValidityBuffer().capacity() == 0) {
            return vector.getNullCount() > 0;
        }
        return !Memory.areAllSet(vector.getValidityBufferAddress(), vector.getValueCount());
    }

    public static @Nullable Object get(FieldVector vector, int row, DataType type) {
        if (type == Simple.VOID || vector.isNull(row)) {
            return null;
        }
        return switch (type) {
            case Simple simple -> getSimple(vector, row, simple);
            case Decimal _ -> ((DecimalVector) vector).getObject(row);
            case ArrayOf(DataType element, _) -> list((ListVector) vector, row, element);
            case MapOf map -> map((MapVector) vector, row, map);
            case Struct(RowType fields) -> struct((StructVector) vector, row, fields);
        };
    }

    private static @Nullable Object getSimple(FieldVector vector, int row, Simple type) {
        return switch (type) {
            case BOOLEAN -> ((BitVector) vector).get(row) != 0;
            case TINYINT -> ((TinyIntVector) vector).get(row);
            case SMALLINT -> ((SmallIntVector) vector).get(row);
            case INT -> ((IntVector) vector).get(row);
            case BIGINT -> ((BigIntVector) vector).get(row);
            case FLOAT -> ((Float4Vector) vector).get(row);
            case DOUBLE -> ((Float8Vector) vector).get(row);
            case STRING -> new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
            case BINARY -> ((VarBinaryVector) vector).get(row);
            case DATE -> ((DateDayVector) vector).get(row);
            case TIMESTAMP, TIMESTAMP_NTZ -> ((TimeStampVector) vector).get(row);
            case TIME -> ((TimeMicroVector) vector).get(row);
            case INTERVAL_DAY_TIME -> DurationVector.get(vector.getDataBuffer(), row);
            case INTERVAL_YEAR_MONTH -> ((IntervalYearVector) vector).get(row);
            case VOID -> null;
        };
    }

    private static List<@Nullable Object> list(ListVector vector, int row, DataType element) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
            values.add(get(vector.getDataVector(), i, element));
        }
        return values;
    }

    private static Map<@Nullable Object, @Nullable Object> map(MapVector vector, int row, MapOf type) {
        StructVector entries = (StructVector) vector.getDataVector();
        FieldVector keys = (FieldVector) entries.getChildByOrdinal(0);
        FieldVector values = (FieldVector) entries.getChildByOrdinal(1);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
            map.put(get(keys, i, type.key()), get(values, i, type.value()));
        }
        return map;
    }

    private static List<@Nullable Object> struct(StructVector vector, int row, RowType type) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            values.add(get((FieldVector) vector.getChildByOrdinal(i), row, type.type(i)));
        }
        return values;
    }

    /// Writes one value, growing the vector as needed. Rows must be written in ascending order; the caller sets the value
    /// count at the end.
    public static void set(FieldVector vector, int row, DataType type, @Nullable Object value) {
        if (value == null) {
            setNull(vector, row);
            return;
        }
        switch (type) {
            case Simple simple -> setSimple(vector, row, simple, value);
            case Decimal(_, int scale) -> ((DecimalVector) vector).setSafe(row, ((BigDecimal) value).setScale(scale));
            case ArrayOf(DataType element, _) -> setList((ListVector) vector, row, element, (List<?>) value);
            case MapOf map -> setMap((MapVector) vector, row, map, (Map<?, ?>) value);
            case Struct(RowType fields) -> setStruct((StructVector) vector, row, fields, (List<?>) value);
        }
    }

    private static void setSimple(FieldVector vector, int row, Simple type, Object value) {
        switch (type) {
            case BOOLEAN -> ((BitVector) vector).setSafe(row, (Boolean) value ? 1 : 0);
            case TINYINT -> ((TinyIntVector) vector).setSafe(row, (Byte) value);
            case SMALLINT -> ((SmallIntVector) vector).setSafe(row, (Short) value);
            case INT -> ((IntVector) vector).setSafe(row, (Integer) value);
            case BIGINT -> ((BigIntVector) vector).setSafe(row, (Long) value);
            case FLOAT -> ((Float4Vector) vector).setSafe(row, (Float) value);
            case DOUBLE -> ((Float8Vector) vector).setSafe(row, (Double) value);
            case STRING -> ((VarCharVector) vector).setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
            case BINARY -> ((VarBinaryVector) vector).setSafe(row, (byte[]) value);
            case DATE -> ((DateDayVector) vector).setSafe(row, (Integer) value);
            case TIMESTAMP, TIMESTAMP_NTZ -> ((TimeStampVector) vector).setSafe(row, (Long) value);
            case TIME -> ((TimeMicroVector) vector).setSafe(row, (Long) value);
            case INTERVAL_DAY_TIME -> ((DurationVector) vector).setSafe(row, (Long) value);
            case INTERVAL_YEAR_MONTH -> ((IntervalYearVector) vector).setSafe(row, (Integer) value);
            case VOID -> setNull(vector, row);
        }
    }

    private static void setList(ListVector vector, int row, DataType element, List<?> values) {
        int at = vector.startNewValue(row);
        for (Object value : values) {
            set(vector.getDataVector(), at++, element, value);
        }
        vector.endValue(row, values.size());
    }

    private static void setMap(MapVector vector, int row, MapOf type, Map<?, ?> values) {
        StructVector entries = (StructVector) vector.getDataVector();
        int at = vector.startNewValue(row);
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            while (at >= entries.getValueCapacity()) {
                entries.reAlloc();
            }
            entries.setIndexDefined(at);
            set((FieldVector) entries.getChildByOrdinal(0), at, type.key(), entry.getKey());
            set((FieldVector) entries.getChildByOrdinal(1), at, type.value(), entry.getValue());
            at++;
        }
        vector.endValue(row, values.size());
    }

    private static void setStruct(StructVector vector, int row, RowType type, List<?> values) {
        while (row >= vector.getValueCapacity()) {
            vector.reAlloc();
        }
        vector.setIndexDefined(row);
        for (int i = 0; i < type.size(); i++) {
            set((FieldVector) vector.getChildByOrdinal(i), row, type.type(i), values.get(i));
        }
    }

    private static void setNull(FieldVector vector, int row) {
        switch (vector) {
            case BaseFixedWidthVector fixed -> {
                while (row >= fixed.getValueCapacity()) {
                    fixed.reAlloc();
                }
                fixed.setNull(row);
            }
            case BaseVariableWidthVector variable -> {
                while (row >= variable.getValueCapacity()) {
                    variable.reAlloc();
                }
                variable.setNull(row);
            }
            case ListVector list -> list.setNull(row);
            case StructVector struct -> setStructNull(struct, row);
            default -> throw new IllegalArgumentException(vector.getField().toString());
        }
    }

    private static void setStructNull(StructVector struct, int row) {
        while (row >= struct.getValueCapacity()) {
            struct.reAlloc();
        }
        struct.setNull(row);
        for (FieldVector child : struct.getChildrenFromFields()) {
            setNull(child, row);
        }
    }

    /// The bytes a vector's buffers hold, for accounting.
    public static long bytes(FieldVector vector) {
        long bytes = 0;
        for (ArrowBuf buffer : vector.getBuffers(false)) {
            bytes += buffer.readableBytes();
        }
        return bytes;
    }
}
