package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A STRING or BINARY value: read where it lies, wherever that is.
final class TextKeyColumn implements KeyColumn {
    private final TextRows texts = new TextRows();
    private final CodeWords known = new CodeWords();
    private final long seed;
    /// What stands for the text in the hash: the whole of it, where it is shorter than 8 bytes.
    private long[] words = new long[0];
    private boolean isCoded;
    private boolean isConstant;
    /// Texts that were numbered, in the order of their numbers.
    private final List<byte[]> few = new ArrayList<>();

    TextKeyColumn(long seed) {
        this.seed = seed;
    }

    @Override
    public boolean read(Column column, boolean hasNulls, int[] rows, int from, int count) {
        texts.read(column, hasNulls, rows, from, count);
        if (words.length < count) {
            words = new long[count];
        }
        isCoded = column instanceof CodedText coded && known.read(coded, texts, words, rows, from, count);
        isConstant = isConstant(count);
        return isConstant;
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
    public int number(int[] numbers, int count) {
        if (!isConstant) {
            return MANY;
        }
        byte[] text = new byte[texts.length[0]];
        Memory.copy(texts.address[0], text, 0, text.length);
        for (int i = 0; i < few.size(); i++) {
            if (Arrays.equals(few.get(i), text)) {
                return i;
            }
        }
        if (few.size() == FewNumbers.MOST) {
            return MANY;
        }
        few.add(text);
        return few.size() - 1;
    }

    @Override
    public void forgetNumbers() {
        few.clear();
    }

    @Override
    public void addHash(long[] hashes, int count) {
        if (!isCoded) {
            for (int i = 0; i < count; i++) {
                words[i] = word(texts.address[i], texts.length[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            hashes[i] += KeyColumn.mix(seed, words[i]);
        }
    }

    @Override
    public long hashOfFirst() {
        return KeyColumn.mix(seed, word(texts.address[0], texts.length[0]));
    }

    @Override
    public boolean firstIs(long key, long cursor) {
        int bytes = texts.length[0];
        return Memory.getInt(cursor) == bytes && Memory.equal(cursor + 4, texts.address[0], bytes);
    }

    /// What stands for a text in a hash. One of fewer than 8 bytes is all in it, with its length in the highest byte; of any
    /// other it is a hash by words, of which the last overlaps the one before.
    static long word(long address, int bytes) {
        if (bytes < 8) {
            return Memory.getFew(address, bytes) | (long) bytes << 56;
        }
        long hash = bytes;
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
                    ? ((Memory.getLong(stored + 4) ^ words[i]) & ~(-1L << (8 * bytes))) == 0
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
