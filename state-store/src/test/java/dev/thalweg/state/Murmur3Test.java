package dev.thalweg.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.overlay.ByteSink;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The hash of keys")
final class Murmur3Test {
    @Test
    @DisplayName("is the published murmur3 x64 128, lower half")
    void isThePublishedOne() {
        assertThat(hex("")).isEqualTo("0000000000000000");
        assertThat(hex("hello")).isEqualTo("cbd8a7b341bd9b02");
        assertThat(hex("hello, world")).isEqualTo("342fac623a5ebc8e");
        assertThat(hex("19 Jan 2038 at 3:14:07 AM")).isEqualTo("b89e5988b737affc");
        assertThat(hex("The quick brown fox jumps over the lazy dog.")).isEqualTo("cd99481f9ee902c9");
    }

    @Test
    @DisplayName("is the same by word as by address")
    void hasFastPaths() {
        try (ByteSink bytes = new ByteSink(MemoryCharge.UNLIMITED)) {
            bytes.putLong(0x0123_4567_89ab_cdefL);
            bytes.putLong(-42);
            assertThat(Murmur3.hash8(Memory.getLong(bytes.address()))).isEqualTo(Murmur3.hash(bytes.address(), 8));
            assertThat(Murmur3.hash16(Memory.getLong(bytes.address()), -42))
                    .isEqualTo(Murmur3.hash(bytes.address(), 16));
        }
    }

    @Test
    @DisplayName("looks at every byte of a key and at none behind it, at every length")
    void looksAtEveryByte() {
        try (ByteSink bytes = new ByteSink(MemoryCharge.UNLIMITED)) {
            for (int i = 0; i < 10; i++) {
                bytes.putLong(0x0123_4567_89ab_cdefL * (i + 1));
            }
            for (int length = 0; length <= 64; length++) {
                long hash = Murmur3.hash(bytes.address(), length);
                for (int i = 0; i < 72; i++) {
                    byte old = Memory.getByte(bytes.address() + i);
                    Memory.putByte(bytes.address() + i, (byte) ~old);
                    assertThat(Murmur3.hash(bytes.address(), length) == hash).isEqualTo(i >= length);
                    Memory.putByte(bytes.address() + i, old);
                }
            }
        }
    }

    @Test
    @DisplayName("puts every key group in exactly one task")
    void groupsBelongToTasks() {
        for (int tasks = 1; tasks <= KeyGroups.COUNT; tasks++) {
            for (int group = 0; group < KeyGroups.COUNT; group++) {
                int owner = KeyGroups.taskOf(group, tasks);
                assertThat(KeyGroups.ofTask(owner, tasks).contains(group)).isTrue();
            }
        }
    }

    private static String hex(String text) {
        try (ByteSink bytes = new ByteSink(MemoryCharge.UNLIMITED)) {
            bytes.putBytes(text.getBytes(UTF_8));
            return HexFormat.of().toHexDigits(Murmur3.hash(bytes.address(), bytes.size()));
        }
    }
}
