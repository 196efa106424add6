package dev.thalweg.execution.operator.session;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.UsedKeys;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.KeyedState.SlotVisitor;
import dev.thalweg.state.Murmur3;
import dev.thalweg.state.StateTable;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// The sessions that are open, and their rows.
///
/// State: a table `end, key -> start, hash of the key; rows`, which time frees by the end, and a table `key -> bounds of its
/// sessions` to find those that a row touches. **Part of the checkpoint format:** the key of the first is the end, 8 bytes
/// big-endian with the sign bit flipped, and the key's bytes; each of its rows is time, end, weight, length and bytes, filled up
/// to 8; a bound is a start and an end, in order of time.
final class SessionState implements AutoCloseable {
    private static final int ROW_HEADER = 32;

    private final KeyedState rows;
    private final KeyedState bounds;
    private final Scratch keyBytes;
    private final Scratch blob;
    private final EncodedKeys keys = new EncodedKeys(16);
    private final GroupTable expired;
    private int[] slots = new int[16];
    private long blobLength;

    SessionState(SessionDeclaration spec, String keyType, StateTables tables, BufferAllocator allocator) {
        this.rows = tables.openKeys(new StateTable(spec.name() + ".rows", 16, true, spec.freed(),
                "end TIMESTAMP, " + keyType, "start TIMESTAMP, hash BIGINT; " + spec.input().sql()));
        this.bounds = tables.open(new StateTable(spec.name() + ".sessions", 8, true, false, keyType,
                "sessions BIGINT; start TIMESTAMP, end TIMESTAMP"));
        this.keyBytes = new Scratch(allocator);
        this.blob = new Scratch(allocator);
        this.expired = new GroupTable(allocator);
    }

    /// The entries of the keys that a trigger touches, made where there are none. They stay good until the trigger ends.
    int[] open(GroupTable touched) {
        keys.reset(touched.size());
        for (int i = 0; i < touched.size(); i++) {
            keys.set(i, touched.keyAddress(i), touched.keyLength(i), touched.hash(i));
        }
        int[] found = new int[touched.size()];
        bounds.findOrInsert(keys, found);
        for (int slot : found) {
            bounds.touch(slot);
        }
        return found;
    }

    /// How many sessions a key has.
    int size(int slot) {
        return bounds.tailLength(slot) >>> 4;
    }

    long start(int slot, int session) {
        return Memory.getLong(bounds.tail(slot) + ((long) session << 4));
    }

    long end(int slot, int session) {
        return Memory.getLong(bounds.tail(slot) + ((long) session << 4) + 8);
    }

    /// Says which sessions a key has now; without any it is forgotten.
    void setBounds(int slot, long[] starts, long[] ends, int count) {
        if (count == 0) {
            bounds.remove(slot);
            return;
        }
        long to = blob.reserve((long) count << 4);
        for (int i = 0; i < count; i++) {
            Memory.putLong(to + ((long) i << 4), starts[i]);
            Memory.putLong(to + ((long) i << 4) + 8, ends[i]);
        }
        bounds.setTail(slot, to, count << 4);
        Memory.putLong(bounds.value(slot), count);
    }

    private void key(int slot, long end, int index) {
        int length = bounds.keyLength(slot);
        long at = keyBytes.address() + (long) index * (length + 23 & ~7L);
        Memory.putLong(at, Long.reverseBytes(end ^ Long.MIN_VALUE));
        Memory.copy(bounds.keyAddress(slot), at + 8, length);
        keys.set(index, at, length + 8, 0);
    }

    /// Makes the keys of some sessions of one key.
    private void keysOf(int slot, long hash, long[] ends, int count) {
        keyBytes.reserve((long) count * (bounds.keyLength(slot) + 23 & ~7L));
        keys.reset(count);
        for (int i = 0; i < count; i++) {
            key(slot, ends[i], i);
            keys.set(i, keys.address(i), keys.length(i),
                    KeyEncoder.owned(Murmur3.hash(keys.address(i), keys.length(i)), hash));
        }
        if (slots.length < count) {
            slots = new int[Math.max(count, slots.length * 2)];
        }
    }

    /// Takes the rows of sessions out of the state.
    ///
    /// @param slot of the key
    /// @param hash of the key
    void take(int slot, long hash, int keyNumber, long[] ends, int count, PendingRows into) {
        keysOf(slot, hash, ends, count);
        rows.find(keys, slots);
        for (int i = 0; i < count; i++) {
            if (slots[i] == KeyedState.ABSENT) {
                throw new Defect("THW-9441", "A session that ends at " + ends[i]
                        + " has no rows in the state. Please send the query and the checkpoint.");
            }
            rows.touch(slots[i]);
        }
        for (int i = 0; i < count; i++) {
            long start = Memory.getLong(rows.value(slots[i]));
            long at = rows.tail(slots[i]);
            long stop = at + rows.tailLength(slots[i]);
            while (at < stop) {
                int length = (int) Memory.getLong(at + 24);
                int row = into.add(keyNumber, Memory.getLong(at), Memory.getLong(at + 8), at + ROW_HEADER, length);
                into.was[row] = Memory.getLong(at + 16);
                into.is[row] = into.was[row];
                into.wasStart[row] = start;
                into.wasEnd[row] = ends[i];
                at += ROW_HEADER + (length + 7 & ~7L);
            }
            rows.remove(slots[i]);
        }
    }

    /// Begins the rows of a session; [#put] ends them.
    void beginRows() {
        blobLength = 0;
    }

    void addRow(PendingRows from, int row) {
        int length = from.length[row];
        long size = ROW_HEADER + (length + 7 & ~7L);
        long at = blob.grow(blobLength, blobLength + size) + blobLength;
        Memory.putLong(at, from.time[row]);
        Memory.putLong(at + 8, from.end[row]);
        Memory.putLong(at + 16, from.is[row]);
        Memory.putLong(at + 24, length);
        if (length > 0) {
            Memory.putLong(at + size - 8, 0); // what fills up the last word is always the same
        }
        Memory.copy(from.bytes(row), at + ROW_HEADER, length);
        blobLength += size;
    }

    /// Puts a session into the state.
    void put(int slot, long hash, long start, long end) {
        keysOf(slot, hash, new long[] {end}, 1);
        rows.findOrInsert(keys, slots);
        rows.setTail(slots[0], blob.address(), Math.toIntExact(blobLength));
        Memory.putLong(rows.value(slots[0]), start);
        Memory.putLong(rows.value(slots[0]) + 8, hash);
    }

    /// Emits the rows of all sessions that end at or before `micros`.
    void emitThrough(long micros, SessionOutput output, Downstream out) {
        rows.forEachThrough(micros, new SlotVisitor() {
            @Override
            public void visit(int slot) {
                emit(slot, 1, output);
                if (output.isFull()) {
                    output.flush(0, out);
                }
            }

            @Override
            public void takingBack() {
                output.flush(0, out);
            }
        });
        output.flush(0, out);
    }

    /// Forgets all sessions that end at or before `micros`.
    void removeThrough(long micros) {
        expired.clear();
        EncodedKeys one = new EncodedKeys(1);
        int[] number = new int[1];
        rows.forEachThrough(micros, slot -> {
            one.reset(1);
            one.set(0, rows.keyAddress(slot) + 8, rows.keyLength(slot) - 8, Memory.getLong(rows.value(slot) + 8));
            expired.findOrInsert(one, number);
        });
        if (expired.size() == 0) {
            return;
        }
        for (int slot : open(expired)) {
            int count = size(slot);
            long[] starts = new long[count];
            long[] ends = new long[count];
            int left = 0;
            for (int i = 0; i < count; i++) {
                if (end(slot, i) > micros) {
                    starts[left] = start(slot, i);
                    ends[left++] = end(slot, i);
                }
            }
            setBounds(slot, starts, ends, left);
        }
        rows.removeThrough(micros);
    }

    /// Takes back the rows of the sessions that have lived their time, and forgets those.
    void forget(UsedKeys used, SessionOutput output, Downstream out) {
        int[] gone = gone(used);
        if (gone.length == 0) {
            return;
        }
        expired.clear();
        EncodedKeys one = new EncodedKeys(1);
        int[] number = new int[1];
        int[] keyOf = new int[gone.length];
        for (int i = 0; i < gone.length; i++) {
            one.reset(1);
            one.set(0, rows.keyAddress(gone[i]) + 8, rows.keyLength(gone[i]) - 8,
                    Memory.getLong(rows.value(gone[i]) + 8));
            expired.findOrInsert(one, number);
            keyOf[i] = number[0];
            emit(gone[i], -1, output);
            if (output.isFull()) {
                output.flush(0, out);
            }
        }
        output.flush(0, out);
        int[] bounded = open(expired);
        for (int i = 0; i < gone.length; i++) {
            keepAllBut(bounded[keyOf[i]], end(gone[i]));
            rows.remove(gone[i]);
        }
    }

    private static int[] gone(UsedKeys used) {
        IntStream.Builder gone = IntStream.builder();
        used.forget(gone::add);
        return gone.build().distinct().toArray(); // one that was put anew under its old key is due twice
    }

    private void keepAllBut(int slot, long end) {
        int count = size(slot);
        long[] starts = new long[count];
        long[] ends = new long[count];
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (end(slot, i) != end) {
                starts[left] = start(slot, i);
                ends[left++] = end(slot, i);
            }
        }
        setBounds(slot, starts, ends, left);
    }

    private long end(int slot) {
        return Long.reverseBytes(Memory.getLong(rows.keyAddress(slot))) ^ Long.MIN_VALUE;
    }

    /// The rows of a session.
    private void emit(int slot, int sign, SessionOutput output) {
        long start = Memory.getLong(rows.value(slot));
        long end = end(slot);
        long at = rows.tail(slot);
        long stop = at + rows.tailLength(slot);
        while (at < stop) {
            output.add(at + ROW_HEADER, start, end, sign * Memory.getLong(at + 16));
            at += ROW_HEADER + (Memory.getLong(at + 24) + 7 & ~7L);
        }
    }

    @Override
    public void close() {
        keyBytes.close();
        blob.close();
        expired.close();
    }
}
