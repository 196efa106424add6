package dev.thalweg.execution.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.state.EncodedKeys;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Encoded keys")
final class KeyEncoderSpec {
    private static final RowType ALL = RowType.of(Field.of("bool", Simple.BOOLEAN), Field.of("byte", Simple.TINYINT),
            Field.of("short", Simple.SMALLINT), Field.of("int", Simple.INT), Field.of("long", Simple.BIGINT),
            Field.of("float", Simple.FLOAT), Field.of("double", Simple.DOUBLE), Field.of("string", Simple.STRING),
            Field.of("date", Simple.DATE), Field.of("ts", Simple.TIMESTAMP), Field.of("ntz", Simple.TIMESTAMP_NTZ),
            Field.of("days", Simple.INTERVAL_DAY_TIME), Field.of("months", Simple.INTERVAL_YEAR_MONTH),
            Field.of("decimal", new Decimal(38, 3)), Field.of("list", new ArrayOf(Simple.STRING, true)),
            Field.of("struct", new Struct(RowType.of(Field.of("a", Simple.INT), Field.of("b", Simple.STRING)))),
            Field.of("map", new MapOf(Simple.STRING, Simple.DOUBLE, true)), Field.of("void", Simple.VOID));

    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingIsLeft() {
        allocator.close();
    }

    private Batch batch(RowType type, List<List<@Nullable Object>> rows) {
        try (BatchBuilder builder = new BatchBuilder(type, allocator)) {
            rows.forEach(builder::add);
            return builder.build();
        }
    }

    private static String hex(EncodedKeys keys, int i) {
        byte[] bytes = new byte[keys.length(i)];
        Memory.copy(keys.address(i), bytes, 0, bytes.length);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    @DisplayName("become columns again, whatever their type")
    void roundTrip() {
        List<List<@Nullable Object>> rows = List.of(
                Arrays.asList(true, (byte) -1, (short) 300, -5, Long.MIN_VALUE, 1.5f, -2.5, "größer", 19_000, 123L, 45L,
                        6L, 7, new BigDecimal("-12345678901234567890.123"), Arrays.asList("x", null, ""),
                        Arrays.asList(1, null), Map.of("k", 2.0), null),
                Arrays.asList(new @Nullable Object[18]),
                Arrays.asList(false, (byte) 1, (short) 0, 0, 0L, 0f, 0.0, "", 0, 0L, 0L, 0L, 0, new BigDecimal("0.000"),
                        List.of(), Arrays.asList(null, ""), Map.of(), null));
        List<Integer> columns = IntStream.range(0, ALL.size()).boxed().toList();
        for (OptionalInt time : List.of(OptionalInt.empty(), OptionalInt.of(9))) {
            try (Batch batch = batch(ALL, rows).select(new int[] {2, 0, 1, 0}, 4);
                    KeyEncoder encoder = KeyEncoder.of(ALL, columns, time, allocator)) {
                EncodedKeys keys = encoder.encode(batch);
                assertThat(hex(keys, 1)).isEqualTo(hex(keys, 3)).isNotEqualTo(hex(keys, 0));
                assertThat(keys.hash(1)).isEqualTo(keys.hash(3)).isNotEqualTo(keys.hash(0));
                KeyDecoder decoder = new KeyDecoder(encoder.layout());
                long[] at = {keys.address(0), keys.address(1), keys.address(2)};
                for (int column : columns) {
                    try (FieldVector decoded = decoder.decode(column, ALL.field(column), at, 3, allocator)) {
                        List<@Nullable Object> values = new ArrayList<>();
                        for (int row = 0; row < 3; row++) {
                            values.add(VectorValues.get(decoded, row, ALL.type(column)));
                        }
                        assertThat(values).as(ALL.field(column).name()).isEqualTo(
                                Arrays.asList(rows.get(2).get(column), rows.get(0).get(column),
                                        rows.get(1).get(column)));
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("have the bytes that format version 1 says: a change here breaks every checkpoint")
    void golden() {
        RowType row = RowType.of(Field.of("n", Simple.BIGINT), Field.of("s", Simple.STRING),
                Field.of("ts", Simple.TIMESTAMP));
        try (Batch batch = batch(row, List.of(Arrays.asList(258L, "ab", 1L), Arrays.asList(null, null, null)))) {
            assertThat(encoded(row, batch, List.of(0), OptionalInt.empty())).containsExactly(
                    "020100000000000000 965e301a0686fc51", "000000000000000001 a696ac1a95daa601");
            assertThat(bytes(encoded(row, batch, List.of(0, 1), OptionalInt.empty()))).containsExactly(
                    "020100000000000000" + "02000000" + "6162", "000000000000000003" + "00000000");
            assertThat(bytes(encoded(row, batch, List.of(0, 1, 2), OptionalInt.of(2)))).containsExactly(
                    "8000000000000001" + "020100000000000000" + "02000000" + "6162",
                    "ffffffffffffffff" + "000000000000000007" + "00000000");
            assertThat(bytes(encoded(row, batch, List.of(), OptionalInt.empty()))).containsExactly("00", "00");
        }
    }

    private static List<String> bytes(List<String> encoded) {
        return encoded.stream().map(key -> key.split(" ", 2)[0]).toList();
    }

    private List<String> encoded(RowType row, Batch batch, List<Integer> columns, OptionalInt time) {
        try (KeyEncoder encoder = KeyEncoder.of(row, columns, time, allocator)) {
            EncodedKeys keys = encoder.encode(batch);
            List<String> all = new ArrayList<>();
            for (int i = 0; i < keys.count(); i++) {
                all.add(hex(keys, i) + " " + HexFormat.of().toHexDigits(keys.hash(i)));
            }
            return all;
        }
    }

    @Test
    @DisplayName("take -0.0 for 0.0 and every NaN for the same, unless rows are wanted bit for bit")
    void normalised() {
        RowType row = RowType.of(Field.of("x", Simple.DOUBLE), Field.of("y", Simple.FLOAT));
        try (Batch batch = batch(row, List.of(List.of(0.0, -0.0f), List.of(-0.0, 0.0f),
                List.of(Double.NaN, Float.NaN), List.of(Double.longBitsToDouble(0x7ff8000000000001L), Float.NaN)))) {
            List<String> keys = encoded(row, batch, List.of(0, 1), OptionalInt.empty());
            assertThat(keys.get(0)).isEqualTo(keys.get(1));
            assertThat(keys.get(2)).isEqualTo(keys.get(3)).isNotEqualTo(keys.get(0));
            try (KeyEncoder exact = KeyEncoder.exact(row, allocator)) {
                EncodedKeys bits = exact.encode(batch);
                assertThat(hex(bits, 0)).isNotEqualTo(hex(bits, 1));
            }
        }
    }

    @Test
    @DisplayName("order by their time where time leads")
    void timeOrder() {
        RowType row = RowType.of(Field.of("ts", Simple.TIMESTAMP), Field.of("n", Simple.INT));
        long[] times = {Long.MIN_VALUE, -1_000, -1, 0, 1, 256, Long.MAX_VALUE - 1};
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long time : times) {
            rows.add(Arrays.asList(time, 7));
        }
        rows.add(Arrays.asList(null, 7));
        try (Batch batch = batch(row, rows)) {
            assertThat(bytes(encoded(row, batch, List.of(1, 0), OptionalInt.of(0)))).isSorted();
        }
    }
}
