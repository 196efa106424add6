package dev.thalweg.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import dev.thalweg.state.log.RecordType;
import dev.thalweg.state.log.TriggerLog;
import dev.thalweg.state.overlay.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The state store")
final class StateStoreTest {
    private static final StateSettings LAZY = StateSettings.DEFAULT;
    private static final StateSettings EAGER = new StateSettings(1L << 30, 1L << 29, 30_000, false, 2);
    /// Every trigger finds nothing in memory.
    private static final StateSettings DROPPING = new StateSettings(1 << 20, 0, 64 << 20, false, 2);
    /// Four tasks drop now and then, one never.
    private static final StateSettings TIGHT = new StateSettings(1 << 20, 400_000, 30_000, false, 2);

    @TempDir
    Path directory;

    private final Set<DurableStep> steps = Collections.synchronizedSet(EnumSet.noneOf(DurableStep.class));

    private StateRun run(Random random, StateSettings settings, int tasks) {
        return new StateRun(directory, random, settings,
                new TriggerLog.Settings(20_000, (step, n) -> steps.add(step), LogFaults.NONE), tasks);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @DisplayName("is after every restart, with any parallelism, what was committed before it")
    void survivesRestarts(long seed) {
        Random random = new Random(seed);
        try (StateRun run = run(random, settings(seed), 1 + random.nextInt(4))) {
            for (int i = 0; i < 40; i++) {
                run.trigger(random.nextInt(60));
                if (random.nextInt(4) == 0) {
                    run.restart(1 + random.nextInt(4));
                }
                List<NavigableMap<String, String>> expected = run.expected(run.store().version());
                assertThat(run.actual()).isEqualTo(expected);
                assertThat(run.store().entries()).isEqualTo(expected.get(0).size() + expected.get(1).size());
            }
        }
    }

    private static StateSettings settings(long seed) {
        return List.of(LAZY, EAGER, DROPPING, TIGHT).get((int) seed % 4);
    }

    @Test
    @DisplayName("holds far more than fits into memory, before and after a restart")
    void holdsMoreThanFits() {
        try (StateRun run = run(new Random(11), DROPPING, 1); Keys keys = new Keys()) {
            int blocks = 100;
            for (int block = 0; block < blocks; block++) {
                run.insert(keys, block * 1_000, 1_000);
            }
            assertThat(run.store().entries()).isEqualTo(blocks * 1_000L);
            assertThat(run.store().residentBytes()).isLessThan(1 << 20);
            for (int restart = 0; restart < 2; restart++) {
                assertThat(run.numbersOf(keys, 98_500, 2_000)).isEqualTo(
                        IntStream.range(98_500, 100_500).mapToObj(n -> n < 100_000 ? n : -1).toList());
                assertThat(run.store().task(0).size("counts").resident()).isBetween(1_500L, 20_000L);
                assertThat(run.store().task(0).size("counts").storedBytes()).isGreaterThan(100_000);
                run.restart(1);
                assertThat(run.store().entries()).isEqualTo(blocks * 1_000L);
            }
        }
    }

    @Test
    @DisplayName("has in a snapshot what so many changes at once left that RocksDB takes them as a file")
    void takesManyChangesAtOnce() {
        try (StateRun run = run(new Random(12), LAZY, 2); Keys keys = new Keys()) {
            run.restart(1);
            run.insert(keys, 0, 80_000);
            run.store().snapshotNow();
            run.remove(keys, 10_000, 50_000);
            run.insert(keys, 80_000, 40_000);
            run.store().snapshotNow();
            assertThat(directory.resolve("live")).isDirectoryNotContaining("glob:**.sst");
            for (int tasks = 1; tasks < 3; tasks++) {
                run.restart(tasks);
                assertThat(run.store().entries()).isEqualTo(70_000);
            }
            run.restart(1);
            assertThat(run.numbersOf(keys, 9_000, 2_000)).isEqualTo(
                    IntStream.range(9_000, 11_000).mapToObj(n -> n < 10_000 ? n : -1).toList());
            assertThat(run.numbersOf(keys, 59_990, 60_020)).isEqualTo(IntStream.range(59_990, 120_010)
                    .mapToObj(n -> n >= 60_000 && n < 120_000 ? n : -1).toList());
        }
    }

    @Test
    @DisplayName("can be read at every retained version, while the query runs")
    void restoresEveryVersion() {
        Random random = new Random(5);
        try (StateRun run = run(random, EAGER, 2)) {
            for (int i = 0; i < 60; i++) {
                run.trigger(40);
            }
            run.store().snapshotNow();
            run.trigger(40);
            CheckpointReader reader = new CheckpointReader(directory);
            List<Long> versions = reader.versions();
            assertThat(versions).hasSizeGreaterThan(3).contains(run.store().version())
                    .doesNotContain(1L, 2L, 3L); // retention is bounded
            for (long version : versions) {
                try (StateStore past = StateStore.read(reader, LAZY, MemoryCharge.UNLIMITED, version)) {
                    List<KeyedState> tables = reader.tables().stream().map(past.task(0)::open).toList();
                    assertThat(StateRun.text(tables.subList(0, 1))).isEqualTo(run.expected(version).get(0));
                    assertThat(StateRun.text(tables.subList(1, 2))).isEqualTo(run.expected(version).get(1));
                }
            }
            assertThat(reader.verify()).isEmpty();
            EnumSet<DurableStep> expected = EnumSet.allOf(DurableStep.class);
            expected.removeIf(step -> step.name().startsWith("SINK_")); // which are the trigger's
            assertThat(steps).containsAll(expected);
            assertThat(reader.show()).anyMatch(line -> line.startsWith("table        counts"))
                    .anyMatch(line -> line.startsWith("snapshot"));
        }
    }

    @Test
    @DisplayName("runs a trigger again from the version before it")
    void goesBack() {
        try (StateRun run = run(new Random(6), EAGER, 2)) {
            while (run.store().version() < 12) {
                run.trigger(40);
            }
            run.store().snapshotNow();
            long last = run.store().version() - 1;
            run.goBackTo(last, 3);
            assertThat(run.actual()).isEqualTo(run.expected(last));
            while (run.store().version() < last + 3) {
                run.trigger(40);
            }
            run.restart(1);
            assertThat(run.actual()).isEqualTo(run.expected(last + 3));
        }
    }

    @Test
    @DisplayName("takes the snapshot before when the newest one is damaged, and says so when there is none")
    void survivesDamagedSnapshot() throws IOException {
        StateSettings settings = new StateSettings(1L << 30, 1L << 29, 1L << 40, false, 2);
        try (StateRun run = run(new Random(7), settings, 1)) {
            for (int snapshot = 0; snapshot < 2; snapshot++) {
                for (int i = 0; i < 10; i++) {
                    run.trigger(40);
                }
                run.store().snapshotNow();
            }
            run.trigger(40);
            List<Long> versions = run.checkpoint().snapshots().versions();
            assertThat(versions).hasSize(2);
            damage(run.checkpoint().snapshots().parts(versions.get(1)).getFirst().directory());
            assertThat(new CheckpointReader(directory).verify()).hasSize(1).first().asString().contains(".sst");
            run.restart(1);
            assertThat(run.actual()).isEqualTo(run.expected(run.store().version()));
            damage(run.checkpoint().snapshots().parts(versions.get(0)).getFirst().directory());
            assertThatThrownBy(() -> run.restart(1)).isInstanceOf(Corrupted.class)
                    .hasMessageContaining("does not match its checksum").hasMessageContaining("cannot be restored");
        }
    }

    @Test
    @DisplayName("does not count a snapshot that it found damaged among those it keeps")
    void retainsGoodSnapshots() throws IOException {
        StateSettings settings = new StateSettings(1L << 30, 1L << 29, 1L << 40, false, 2);
        try (StateRun run = run(new Random(9), settings, 1)) {
            snapshotAfterSome(run);
            long good = run.store().version();
            snapshotAfterSome(run);
            long bad = run.store().version();
            damage(run.checkpoint().snapshots().parts(bad).getFirst().directory());
            run.restart(1);
            snapshotAfterSome(run);
            long newest = run.store().version();
            assertThat(run.checkpoint().snapshots().versions()).containsExactly(good, newest);
            damage(run.checkpoint().snapshots().parts(newest).getFirst().directory());
            run.restart(1);
            assertThat(run.actual()).isEqualTo(run.expected(newest));
        }
    }

    private static void snapshotAfterSome(StateRun run) {
        for (int i = 0; i < 10; i++) {
            run.trigger(40);
        }
        run.store().snapshotNow();
    }

    @Test
    @DisplayName("leaves every snapshot where it is when the version asked for cannot be restored")
    void deletesNothingInVain() {
        StateSettings settings = new StateSettings(1L << 30, 1L << 29, 1L << 40, false, 1);
        TriggerLog.Settings shortSegments = new TriggerLog.Settings(1, DurableStep.Listener.NONE, LogFaults.NONE);
        try (StateRun run = new StateRun(directory, new Random(10), settings, shortSegments, 1)) {
            snapshotAfterSome(run);
            long last = run.store().version() - 1;
            assertThatThrownBy(() -> run.goBackTo(last, 1)).isInstanceOf(Corrupted.class)
                    .hasMessageContaining("THW-5038");
            assertThat(run.checkpoint().snapshots().versions()).containsExactly(last + 1);
        }
    }

    @Test
    @DisplayName("gives all memory back, also when changes can no longer be brought to the disk")
    void givesMemoryBack() throws IOException {
        AtomicLong charged = new AtomicLong();
        StateSettings settings = new StateSettings(1L << 30, 1L << 29, 1, false, 2);
        try (Checkpoint checkpoint = Checkpoint.open(directory, CheckpointMetadata.of("q", "{}"));
                StateStore store = StateStore.open(checkpoint, 1, settings, charged::addAndGet, 0)) {
            Files.writeString(directory.resolve("snapshots"), "in the way");
            KeyedState table = store.task(0).open(StateRun.WINDOWS);
            assertThatThrownBy(() -> {
                for (long trigger = 0;; trigger++) {
                    changeAndCommit(store, checkpoint.log(), table, trigger);
                }
            }).isInstanceOf(Unavailable.class).hasMessageContaining("snapshots");
        }
        assertThat(charged).hasValue(0);
    }

    @Test
    @DisplayName("where memory is short keeps no buffer for the changes of the next trigger")
    void givesBuffersBack() {
        AtomicLong charged = new AtomicLong();
        try (Checkpoint checkpoint = Checkpoint.open(directory, CheckpointMetadata.of("q", "{}"));
                StateStore store = StateStore.open(checkpoint, 1, DROPPING, charged::addAndGet, 0)) {
            KeyedState table = store.task(0).open(StateRun.WINDOWS);
            changeAndCommit(store, checkpoint.log(), table, 0);
            assertThat(charged).hasValue(store.residentBytes());
        }
    }

    private static void changeAndCommit(StateStore store, TriggerLog log, KeyedState table, long trigger) {
        try (Keys keys = new Keys()) {
            table.findOrInsert(keys.of(Keys.timed(trigger, new byte[0])), new int[1]);
        }
        log.append(RecordType.CHANGES, trigger, ChangesPayload.of("{}", store.collectChanges()));
        store.commit(trigger + 1);
    }

    @Test
    @DisplayName("refuses to go on with other tables than the checkpoint has")
    void refusesOtherTables() {
        try (StateRun run = run(new Random(11), LAZY, 1)) {
            run.trigger(10);
        }
        StateTable other = new StateTable("other", 8, false, false, "BIGINT", "BIGINT");
        try (Checkpoint checkpoint = Checkpoint.open(directory, CheckpointMetadata.of("q", "{}"));
                StateStore store = StateStore.open(checkpoint, 1, LAZY, MemoryCharge.UNLIMITED, 1)) {
            assertThatThrownBy(() -> store.task(0).open(other)).isInstanceOf(InvalidQuery.class)
                    .hasMessageContaining("has no state table 'other'").hasMessageContaining("[counts, windows]");
            store.task(0).open(StateRun.COUNTS);
            assertThatThrownBy(store::begin).isInstanceOf(InvalidQuery.class).hasMessageContaining("[windows]")
                    .hasMessageContaining("THW-5047");
            store.task(0).open(StateRun.WINDOWS);
            store.begin();
        }
    }

    private static void damage(Path part) throws IOException {
        try (Stream<Path> files = Files.list(part)) {
            Path file = files.filter(path -> path.toString().endsWith(".sst")).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Directories.delete(file); // not in place: the running database has the same file
            Files.write(file, bytes);
        }
    }

    @Test
    @DisplayName("ends a trigger that would pass the budget with an error, and goes on from the version before")
    void staysInBudget() {
        StateSettings small = new StateSettings(1 << 20, 1 << 19, 1L << 40, false, 2);
        try (StateRun run = run(new Random(8), small, 1)) {
            run.trigger(10);
            long version = run.store().version();
            KeyedState table = run.store().task(0).open(new StateTable("big", 8, false, false, "BIGINT", "BIGINT"));
            assertThatThrownBy(() -> fill(table)).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("State table 'big'").hasMessageContaining("thalweg.state.residentBytesMax");
            run.store().abort();
            assertThat(table.size()).isZero();
            assertThat(run.actual()).isEqualTo(run.expected(version));
        }
    }

    private static void fill(KeyedState table) {
        try (Keys keys = new Keys()) {
            for (int block = 0; block < 1_000; block++) {
                List<byte[]> some = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    some.add(Keys.timed(block * 100L + i, new byte[0]));
                }
                table.findOrInsert(keys.of(some), new int[100]);
            }
        }
    }
}
