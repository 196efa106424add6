package dev.thalweg.state.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.Murmur3;
import dev.thalweg.state.StateTable;
import java.util.ArrayList;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

@Label("A resident table")
final class ResidentTableProperties {
    @Property(tries = 300)
    @Label("is a sorted map with triggers, whatever is done to it")
    void equalsItsModel(@ForAll long seed) {
        new Run(new Random(seed)).play();
    }

    /// A value of the model: the fixed part as one long, and the tail.
    @SuppressWarnings("ArrayRecordComponent") // [#same] compares
    private record Value(long fixed, byte[] tail) {
        boolean same(Value other) {
            return fixed == other.fixed && Arrays.equals(tail, other.tail);
        }
    }

    private static final class Run {
        private static final byte[] NONE = {};

        private final Random random;
        private final StateTable declaration;
        private final int keyShape;
        private final AtomicLong charged = new AtomicLong();
        private final ResidentTable table;
        private final Keys keys = new Keys();
        private final NavigableMap<byte[], Value> stored = new TreeMap<>(Arrays::compareUnsigned);
        private NavigableMap<byte[], Value> committed = new TreeMap<>(Arrays::compareUnsigned);
        private NavigableMap<byte[], Value> current = new TreeMap<>(Arrays::compareUnsigned);
        private long watermark;
        private final boolean unindexed;
        private long nextKey;
        private final int drops;
        private int dropped;

        Run(Random random) {
            this.random = random;
            keyShape = random.nextInt(4);
            declaration = new StateTable("t", random.nextBoolean() ? 8 : random.nextInt(3) * 12, random.nextBoolean(),
                    random.nextBoolean(), "", "");
            drops = random.nextInt(3);
            table = new ResidentTable(declaration, new Charge(), new Disk());
            unindexed = random.nextInt(4) == 0;
            if (unindexed) {
                table.keepUnindexed(random.nextInt(2) * 12);
            }
        }

        void play() {
            int triggers = random.nextInt(30);
            for (int i = 0; i < triggers; i++) {
                int steps = random.nextInt(40);
                for (int j = 0; j < steps; j++) {
                    step();
                }
                compare();
                if (random.nextInt(4) == 0) {
                    table.abort();
                    current = new TreeMap<>(committed);
                } else {
                    write();
                    table.commit();
                    committed = new TreeMap<>(current);
                    assertSame(stored, committed);
                    drop();
                }
                compare();
            }
            if (!unindexed && random.nextBoolean()) {
                table.keepResident(random.nextInt(2) * 12);
                assertThat(table.residentCount()).isEqualTo(committed.size());
                compare();
            }
            assertThat(table.bytes()).isEqualTo(charged.get());
            table.close();
            assertThat(charged).hasValue(0);
            keys.close();
        }

        /// A third of the runs never drops anything, a third now and then, a third always everything.
        private void drop() {
            if (drops == 2 || (drops == 1 && random.nextInt(3) == 0)) {
                table.shrink(drops == 2 ? 0 : random.nextInt(100_000));
                assertThat(table.isPartial()).isEqualTo(table.residentCount() < committed.size());
                dropped++;
            }
        }

        private final class Charge implements MemoryCharge {
            @Override
            public void charge(long bytes) {
                charged.addAndGet(bytes);
            }

            @Override
            public boolean isShort() {
                return dropped % 2 == 1;
            }
        }

        /// The model's entries as a disk shows them.
        private final class Disk implements StoredTable {
            @Override
            public void fetch(EncodedKeys wanted, int[] rows, int count, Visitor visitor) {
                for (int i = 0; i < count; i++) {
                    byte[] key = Keys.bytesAt(wanted.address(rows[i]), wanted.length(rows[i]));
                    Value value = stored.get(key);
                    if (value != null) {
                        show(key, value, visitor);
                    }
                }
            }

            @Override
            public void scan(Visitor visitor) {
                stored.forEach((key, value) -> show(key, value, visitor));
            }

            @Override
            public void scanThrough(long micros, Visitor visitor) {
                stored.forEach((key, value) -> {
                    if (time(key) <= micros) {
                        show(key, value, visitor);
                    }
                });
            }

            private void show(byte[] key, Value value, Visitor visitor) {
                try (ByteSink out = new ByteSink(MemoryCharge.UNLIMITED)) {
                    out.reserve(key.length + declaration.valueBytes() + value.tail.length + 8);
                    out.putBytes(key);
                    long hash = Murmur3.hash(out.address(), key.length);
                    out.putInt((int) (hash >>> 32));
                    for (int i = 0; i < declaration.valueBytes(); i++) {
                        out.putByte(i < 8 ? (int) (value.fixed >>> (8 * i)) : 0);
                    }
                    out.putBytes(value.tail);
                    visitor.visit(KeyGroups.group(hash), out.address(), key.length, out.address() + key.length,
                            out.size() - key.length);
                }
            }
        }

        private void step() {
            if (unindexed) {
                stepUnindexed();
                return;
            }
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> upsertMany(1 + random.nextInt(20));
                case 4 -> upsertMany(random.nextInt(700));
                case 5, 6 -> remove(random.nextInt(20));
                case 7 -> findSome();
                case 8 -> setTails();
                default -> {
                    if (declaration.timeFirst()) {
                        expire();
                    }
                }
            }
        }

        private void stepUnindexed() {
            switch (random.nextInt(4)) {
                case 0 -> insertMany(random.nextInt(700));
                case 1 -> insertMany(1 + random.nextInt(20));
                case 2 -> {
                    List<Integer> there = new ArrayList<>();
                    table.forEach(there::add);
                    Collections.shuffle(there, random);
                    for (int slot : there.subList(0, Math.min(there.size(), random.nextInt(20)))) {
                        current.remove(key(slot));
                        table.remove(slot);
                    }
                }
                default -> {
                    if (declaration.timeFirst()) {
                        expire();
                    }
                }
            }
        }

        /// Each under a key that there never was.
        private void insertMany(int count) {
            List<byte[]> some = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                some.add(ByteBuffer.allocate(16 + random.nextInt(2) * 8)
                        .putLong(random.nextLong(4_000) ^ Long.MIN_VALUE).putLong(nextKey++).array());
            }
            int[] slots = new int[count];
            table.insert(keys.of(some), slots);
            for (int i = 0; i < count; i++) {
                long value = declaration.valueBytes() >= 8 ? random.nextLong() : 0;
                if (declaration.valueBytes() >= 8) {
                    assertThat(Memory.getLong(table.value(slots[i]))).isZero();
                    Memory.putLong(table.value(slots[i]), value);
                }
                current.put(some.get(i), new Value(value, NONE));
            }
        }

        private void upsertMany(int count) {
            List<byte[]> some = randomKeys(count);
            int[] slots = new int[count];
            int made = table.findOrInsert(keys.of(some), slots);
            int expected = 0;
            for (int i = 0; i < count; i++) {
                Value old = current.get(some.get(i));
                if (old == null) {
                    old = new Value(0, NONE);
                    current.put(some.get(i), old);
                    expected++;
                }
                assertThat(fixed(table.value(slots[i]))).isEqualTo(old.fixed);
                table.touch(slots[i]);
                if (declaration.valueBytes() >= 8) {
                    long value = random.nextLong();
                    Memory.putLong(table.value(slots[i]), value);
                    current.put(some.get(i), new Value(value, old.tail));
                }
            }
            assertThat(made).isEqualTo(expected);
        }

        private void setTails() {
            if (!declaration.hasTail()) {
                return;
            }
            for (byte[] key : randomKeys(random.nextInt(10))) {
                int[] slots = new int[1];
                table.find(keys.of(key), slots);
                Value old = current.get(key);
                assertThat(slots[0] >= 0).isEqualTo(old != null);
                if (old != null) {
                    byte[] tail = new byte[random.nextInt(50) == 0 ? 300_000 : random.nextInt(300)];
                    random.nextBytes(tail);
                    try (ByteSink bytes = new ByteSink(charge -> {})) {
                        bytes.putBytes(tail);
                        table.setTail(slots[0], bytes.address(), tail.length);
                    }
                    current.put(key, new Value(old.fixed, tail));
                }
            }
        }

        private void remove(int count) {
            List<byte[]> some = randomKeys(count);
            int[] slots = new int[count];
            table.find(keys.of(some), slots);
            for (int i = 0; i < count; i++) {
                if (slots[i] >= 0) {
                    table.remove(slots[i]);
                    assertThat(table.isRemoved(slots[i])).isTrue();
                }
                current.remove(some.get(i));
            }
        }

        private void findSome() {
            List<byte[]> some = randomKeys(300);
            int[] slots = new int[300];
            table.find(keys.of(some), slots);
            for (int i = 0; i < 300; i++) {
                Value expected = current.get(some.get(i));
                assertThat(slots[i] != KeyedState.ABSENT).isEqualTo(expected != null);
                if (expected != null) {
                    assertEntry(slots[i], some.get(i), expected);
                }
            }
        }

        private void expire() {
            watermark = random.nextInt(5) == 0 ? random.nextLong() : watermark + random.nextInt(200);
            List<Long> visited = new ArrayList<>();
            table.forEachThrough(watermark, slot -> visited.add(time(key(slot))));
            List<Long> expected = current.keySet().stream().map(Run::time).filter(t -> t <= watermark).toList();
            assertThat(visited).isEqualTo(expected);
            if (random.nextBoolean()) {
                assertThat(table.removeThrough(watermark)).isEqualTo(expected.size());
                current.keySet().removeIf(key -> time(key) <= watermark);
            }
            watermark = watermark == Long.MAX_VALUE || watermark < 0 ? 0 : watermark % 4_000;
        }

        private void compare() {
            assertThat(table.size()).isEqualTo(current.size());
            NavigableMap<byte[], Value> seen = new TreeMap<>(Arrays::compareUnsigned);
            table.forEach(slot -> {
                Value expected = requireNonNull(current.get(key(slot)));
                assertEntry(slot, key(slot), expected);
                seen.put(key(slot), expected);
            });
            assertThat(seen).hasSameSizeAs(current);
            for (int i = 0; i < table.changedCount(); i++) {
                int slot = table.changed(i);
                Value before = committed.get(key(slot));
                assertThat(table.before(slot) != 0).isEqualTo(before != null);
                if (before != null) {
                    assertThat(fixed(table.before(slot))).isEqualTo(before.fixed);
                    assertThat(Keys.bytesAt(table.tailBefore(slot), table.tailBeforeLength(slot)))
                            .isEqualTo(before.tail);
                }
                assertThat(table.isRemoved(slot)).isEqualTo(!current.containsKey(key(slot)));
            }
        }

        /// Applies what the table writes to `stored`, as RocksDB would.
        private void write() {
            if (table.expiredAny()) {
                stored.keySet().removeIf(key -> time(key) <= table.expiredThrough());
            }
            try (ByteSink out = new ByteSink(bytes -> {})) {
                int operations = table.writeChanges(out);
                Set<ByteBuffer> written = new HashSet<>();
                long at = out.address();
                for (int i = 0; i < operations; i++) {
                    int length = Memory.getInt(at + 2);
                    byte[] key = Keys.bytesAt(at + 6, length);
                    int group = Memory.getByte(at + 1);
                    assertThat(group).isEqualTo(KeyGroups.group(Murmur3.hash(at + 6, length)));
                    assertThat(written.add(ByteBuffer.wrap(key))).isTrue();
                    boolean put = Memory.getByte(at) == ChangeWriter.PUT;
                    at += 6 + length;
                    if (put) {
                        int valueLength = Memory.getInt(at);
                        int fixedBytes = declaration.valueBytes();
                        stored.put(key, new Value(fixed(at + 8),
                                Keys.bytesAt(at + 8 + fixedBytes, valueLength - 4 - fixedBytes)));
                        at += 4 + valueLength;
                    } else {
                        assertThat(stored.remove(key) != null || table.expiredAny()).isTrue();
                    }
                }
                assertThat(at).isEqualTo(out.address() + out.size());
            }
        }

        private void assertEntry(int slot, byte[] key, Value expected) {
            assertThat(key(slot)).isEqualTo(key);
            assertThat(fixed(table.value(slot))).isEqualTo(expected.fixed);
            assertThat(Keys.bytesAt(table.tail(slot), table.tailLength(slot))).isEqualTo(expected.tail);
        }

        private static void assertSame(NavigableMap<byte[], Value> left, NavigableMap<byte[], Value> right) {
            assertThat(left).hasSameSizeAs(right);
            left.forEach((key, value) -> assertThat(value.same(requireNonNull(right.get(key)))).isTrue());
        }

        private long fixed(long address) {
            return declaration.valueBytes() >= 8 ? Memory.getLong(address) : 0;
        }

        private byte[] key(int slot) {
            return Keys.bytesAt(table.keyAddress(slot), table.keyLength(slot));
        }

        private static long time(byte[] key) {
            long time = 0;
            for (int i = 0; i < 8; i++) {
                time = time << 8 | (key[i] & 0xff);
            }
            return time ^ Long.MIN_VALUE;
        }

        private List<byte[]> randomKeys(int count) {
            List<byte[]> some = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = random.nextInt(2_000);
                byte[] rest = switch (keyShape) {
                    case 0 -> NONE;
                    case 1 -> longKey(number);
                    case 2 -> new byte[number % 40];
                    default -> ("a common beginning " + number).getBytes(UTF_8);
                };
                some.add(declaration.timeFirst() || rest.length == 0 ? Keys.timed(number * 3L - 500, rest) : rest);
            }
            return some;
        }

        private static byte[] longKey(int number) {
            byte[] key = new byte[8];
            Arrays.fill(key, (byte) (number % 7));
            key[number % 8] = (byte) (number / 8);
            return key;
        }
    }
}
