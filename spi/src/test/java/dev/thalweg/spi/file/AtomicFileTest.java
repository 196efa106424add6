package dev.thalweg.spi.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An atomic file")
final class AtomicFileTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("replaces the old content and leaves nothing else behind")
    void replaces() throws IOException {
        Path file = directory.resolve("offsets");
        AtomicFile.write(file, "one".getBytes(UTF_8));
        AtomicFile.write(file, "two".getBytes(UTF_8));
        assertThat(file).hasContent("two");
        try (Stream<Path> entries = Files.list(directory)) {
            assertThat(entries.toList()).isEqualTo(List.of(file));
        }
    }

    @Test
    @DisplayName("gives back what was written under a checksum, empty content too")
    void readsChecksummed() {
        Path file = directory.resolve("metadata");
        AtomicFile.writeChecksummed(file, "{\"id\": 1}".getBytes(UTF_8));
        assertThat(AtomicFile.readChecksummed(file)).isEqualTo("{\"id\": 1}".getBytes(UTF_8));
        AtomicFile.writeChecksummed(file, new byte[0]);
        assertThat(AtomicFile.readChecksummed(file)).isEmpty();
    }

    @Test
    @DisplayName("says which file is damaged, at whichever byte it is")
    void seesDamage() throws IOException {
        Path file = directory.resolve("metadata");
        AtomicFile.writeChecksummed(file, "abc".getBytes(UTF_8));
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file, bad);
            assertThatThrownBy(() -> AtomicFile.readChecksummed(file)).isInstanceOf(Corrupted.class)
                    .hasMessageContaining(file.toString());
        }
        Files.write(file, List.of());
        assertThatThrownBy(() -> AtomicFile.readChecksummed(file)).isInstanceOf(Corrupted.class);
    }

    @Test
    @DisplayName("cannot be written into a directory that is not there, and says so")
    void namesTheMissingDirectory() {
        assertThatThrownBy(() -> AtomicFile.write(directory.resolve("missing/file"), new byte[1]))
                .isInstanceOf(Unavailable.class).hasMessageContaining("missing");
    }
}
