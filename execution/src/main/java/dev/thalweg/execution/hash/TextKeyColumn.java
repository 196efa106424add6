package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// A STRING or BINARY value: read where it lies, wherever that is.
final class TextKeyColumn implements KeyColumn {
    private final TextRows texts = new TextRows();
    /// The whole text, where it is shorter than 8 bytes.
    private long[] words = new long[0];
    private final long seed;

    TextKeyColumn(long seed) {
        this.seed = seed;
    }

    @Override
    public boolean read(FieldVector vector, boolean hasNulls, int[] rows, int from, int count) {
        texts.read(vector, hasNulls, rows, from, count);
        if (words.length < count) {
            words = new long[count];
        }
        return isConstant(count);
    }

    /// Whether all rows show the same text in the same place, as those do that a stage has computed once.
    private boolean isConstant(int count) {
        for (int i = 1; i < count; i++) {
            if (texts.address[i] != texts.address[0] || texts.length[i] != texts.length[0]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void addHash(long[] hashes, int count) {
        long[] address = texts.address;
        int[] length = texts.length;
        for (int i = 0; i < count; i++) {
            int bytes = length[i];
            if (bytes < 8) {
                long word = Memory.getFew(address[i], bytes);
                words[i] = word;
                hashes[i] += KeyColumn.mix(seed, word | (long) bytes << 56);
            } else {
                hashes[i] += hashLong(seed, address[i], bytes);
            }
        }
    }

    @Override
    public long hashOfFirst() {
        long address = texts.address[0];
        int bytes = texts.length[0];
        return bytes < 8
                ? KeyColumn.mix(seed, Memory.getFew(address, bytes) | (long) bytes << 56)
                : hashLong(seed, address, bytes);
    }

    @Override
    public boolean firstIs(long key, long cursor) {
        int bytes = texts.length[0];
        return Memory.getInt(cursor) == bytes && Memory.equal(cursor + 4, texts.address[0], bytes);
    }

    /// By words, of which the last overlaps the one before.
    private static long hashLong(long seed, long address, int bytes) {
        long hash = KeyColumn.mix(seed, bytes);
        for (int i = 0; i + 8 < bytes; i += 8) {
            hash = KeyColumn.mix(hash, Memory.getLong(address + i));
        }
        return KeyColumn.mix(hash, Memory.getLong(address + bytes - 8));
    }

    @Override
    public void compare(long[] keys, long[] cursors, int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            if (ids[i] < 0) {
                continue;
            }
            long stored = cursors[i];
            int bytes = texts.length[i];
            boolean same = Memory.getInt(stored) == bytes && (bytes < 8
                    ? (Memory.getLong(stored + 4) & ~(-1L << (8 * bytes))) == words[i]
                    : Memory.equal(stored + 4, texts.address[i], bytes));
            if (!same) {
                ids[i] = GroupTable.ABSENT;
            }
            cursors[i] = stored + 4 + bytes;
        }
    }

    @Override
    public void pass(long[] cursors, int count) {
        int bytes = 4 + texts.length[0];
        for (int i = 0; i < count; i++) {
            cursors[i] += bytes;
        }
    }

    @Override
    public long next(long cursor) {
        return cursor + 4 + Memory.getInt(cursor);
    }

    @Override
    public int variableBytes(int row) {
        return 4 + texts.length[row];
    }

    @Override
    public long write(int row, long key, long cursor) {
        int bytes = texts.length[row];
        Memory.putInt(cursor, bytes);
        Memory.copy(texts.address[row], cursor + 4, bytes);
        return cursor + 4 + bytes;
    }
}
