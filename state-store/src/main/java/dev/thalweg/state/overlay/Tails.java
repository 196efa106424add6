package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;

/// The variable-length bytes of a table's entries. Within a trigger an entry may have two: its own, and those from before,
/// which are kept until the trigger ends and then freed or put back.
final class Tails {
    private final ByteArena arena;
    private final SlotStore slots;
    private final TriggerChanges changes;

    Tails(ByteArena arena, SlotStore slots, TriggerChanges changes) {
        this.arena = arena;
        this.slots = slots;
        this.changes = changes;
    }

    /// Gives a changed entry a copy of the bytes; no bytes is no tail.
    void set(int slot, int number, long address, int length) {
        long old = slots.tail(slot);
        int oldCapacity = slots.tailCapacity(slot);
        boolean own = old != 0 && old != changes.tailBefore(number);
        if (own && length > 0 && length <= oldCapacity) {
            Memory.copy(address, old, length);
            slots.setTail(slot, old, length, oldCapacity);
            return;
        }
        if (length > 0) {
            load(slot, address, length);
        } else {
            slots.setTail(slot, 0, 0, 0);
        }
        if (own) {
            arena.free(old, oldCapacity); // only now: the bytes may have been copied from there
        }
    }

    /// Gives an entry a copy of the bytes, whatever it had.
    void load(int slot, long address, int length) {
        long tail = arena.allocate(length);
        Memory.copy(address, tail, length);
        slots.setTail(slot, tail, length, ByteArena.capacity(length));
    }

    /// Leaves a changed entry without a tail; what it had before stays where it is.
    void clear(int slot, int number) {
        long tail = slots.tail(slot);
        if (tail != 0) {
            if (tail != changes.tailBefore(number)) {
                arena.free(tail, slots.tailCapacity(slot));
            }
            slots.setTail(slot, 0, 0, 0);
        }
    }

    /// Notes what the entry has now as what it had before.
    void keep(int slot, int number) {
        if (slots.hasTail()) {
            changes.setTailBefore(number, slots.tail(slot), slots.tailLength(slot), slots.tailCapacity(slot));
        }
    }

    /// Puts back what the entry had before; it has been cleared.
    void putBack(int slot, int number) {
        if (slots.hasTail()) {
            slots.setTail(slot, changes.tailBefore(number), changes.tailBeforeLength(number),
                    changes.tailBeforeCapacity(number));
        }
    }

    /// Frees what the entry had before, unless it still has it.
    void freeBefore(int slot, int number) {
        long before = changes.tailBefore(number);
        if (before != 0 && before != slots.tail(slot)) {
            arena.free(before, changes.tailBeforeCapacity(number));
        }
    }

    /// Frees what the entry has, with the entry.
    void free(int slot) {
        if (slots.tail(slot) != 0) {
            arena.free(slots.tail(slot), slots.tailCapacity(slot));
        }
    }
}
