package dev.thalweg.execution.expression.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.expression.Utf8;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Searching bytes")
final class SearchFunctionsTest {
    private static final List<String> PARTS = List.of("/", "//", "ab", "é", "aa", "a");

    @Test
    @DisplayName("finds what String finds, first and last, whatever the text and wherever it ends")
    void findsWhatStringFinds() {
        eachText((text, part, bytes, wanted) -> {
            assertThat(bytes.indexOf(wanted, 0)).isEqualTo(inBytes(text, text.indexOf(part)));
            assertThat(bytes.lastIndexOf(wanted, bytes.length())).isEqualTo(inBytes(text, text.lastIndexOf(part)));
        });
    }

    @Test
    @DisplayName("gives the parts between delimiters that split gives, from both ends")
    void givesThePartsThatSplitGives() {
        eachText((text, part, bytes, wanted) -> {
            List<String> parts = Arrays.asList(text.split(java.util.regex.Pattern.quote(part), -1));
            for (int number = 1; number <= parts.size() + 1; number++) {
                String expected = number > parts.size() ? "" : parts.get(number - 1);
                String fromEnd = number > parts.size() ? "" : parts.get(parts.size() - number);
                assertThat(SearchFunctions.splitPart(bytes, wanted, number)).hasToString(expected);
                assertThat(SearchFunctions.splitPart(bytes, wanted, -number)).hasToString(fromEnd);
            }
        });
    }

    @Test
    @DisplayName("gives what stands before and after the n-th delimiter")
    void givesWhatStandsBeforeAndAfter() {
        try (Arena arena = Arena.ofConfined()) {
            Utf8 text = Utf8.of("a/b/c", arena);
            Utf8 slash = Utf8.of("/", arena);
            assertThat(SearchFunctions.substringIndex(text, slash, 1)).hasToString("a");
            assertThat(SearchFunctions.substringIndex(text, slash, 2)).hasToString("a/b");
            assertThat(SearchFunctions.substringIndex(text, slash, 3)).hasToString("a/b/c");
            assertThat(SearchFunctions.substringIndex(text, slash, -1)).hasToString("c");
            assertThat(SearchFunctions.substringIndex(text, slash, -2)).hasToString("b/c");
            assertThat(SearchFunctions.substringIndex(text, slash, -3)).hasToString("a/b/c");
            assertThat(SearchFunctions.substringIndex(text, Utf8.of("", arena), 1)).hasToString("");
            assertThat(SearchFunctions.substringIndex(Utf8.of("/", arena), slash, -1)).hasToString("");
            assertThat(SearchFunctions.substringIndex(Utf8.of("/", arena), slash, -2)).hasToString("/");
        }
    }

    @Test
    @DisplayName("finds a text among those between commas")
    void findsATextInAList() {
        try (Arena arena = Arena.ofConfined()) {
            Utf8 list = Utf8.of("ab,b,,abc", arena);
            assertThat(SearchFunctions.findInSet(Utf8.of("ab", arena), list)).isEqualTo(1);
            assertThat(SearchFunctions.findInSet(Utf8.of("b", arena), list)).isEqualTo(2);
            assertThat(SearchFunctions.findInSet(Utf8.of("", arena), list)).isEqualTo(3);
            assertThat(SearchFunctions.findInSet(Utf8.of("abc", arena), list)).isEqualTo(4);
            assertThat(SearchFunctions.findInSet(Utf8.of("ab,b", arena), list)).isZero();
            assertThat(SearchFunctions.findInSet(Utf8.of("", arena), Utf8.of("", arena))).isEqualTo(1);
        }
    }

    private interface Check {
        void of(String text, String part, Utf8 bytes, Utf8 wanted);
    }

    private static void eachText(Check check) {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(30);
            for (int k = 0; k < length; k++) {
                text.append("aabé/!\u0001".charAt(random.nextInt(7)));
            }
            try (Arena arena = Arena.ofConfined()) {
                Utf8 bytes = Utf8.of(text.toString(), arena);
                for (String part : PARTS) {
                    check.of(text.toString(), part, bytes, Utf8.of(part, arena));
                }
            }
        }
    }

    private static int inBytes(String text, int index) {
        return index < 0 ? -1 : text.substring(0, index).getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }
}
