package dev.thalweg.execution.expression.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Words between separators")
final class WordsTest {
    @Test
    @DisplayName("are those of String.split with limit -1, whatever the text and wherever it ends")
    void areThoseOfSplit() {
        SplittableRandom random = new SplittableRandom(7);
        for (String regex : List.of(" ", ",", "ab", "[ ,]", " +", "\\s+")) {
            SimpleSplit split = SimpleSplit.of(regex).orElseThrow();
            Words words = new Words();
            for (int i = 0; i < 2_000; i++) {
                String text = text(random);
                assertThat(parts(words, split, text)).as("'%s' by '%s'", text, regex)
                        .containsExactly(text.split(regex, -1));
            }
        }
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            text.append("aab, !ü\u0001".charAt(random.nextInt(8)));
        }
        return text.toString();
    }

    private static List<String> parts(Words words, SimpleSplit split, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(bytes.length + 1).address();
            Memory.copy(bytes, 0, address, bytes.length);
            Utf8 whole = new Utf8();
            whole.set(address, bytes.length);
            words.begin(whole, split);
            List<String> parts = new ArrayList<>();
            Utf8 word = new Utf8();
            while (words.next(word)) {
                parts.add(word.toString());
            }
            return parts;
        }
    }
}
