package dev.thalweg.execution.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.file.Directories;
import dev.thalweg.state.Checkpoint;
import dev.thalweg.state.CheckpointMetadata;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateSettings;
import dev.thalweg.state.StateStore;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.RecordType;
import dev.thalweg.state.overlay.ResidentTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where an operator under test keeps its state.
public interface StateHome extends AutoCloseable {
    /// The tables of the trigger that begins, in a query with one task.
    StateTables tables();

    /// Ends the trigger.
    void commit();

    /// Entries in all tables after the last trigger.
    long entries();

    @Override
    void close();

    /// Tables that stay where they are.
    final class InMemory implements StateHome {
        private final Map<String, ResidentTable> tables = new LinkedHashMap<>();

        @Override
        public StateTables tables() {
            return declaration -> {
                ResidentTable held = tables.computeIfAbsent(declaration.name(),
                        _ -> new ResidentTable(declaration, MemoryCharge.UNLIMITED));
                assertThat(held.declaration()).as("a restart declares the same state").isEqualTo(declaration);
                return held;
            };
        }

        @Override
        public void commit() {
            tables.values().forEach(ResidentTable::commit);
        }

        @Override
        public long entries() {
            return tables.values().stream().mapToLong(ResidentTable::size).sum();
        }

        @Override
        public void close() {
            tables.values().forEach(ResidentTable::close);
        }
    }

    /// A checkpoint that is closed after every trigger and opened again, with as many tasks as wanted.
    final class InCheckpoint implements StateHome {
        private final Path directory;
        private @Nullable Checkpoint checkpoint;
        private @Nullable StateStore store;
        private long entries;

        public InCheckpoint() {
            try {
                directory = Files.createTempDirectory("thalweg-operator-test-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public StateTables tables() {
            return tables(1).getFirst();
        }

        /// The tables of each task.
        public List<StateTables> tables(int tasks) {
            Checkpoint opened = Checkpoint.open(directory, CheckpointMetadata.of("q", "{}"));
            checkpoint = opened;
            long version = opened.recovered().last(RecordType.CHANGES).map(last -> last.trigger() + 1).orElse(0L);
            StateStore state = StateStore.open(opened, tasks, StateSettings.DEFAULT, MemoryCharge.UNLIMITED, version);
            store = state;
            return IntStream.range(0, tasks)
                    .<StateTables>mapToObj(task -> state.task(task)::open).toList();
        }

        @Override
        public void commit() {
            Checkpoint opened = Objects.requireNonNull(checkpoint);
            StateStore state = Objects.requireNonNull(store);
            long trigger = state.version();
            opened.log().append(RecordType.TRIGGER, trigger, "{}");
            opened.log().append(RecordType.CHANGES, trigger, ChangesPayload.of("{}", state.collectChanges()));
            opened.log().sync(trigger);
            state.commit(trigger + 1);
            entries = state.entries();
            stop();
        }

        private void stop() {
            if (store != null) {
                store.close();
                store = null;
            }
            if (checkpoint != null) {
                checkpoint.close();
                checkpoint = null;
            }
        }

        @Override
        public long entries() {
            return entries;
        }

        @Override
        public void close() {
            stop();
            Directories.delete(directory);
        }
    }
}
