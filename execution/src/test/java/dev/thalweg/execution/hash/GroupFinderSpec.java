package dev.thalweg.execution.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.CodedBatch;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Groups are found without encoding each row's key")
final class GroupFinderSpec {
    private static final List<DataType> TYPES = List.of(Simple.STRING, Simple.BIGINT, Simple.DOUBLE, Simple.FLOAT,
            Simple.BOOLEAN, Simple.TINYINT, Simple.SMALLINT, Simple.INT, new Decimal(30, 2), Simple.TIMESTAMP,
            Simple.STRING, Simple.VOID, new ArrayOf(Simple.INT, true));
    private static final int TIMESTAMP = 9;

    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingIsLeft() {
        allocator.close();
    }

    @Test
    @DisplayName("as looking up the encoded keys finds them: any columns, nulls, signed zeros, texts of any length, columns that stay the same for a while")
    void findsWhatEncodingFinds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Integer> key = random.ints(0, TYPES.size()).limit(1 + random.nextInt(4)).boxed().toList();
            RowType type = new RowType(IntStream.range(0, key.size())
                    .mapToObj(i -> Field.of("c" + i, TYPES.get(key.get(i)))).toList());
            int time = key.indexOf(TIMESTAMP);
            check(type, time >= 0 && random.nextBoolean() ? OptionalInt.of(time) : OptionalInt.empty(), random);
        }
    }

    private void check(RowType type, OptionalInt time, Random random) {
        List<Integer> columns = IntStream.range(0, type.size()).boxed().toList();
        try (GroupTable groups = new GroupTable(allocator);
                GroupTable reference = new GroupTable(allocator);
                GroupFinder finder = new GroupFinder(KeyEncoder.of(type, columns, time, allocator), groups, allocator);
                KeyEncoder encoder = KeyEncoder.of(type, columns, time, allocator)) {
            int nullsOneIn = random.nextBoolean() ? 4 : Integer.MAX_VALUE;
            Object[] values = IntStream.range(0, type.size()).mapToObj(i -> value(type.type(i), random)).toArray();
            for (int round = 0; round < 6; round++) {
                if (round == 4) {
                    groups.clear();
                    reference.clear();
                }
                int cells = round;
                boolean alike = random.nextInt(3) > 0;
                IntPredicate constant = column -> alike && (column + cells / 2) % 2 == 0;
                try (Batch plain = batch(type, 1_500, nullsOneIn, constant, values, random);
                        Batch batch = inSomeForm(plain, random)) {
                    int[] found = new int[batch.rowCount()];
                    int[] expected = new int[batch.rowCount()];
                    finder.find(batch, new BatchRows().of(batch), batch.rowCount(), found);
                    reference.findOrInsert(encoder.encode(plain), expected);
                    assertThat(found).as("%s, time %s", type, time).isEqualTo(expected);
                }
            }
            assertThat(keys(groups)).isEqualTo(keys(reference));
        }
    }

    private static List<String> keys(GroupTable groups) {
        return IntStream.range(0, groups.size()).mapToObj(id -> {
            byte[] bytes = new byte[groups.keyLength(id)];
            Memory.copy(groups.keyAddress(id), bytes, 0, bytes.length);
            return java.util.HexFormat.of().formatHex(bytes);
        }).toList();
    }

    /// @param constant columns that have one of `values` in all rows
    private Batch batch(RowType type, int rows, int nullsOneIn, IntPredicate constant, @Nullable Object[] values,
            Random random) {
        try (BatchBuilder builder = new BatchBuilder(type, allocator)) {
            for (int row = 0; row < rows; row++) {
                List<@Nullable Object> cells = new ArrayList<>();
                for (int column = 0; column < type.size(); column++) {
                    Object value = constant.test(column) ? values[column] : value(type.type(column), random);
                    cells.add(random.nextInt(nullsOneIn) == 0 ? null : value);
                }
                builder.add(cells);
            }
            return builder.build();
        }
    }

    private static @Nullable Object value(DataType type, Random random) {
        int number = random.nextInt(5) - 2;
        return switch (type) {
            case Decimal _ -> BigDecimal.valueOf(number, 2);
            case ArrayOf _ -> List.of(number);
            case Simple simple -> switch (simple) {
                case STRING -> "größer\u0000 als sechzehn Bytes".substring(0, random.nextInt(24));
                case BIGINT, TIMESTAMP -> (long) number << 40;
                case DOUBLE -> List.of(0.0, -0.0, Double.NaN, 1.5, 2.5).get(number + 2);
                case FLOAT -> List.of(0f, -0f, Float.NaN, 1.5f, 2.5f).get(number + 2);
                case BOOLEAN -> number > 0;
                case TINYINT -> (byte) number;
                case SMALLINT -> (short) number;
                case INT -> number;
                default -> null; // a rule: VOID has nothing but NULL
            };
            default -> throw new IllegalArgumentException(type.sql());
        };
    }

    /// The batch with its texts as they are, as slices or as codes.
    private Batch inSomeForm(Batch plain, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> plain.retain();
            case 1 -> sliced(plain.retain());
            default -> CodedBatch.of(plain.retain(), random, allocator);
        };
    }

    /// The batch with its texts as slices, equal ones in one place.
    private Batch sliced(Batch batch) {
        List<Column> columns = new ArrayList<>();
        List<Column> added = new ArrayList<>();
        Map<Object, Long> places = new HashMap<>();
        int[] rows = new BatchRows().identity(batch.rowCount());
        for (int i = 0; i < batch.columnCount(); i++) {
            FieldVector vector = batch.vector(i);
            if (batch.type().type(i) == Simple.STRING) {
                TextRows texts = new TextRows();
                texts.read(batch.column(i), vector.getNullCount() > 0, rows, 0, batch.rowCount());
                FieldVector slices = Slices.newVector(batch.type().field(i), batch.rowCount(), allocator);
                for (int row = 0; row < batch.rowCount(); row++) {
                    int at = row;
                    if (vector.isNull(row)) {
                        RawVectors.setNull(slices, row);
                    } else {
                        long place = places.computeIfAbsent(vector.getObject(row), _ -> texts.address[rows[at]]);
                        Slices.put(slices.getDataBufferAddress(), row, place, texts.length[row]);
                    }
                }
                added.add(Column.of(slices));
            }
            columns.add(batch.type().type(i) == Simple.STRING ? added.getLast() : batch.column(i));
        }
        return batch.extend(batch.type(), columns, added);
    }
}
