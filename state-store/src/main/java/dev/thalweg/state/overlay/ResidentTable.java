package dev.thalweg.state.overlay;

import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;

/// A table of state in memory: what operators work on, and what the changes of a trigger are taken from. Entries that are
/// on disk too may be dropped and come back ([DroppedEntries]); as long as none was, a key that is not here is nowhere.
///
/// **State** one record an entry ([SlotStore]), an index over hashes ([HashIndex]), and, for a table that is freed by
/// time, a heap over times ([TimeIndex]). **Cost** a lookup is two cache misses, which those of a block of keys overlap
/// ([BlockLookup]). Commit costs by changed entry.
public final class ResidentTable implements KeyedState {
    private final StateTable declaration;
    private final MemoryCharge charge;
    private final OffHeap memory;
    private final ResidentEntries residents;
    private final SlotStore slots;
    private final TriggerChanges changes;
    private final Tails tails;
    private final ChangeWriter writer;
    private final TimeIndex times;
    private final BlockLookup lookup;
    private final ExpiredEntries expired;
    private final DroppedEntries dropped;
    private int dueVisited;
    private boolean staysResident;
    private long size;
    private long sizeBefore;
    private boolean closed;

    /// A table of which nothing is stored, and nothing is dropped.
    public ResidentTable(StateTable declaration, MemoryCharge charge) {
        this(declaration, charge, StoredTable.NONE);
    }

    /// @param stored where dropped entries are
    public ResidentTable(StateTable declaration, MemoryCharge charge, StoredTable stored) {
        this.declaration = declaration;
        this.charge = charge;
        memory = new OffHeap(charge);
        changes = new TriggerChanges(memory, declaration.hasTail());
        residents = new ResidentEntries(declaration, memory, changes);
        slots = residents.slots;
        times = residents.times;
        lookup = new BlockLookup(slots, residents.index);
        tails = residents.tails;
        writer = new ChangeWriter(slots, changes);
        expired = new ExpiredEntries(memory);
        dropped = new DroppedEntries(declaration, residents, expired, stored);
    }

    public StateTable declaration() {
        return declaration;
    }

    @Override
    public void find(EncodedKeys keys, int[] found) {
        residents.requireIndex(true);
        if (dropped.any()) {
            fetch(keys);
        }
        int count = keys.count();
        for (int from = 0; from < count; from += BlockLookup.BLOCK) {
            int to = Math.min(count, from + BlockLookup.BLOCK);
            lookup.load(keys, from, to);
            for (int i = from; i < to; i++) {
                int slot = lookup.locate(keys, i);
                found[i] = slot >= 0 && isGone(slot) ? ABSENT : slot;
            }
        }
    }

    @Override
    public int findOrInsert(EncodedKeys keys, int[] found) {
        residents.requireIndex(true);
        if (dropped.any()) {
            fetch(keys);
        }
        int count = keys.count();
        int made = 0;
        for (int from = 0; from < count; from += BlockLookup.BLOCK) {
            int to = Math.min(count, from + BlockLookup.BLOCK);
            residents.index.reserve(to - from);
            lookup.load(keys, from, to);
            for (int i = from; i < to; i++) {
                int slot = lookup.locate(keys, i);
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

    private void fetch(EncodedKeys keys) {
        if (!staysResident && charge.isShort()) {
            dropped.makeRoom(keys.count());
        }
        dropped.fetch(keys);
    }

    @Override
    public void insert(EncodedKeys keys, int[] made) {
        residents.requireIndex(false);
        for (int i = 0; i < keys.count(); i++) {
            made[i] = insert(keys, i);
        }
    }

    private int insert(EncodedKeys keys, int i) {
        long hash = keys.hash(i);
        long keyAddress = keys.address(i);
        int keyLength = keys.length(i);
        changes.reserve(); // what may be refused comes first, so that an abort finds all that was done
        int slot = slots.insert(keyAddress, keyLength, hash);
        residents.insert((int) (hash >>> 32), slot);
        slots.setChange(slot, changes.add(slot, TriggerChanges.MADE) + 1);
        size++;
        if (declaration.timeFirst()) {
            times.add(residents.time(slot), slot);
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
        return change > 0 ? changes.is(change - 1, TriggerChanges.REMOVED) : change == SlotStore.EXPIRED;
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
    public long changedBefore(int number) {
        return changes.before(number);
    }

    @Override
    public boolean isChangedRemoved(int number) {
        return changes.is(number, TriggerChanges.REMOVED);
    }

    @Override
    public void forEachThrough(long micros, SlotVisitor visitor) {
        collect(micros);
        times.sortDue();
        dueVisited = 0;
        if (dropped.any()) {
            dropped.showThrough(micros, visitor, time -> visitDue(time, visitor));
        }
        visitDue(micros, visitor);
    }

    /// Goes on to what is due at or below `micros`.
    private void visitDue(long micros, SlotVisitor visitor) {
        for (; dueVisited < times.dueCount() && times.dueTime(dueVisited) <= micros; dueVisited++) {
            int slot = times.dueSlot(dueVisited);
            if (residents.isDueFirst(dueVisited) && !isGone(slot)) {
                visitor.visit(slot);
            }
        }
    }

    @Override
    public long removeThrough(long micros) {
        collect(micros);
        long onDisk = dropped.any() ? dropped.countThrough(micros) : 0;
        size -= onDisk;
        long removed = onDisk;
        for (int i = 0; i < times.dueCount(); i++) { // in no order of time, but mostly as records lie
            int slot = times.dueSlot(i);
            if (times.dueTime(i) <= micros && residents.isDue(i) && expire(slot)) {
                removed++;
            }
        }
        expired.extendThrough(micros, removed > 0);
        return removed;
    }

    @Override
    public long earliest() {
        return Math.min(times.earliest(), dropped.earliest());
    }

    private void collect(long micros) {
        if (!declaration.timeFirst()) {
            throw new Defect("THW-9503", "State table '" + declaration.name()
                    + "' is not freed by time, but an operator frees it so. Please send this message and the query.");
        }
        times.collect(micros);
    }

    private boolean expire(int slot) {
        if (isGone(slot)) {
            return false;
        }
        int change = slots.change(slot);
        if (change > 0) {
            changes.set(change - 1, (byte) (TriggerChanges.REMOVED | TriggerChanges.EXPIRED));
        } else {
            expired.add(slot);
            slots.setChange(slot, SlotStore.EXPIRED);
        }
        size--;
        return true;
    }

    @Override
    public void forEach(SlotVisitor visitor) {
        for (int slot = 0; slot < slots.limit(); slot++) {
            if (!slots.isFree(slot) && !isGone(slot)) {
                visitor.visit(slot);
            }
        }
        if (dropped.any()) {
            dropped.show(visitor);
        }
    }

    @Override
    public void keepResident(int bytesEach) {
        staysResident = true;
        slots.countBeside(bytesEach);
        if (dropped.any()) {
            dropped.fetchAll();
        }
    }

    @Override
    public void keepUnindexed(int bytesEach) {
        keepResident(bytesEach);
        residents.forgetIndex();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long bytes() {
        return memory.bytes();
    }

    /// Entries in memory.
    public long residentCount() {
        return residents.count();
    }

    /// Whether entries have been dropped that are still there.
    public boolean isPartial() {
        return dropped.any();
    }

    /// Whether the trigger changed anything that must be written.
    public boolean isChanged() {
        return changes.count() > 0 || expired.any();
    }

    /// Whether the trigger freed entries by time, which is one range delete through [#expiredThrough].
    public boolean expiredAny() {
        return expired.any();
    }

    public long expiredThrough() {
        return expired.through();
    }

    /// Writes the trigger's puts and deletes; the range delete goes before them.
    ///
    /// @return how many
    public int writeChanges(ByteSink out) {
        return writer.write(out);
    }

    /// Whether all changes that were written last are of these key groups.
    public boolean wroteOnly(KeyGroups owned) {
        return writer.wroteOnly(owned);
    }

    /// Takes an entry as it was stored, when the table is opened and has no entry for the key.
    ///
    /// @param value as [#writeChanges] wrote it: the upper half of the hash, the fixed part, the tail
    public void load(int group, long keyAddress, int keyLength, long value, int valueLength) {
        residents.add(group, keyAddress, keyLength, value, valueLength);
        size++;
        sizeBefore++;
    }

    /// Takes note of an entry that stays on disk, when the table is opened.
    public void leave(long keyAddress) {
        dropped.note(keyAddress);
        size++;
        sizeBefore++;
    }

    /// Forgets what was loaded.
    public void unload() {
        residents.clear();
        size = 0;
        sizeBefore = 0;
    }

    /// Gives memory back until about `bytesMax` bytes are held, by dropping entries; between triggers, when all that was
    /// committed is on its way to disk. Slots change.
    public void shrink(long bytesMax) {
        changes.trim();
        if (!staysResident && residents.count() > 0) {
            dropped.shrink(bytesMax, writer, charge);
        }
    }

    /// Makes the trigger's changes what the next one begins with.
    public void commit() {
        boolean anew = !dropped.any() && residents.isIndexedAnewFor(size); // of those dropped it has records it does not know
        for (int i = 0; i < expired.count(); i++) {
            if (slots.change(expired.slot(i)) == SlotStore.EXPIRED) {
                residents.drop(expired.slot(i), anew);
            }
        }
        for (int i = 0; i < changes.count(); i++) {
            int slot = changes.slot(i);
            tails.freeBefore(slot, i);
            if (changes.is(i, TriggerChanges.REMOVED)) {
                residents.drop(slot, anew);
            } else {
                slots.settle(slot);
            }
        }
        if (anew) {
            residents.indexAnew();
        }
        dropped.commit(size);
        endTrigger();
    }

    /// Makes the table what it was when the trigger began.
    public void abort() {
        for (int i = changes.count() - 1; i >= 0; i--) {
            int slot = changes.slot(i);
            tails.clear(slot, i);
            if (changes.is(i, TriggerChanges.MADE)) {
                residents.drop(slot);
            } else {
                if (changes.before(i) != slots.value(slot)) {
                    slots.copyValue(changes.before(i), slots.value(slot));
                }
                tails.putBack(slot, i);
                slots.setChange(slot, SlotStore.UNTOUCHED);
            }
        }
        for (int i = 0; i < expired.count(); i++) {
            slots.setChange(expired.slot(i), SlotStore.UNTOUCHED);
        }
        size = sizeBefore;
        endTrigger();
    }

    private void endTrigger() {
        residents.tidyTimes();
        changes.reset();
        expired.reset();
        sizeBefore = size;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        abort();
        residents.close();
        changes.trim();
        expired.close();
    }
}
