package dev.thalweg.tests.law;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// The law's rows as the engine's batches, and back.
final class EngineRows {
    private EngineRows() {}

    static Batch batch(RowType type, List<List<@Nullable Object>> rows, BufferAllocator memory) {
        try (BatchBuilder builder = new BatchBuilder(type, memory)) {
            for (List<@Nullable Object> row : rows) {
                List<@Nullable Object> values = new ArrayList<>();
                row.forEach(value -> values.add(toEngine(value)));
                builder.add(values);
            }
            return builder.build();
        }
    }

    /// @param columns of the law's result; what a batch has beyond them, such as the kind of change, stays as it is
    static List<List<@Nullable Object>> of(List<Batch> batches, RowType type, List<Rel.Col> columns) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rowCount(); row++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int i = 0; i < type.size(); i++) {
                    Object value = VectorValues.get(batch.vector(i), batch.physical(row), type.type(i));
                    values.add(i < columns.size() ? fromEngine(value, columns.get(i).type()) : value);
                }
                for (long copy = 0; copy < batch.weight(row); copy++) {
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private static @Nullable Object toEngine(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case LocalDate date -> (int) date.toEpochDay();
            case Instant time -> LatenessModel.micros(time);
            default -> value;
        };
    }

    private static @Nullable Object fromEngine(@Nullable Object value, Type type) {
        return switch (value) {
            case Integer days when type == Type.DATE -> LocalDate.ofEpochDay(days);
            case Long micros when type == Type.TIMESTAMP -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            case null, default -> value;
        };
    }
}
