package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState.SlotVisitor;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// The entries of a table that are on disk only, because memory was short: how they go, and how they come back.
///
/// Only entries that the trigger has not changed are dropped, so what is on disk is what they are. A look-up brings them
/// back to stay ([#fetch]); a walk over the table shows them from records that it takes back (`show`). What is in memory,
/// in whatever state, always decides over what is on disk.
///
/// **Cost** nothing, as long as none was dropped. Then a look-up probes twice and asks the disk once a batch.
final class DroppedEntries {
    private static final int SHOWN_MAX = 1024;
    private static final long SHOWN_BYTES_MAX = 64 << 10;

    private final StateTable declaration;
    private final ResidentEntries residents;
    private final ExpiredEntries expired;
    private final StoredTable stored;
    private boolean any;
    /// No dropped entry has an earlier time.
    private long oldest = Long.MAX_VALUE;
    private long[] hashes = new long[0];
    private int[] rows = new int[0];
    private final int[] shown = new int[SHOWN_MAX];
    private int shownCount;
    private long shownBytes;
    private long counted;
    private int hand;

    DroppedEntries(StateTable declaration, ResidentEntries residents, ExpiredEntries expired, StoredTable stored) {
        this.declaration = declaration;
        this.residents = residents;
        this.expired = expired;
        this.stored = stored;
    }

    /// Whether an entry may be on disk that is not in memory.
    boolean any() {
        return any;
    }

    /// No dropped entry has an earlier time.
    long earliest() {
        return any ? oldest : Long.MAX_VALUE;
    }

    /// Notes that the entry is on disk only.
    void note(long key) {
        any = true;
        if (declaration.timeFirst()) {
            oldest = Math.min(oldest, ResidentEntries.timeOf(key));
        }
    }

    /// Brings those of the keys into memory that are on disk only.
    void fetch(EncodedKeys keys) {
        int missing = gather(keys);
        if (missing > 0) {
            PairSort.sort(hashes, rows, 0, missing);
            stored.fetch(keys, rows, distinct(keys, missing), this::addIfAbsent);
        }
    }

    private int gather(EncodedKeys keys) {
        int count = keys.count();
        if (rows.length < count) {
            hashes = new long[Math.max(count, rows.length * 2)];
            rows = new int[hashes.length];
        }
        int missing = 0;
        for (int i = 0; i < count; i++) {
            long hash = keys.hash(i);
            int slot = residents.locate((int) (hash >>> 32), keys.address(i), keys.length(i));
            if (slot >= 0) {
                residents.slots.setRecent(slot, true);
            } else {
                hashes[missing] = hash;
                rows[missing++] = i;
            }
        }
        return missing;
    }

    /// Leaves each key once, but for two of one hash that take turns, which does no harm.
    private int distinct(EncodedKeys keys, int missing) {
        int distinct = 0;
        for (int i = 0; i < missing; i++) {
            boolean again = distinct > 0 && hashes[i] == hashes[distinct - 1]
                    && keys.length(rows[i]) == keys.length(rows[distinct - 1])
                    && Memory.equal(keys.address(rows[i]), keys.address(rows[distinct - 1]), keys.length(rows[i]));
            if (!again) {
                hashes[distinct] = hashes[i];
                rows[distinct++] = rows[i];
            }
        }
        return distinct;
    }

    private void addIfAbsent(int group, long key, int keyLength, long value, int valueLength) {
        if (residents.locate(Memory.getInt(value), key, keyLength) < 0) {
            int slot = residents.add(group, key, keyLength, value, valueLength);
            residents.slots.setRecent(slot, true);
            if (isExpired(key)) { // as if it had been here then: it may be brought back, and knows what was before
                expired.add(slot);
                residents.slots.setChange(slot, SlotStore.EXPIRED);
            }
        }
    }

    private boolean isExpired(long key) {
        return declaration.timeFirst() && expired.covers(key);
    }

    /// Brings everything back.
    void fetchAll() {
        stored.scan(this::addIfAbsent);
        any = false;
        oldest = Long.MAX_VALUE;
    }

    /// Shows every entry that is on disk only.
    void show(SlotVisitor visitor) {
        try {
            stored.scan((group, key, keyLength, value, valueLength) -> {
                if (isOnlyStored(key, keyLength, value)) {
                    show(residents.copyIn(group, key, keyLength, value, valueLength), visitor);
                }
            });
            takeBack(visitor);
        } finally {
            freeShown();
        }
    }

    /// Shows those whose time is at or below `micros`, in order of time; tells each time before.
    void showThrough(long micros, SlotVisitor visitor, LongConsumer before) {
        if (oldest > micros) {
            return;
        }
        try {
            stored.scanThrough(micros, (group, key, keyLength, value, valueLength) -> {
                if (isOnlyStored(key, keyLength, value)) {
                    before.accept(ResidentEntries.timeOf(key));
                    show(residents.copyIn(group, key, keyLength, value, valueLength), visitor);
                }
            });
            takeBack(visitor);
        } finally {
            freeShown();
        }
    }

    /// How many have a time at or below `micros`.
    long countThrough(long micros) {
        counted = 0;
        if (oldest <= micros) {
            stored.scanThrough(micros, (_, key, keyLength, value, _) -> {
                if (isOnlyStored(key, keyLength, value)) {
                    counted++;
                }
            });
        }
        return counted;
    }

    private boolean isOnlyStored(long key, int keyLength, long value) {
        return !isExpired(key) && residents.locate(Memory.getInt(value), key, keyLength) < 0;
    }

    private void show(int slot, SlotVisitor visitor) {
        residents.slots.setChange(slot, SlotStore.SHOWN);
        shown[shownCount++] = slot;
        shownBytes += residents.bytes(slot);
        visitor.visit(slot);
        if (shownCount == SHOWN_MAX || shownBytes >= SHOWN_BYTES_MAX) {
            takeBack(visitor);
        }
    }

    private void takeBack(SlotVisitor visitor) {
        if (shownCount > 0) {
            visitor.takingBack();
            freeShown();
        }
    }

    private void freeShown() {
        for (int i = 0; i < shownCount; i++) {
            residents.free(shown[i]);
        }
        shownCount = 0;
        shownBytes = 0;
    }

    /// Drops entries that nobody has asked for lately, up to `wanted` of them: their places are there for others then. The
    /// memory stays the table's.
    void makeRoom(int wanted) {
        SlotStore slots = residents.slots;
        int left = wanted;
        for (int steps = 2 * slots.limit(); steps > 0 && left > 0; steps--) {
            hand = hand + 1 < slots.limit() ? hand + 1 : 0;
            if (!slots.isFree(hand) && slots.change(hand) == SlotStore.UNTOUCHED) {
                if (slots.isRecent(hand)) {
                    slots.setRecent(hand, false);
                } else {
                    note(slots.keyAddress(hand));
                    residents.drop(hand);
                    left--;
                }
            }
        }
    }

    /// Drops entries and gives their memory back, until about `bytesMax` bytes are held: those stay that were asked for since
    /// the last time. No slot is what it was. Between triggers.
    void shrink(long bytesMax, ChangeWriter writer, MemoryCharge charge) {
        try (ByteSink kept = new ByteSink(charge)) {
            long bytes = reserve(kept, bytesMax);
            int count = 0;
            SlotStore slots = residents.slots;
            for (int slot = 0; slot < slots.limit(); slot++) {
                if (slots.isFree(slot)) {
                    continue;
                }
                long size = residents.bytes(slot);
                if (slots.isRecent(slot) && size <= bytes) {
                    bytes -= size;
                    writer.writePut(slot, kept);
                    count++;
                } else {
                    note(slots.keyAddress(slot));
                }
            }
            residents.clear();
            hand = 0;
            long at = kept.address();
            for (int i = 0; i < count; i++) {
                at = load(at);
            }
        }
    }

    /// What is kept is copied out and in again; the copy is never larger than the entries.
    ///
    /// @return how many bytes may be kept
    private static long reserve(ByteSink kept, long bytesMax) {
        try {
            int bytes = (int) Math.min(bytesMax, Integer.MAX_VALUE / 2);
            kept.reserve(bytes);
            return bytes;
        } catch (Unavailable none) {
            return 0; // which is only slower
        }
    }

    /// Reads an operation as [ChangeWriter#writePut] wrote it.
    private long load(long at) {
        int keyLength = Memory.getInt(at + 2);
        long key = at + 6;
        int valueLength = Memory.getInt(key + keyLength);
        long value = key + keyLength + 4;
        residents.add(Memory.getByte(at + 1), key, keyLength, value, valueLength);
        return value + valueLength;
    }

    /// The trigger is committed.
    ///
    /// @param size how many entries there are now, wherever
    void commit(long size) {
        if (any && residents.count() == size) {
            any = false;
            oldest = Long.MAX_VALUE;
        } else if (expired.emptyThrough() != Long.MAX_VALUE) {
            oldest = Math.max(oldest, expired.emptyThrough() + 1);
        }
        if (!any) {
            hashes = Arrays.copyOf(hashes, 0);
            rows = Arrays.copyOf(rows, 0);
        }
    }
}
