package dev.thalweg.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.Corrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A manifest")
final class ManifestTest {
    @TempDir
    private Path out;

    private void append(long trigger) {
        try (Manifest manifest = Manifest.open(out, "query-1")) {
            manifest.append(new ManifestEntry(trigger,
                    List.of(new ManifestEntry.WrittenFile("part-%d.json".formatted(trigger), 1, 2))));
            manifest.sync();
        }
    }

    /// As a loss of power leaves a line of several blocks, of which one had not been written.
    private void zero(int line) throws IOException {
        Path log = out.resolve("_thalweg/manifest.log");
        List<String> lines = Files.readAllLines(log);
        String whole = lines.get(line);
        lines.set(line, whole.substring(0, 10) + "\0".repeat(10) + whole.substring(20));
        Files.writeString(log, String.join("\n", lines) + "\n");
    }

    @Test
    @DisplayName("cuts a last entry of which a block never reached the disk")
    void cutsATornEntry() throws IOException {
        append(0);
        append(1);
        zero(1);
        append(1);
        try (Manifest manifest = Manifest.open(out, "query-1")) {
            assertThat(manifest.entries()).extracting(ManifestEntry::trigger).containsExactly(0L, 1L);
        }
    }

    @Test
    @DisplayName("refuses such an entry before another: that one had been synced")
    void refusesADamagedEntry() throws IOException {
        append(0);
        append(1);
        zero(0);
        assertThatThrownBy(() -> Manifest.open(out, "query-1")).isInstanceOf(Corrupted.class)
                .hasMessageContaining("Line 1");
    }
}
