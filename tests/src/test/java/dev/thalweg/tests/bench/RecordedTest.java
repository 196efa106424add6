package dev.thalweg.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Beside what was recorded, a query")
final class RecordedTest {
    private static final String INPUT = "920,000 rows of bids as parquet";

    @TempDir
    private Path directory;

    private Recorded recorded() throws IOException {
        return Recorded.read(directory.resolve("figures/recorded.jsonl"));
    }

    @BeforeEach
    void recordOne() throws IOException {
        recorded().record("q17", INPUT, 8);
    }

    @Test
    @DisplayName("that costs much more is slower, and says by how much")
    void slower() throws IOException {
        Recorded.Verdict verdict = recorded().check("q17", INPUT, 12);
        assertThat(verdict.fails()).isTrue();
        assertThat(verdict.line())
                .isEqualTo("q17 over " + INPUT + ": SLOWER, 1.50 times the recorded 8.00 (12.00 now)");
    }

    @Test
    @DisplayName("that costs a little more or less is as before; much less is faster")
    void noSlower() throws IOException {
        assertThat(recorded().check("q17", INPUT, 9)).isEqualTo(new Recorded.Verdict(
                "q17 over " + INPUT + ": as before, 1.13 times the recorded 8.00 (9.00 now)", false));
        assertThat(recorded().check("q17", INPUT, 4).line()).contains("faster, 0.50 times");
    }

    @Test
    @DisplayName("that nobody recorded over such an input fails too: a check of nothing is none")
    void nothingRecorded() throws IOException {
        assertThat(recorded().check("q17", "1 rows of bids as json", 1).fails()).isTrue();
        assertThat(recorded().check("q16", INPUT, 1).line()).contains("nothing is recorded");
    }

    @Test
    @DisplayName("that is recorded again takes its own place and leaves the others")
    void again() throws IOException {
        recorded().record("q16", INPUT, 3);
        recorded().record("q17", INPUT, 6);
        assertThat(Files.readAllLines(directory.resolve("figures/recorded.jsonl"))).hasSize(2);
        assertThat(recorded().check("q17", INPUT, 6).line()).contains("1.00 times the recorded 6.00");
        assertThat(recorded().check("q16", INPUT, 3).line()).contains("1.00 times the recorded 3.00");
    }
}
