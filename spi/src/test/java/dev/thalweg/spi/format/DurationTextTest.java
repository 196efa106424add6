package dev.thalweg.spi.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A length of time in a message")
final class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"PT0S, 0 seconds", "PT1S, 1 second", "PT0.25S, 0.25 seconds", "PT90S, 1 minute 30 seconds",
            "PT26H, 1 day 2 hours", "PT1M, 1 minute"})
    @DisplayName("is said as people say it")
    void inWords(Duration time, String words) {
        assertThat(DurationText.of(time)).isEqualTo(words);
    }
}
