package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import java.util.Arrays;

/// A table of state that lies wholly in memory: what operators work on, and what the changes of a trigger are taken from.
///
/// **State** one record an entry ([SlotStore]), an index over hashes ([HashIndex]), and, for a table that is freed by
/// time, a heap over times ([TimeIndex]). **Cost** a lookup is two cache misses; a batch of them overlaps its misses,
/// because all index words of a block of keys are loaded before the first is looked at. Commit costs by changed entry.
public final class ResidentTable implements KeyedState {
    private static final int BLOCK = 256;

    private final StateTable declaration;
    private final OffHeap memory;
    private final ByteArena arena;
    private final SlotStore slots;
    private final HashIndex index;
    private final TriggerChanges changes;
    private final Tails tails;
    private final ChangeWriter writer;
    private final TimeIndex times;
    private final long[] firstEntries = new long[BLOCK];
    private int[] expired = new int[16];
    private int expiredCount;
    private boolean expiredAny;
    private long expiredThrough;
    private long size;
    private long sizeBefore;
    private long loaded;
    private boolean closed;

    public ResidentTable(StateTable declaration, MemoryCharge charge) {
        this.declaration = declaration;
        memory = new OffHeap(charge);
        arena = new ByteArena(memory);
        slots = new SlotStore(memory, arena, declaration.valueBytes(), declaration.hasTail());
        index = new HashIndex(memory);
        changes = new TriggerChanges(memory, declaration.hasTail());
        tails = new Tails(arena, slots, changes);
        writer = new ChangeWriter(slots, changes);
        times = new TimeIndex(memory);
    }

    public StateTable declaration() {
        return declaration;
    }

    @Override
    public void find(EncodedKeys keys, int[] found) {
        int count = keys.count();
        for (int from = 0; from < count; from += BLOCK) {
            int to = Math.min(count, from + BLOCK);
            loadFirst(keys, from, to);
            for (int i = from; i < to; i++) {
                int slot = locate(keys, i, firstEntries[i - from]);
                found[i] = slot >= 0 && isGone(slot) ? ABSENT : slot;
            }
        }
    }

    @Override
    public int findOrInsert(EncodedKeys keys, int[] found) {
        int count = keys.count();
        int made = 0;
        for (int from = 0; from < count; from += BLOCK) {
            int to = Math.min(count, from + BLOCK);
            index.reserve(to - from);
            loadFirst(keys, from, to);
            for (int i = from; i < to; i++) {
                int slot = locate(keys, i, firstEntries[i - from]);
                if (slot < 0) {
                    slot = insert(keys, i);
                    made++;
                } else if (isGone(slot)) {
                    bringBack(slot);
                    made++;
                }
                found[i] = slot;
            }
        }
        return made;
    }

    /// Loads of one loop do not depend on each other, so the processor waits for many of them at once: first the words of
    /// the index, then the records that these point to.
    private void loadFirst(EncodedKeys keys, int from, int to) {
        for (int i = from; i < to; i++) {
            firstEntries[i - from] = index.entry(index.home((int) (keys.hash(i) >>> 32)));
        }
        long seen = 0;
        for (int i = 0; i < to - from; i++) {
            if (firstEntries[i] != 0) {
                seen += slots.firstWord(HashIndex.slotOf(firstEntries[i]));
            }
        }
        loaded = seen; // kept, or the loop would be dropped
    }

    private int locate(EncodedKeys keys, int i, long firstEntry) {
        int hash = (int) (keys.hash(i) >>> 32);
        int at = index.home(hash);
        long entry = firstEntry;
        while (entry != 0) {
            if (HashIndex.hashOf(entry) == hash) {
                int slot = HashIndex.slotOf(entry);
                if (slots.hasKey(slot, keys.address(i), keys.length(i))) {
                    return slot;
                }
            }
            at = index.next(at);
            entry = index.entry(at);
        }
        // A key of the same block may have taken the free place since it was loaded.
        return firstEntry == 0 && index.entry(at) != 0 ? locate(keys, i, index.entry(at)) : ABSENT;
    }

    private int insert(EncodedKeys keys, int i) {
        long hash = keys.hash(i);
        long keyAddress = keys.address(i);
        int keyLength = keys.length(i);
        changes.reserve(); // what may be refused comes first, so that an abort finds all that was done
        int slot = slots.insert(keyAddress, keyLength, hash);
        index.insert((int) (hash >>> 32), slot);
        slots.setChange(slot, changes.add(slot, TriggerChanges.MADE) + 1);
        size++;
        if (declaration.timeFirst()) {
            times.add(time(slot), slot);
        }
        return slot;
    }

    private void bringBack(int slot) {
        int change = slots.change(slot);
        int number = change > 0 ? change - 1 : addChange(slot);
        if (!changes.is(number, TriggerChanges.MADE) && changes.before(number) == slots.value(slot)) {
            keepImage(slot, number);
        }
        changes.clear(number, (byte) (TriggerChanges.REMOVED | TriggerChanges.EXPIRED));
        slots.zeroValue(slot);
        tails.clear(slot, number);
        size++;
    }

    @Override
    public void touch(int slot) {
        if (slots.change(slot) == SlotStore.UNTOUCHED) {
            keepImage(slot, addChange(slot));
        } else if (slots.change(slot) == SlotStore.EXPIRED) {
            throw new Defect("THW-9502", "An operator changes an entry of state table '" + declaration.name()
                    + "' that it has removed in this trigger. Please send this message and the query.");
        }
    }

    /// Lists the slot as changed, with the entry itself as its before-image.
    private int addChange(int slot) {
        int number = changes.add(slot, (byte) 0);
        slots.setChange(slot, number + 1);
        changes.setBefore(number, slots.value(slot));
        tails.keep(slot, number);
        return number;
    }

    private void keepImage(int slot, int number) {
        int bytes = slots.valueBytes();
        if (bytes > 0) {
            long image = changes.allocateImage(bytes);
            slots.copyValue(slots.value(slot), image);
            changes.setBefore(number, image);
        }
    }

    @Override
    public void remove(int slot) {
        if (isGone(slot)) {
            return;
        }
        int change = slots.change(slot);
        changes.set(change > 0 ? change - 1 : addChange(slot), TriggerChanges.REMOVED);
        size--;
    }

    @Override
    public long value(int slot) {
        return slots.value(slot);
    }

    @Override
    public long before(int slot) {
        int change = slots.change(slot);
        return change > 0 ? changes.before(change - 1) : slots.value(slot);
    }

    @Override
    public boolean isRemoved(int slot) {
        return isGone(slot);
    }

    private boolean isGone(int slot) {
        int change = slots.change(slot);
        return change != SlotStore.UNTOUCHED
                && (change == SlotStore.EXPIRED || changes.is(change - 1, TriggerChanges.REMOVED));
    }

    @Override
    public long keyAddress(int slot) {
        return slots.keyAddress(slot);
    }

    @Override
    public int keyLength(int slot) {
        return slots.keyLength(slot);
    }

    @Override
    public long tail(int slot) {
        return slots.tail(slot);
    }

    @Override
    public int tailLength(int slot) {
        return slots.tailLength(slot);
    }

    @Override
    public long tailBefore(int slot) {
        int change = slots.change(slot);
        return change > 0 ? changes.tailBefore(change - 1) : slots.tail(slot);
    }

    @Override
    public int tailBeforeLength(int slot) {
        int change = slots.change(slot);
        return change > 0 ? changes.tailBeforeLength(change - 1) : slots.tailLength(slot);
    }

    @Override
    public void setTail(int slot, long address, int length) {
        touch(slot);
        tails.set(slot, slots.change(slot) - 1, address, length);
    }

    @Override
    public int changedCount() {
        return changes.count();
    }

    @Override
    public int changed(int number) {
        return changes.slot(number);
    }

    @Override
    public void forEachThrough(long micros, SlotVisitor visitor) {
        collect(micros);
        for (int i = 0; i < times.dueCount() && times.dueTime(i) <= micros; i++) {
            int slot = times.dueSlot(i);
            if (isDue(i) && !isGone(slot)) {
                visitor.visit(slot);
            }
        }
    }

    @Override
    public long removeThrough(long micros) {
        collect(micros);
        long removed = 0;
        for (int i = 0; i < times.dueCount() && times.dueTime(i) <= micros; i++) {
            int slot = times.dueSlot(i);
            if (isDue(i) && expire(slot)) {
                removed++;
            }
        }
        if (removed > 0) {
            expiredThrough = expiredAny ? Math.max(expiredThrough, micros) : micros;
            expiredAny = true;
        }
        return removed;
    }

    private void collect(long micros) {
        if (!declaration.timeFirst()) {
            throw new Defect("THW-9503", "State table '" + declaration.name()
                    + "' is not freed by time, but an operator frees it so. Please send this message and the query.");
        }
        times.collect(micros);
    }

    /// Whether the due entry is still what the index took down, and not the same one twice.
    private boolean isDue(int i) {
        return hasTime(times.dueTime(i), times.dueSlot(i))
                && (i == 0 || times.dueSlot(i - 1) != times.dueSlot(i) || times.dueTime(i - 1) != times.dueTime(i));
    }

    private boolean hasTime(long time, int slot) {
        return !slots.isFree(slot) && time(slot) == time;
    }

    private boolean expire(int slot) {
        if (isGone(slot)) {
            return false;
        }
        int change = slots.change(slot);
        if (change > 0) {
            changes.set(change - 1, (byte) (TriggerChanges.REMOVED | TriggerChanges.EXPIRED));
        } else {
            if (expiredCount == expired.length) {
                memory.take(4L * expiredCount);
                expired = Arrays.copyOf(expired, expiredCount * 2);
            }
            expired[expiredCount++] = slot;
            slots.setChange(slot, SlotStore.EXPIRED);
        }
        size--;
        return true;
    }

    private long time(int slot) {
        return Long.reverseBytes(Memory.getLong(slots.keyAddress(slot))) ^ Long.MIN_VALUE;
    }

    @Override
    public void forEach(SlotVisitor visitor) {
        for (int slot = 0; slot < slots.limit(); slot++) {
            if (!slots.isFree(slot) && !isGone(slot)) {
                visitor.visit(slot);
            }
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long bytes() {
        return memory.bytes();
    }

    /// Whether the trigger changed anything that must be written.
    public boolean isChanged() {
        return changes.count() > 0 || expiredAny;
    }

    /// Whether the trigger freed entries by time, which is one range delete through [#expiredThrough].
    public boolean expiredAny() {
        return expiredAny;
    }

    public long expiredThrough() {
        return expiredThrough;
    }

    /// Writes the trigger's puts and deletes; the range delete goes before them.
    ///
    /// @return how many
    public int writeChanges(ByteSink out) {
        return writer.write(out);
    }

    /// Takes an entry as it was stored, when the table is opened and has no entry for the key.
    ///
    /// @param value as [#writeChanges] wrote it: the upper half of the hash, the fixed part, the tail
    public void load(int group, long keyAddress, int keyLength, long value, int valueLength) {
        int hash = Memory.getInt(value);
        index.reserve(1);
        int slot = slots.insert(keyAddress, keyLength, (long) hash << 32 | group);
        index.insert(hash, slot);
        size++;
        sizeBefore++;
        Memory.copy(value + 4, slots.value(slot), slots.valueBytes());
        int tailLength = valueLength - 4 - slots.valueBytes();
        if (tailLength > 0) {
            tails.load(slot, value + 4 + slots.valueBytes(), tailLength);
        }
        if (declaration.timeFirst()) {
            times.add(time(slot), slot);
        }
    }

    /// Makes the trigger's changes what the next one begins with.
    public void commit() {
        for (int i = 0; i < expiredCount; i++) {
            if (slots.change(expired[i]) == SlotStore.EXPIRED) {
                drop(expired[i]);
            }
        }
        for (int i = 0; i < changes.count(); i++) {
            int slot = changes.slot(i);
            tails.freeBefore(slot, i);
            if (changes.is(i, TriggerChanges.REMOVED)) {
                drop(slot);
            } else {
                slots.setChange(slot, SlotStore.UNTOUCHED);
            }
        }
        endTrigger();
    }

    /// Makes the table what it was when the trigger began.
    public void abort() {
        for (int i = changes.count() - 1; i >= 0; i--) {
            int slot = changes.slot(i);
            tails.clear(slot, i);
            if (changes.is(i, TriggerChanges.MADE)) {
                drop(slot);
            } else {
                if (changes.before(i) != slots.value(slot)) {
                    slots.copyValue(changes.before(i), slots.value(slot));
                }
                tails.putBack(slot, i);
                slots.setChange(slot, SlotStore.UNTOUCHED);
            }
        }
        for (int i = 0; i < expiredCount; i++) {
            slots.setChange(expired[i], SlotStore.UNTOUCHED);
        }
        size = sizeBefore;
        endTrigger();
    }

    private void drop(int slot) {
        index.erase(slots.hash(slot), slot);
        tails.free(slot);
        slots.free(slot);
    }

    private void endTrigger() {
        if (times.dueCount() > 0) {
            times.retainDue(this::hasTime);
        }
        if (times.size() > 2 * size + 1024) {
            times.clear();
            forEach(slot -> times.add(time(slot), slot));
        }
        changes.reset();
        expiredCount = 0;
        expiredAny = false;
        sizeBefore = size;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        abort();
        slots.close();
        arena.close();
        index.close();
        changes.close();
        times.clear();
        memory.take(-4L * (expired.length - 16));
    }
}
