package dev.thalweg.execution.operator.aggregate;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Slots of a table that were walked over, to be changed behind the walk.
final class SlotList implements KeyTree.Visitor {
    private int[] slots = new int[64];
    private int count;

    @Override
    public boolean visit(int slot) {
        if (count == slots.length) {
            slots = Arrays.copyOf(slots, count * 2);
        }
        slots[count++] = slot;
        return true;
    }

    void forEach(IntConsumer taker) {
        for (int i = 0; i < count; i++) {
            taker.accept(slots[i]);
        }
    }
}
