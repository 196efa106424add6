package dev.thalweg.source.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.source.parquet.SchemaNode.Annotation;
import dev.thalweg.source.parquet.SchemaNode.Leaf;
import dev.thalweg.source.parquet.SchemaNode.Physical;
import dev.thalweg.source.parquet.SchemaNode.Repetition;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What no file that DuckDB writes shows: encodings and types of other writers.
@DisplayName("The decoders of Parquet pages")
final class DecodersTest {
    private interface Check {
        void on(long from, long end);
    }

    private static void with(byte[] bytes, Check check) {
        try (RootAllocator allocator = new RootAllocator();
                ArrowBuf buffer = allocator.buffer(bytes.length + ChunkPages.PADDING_BYTES)) {
            buffer.setBytes(0, bytes);
            check.on(buffer.memoryAddress(), buffer.memoryAddress() + bytes.length);
        }
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.asList(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    /// Packs numbers one after another from the lowest bit on.
    private static byte[] packed(long[] values, int bits) {
        BigInteger all = BigInteger.ZERO;
        for (int i = values.length - 1; i >= 0; i--) {
            BigInteger low = BigInteger.valueOf(values[i]).and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
            all = all.shiftLeft(bits).or(low);
        }
        byte[] bytes = new byte[(values.length * bits + 7) / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = all.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    @Property(tries = 200)
    @Label("runs and packed stretches of any width give their numbers, however they are read")
    void readsRuns(@ForAll @IntRange(min = 1, max = 32) int bits, @ForAll @Size(min = 1, max = 6) List<Integer> parts,
            @ForAll @IntRange(min = 1, max = 50) int step) {
        long mask = (1L << bits) - 1;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Integer> expected = new ArrayList<>();
        for (int part : parts) {
            int size = 1 + Math.floorMod(part, 40);
            if (part % 2 == 0) {
                bytes.writeBytes(varint((long) size << 1));
                bytes.writeBytes(packed(new long[] {part & mask}, (bits + 7) / 8 * 8));
                expected.addAll(Collections.nCopies(size, (int) (part & mask)));
            } else {
                long[] values = new long[size / 8 * 8 + 8];
                Arrays.setAll(values, i -> (part * 31L + i * 7919L) & mask);
                bytes.writeBytes(varint(((values.length / 8L) << 1) | 1));
                bytes.writeBytes(packed(values, bits));
                Arrays.stream(values).forEach(v -> expected.add((int) v));
            }
        }
        with(bytes.toByteArray(), (from, end) -> {
            RunReader runs = new RunReader(from, end, bits);
            int[] read = new int[expected.size()];
            for (int at = 0; at < read.length; at += step) {
                runs.read(read, at, Math.min(step, read.length - at));
            }
            assertThat(read).containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
            assertThatThrownBy(() -> runs.read(new int[1], 0, 1)).isInstanceOf(DamagedFile.class);
            byte[] bytesRead = new byte[read.length];
            new RunReader(from, end, bits).read(bytesRead, 0, read.length);
            for (int i = 0; i < read.length; i++) {
                assertThat(bytesRead[i]).isEqualTo((byte) read[i]); // levels and booleans have few bits
            }
        });
    }

    @Property(tries = 200)
    @Label("bits go to any place of a bitmap, and are counted")
    void readsBits(@ForAll @Size(min = 1, max = 100) List<Boolean> bits, @ForAll @IntRange(min = 0, max = 20) int row,
            @ForAll @IntRange(min = 1, max = 30) int step) {
        long[] values = new long[(bits.size() + 7) / 8 * 8];
        Arrays.setAll(values, i -> i < bits.size() && bits.get(i) ? 1 : 0);
        with(joined(varint(((values.length / 8L) << 1) | 1), packed(values, 1), new byte[64]), (from, end) -> {
            long bitmap = end - 32;
            RunReader runs = new RunReader(from, end - 64, 1);
            int set = 0;
            for (int at = 0; at < bits.size(); at += step) {
                set += runs.readBits(bitmap, row + at, Math.min(step, bits.size() - at));
            }
            assertThat(set).isEqualTo((int) bits.stream().filter(b -> b).count());
            for (int i = 0; i < 8 * 32; i++) {
                boolean expected = i >= row && i - row < bits.size() && bits.get(i - row);
                assertThat(Memory.getBit(bitmap, i)).as("bit %d", i).isEqualTo(expected);
            }
        });
    }

    private static byte[] zigzag(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    /// DELTA_BINARY_PACKED in blocks of 32 in four miniblocks of 8.
    private static byte[] differences(long... values) {
        byte[] bytes = joined(varint(32), varint(4), varint(values.length), zigzag(values.length == 0 ? 0 : values[0]));
        for (int block = 1; block < values.length; block += 32) {
            long[] deltas = new long[Math.min(32, values.length - block)];
            for (int i = 0; i < deltas.length; i++) {
                deltas[i] = values[block + i] - values[block + i - 1];
            }
            long least = Arrays.stream(deltas).min().orElse(0);
            byte[] widths = new byte[4];
            byte[] body = new byte[0];
            for (int mini = 0; mini * 8 < deltas.length; mini++) {
                long[] eight = new long[8];
                for (int i = 0; i < 8 && mini * 8 + i < deltas.length; i++) {
                    eight[i] = deltas[mini * 8 + i] - least;
                    widths[mini] = (byte) Math.max(widths[mini], Long.SIZE - Long.numberOfLeadingZeros(eight[i]));
                }
                body = joined(body, packed(eight, widths[mini]));
            }
            bytes = joined(bytes, zigzag(least), widths, body);
        }
        return bytes;
    }

    @Property(tries = 200)
    @Label("packed differences give back any numbers, and where they end")
    void readsDifferences(@ForAll @Size(max = 90) List<Long> values, @ForAll @IntRange(min = 1, max = 40) int step) {
        long[] numbers = values.stream().mapToLong(Long::longValue).toArray();
        with(joined(differences(numbers), new byte[] {1, 2, 3}), (from, end) -> {
            DeltaReader reader = new DeltaReader(from, end);
            assertThat(reader.total()).isEqualTo(numbers.length);
            for (int at = 0; at < numbers.length; at += step) {
                long[] some = new long[Math.min(step, numbers.length - at)];
                reader.read(some, some.length);
                assertThat(some).containsExactly(Arrays.copyOfRange(numbers, at, at + some.length));
            }
            assertThat(reader.position()).isEqualTo(end - 3);
        });
    }

    @Test
    @DisplayName("take strings that share their beginnings with the one before")
    void readsSharedBeginnings() {
        with(joined(differences(0, 2, 2, 0), differences(5, 2, 0, 3), "helloyoxyz".getBytes(UTF_8)), (from, end) -> {
            PrefixedBytes strings = new PrefixedBytes(from, end, 4);
            for (String expected : List.of("hello", "heyo", "he", "xyz")) {
                byte[] bytes = new byte[strings.advance()];
                try (RootAllocator allocator = new RootAllocator(); ArrowBuf to = allocator.buffer(16)) {
                    strings.copy(to.memoryAddress());
                    to.getBytes(0, bytes);
                }
                assertThat(new String(bytes, UTF_8)).isEqualTo(expected);
            }
            assertThatThrownBy(strings::advance).isInstanceOf(DamagedFile.class);
        });
        with(joined(differences(3), differences(5), "hello".getBytes(UTF_8)), (from, end) -> assertThatThrownBy(
                () -> new PrefixedBytes(from, end, 4).advance()).isInstanceOf(DamagedFile.class));
    }

    @Test
    @DisplayName("take INT96 times of old writers, before and after 1970")
    void readsInt96() {
        ByteBuffer times = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        times.putLong(3_600_000_001_999L).putInt(2_440_588).putLong(0).putInt(2_440_587);
        Leaf leaf = new Leaf("t", Repetition.OPTIONAL, 1, 0, new Annotation.None(), 0, Physical.INT96, 0);
        assertThat(ValueForms.typeOf(leaf)).contains(Simple.TIMESTAMP);
        with(joined(times.array(), new byte[16]), (from, end) -> {
            ValueForm.Fixed form = (ValueForm.Fixed) ValueForms.of(leaf, Simple.TIMESTAMP).orElseThrow();
            form.kernel().convert(from, end - 16, 2);
            assertThat(Memory.getLong(end - 16)).isEqualTo(3_600_000_001L);
            assertThat(Memory.getLong(end - 8))
                    .isEqualTo(Instant.parse("1969-12-31T00:00:00Z").getEpochSecond() * 1_000_000);
        });
    }

    @Property(tries = 200)
    @Label("take big-endian decimals of any width up to 16 bytes")
    void readsDecimals(@ForAll @Size(min = 1, max = 16) byte[] number) {
        with(joined(number, new byte[16]), (from, end) -> {
            Kernels.putDecimal(from, number.length, end - 16);
            byte[] little = new byte[16];
            Memory.copy(end - 16, little, 0, 16);
            for (int i = 0; i < 8; i++) {
                byte swap = little[i];
                little[i] = little[15 - i];
                little[15 - i] = swap;
            }
            assertThat(new BigInteger(little)).isEqualTo(new BigInteger(number));
        });
    }

    @Test
    @DisplayName("know the lists of older writers: without a level between, repeated without a list")
    void knowsOldLists() {
        Leaf plain = new Leaf("item", Repetition.REPEATED, 2, 1, new Annotation.Text(), 0, Physical.BYTE_ARRAY, 0);
        SchemaNode.Group twoLevels = new SchemaNode.Group("l", Repetition.OPTIONAL, 1, 0, new Annotation.ListOf(),
                List.of(plain));
        Leaf repeated = new Leaf("r", Repetition.REPEATED, 1, 1, new Annotation.None(), 1, Physical.INT32, 0);
        Leaf inTuple = new Leaf("x", Repetition.REQUIRED, 2, 1, new Annotation.None(), 2, Physical.INT32, 0);
        SchemaNode.Group tuple = new SchemaNode.Group("t_tuple", Repetition.REPEATED, 2, 1, new Annotation.None(),
                List.of(inTuple));
        SchemaNode.Group tuples = new SchemaNode.Group("t", Repetition.OPTIONAL, 1, 0, new Annotation.ListOf(),
                List.of(tuple));
        SchemaNode.Group root = new SchemaNode.Group("", Repetition.REQUIRED, 0, 0, new Annotation.None(),
                List.of(twoLevels, repeated, tuples));
        assertThat(ColumnShapes.rowType(root).sql())
                .isEqualTo("l ARRAY<STRING>, r ARRAY<INT>, t ARRAY<STRUCT<x: INT>>");
        Shape shape = ColumnShapes.of(root, ColumnShapes.rowType(root).field(1), "");
        assertThat(shape).isInstanceOfSatisfying(Shape.ListOf.class, list -> {
            assertThat(list.definition()).isZero();
            assertThat(list.elementDefinition()).isEqualTo(1);
            assertThat(list.field().type()).isEqualTo(new DataType.ArrayOf(Simple.INT, true));
        });
    }
}
