package dev.thalweg.spi.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Digits, eight at a time")
final class DigitsTest {
    private static long word(String text) {
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), 8);
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = (word << 8) | (bytes[i] & 0xFF);
        }
        return word;
    }

    @Test
    @DisplayName("are counted up to the first byte that is none, whatever it is")
    void areCounted() {
        for (int other = 0; other < 256; other++) {
            for (int at = 0; at < 8; at++) {
                String text = "90817263".substring(0, at) + (char) other + "5000000".substring(at);
                int expected = other >= '0' && other <= '9' ? 8 : at;
                assertThat(Digits.count(word(text))).as(text).isEqualTo(expected);
            }
        }
    }

    @Test
    @DisplayName("make a number, whatever comes after them")
    void makeANumber() {
        String digits = "90817263";
        for (int count = 1; count <= 8; count++) {
            String text = digits.substring(0, count) + "x9\"\u00ff,}98".substring(count);
            assertThat(Digits.value(word(text), count)).isEqualTo(Long.parseLong(digits.substring(0, count)));
            assertThat(Digits.append(12, word(text), count))
                    .isEqualTo(Long.parseLong("12" + digits.substring(0, count)));
        }
        assertThat(Digits.append(12, word("x"), 0)).isEqualTo(12);
    }

    @Test
    @DisplayName("of a time of day are its seconds, if there is such a time")
    void areATime() {
        assertThat(second("23:59:59")).isEqualTo(86_399);
        assertThat(second("00:00:00")).isZero();
        assertThat(second("01:02:03")).isEqualTo(3_723);
        for (String none : new String[] {"24:00:00", "00:60:00", "00:00:60", "0x:00:00", "00-00:00", "00:00 00",
                "00:00:0\u00b1", "\u00ba0:00:00", "0:00:000"}) {
            assertThat(second(none)).as(none).isEqualTo(-1);
        }
    }

    private static int second(String text) {
        try (Arena memory = Arena.ofConfined()) {
            long at = memory.allocate(8).address();
            Memory.putLong(at, word(text));
            return Digits.secondOfDay(at);
        }
    }
}
