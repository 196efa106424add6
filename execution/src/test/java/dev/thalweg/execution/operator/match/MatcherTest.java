package dev.thalweg.execution.operator.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.operator.match.Matcher.Answer;
import dev.thalweg.execution.operator.match.Matcher.Outcome;
import dev.thalweg.planner.incremental.MatchPattern.Part;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The matcher")
final class MatcherTest {
    private static final Part A = new Part.Label(0, true);
    private static final Part B = new Part.Label(1, true);

    /// Rows are letters: a row may be an A where it is `a` or `x`, a B where it is `b` or `x`, and of `?` nobody knows yet.
    private record Letters(String rows, boolean isEnd) implements Matcher.Tests {
        @Override
        public Answer test(Path path) {
            char row = rows.charAt(path.place());
            return row == '?'
                    ? Answer.LATER
                    : row == 'x' || row == "ab".charAt(path.variable()) ? Answer.YES : Answer.NO;
        }

        @Override
        public boolean alike(Path one, Path other) {
            return true;
        }

        @Override
        public boolean has(int place) {
            return place < rows.length();
        }

        @Override
        public boolean spans(int start, int place) {
            return true;
        }

        @Override
        public boolean isClosed(int start) {
            return isEnd;
        }
    }

    private static Part sequence(Part... parts) {
        return new Part.Sequence(Arrays.asList(parts));
    }

    private static Part any(Part part, boolean greedy) {
        return new Part.Repeat(part, 0, OptionalInt.empty(), greedy);
    }

    private static String find(Part pattern, String rows, boolean isEnd) {
        Matcher matcher = new Matcher(Program.of(pattern), new Letters(rows, isEnd));
        Outcome outcome = matcher.find(0);
        if (outcome != Outcome.FOUND) {
            return outcome.name();
        }
        StringBuilder labels = new StringBuilder();
        for (Path path = matcher.match(); !path.isEmpty(); path = path.before()) {
            labels.insert(0, "AB".charAt(path.variable()));
        }
        return labels.toString();
    }

    @Test
    @DisplayName("takes as many rows as can be, or as few, and what is written first")
    void prefers() {
        assertThat(find(sequence(any(A, true), B), "xxx", true)).isEqualTo("AAB");
        assertThat(find(sequence(any(A, false), B), "xxx", true)).isEqualTo("B");
        assertThat(find(new Part.Choice(List.of(sequence(A, B), A)), "xx", true)).isEqualTo("AB");
        assertThat(find(new Part.Choice(List.of(A, sequence(A, B))), "xx", true)).isEqualTo("A");
        assertThat(find(any(new Part.Choice(List.of(B, A)), true), "xax", true)).isEqualTo("BAB");
        assertThat(find(sequence(), "x", true)).isEmpty();
    }

    @Test
    @DisplayName("waits where a row to come could change what it has found, and only there")
    void waits() {
        assertThat(find(any(A, true), "aa", false)).isEqualTo("WAITS");
        assertThat(find(any(A, true), "aab", false)).isEqualTo("AA");
        assertThat(find(any(A, false), "aa", false)).isEmpty();
        assertThat(find(sequence(A, B), "a", false)).isEqualTo("WAITS");
        assertThat(find(sequence(A, B), "a", true)).isEqualTo("NONE");
        assertThat(find(sequence(A, B), "b", false)).isEqualTo("NONE");
    }

    @Test
    @DisplayName("waits for a condition that cannot be told yet, unless something is preferred to it")
    void waitsForConditions() {
        assertThat(find(sequence(A, B), "a?", false)).isEqualTo("WAITS");
        assertThat(find(new Part.Choice(List.of(A, sequence(A, B))), "a?", false)).isEqualTo("A");
        assertThat(find(new Part.Choice(List.of(sequence(A, B), A)), "a?", false)).isEqualTo("WAITS");
    }

    @Test
    @DisplayName("does not try again what it has tried: nested repetitions cost by row")
    void noExplosion() {
        Part nested = sequence(any(any(any(new Part.Choice(List.of(A, sequence(A, A))), true), true), true), B);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5),
                () -> assertThat(find(nested, "a".repeat(2_000), true)).isEqualTo("NONE"));
    }
}
