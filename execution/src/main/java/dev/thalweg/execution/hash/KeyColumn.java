package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// One column of the keys of a few rows, as [GroupFinder] hashes it and compares it with keys that are encoded already.
///
/// What is compared are the bytes that [KeyEncoder] would write, so equal here is equal there. Nulls are the finder's.
sealed interface KeyColumn {
    /// Takes the values of `count` rows, whose numbers begin at `rows[from]`.
    ///
    /// @param hasNulls whether any row of the column may be NULL
    void read(Column column, boolean hasNulls, int[] rows, int from, int count);

    /// Mixes the values into the hashes of their rows.
    void hash(long[] hashes, int count);

    /// Sets `ids` to [GroupTable#ABSENT] where the key at `keys` has another value.
    ///
    /// @param keys where the encoded keys begin; 0 where `ids` is absent already
    /// @param cursors where the next variable column of each key begins; a variable column moves them past itself
    void compare(long[] keys, long[] cursors, int[] ids, int count);

    /// Where and how the column is in a key.
    ///
    /// @param offset of the column in the key, if it is of fixed width
    static KeyColumn of(DataType type, int offset, boolean isTime) {
        return type.isFixedWidth() ? new Fixed(type, offset, isTime) : new Text();
    }

    static long mix(long hash, long word) {
        long mixed = (hash ^ word) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 32;
    }

    /// A value of up to 8 bytes, or a DECIMAL of 16.
    final class Fixed implements KeyColumn {
        private final DataType type;
        private final int width;
        private final int offset;
        private final boolean isTime;
        /// The bits of the value that are in the key.
        private final long mask;
        private long[] low = new long[0];
        private long[] high = new long[0];

        Fixed(DataType type, int offset, boolean isTime) {
            this.type = type;
            this.width = KeyLayout.width(type);
            this.offset = offset;
            this.isTime = isTime;
            this.mask = width >= 8 ? -1L : (1L << (8 * width)) - 1;
        }

        @Override
        public void read(Column column, boolean hasNulls, int[] rows, int from, int count) {
            FieldVector vector = column.vector();
            if (low.length < count) {
                low = new long[count];
                high = new long[width == 16 ? count : 0];
            }
            if (width > 0) {
                readWords(vector.getDataBufferAddress(), rows, from, count);
            }
            if (width > 0 && hasNulls) {
                nulls(vector.getValidityBufferAddress(), rows, from, count);
            }
            if (isTime) {
                for (int i = 0; i < count; i++) {
                    low[i] = Long.reverseBytes(low[i] ^ Long.MIN_VALUE);
                }
            }
        }

        private void readWords(long data, int[] rows, int from, int count) {
            switch (width) {
                case 1 -> readBytes(data, rows, from, count);
                case 2 -> {
                    for (int i = 0; i < count; i++) {
                        low[i] = Memory.getShort(data + ((long) rows[from + i] << 1)) & mask;
                    }
                }
                case 4 -> {
                    for (int i = 0; i < count; i++) {
                        low[i] = Memory.getInt(data + ((long) rows[from + i] << 2)) & mask;
                    }
                }
                case 8 -> {
                    for (int i = 0; i < count; i++) {
                        low[i] = Memory.getLong(data + ((long) rows[from + i] << 3));
                    }
                }
                case 16 -> {
                    for (int i = 0; i < count; i++) {
                        long at = data + ((long) rows[from + i] << 4);
                        low[i] = Memory.getLong(at);
                        high[i] = Memory.getLong(at + 8);
                    }
                }
                default -> throw new IllegalArgumentException("width " + width);
            }
            normalise(count);
        }

        private void readBytes(long data, int[] rows, int from, int count) {
            boolean bits = type == Simple.BOOLEAN;
            for (int i = 0; i < count; i++) {
                int row = rows[from + i];
                low[i] = bits ? Memory.getBit(data, row) ? 1 : 0 : Memory.getByte(data + row) & 0xFF;
            }
        }

        /// -0.0 is 0.0, and all NaNs are one.
        private void normalise(int count) {
            if (type == Simple.FLOAT) {
                for (int i = 0; i < count; i++) {
                    low[i] = Float.floatToIntBits(Float.intBitsToFloat((int) low[i]) + 0.0f) & mask;
                }
            } else if (type == Simple.DOUBLE) {
                for (int i = 0; i < count; i++) {
                    low[i] = Double.doubleToLongBits(Double.longBitsToDouble(low[i]) + 0.0);
                }
            }
        }

        private void nulls(long validity, int[] rows, int from, int count) {
            for (int i = 0; i < count; i++) {
                if (!Memory.getBit(validity, rows[from + i])) {
                    low[i] = isTime ? Long.MAX_VALUE : 0;
                    if (width == 16) {
                        high[i] = 0;
                    }
                }
            }
        }

        @Override
        public void hash(long[] hashes, int count) {
            for (int i = 0; i < count; i++) {
                hashes[i] = mix(hashes[i], low[i]);
            }
            if (width == 16) {
                for (int i = 0; i < count; i++) {
                    hashes[i] = mix(hashes[i], high[i]);
                }
            }
        }

        @Override
        public void compare(long[] keys, long[] cursors, int[] ids, int count) {
            for (int i = 0; i < count; i++) {
                // A key is followed by at least 8 bytes of the table's own, so the load may reach past a narrow value.
                if (ids[i] >= 0 && (Memory.getLong(keys[i] + offset) & mask) != low[i]) {
                    ids[i] = GroupTable.ABSENT;
                }
            }
            if (width == 16) {
                for (int i = 0; i < count; i++) {
                    if (ids[i] >= 0 && Memory.getLong(keys[i] + offset + 8) != high[i]) {
                        ids[i] = GroupTable.ABSENT;
                    }
                }
            }
        }
    }

    /// A STRING or BINARY value: read where it lies, wherever that is.
    final class Text implements KeyColumn {
        private final TextRows texts = new TextRows();
        /// What stands for the text in the hash: the whole of it, where it is shorter than 8 bytes.
        private long[] words = new long[0];
        private final CodeWords known = new CodeWords();
        private boolean isCoded;

        @Override
        public void read(Column column, boolean hasNulls, int[] rows, int from, int count) {
            texts.read(column, hasNulls, rows, from, count);
            if (words.length < count) {
                words = new long[count];
            }
            isCoded = column instanceof CodedText coded && known.read(coded, texts, words, rows, from, count);
        }

        @Override
        public void hash(long[] hashes, int count) {
            long[] address = texts.address;
            int[] length = texts.length;
            if (isCoded) {
                for (int i = 0; i < count; i++) {
                    hashes[i] = mix(hashes[i], words[i]);
                }
                return;
            }
            for (int i = 0; i < count; i++) {
                long word = word(address[i], length[i]);
                words[i] = word;
                hashes[i] = mix(hashes[i], word);
            }
        }

        /// What stands for a text in a hash. One of fewer than 8 bytes is all in it, with its length in the highest byte; of any
        /// other it is a hash by words, of which the last overlaps the one before.
        static long word(long address, int bytes) {
            if (bytes < 8) {
                return Memory.getFew(address, bytes) | (long) bytes << 56;
            }
            long hash = bytes;
            for (int i = 0; i + 8 < bytes; i += 8) {
                hash = mix(hash, Memory.getLong(address + i));
            }
            return mix(hash, Memory.getLong(address + bytes - 8));
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
    }
}
