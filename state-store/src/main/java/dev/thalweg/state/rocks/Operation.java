package dev.thalweg.state.rocks;

import dev.thalweg.spi.data.Memory;

/// A put or a delete, as it lies in memory. Reused from one to the next.
final class Operation {
    boolean isPut;
    int group;
    long key;
    int keyLength;
    long value;
    int valueLength;

    /// Reads the operation at an address.
    ///
    /// @return where the next one begins
    long read(long address) {
        isPut = Memory.getByte(address) == 0;
        group = Memory.getByte(address + 1);
        keyLength = Memory.getInt(address + 2);
        key = address + 6;
        long end = key + keyLength;
        if (isPut) {
            valueLength = Memory.getInt(end);
            value = end + 4;
            end = value + valueLength;
        }
        return end;
    }

    /// Where the operation behind the one at an address begins.
    static long end(long address) {
        long end = key(address) + keyLength(address);
        return Memory.getByte(address) == 0 ? end + 4 + Memory.getInt(end) : end;
    }

    static int group(long address) {
        return Memory.getByte(address + 1);
    }

    static int keyLength(long address) {
        return Memory.getInt(address + 2);
    }

    static long key(long address) {
        return address + 6;
    }

    /// Whether two operations of one key group are on one key.
    static boolean haveSameKey(long left, long right) {
        int length = keyLength(left);
        return length == keyLength(right) && Memory.equal(key(left), key(right), length);
    }

    static int compareKeys(Operation left, int group, long key, int keyLength) {
        return left.group != group
                ? Integer.compare(left.group, group)
                : compare(left.key, left.keyLength, key, keyLength);
    }

    /// As RocksDB compares: bytes unsigned, the shorter first when it begins the longer.
    static int compare(long left, int leftLength, long right, int rightLength) {
        int common = Math.min(leftLength, rightLength);
        int i = 0;
        for (; i + 8 <= common; i += 8) {
            long leftWord = Memory.getLong(left + i);
            long rightWord = Memory.getLong(right + i);
            if (leftWord != rightWord) {
                return Long.compareUnsigned(Long.reverseBytes(leftWord), Long.reverseBytes(rightWord));
            }
        }
        for (; i < common; i++) {
            int order = Integer.compare(Memory.getByte(left + i) & 0xff, Memory.getByte(right + i) & 0xff);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftLength, rightLength);
    }
}
