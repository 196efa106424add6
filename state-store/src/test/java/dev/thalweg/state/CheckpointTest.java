package dev.thalweg.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.AtomicFile;
import dev.thalweg.state.log.RecordType;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A checkpoint")
final class CheckpointTest {
    private static final CheckpointMetadata BIRTH = CheckpointMetadata.of("id-1", "{\"plan\":\"p\"}");

    @TempDir
    Path parent;

    private Path directory() {
        return parent.resolve("ckpt");
    }

    @Test
    @DisplayName("keeps the query id and plan of its birth, and counts its holders")
    void keepsItsBirth() {
        try (Checkpoint checkpoint = Checkpoint.open(directory(), BIRTH)) {
            assertThat(checkpoint.isNew()).isTrue();
            assertThat(checkpoint.epoch()).isEqualTo(1);
        }
        try (Checkpoint checkpoint = Checkpoint.open(directory(), CheckpointMetadata.of("id-2", "{}"))) {
            assertThat(checkpoint.isNew()).isFalse();
            assertThat(checkpoint.epoch()).isEqualTo(2);
            assertThat(checkpoint.metadata()).isEqualTo(BIRTH);
        }
    }

    @Test
    @DisplayName("is refused to a second query of the same process, and free again after the first")
    void isHeldOnce() {
        try (Checkpoint checkpoint = Checkpoint.open(directory(), BIRTH)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> Checkpoint.open(directory(), BIRTH)).isInstanceOf(Unavailable.class)
                        .hasMessageContaining("in use by this process").hasMessageContaining("THW-5031");
            }
            checkpoint.log().append(RecordType.TRIGGER, 0, "{}");
        }
        Checkpoint.open(directory(), BIRTH).close();
    }

    @Test
    @DisplayName("stays locked when a second query of the same process is refused, whatever became of its handle")
    void staysLocked() throws IOException, InterruptedException {
        try (Checkpoint checkpoint = Checkpoint.open(directory(), BIRTH)) {
            Files.delete(directory().resolve("lock.owner")); // somebody tidied up
            assertThatThrownBy(() -> Checkpoint.open(directory(), BIRTH)).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("in use by this process");
            collectGarbage();
            Process other = holder();
            try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
                assertThat(out.readLine()).as("the other process did not get it").isNull();
            } finally {
                other.destroyForcibly().waitFor();
            }
            assertThat(checkpoint.epoch()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("sees that its lock was deleted or taken, where file locks do not keep others off")
    void seesALostLock() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(directory(), BIRTH)) {
            checkpoint.checkHeld();
            Files.writeString(directory().resolve("lock"), "2\n");
            assertThatThrownBy(checkpoint::checkHeld).isInstanceOf(Unavailable.class).hasMessageContaining("THW-5048")
                    .hasMessageContaining("by process " + ProcessHandle.current().pid());
        }
        try (Checkpoint checkpoint = Checkpoint.open(directory(), BIRTH)) {
            Files.move(directory().resolve("lock"), directory().resolve("lock.old"));
            Files.writeString(directory().resolve("lock"), checkpoint.epoch() + "\n");
            assertThatThrownBy(checkpoint::checkHeld).isInstanceOf(Unavailable.class);
        }
    }

    /// Until what was out of reach is gone, and a few times more for what its end lets go.
    private static void collectGarbage() {
        for (int i = 0; i < 4; i++) {
            WeakReference<Object> unreachable = new WeakReference<>(new Object());
            while (unreachable.get() != null) {
                System.gc();
            }
        }
    }

    private Process holder() throws IOException {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "--enable-native-access=ALL-UNNAMED",
                CheckpointHolder.class.getName(),
                directory().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    @Test
    @DisplayName("is refused to a second process, and taken over when the first is killed")
    void isHeldByOneProcess() throws IOException, InterruptedException {
        Process holder = holder();
        try (BufferedReader out = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> Checkpoint.open(directory(), BIRTH)).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("in use by process " + holder.pid()).hasMessageContaining("stop the other");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (Checkpoint checkpoint = Checkpoint.open(directory(), BIRTH)) {
            assertThat(checkpoint.epoch()).isEqualTo(2);
            assertThat(checkpoint.recovered().records()).singleElement()
                    .satisfies(record -> assertThat(record.epoch()).isEqualTo(1));
        }
    }

    @Test
    @DisplayName("without metadata but with a log gets no new id in silence")
    void refusesOrphans() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(directory(), BIRTH)) {
            checkpoint.log().append(RecordType.TRIGGER, 0, "{}");
        }
        Files.delete(directory().resolve("metadata"));
        assertThatThrownBy(() -> Checkpoint.open(directory(), BIRTH)).isInstanceOf(Corrupted.class)
                .hasMessageContaining("has a log but no file 'metadata'").hasMessageContaining("THW-5037");
    }

    @Test
    @DisplayName("says what to do when its path is a file, when it is damaged, and when a newer version wrote it")
    void refusesWhatItCannotUse() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");
        assertThatThrownBy(() -> Checkpoint.open(file, BIRTH)).isInstanceOf(Unavailable.class)
                .hasMessageContaining("is a file");
        Checkpoint.open(directory(), BIRTH).close();
        Path metadata = directory().resolve("metadata");
        Files.writeString(metadata, Files.readString(metadata).replace("id-1", "id-9"));
        assertThatThrownBy(() -> Checkpoint.open(directory(), BIRTH)).isInstanceOf(Corrupted.class)
                .hasMessageContaining("metadata");
        AtomicFile.writeChecksummed(metadata,
                "{\"formatVersion\": 99, \"keyGroups\": 128}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Checkpoint.open(directory(), BIRTH)).isInstanceOf(Unavailable.class)
                .hasMessageContaining("format version 99").hasMessageContaining("newer");
        AtomicFile.writeChecksummed(metadata,
                "{\"formatVersion\": 1, \"keyGroups\": 128}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Checkpoint.open(directory(), BIRTH)).isInstanceOf(Unavailable.class)
                .hasMessageContaining("format version 1").hasMessageContaining("new checkpointLocation");
        assertThatThrownBy(() -> new CheckpointReader(parent)).isInstanceOf(Unavailable.class)
                .hasMessageContaining("not a checkpoint");
    }

    @Test
    @DisplayName("refuses a table of state that is declared otherwise, with both declarations")
    void refusesOtherTables() {
        StateTable table = new StateTable("1-aggregate.groups", 8, false, false, "STRING", "BIGINT");
        try (Checkpoint checkpoint = Checkpoint.open(directory(), BIRTH);
                StateStore store = StateStore.open(checkpoint, 1, StateSettings.DEFAULT, MemoryCharge.UNLIMITED, 0)) {
            store.task(0).open(table);
            store.collectChanges();
        }
        StateTable other = new StateTable("1-aggregate.groups", 16, false, false, "STRING", "BIGINT, DOUBLE");
        try (Checkpoint checkpoint = Checkpoint.open(directory(), BIRTH);
                StateStore store = StateStore.open(checkpoint, 1, StateSettings.DEFAULT, MemoryCharge.UNLIMITED, 0)) {
            assertThat(checkpoint.tables()).isEqualTo(List.of(table));
            assertThatThrownBy(() -> store.task(0).open(other)).isInstanceOf(InvalidQuery.class)
                    .hasMessageContaining("value BIGINT (8 bytes)")
                    .hasMessageContaining("value BIGINT, DOUBLE (16 bytes)");
        }
    }
}
