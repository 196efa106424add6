package dev.thalweg.state;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.RecordType;
import dev.thalweg.state.log.TriggerLog;
import dev.thalweg.state.overlay.ByteSink;
import dev.thalweg.state.overlay.Keys;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A query without a query: random changes to two tables, and beside them what the state must be at each version.
final class StateRun implements AutoCloseable {
    static final StateTable COUNTS = new StateTable("counts", 8, true, false, "STRING", "BIGINT, STRING");
    static final StateTable WINDOWS = new StateTable("windows", 16, false, true, "TIMESTAMP, STRING", "2 BIGINT");

    private final Path directory;
    private final Random random;
    private final StateSettings settings;
    private final TriggerLog.Settings logSettings;
    private final Map<Long, List<NavigableMap<String, String>>> versions = new HashMap<>();
    private Checkpoint checkpoint;
    private StateStore store;
    private List<KeyedState> counts = List.of();
    private List<KeyedState> windows = List.of();

    StateRun(Path directory, Random random, StateSettings settings, TriggerLog.Settings logSettings, int tasks) {
        this.directory = directory;
        this.random = random;
        this.settings = settings;
        this.logSettings = logSettings;
        versions.put(0L, List.of(new TreeMap<>(), new TreeMap<>()));
        checkpoint = openCheckpoint();
        store = openStore(tasks);
    }

    private Checkpoint openCheckpoint() {
        return Checkpoint.open(directory, CheckpointMetadata.of("q", "{\"plan\":1}"), logSettings);
    }

    private StateStore openStore(int tasks) {
        long version = checkpoint.recovered().last(RecordType.CHANGES).map(record -> record.trigger() + 1).orElse(0L);
        StateStore opened = StateStore.open(checkpoint, tasks, settings, MemoryCharge.UNLIMITED, version);
        counts = open(opened, COUNTS);
        windows = open(opened, WINDOWS);
        return opened;
    }

    static List<KeyedState> open(StateStore store, StateTable table) {
        List<KeyedState> opened = new ArrayList<>();
        for (int i = 0; i < store.taskCount(); i++) {
            opened.add(store.task(i).open(table));
        }
        return opened;
    }

    StateStore store() {
        return store;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /// Stops, and starts again with another parallelism; what was not yet in RocksDB is only in the log.
    void restart(int tasks) {
        close();
        checkpoint = openCheckpoint();
        store = openStore(tasks);
    }

    /// Goes back: the log is cut behind TRIGGER `trigger`, which then runs again.
    void goBackTo(long trigger, int tasks) {
        close();
        checkpoint = openCheckpoint();
        checkpoint.log().cutAfter(trigger);
        store = StateStore.open(checkpoint, tasks, settings, MemoryCharge.UNLIMITED, trigger);
        counts = open(store, COUNTS);
        windows = open(store, WINDOWS);
        rerun = Optional.of(trigger);
    }

    private Optional<Long> rerun = Optional.empty();

    void trigger(int changes) {
        store.begin();
        long trigger = store.version();
        List<NavigableMap<String, String>> before = expected(trigger);
        NavigableMap<String, String> expectedCounts = new TreeMap<>(before.get(0));
        NavigableMap<String, String> expectedWindows = new TreeMap<>(before.get(1));
        try (Keys keys = new Keys()) {
            change(keys, changes, expectedCounts, expectedWindows, trigger);
        }
        if (random.nextInt(8) == 0) {
            store.abort();
            return;
        }
        TriggerLog log = checkpoint.log();
        if (rerun.isEmpty()) {
            log.append(RecordType.TRIGGER, trigger, "{\"n\":" + trigger + "}");
        }
        rerun = Optional.empty();
        log.append(RecordType.CHANGES, trigger, ChangesPayload.of("{}", store.collectChanges()));
        log.sync(trigger);
        store.commit(trigger + 1);
        log.append(RecordType.COMMIT, trigger, List.of());
        versions.put(trigger + 1, List.of(expectedCounts, expectedWindows));
    }

    /// A trigger that makes entries `word from` and so on, each with its number.
    void insert(Keys keys, int from, int count) {
        store.begin();
        EncodedKeys encoded = keys.of(words(from, count));
        int[] slots = new int[count];
        counts.get(0).findOrInsert(encoded, slots);
        for (int i = 0; i < count; i++) {
            Memory.putLong(counts.get(0).value(slots[i]), from + i);
        }
        commit();
    }

    /// A trigger that removes the entries `word from` and so on.
    void remove(Keys keys, int from, int count) {
        store.begin();
        int[] slots = new int[count];
        counts.get(0).find(keys.of(words(from, count)), slots);
        Arrays.stream(slots).forEach(counts.get(0)::remove);
        commit();
    }

    private void commit() {
        long trigger = store.version();
        checkpoint.log().append(RecordType.TRIGGER, trigger, "{}");
        checkpoint.log().append(RecordType.CHANGES, trigger, ChangesPayload.of("{}", store.collectChanges()));
        store.commit(trigger + 1);
    }

    /// The numbers of those entries, -1 where there is none.
    List<Integer> numbersOf(Keys keys, int from, int count) {
        int[] slots = new int[count];
        counts.get(0).find(keys.of(words(from, count)), slots);
        return Arrays.stream(slots).mapToObj(slot -> slot < 0 ? -1 : (int) Memory.getLong(counts.get(0).value(slot)))
                .toList();
    }

    private static List<byte[]> words(int from, int count) {
        List<byte[]> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(("word " + (from + i)).getBytes(UTF_8));
        }
        return words;
    }

    private void change(Keys keys, int changes, NavigableMap<String, String> expectedCounts,
            NavigableMap<String, String> expectedWindows, long trigger) {
        for (int i = 0; i < changes; i++) {
            byte[] word = ("word " + random.nextInt(500)).getBytes(UTF_8);
            if (random.nextInt(4) == 0) {
                remove(counts, keys, word);
                expectedCounts.remove(text(word));
            } else {
                byte[] tail = "x".repeat(random.nextInt(40)).getBytes(UTF_8);
                long number = random.nextLong();
                put(counts, keys, word, number, tail);
                expectedCounts.put(text(word), number + text(tail));
            }
            byte[] window = Keys.timed(trigger * 10 + random.nextInt(50), word);
            put(windows, keys, window, i, new byte[0]);
            expectedWindows.put(text(window), Integer.toString(i));
        }
        if (random.nextBoolean()) {
            long through = trigger * 10 + random.nextInt(20) - 10;
            windows.forEach(table -> table.removeThrough(through));
            expectedWindows.keySet().removeIf(key -> time(key) <= through);
        }
    }

    private static KeyedState owner(List<KeyedState> tables, EncodedKeys keys) {
        return tables.get(KeyGroups.taskOf(KeyGroups.group(keys.hash(0)), tables.size()));
    }

    private static void put(List<KeyedState> tables, Keys keys, byte[] key, long number, byte[] tail) {
        EncodedKeys encoded = keys.of(key);
        KeyedState table = owner(tables, encoded);
        int[] slots = new int[1];
        table.findOrInsert(encoded, slots);
        table.touch(slots[0]);
        Memory.putLong(table.value(slots[0]), number);
        try (ByteSink bytes = new ByteSink(MemoryCharge.UNLIMITED)) {
            if (tail.length > 0) {
                bytes.putBytes(tail);
                table.setTail(slots[0], bytes.address(), tail.length);
            } else if (table.tailLength(slots[0]) > 0) {
                table.setTail(slots[0], 0, 0);
            }
        }
    }

    private static void remove(List<KeyedState> tables, Keys keys, byte[] key) {
        EncodedKeys encoded = keys.of(key);
        KeyedState table = owner(tables, encoded);
        int[] slots = new int[1];
        table.find(encoded, slots);
        if (slots[0] >= 0) {
            table.remove(slots[0]);
        }
    }

    /// What the state must be at a version: the two tables as text.
    List<NavigableMap<String, String>> expected(long version) {
        return requireNonNull(versions.get(version));
    }

    List<NavigableMap<String, String>> actual() {
        return List.of(text(counts), text(windows));
    }

    static NavigableMap<String, String> text(List<KeyedState> tables) {
        NavigableMap<String, String> all = new TreeMap<>(Comparator.naturalOrder());
        for (KeyedState table : tables) {
            table.forEach(slot -> all.put(text(Keys.bytesAt(table.keyAddress(slot), table.keyLength(slot))),
                    Memory.getLong(table.value(slot))
                            + text(Keys.bytesAt(table.tail(slot), table.tailLength(slot)))));
        }
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static long time(String key) {
        byte[] bytes = Arrays.copyOf(key.getBytes(ISO_8859_1), 8);
        return ByteBuffer.wrap(bytes).getLong() ^ Long.MIN_VALUE;
    }

    @Override
    public void close() {
        store.close();
        checkpoint.close();
    }
}
