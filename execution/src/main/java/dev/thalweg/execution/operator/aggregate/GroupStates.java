package dev.thalweg.execution.operator.aggregate;

import java.util.Arrays;

/// Groups whose results are asked for: where the key, the fixed part and the tail of each lie.
final class GroupStates {
    int count;
    long[] key = new long[256];
    long[] value = new long[256];
    /// 0 where a group has no tail.
    long[] tail = new long[256];

    void clear() {
        count = 0;
    }

    void add(long keyAddress, long valueAddress, long tailAddress) {
        if (count == key.length) {
            key = Arrays.copyOf(key, count * 2);
            value = Arrays.copyOf(value, count * 2);
            tail = Arrays.copyOf(tail, count * 2);
        }
        key[count] = keyAddress;
        value[count] = valueAddress;
        tail[count++] = tailAddress;
    }
}
