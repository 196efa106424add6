package dev.thalweg.execution.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Chosen rows of a column")
final class GatherSpec {
    private final RootAllocator memory = new RootAllocator();

    @AfterEach
    void leavesNothing() {
        memory.close();
    }

    /// In another order, one twice, one that stands for NULL; and none at all.
    private void areCopied(DataType type, @Nullable Object... values) {
        RowType row = RowType.of(Field.of("c", type));
        try (BatchBuilder builder = new BatchBuilder(row, memory)) {
            for (Object value : values) {
                builder.add(Arrays.asList(value));
            }
            try (Batch batch = builder.build()) {
                int[] rows = {values.length - 1, 0, Gather.NULL_ROW, 0, 1};
                compare(batch, type, rows, 5, values);
                compare(batch, type, rows, 0, values);
            }
        }
    }

    private void compare(Batch batch, DataType type, int[] rows, int count, @Nullable Object[] values) {
        try (FieldVector chosen = Gather.rows(batch.vector(0), batch.type().field(0), rows, count, memory)) {
            List<@Nullable Object> expected = new ArrayList<>();
            List<@Nullable Object> actual = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                expected.add(rows[i] < 0 ? null : values[rows[i]]);
                actual.add(VectorValues.get(chosen, i, type));
            }
            assertThat(chosen.getValueCount()).isEqualTo(count);
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("are copied whatever is nested in them")
    void nested() {
        ArrayOf ints = new ArrayOf(Simple.INT, true);
        areCopied(ints, Arrays.asList(1, null, 3), List.of(), null, List.of(4, 5));
        areCopied(new ArrayOf(ints, true), List.of(List.of(1), List.of()), Arrays.asList(List.of(2, 3), null), null,
                List.of());
        areCopied(new MapOf(Simple.STRING, Simple.BIGINT, true), Map.of("a", 1L), Map.of(), null, Map.of("été", 2L));
        Struct struct = new Struct(RowType.of(Field.of("i", Simple.INT), Field.of("s", Simple.STRING),
                Field.of("l", new ArrayOf(Simple.STRING, true)), Field.of("f", Simple.BOOLEAN)));
        areCopied(struct, Arrays.asList(1, "x", List.of("p", "q"), true), Arrays.asList(null, null, null, null), null,
                Arrays.asList(2, "", List.of(), false));
        areCopied(new ArrayOf(struct, true), List.of(Arrays.asList(1, "x", null, true)), List.of(), null,
                Arrays.asList(null, Arrays.asList(3, null, List.of("z"), null)));
    }

    @Test
    @DisplayName("are copied as they lie where they are decimals")
    void decimals() {
        areCopied(new Decimal(38, 2), new BigDecimal("123456789012345678901234567890.12"), new BigDecimal("-0.01"),
                null, new BigDecimal("0.00"));
    }
}
