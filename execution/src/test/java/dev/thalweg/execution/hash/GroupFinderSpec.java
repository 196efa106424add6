package dev.thalweg.execution.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.CodedBatch;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.CodedNumber;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.NumberDictionary;
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
import org.apache.arrow.vector.BaseFixedWidthVector;
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

    private @Nullable NumberDictionary dictionary;

    @AfterEach
    void nothingIsLeft() {
        forgetDictionary();
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

    @Test
    @DisplayName("by the place of a value in a dictionary that many batches share, beside windows that go on and days that change, from one clearing of the groups to the next")
    void findsByPlace() {
        RowType type = RowType.of(Field.of("k", Simple.BIGINT), Field.of("start", Simple.TIMESTAMP),
                Field.of("day", Simple.STRING));
        Random random = new Random(7);
        try (GroupTable groups = new GroupTable(allocator);
                GroupTable reference = new GroupTable(allocator);
                GroupFinder finder = new GroupFinder(
                        KeyEncoder.of(type, List.of(0, 1, 2), OptionalInt.of(1), allocator),
                        groups, allocator);
                KeyEncoder encoder = KeyEncoder.of(type, List.of(0, 1, 2), OptionalInt.of(1), allocator);
                Batch keys = keys(600, allocator)) {
            for (int round = 0; round < 60; round++) {
                if (round % 25 == 24) {
                    groups.clear();
                    reference.clear();
                }
                try (Batch batch = moving(type, round, keys, random)) {
                    int[] found = new int[batch.rowCount()];
                    int[] expected = new int[batch.rowCount()];
                    finder.find(batch, new BatchRows().of(batch), batch.rowCount(), found);
                    reference.findOrInsert(encoder.encode(batch), expected);
                    assertThat(found).as("round %d", round).isEqualTo(expected);
                }
            }
            assertThat(keys(groups)).isEqualTo(keys(reference));
        }
    }

    @Test
    @DisplayName("whatever batch follows another: small and large ones, of few values that come and go, coded or not, with NULLs now and then")
    void findsWhateverFollows() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Integer> key = random.ints(0, TYPES.size() - 1).limit(1 + random.nextInt(3)).boxed().toList();
            RowType type = new RowType(IntStream.range(0, key.size())
                    .mapToObj(i -> Field.of("c" + i, TYPES.get(key.get(i)))).toList());
            List<Integer> columns = IntStream.range(0, key.size()).boxed().toList();
            OptionalInt time = key.contains(TIMESTAMP) && random.nextBoolean()
                    ? OptionalInt.of(key.indexOf(TIMESTAMP))
                    : OptionalInt.empty();
            try (GroupTable groups = new GroupTable(allocator);
                    GroupTable reference = new GroupTable(allocator);
                    GroupFinder finder = new GroupFinder(KeyEncoder.of(type, columns, time, allocator), groups,
                            allocator);
                    KeyEncoder encoder = KeyEncoder.of(type, columns, time, allocator)) {
                for (int round = 0; round < 40; round++) {
                    if (random.nextInt(20) == 0) {
                        groups.clear();
                        reference.clear();
                    }
                    int rows = random.nextInt(8) == 0 ? 3_000 : 1 + random.nextInt(6);
                    Object[] values = type.fields().stream().map(field -> value(field.type(), random)).toArray();
                    int constant = random.nextInt(8);
                    try (Batch plain = batch(type, rows, random.nextInt(4) == 0 ? 9 : Integer.MAX_VALUE,
                            column -> (constant >> column & 1) == 1, values, random);
                            Batch batch = inSomeForm(plain, random)) {
                        int[] found = new int[rows];
                        int[] expected = new int[rows];
                        finder.find(batch, new BatchRows().of(batch), rows, found);
                        reference.findOrInsert(encoder.encode(batch), expected);
                        assertThat(found).as("seed %d, round %d, %s", seed, round, type).isEqualTo(expected);
                    }
                }
                assertThat(keys(groups)).isEqualTo(keys(reference));
            }
        }
    }

    @Test
    @DisplayName("by place no longer where one value more than a few comes first, and those that were met before come behind it")
    void findsNoPlaceForOneTooMany() {
        RowType type = RowType.of(Field.of("k", Simple.BIGINT));
        try (GroupTable groups = new GroupTable(allocator);
                GroupFinder finder = new GroupFinder(KeyEncoder.of(type, List.of(0), OptionalInt.empty(), allocator),
                        groups, allocator)) {
            assertThat(find(finder, type, 7L, 8L, 9L, 10L)).containsExactly(0, 1, 2, 3);
            assertThat(find(finder, type, 11L, 11L, 8L)).containsExactly(4, 4, 1);
            assertThat(find(finder, type, 11L, 12L, 7L)).containsExactly(4, 5, 0);
        }
    }

    private int[] find(GroupFinder finder, RowType type, Long... keys) {
        try (BatchBuilder builder = new BatchBuilder(type, allocator)) {
            for (Long key : keys) {
                builder.add(List.of(key));
            }
            try (Batch batch = builder.build()) {
                int[] found = new int[keys.length];
                finder.find(batch, new BatchRows().of(batch), keys.length, found);
                return found;
            }
        }
    }

    private static Batch keys(int count, RootAllocator allocator) {
        try (BatchBuilder builder = new BatchBuilder(RowType.of(Field.of("k", Simple.BIGINT)), allocator)) {
            for (long i = 0; i < count; i++) {
                builder.add(List.of(i % 500));
            }
            return builder.build();
        }
    }

    /// Rows whose keys are codes of one dictionary every ten rounds, and whose windows are two of many, now and then more than a few.
    private Batch moving(RowType type, int round, Batch keys, Random random) {
        int windows = round % 20 == 13 ? 9 : 2;
        Object[] day = {"day " + round / 7};
        try (Batch plain = batch(type, 2_500, Integer.MAX_VALUE, column -> column == 2, new Object[] {0L, 0L, day[0]},
                random)) {
            long data = plain.vector(1).getDataBufferAddress();
            for (int row = 0; row < plain.rowCount(); row++) {
                Memory.putLong(data + 8L * row, round / 3 + random.nextInt(windows));
            }
            Batch sliced = sliced(plain.retain());
            if (round % 10 == 0 || dictionary == null) {
                forgetDictionary();
                dictionary = new NumberDictionary((BaseFixedWidthVector) Gather.rows(keys.vector(0), type.field(0),
                        new BatchRows().of(keys), keys.rowCount(), allocator));
            }
            int[] codes = random.ints(plain.rowCount(), Coded.NULL, 600).toArray();
            Column coded = new CodedNumber(codes, codes.length, true, dictionary.retain());
            return sliced.extend(type, List.of(coded, sliced.column(1), sliced.column(2)), List.of(coded));
        }
    }

    private void forgetDictionary() {
        if (dictionary != null) {
            dictionary.close();
            dictionary = null;
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
