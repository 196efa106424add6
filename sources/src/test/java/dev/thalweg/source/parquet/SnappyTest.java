package dev.thalweg.source.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Snappy")
final class SnappyTest {
    private static final int AROUND = 64;

    @Test
    @DisplayName("gives back what was packed, however it repeats itself")
    void givesBack() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] plain = bytes(random, random.nextInt(i % 50 == 0 ? 200_000 : 400));
            assertThat(unpacked(packed(plain), plain.length)).as("case %d", i).isEqualTo(plain);
        }
    }

    @Test
    @DisplayName("is read as its description says, with every kind of piece")
    void readsEveryKind() {
        assertThat(text("03 08 616263")).isEqualTo("abc");
        assertThat(text("07 04 6162 05 02")).as("a copy that repeats itself").isEqualTo("ababababa".substring(0, 7));
        assertThat(text("05 08 616263 06 0300")).as("two bytes of distance").isEqualTo("abcab");
        assertThat(text("05 08 616263 07 03000000")).as("four bytes of distance").isEqualTo("abcab");
        assertThat(text("03 F0 02 616263")).as("a length of its own").isEqualTo("abc");
    }

    @Test
    @DisplayName("that is damaged is an error, and nothing is written outside the page")
    void refusesDamage() {
        for (String damaged : new String[] {"", "FFFFFFFFFF", "03 08 6162", "03 04 6162", "05 08 616263 06 0400",
                "05 08 616263 06 0000", "04 08 616263 06 0300", "03 FC FFFFFFFF 61", "05 08 616263 06 03"}) {
            assertThatThrownBy(() -> text(damaged)).as(damaged).isInstanceOf(DamagedFile.class);
        }
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            byte[] plain = bytes(random, 1 + random.nextInt(300));
            byte[] packed = packed(plain);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                packed[random.nextInt(packed.length)] = (byte) random.nextInt(256);
            }
            try {
                unpacked(Arrays.copyOf(packed, random.nextInt(packed.length + 1)), plain.length);
            } catch (DamagedFile expected) {
                assertThat(expected).hasMessageContaining("page");
            }
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        int alphabet = 1 + random.nextInt(random.nextBoolean() ? 3 : 256);
        int period = 1 + random.nextInt(20);
        for (int i = 0; i < length; i++) {
            boolean repeats = i >= period && random.nextInt(8) != 0;
            bytes[i] = repeats ? bytes[i - period] : (byte) random.nextInt(alphabet);
        }
        return bytes;
    }

    private static byte[] packed(byte[] plain) {
        SnappyJavaCompressor library = new SnappyJavaCompressor();
        byte[] packed = new byte[library.maxCompressedLength(plain.length)];
        return Arrays.copyOf(packed, library.compress(plain, 0, plain.length, packed, 0, packed.length));
    }

    /// @param hex whose first byte says how long the text is
    private static String text(String hex) {
        byte[] packed = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new String(unpacked(packed, packed.length == 0 ? 0 : packed[0] & 0x7F),
                StandardCharsets.US_ASCII);
    }

    private static byte[] unpacked(byte[] packed, int length) {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment from = memory.allocate(packed.length + (long) AROUND);
            MemorySegment.copy(MemorySegment.ofArray(packed), 0, from, 0, packed.length);
            MemorySegment to = memory.allocate(length + 2L * AROUND).fill((byte) 0x5A);
            try {
                Snappy.unpack(from.asSlice(0, packed.length).asByteBuffer(), to.asSlice(AROUND, length).asByteBuffer());
            } finally {
                byte[] before = to.asSlice(0, AROUND).toArray(ValueLayout.JAVA_BYTE);
                byte[] behind = to.asSlice(AROUND + (long) length).toArray(ValueLayout.JAVA_BYTE);
                assertThat(before).containsOnly(0x5A);
                assertThat(behind).containsOnly(0x5A);
            }
            return to.asSlice(AROUND, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
