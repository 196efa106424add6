package dev.thalweg.execution.operator.aggregate;

import java.util.Arrays;

/// Numbers the groups that a batch touches 0, 1, 2 … by their slots, for calls that fold a batch before they touch state.
final class BatchGroups {
    private int[] stamps = new int[0];
    private int[] numbers = new int[0];
    private int[] slots = new int[256];
    private int stamp;
    private int count;

    void begin() {
        count = 0;
        if (++stamp == Integer.MAX_VALUE) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    /// The number of a slot; the next one when the batch has not touched it before.
    int number(int slot) {
        if (slot >= stamps.length) {
            int capacity = Math.max(slot + 1, stamps.length * 2);
            stamps = Arrays.copyOf(stamps, capacity);
            numbers = Arrays.copyOf(numbers, capacity);
        }
        if (stamps[slot] != stamp) {
            stamps[slot] = stamp;
            if (count == slots.length) {
                slots = Arrays.copyOf(slots, count * 2);
            }
            slots[count] = slot;
            numbers[slot] = count++;
        }
        return numbers[slot];
    }

    int count() {
        return count;
    }

    int slot(int number) {
        return slots[number];
    }
}
