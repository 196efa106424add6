package dev.thalweg.execution.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.format.TimeOfDay;
import dev.thalweg.spi.data.VectorValues;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row as a JSON object, for the late table. Not for the hot path: an object a value.
final class RowJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ZoneId zone;

    RowJson(ZoneId zone) {
        this.zone = zone;
    }

    String of(Batch batch, int row) {
        RowType type = batch.type();
        ObjectNode object = JSON.objectNode();
        int physical = batch.physical(row);
        for (int column = 0; column < type.size(); column++) {
            Object value = VectorValues.get(batch.vector(column), physical, type.type(column));
            object.set(type.field(column).name(), value(value, type.type(column)));
        }
        return object.toString();
    }

    private JsonNode value(@Nullable Object value, DataType type) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (type) {
            case Simple simple -> simple(value, simple);
            case Decimal _ -> JSON.numberNode((BigDecimal) value);
            case ArrayOf(DataType element, _) -> {
                var array = JSON.arrayNode();
                ((List<?>) value).forEach(each -> array.add(value(each, element)));
                yield array;
            }
            case MapOf map -> {
                ObjectNode object = JSON.objectNode();
                ((Map<?, ?>) value).forEach((key, each) -> object.set(String.valueOf(key), value(each, map.value())));
                yield object;
            }
            case Struct(RowType fields) -> {
                ObjectNode object = JSON.objectNode();
                List<?> values = (List<?>) value;
                for (int i = 0; i < fields.size(); i++) {
                    object.set(fields.field(i).name(), value(values.get(i), fields.type(i)));
                }
                yield object;
            }
        };
    }

    private JsonNode simple(Object value, Simple type) {
        return switch (type) {
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case TINYINT, SMALLINT, INT, BIGINT, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH ->
                    JSON.numberNode(((Number) value).longValue());
            case FLOAT -> JSON.numberNode((Float) value);
            case DOUBLE -> JSON.numberNode((Double) value);
            case STRING -> JSON.textNode((String) value);
            case BINARY -> JSON.binaryNode((byte[]) value);
            case DATE -> JSON.textNode(LocalDate.ofEpochDay((Integer) value).toString());
            case TIMESTAMP -> JSON.textNode(
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant((Long) value).atZone(zone)));
            case TIMESTAMP_NTZ ->
                    JSON.textNode(LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC).toString());
            case TIME -> JSON.textNode(TimeOfDay.text((Long) value));
            case VOID -> JSON.nullNode();
        };
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }
}
