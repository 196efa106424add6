package dev.thalweg.spi.data;

import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/// How each [DataType] lies in an Arrow vector.
public final class ArrowTypes {
    private ArrowTypes() {}

    public static org.apache.arrow.vector.types.pojo.Field toArrow(Field field) {
        return new org.apache.arrow.vector.types.pojo.Field(field.name(),
                new FieldType(field.nullable(), toArrow(field.type()), null), children(field.type()));
    }

    /// A new, empty vector for a column; the caller allocates its buffers and closes it.
    public static FieldVector newVector(Field field, BufferAllocator allocator) {
        return toArrow(new Field(field.name(), field.type(), true)).createVector(allocator);
    }

    private static ArrowType toArrow(DataType type) {
        return switch (type) {
            case Simple simple -> toArrow(simple);
            case Decimal(int precision, int scale) -> new ArrowType.Decimal(precision, scale, 128);
            case ArrayOf _ -> ArrowType.List.INSTANCE;
            case MapOf _ -> new ArrowType.Map(false);
            case Struct _ -> ArrowType.Struct.INSTANCE;
        };
    }

    private static ArrowType toArrow(Simple type) {
        return switch (type) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case TINYINT -> new ArrowType.Int(8, true);
            case SMALLINT -> new ArrowType.Int(16, true);
            case INT -> new ArrowType.Int(32, true);
            case BIGINT -> new ArrowType.Int(64, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case STRING -> ArrowType.Utf8.INSTANCE;
            case BINARY -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case TIMESTAMP_NTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case INTERVAL_DAY_TIME -> new ArrowType.Duration(TimeUnit.MICROSECOND);
            case INTERVAL_YEAR_MONTH -> new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
            case VOID -> ArrowType.Bool.INSTANCE; // a column of nulls: any layout serves, this one is small
        };
    }

    private static List<org.apache.arrow.vector.types.pojo.Field> children(DataType type) {
        return switch (type) {
            case Simple _,Decimal _ -> List.of();
            case ArrayOf(DataType element, _) -> List.of(toArrow(new Field("element", element, true)));
            case MapOf(DataType key, DataType value, _) ->
                    List.of(new org.apache.arrow.vector.types.pojo.Field(MapVector.DATA_VECTOR_NAME,
                            new FieldType(false, ArrowType.Struct.INSTANCE, null),
                            List.of(toArrow(new Field(MapVector.KEY_NAME, key, false)),
                                    toArrow(new Field(MapVector.VALUE_NAME, value, true)))));
            case Struct(RowType row) ->
                    row.fields().stream().map(f -> toArrow(new Field(f.name(), f.type(), true))).toList();
        };
    }
}
