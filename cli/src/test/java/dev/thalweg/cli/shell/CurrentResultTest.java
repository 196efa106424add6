package dev.thalweg.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The current result of a stream")
final class CurrentResultTest {
    private final CurrentResult result = new CurrentResult();

    @Test
    @DisplayName("keeps an updated row in its place, and lets a deleted one go")
    void followsChanges() {
        result.apply("+I", List.of("a", "1"));
        result.apply("+I", List.of("b", "1"));
        result.apply("-U", List.of("a", "1"));
        result.apply("+U", List.of("a", "2"));
        assertThat(result.shown(10)).containsExactly(List.of("a", "2"), List.of("b", "1"));
        result.apply("-D", List.of("b", "1"));
        assertThat(result.shown(10)).containsExactly(List.of("a", "2"));
        assertThat(result.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("is a bag: one of two equal rows may go")
    void isABag() {
        result.apply("+I", List.of("a"));
        result.apply("+I", List.of("a"));
        result.apply("-D", List.of("a"));
        assertThat(result.shown(10)).containsExactly(List.of("a"));
    }

    @Test
    @DisplayName("shows the rows that changed last when it has more than fit")
    void showsWhatChanged() {
        result.apply("+I", List.of("a", "1"));
        result.apply("+I", List.of("b", "1"));
        result.apply("+I", List.of("c", "1"));
        result.apply("-U", List.of("a", "1"));
        result.apply("+U", List.of("a", "2"));
        assertThat(result.shown(2)).containsExactly(List.of("a", "2"), List.of("c", "1"));
    }

    @Test
    @DisplayName("shows the newest rows while it only grows, and forgets what nobody will see")
    void onlyGrows() {
        for (int i = 0; i < CurrentResult.KEPT_MAX + 5; i++) {
            result.apply("+I", List.of(Integer.toString(i)));
        }
        assertThat(result.shown(2)).containsExactly(List.of("10003"), List.of("10004"));
        assertThat(result.count()).isEqualTo(10_005);
        assertThat(result.shown(Integer.MAX_VALUE)).hasSize(CurrentResult.KEPT_MAX);
    }
}
