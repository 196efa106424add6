package dev.thalweg.execution.operator;

import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;

/// A table of state that does what another does: for those that change one thing of it. Abstract, because alone it is good for
/// nothing.
abstract class ForwardingState implements KeyedState {
    private final KeyedState table;

    ForwardingState(KeyedState table) {
        this.table = table;
    }

    @Override
    public void find(EncodedKeys keys, int[] slots) {
        table.find(keys, slots);
    }

    @Override
    public int findOrInsert(EncodedKeys keys, int[] slots) {
        return table.findOrInsert(keys, slots);
    }

    @Override
    public void touch(int slot) {
        table.touch(slot);
    }

    @Override
    public void remove(int slot) {
        table.remove(slot);
    }

    @Override
    public long value(int slot) {
        return table.value(slot);
    }

    @Override
    public long before(int slot) {
        return table.before(slot);
    }

    @Override
    public boolean isRemoved(int slot) {
        return table.isRemoved(slot);
    }

    @Override
    public long keyAddress(int slot) {
        return table.keyAddress(slot);
    }

    @Override
    public int keyLength(int slot) {
        return table.keyLength(slot);
    }

    @Override
    public long tail(int slot) {
        return table.tail(slot);
    }

    @Override
    public int tailLength(int slot) {
        return table.tailLength(slot);
    }

    @Override
    public long tailBefore(int slot) {
        return table.tailBefore(slot);
    }

    @Override
    public int tailBeforeLength(int slot) {
        return table.tailBeforeLength(slot);
    }

    @Override
    public void setTail(int slot, long address, int length) {
        table.setTail(slot, address, length);
    }

    @Override
    public int changedCount() {
        return table.changedCount();
    }

    @Override
    public int changed(int index) {
        return table.changed(index);
    }

    @Override
    public long changedBefore(int index) {
        return table.changedBefore(index);
    }

    @Override
    public boolean isChangedRemoved(int index) {
        return table.isChangedRemoved(index);
    }

    @Override
    public void forEachThrough(long micros, SlotVisitor visitor) {
        table.forEachThrough(micros, visitor);
    }

    @Override
    public long removeThrough(long micros) {
        return table.removeThrough(micros);
    }

    @Override
    public long earliest() {
        return table.earliest();
    }

    @Override
    public void forEach(SlotVisitor visitor) {
        table.forEach(visitor);
    }

    @Override
    public long size() {
        return table.size();
    }

    @Override
    public long bytes() {
        return table.bytes();
    }

    @Override
    public void close() {
        table.close();
    }

    @Override
    public void keepResident(int bytesEach) {
        table.keepResident(bytesEach);
    }

    @Override
    public void keepUnindexed(int bytesEach) {
        table.keepUnindexed(bytesEach);
    }

    @Override
    public void insert(EncodedKeys keys, int[] slots) {
        table.insert(keys, slots);
    }
}
