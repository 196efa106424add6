package dev.thalweg.state;

/// The keys of a batch in their encoded form: off-heap bytes and a hash for each. Reused from batch to batch.
///
/// The hash is murmur3 (x64, 128 bits, the lower 64 kept); the key group is its lowest bits. Where a table holds several
/// entries of one owner (the values of a group, say), the lowest 16 bits are those of the owner's hash, so that they live
/// in the owner's key group: a hash is therefore kept with its entry and never computed again from the key bytes, and a
/// hash table takes its index from the upper bits. Encoding and hash never change within a checkpoint format version. A
/// table that is freed by time has the event time as the first 8 bytes of its keys, big-endian with the sign bit flipped,
/// so that bytes order as times do.
public final class EncodedKeys {
    private int count;
    private long[] addresses;
    private int[] lengths;
    private long[] hashes;

    public EncodedKeys(int capacity) {
        addresses = new long[capacity];
        lengths = new int[capacity];
        hashes = new long[capacity];
    }

    /// Makes room for `keys` keys; what was there before is gone.
    public void reset(int keys) {
        if (addresses.length < keys) {
            int capacity = Math.max(keys, addresses.length * 2);
            addresses = new long[capacity];
            lengths = new int[capacity];
            hashes = new long[capacity];
        }
        count = keys;
    }

    public void set(int index, long address, int length, long hash) {
        addresses[index] = address;
        lengths[index] = length;
        hashes[index] = hash;
    }

    public int count() {
        return count;
    }

    public long address(int index) {
        return addresses[index];
    }

    public int length(int index) {
        return lengths[index];
    }

    public long hash(int index) {
        return hashes[index];
    }
}
