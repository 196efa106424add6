package dev.thalweg.spi.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Raw memory")
final class MemoryTest {
    private static final int LENGTHS = 130;

    @Test
    @DisplayName("is copied to the byte, at every length, and nothing beyond it")
    void copiesFew() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = numbered(arena);
            for (int length = 0; length <= LENGTHS; length++) {
                MemorySegment to = arena.allocate(LENGTHS + 16);
                Memory.copyFew(from.address() + 1, to.address() + 3, length);
                for (int i = 0; i < to.byteSize(); i++) {
                    boolean copied = i >= 3 && i < 3 + length;
                    assertThat(at(to, i)).isEqualTo(copied ? at(from, i - 2) : 0);
                }
            }
        }
    }

    @Test
    @DisplayName("is equal when every byte of it is, at every length, whatever follows")
    void comparesEveryByte() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment left = numbered(arena);
            for (int length = 0; length <= 40; length++) {
                MemorySegment right = numbered(arena);
                right.set(ValueLayout.JAVA_BYTE, length, (byte) -1);
                assertThat(Memory.equal(left.address(), right.address(), length)).isTrue();
                for (int i = 0; i < length; i++) {
                    byte old = at(right, i);
                    right.set(ValueLayout.JAVA_BYTE, i, (byte) (old + 1));
                    assertThat(Memory.equal(left.address(), right.address(), length)).isFalse();
                    right.set(ValueLayout.JAVA_BYTE, i, old);
                }
            }
        }
    }

    @Test
    @DisplayName("holds a bitmap whose bits are all set, or not: the one that is missing counts only within its length")
    void seesAMissingBit() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bitmap = arena.allocate(LENGTHS / 8 + 1);
            bitmap.fill((byte) -1);
            for (int missing = 0; missing < LENGTHS; missing++) {
                Memory.putBit(bitmap.address(), missing, false);
                for (int bits = 0; bits <= LENGTHS; bits++) {
                    assertThat(Memory.areAllSet(bitmap.address(), bits)).isEqualTo(bits <= missing);
                }
                Memory.putBit(bitmap.address(), missing, true);
            }
        }
    }

    private static MemorySegment numbered(Arena arena) {
        MemorySegment segment = arena.allocate(LENGTHS + 16);
        for (int i = 0; i < segment.byteSize(); i++) {
            segment.set(ValueLayout.JAVA_BYTE, i, (byte) (i + 1));
        }
        return segment;
    }

    private static byte at(MemorySegment segment, int index) {
        return segment.get(ValueLayout.JAVA_BYTE, index);
    }
}
