package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was last made of a few short texts, found by their bytes: no String is made to ask.
final class Remembered {
    private static final int PLACES = 64;

    private final @Nullable Entry[] entries = new Entry[PLACES];

    private static final class Entry {
        private final Class<?> kind;
        private final int length;
        private final long[] words;
        private final Object value;

        Entry(Class<?> kind, Utf8 text, Object value) {
            this.kind = kind;
            this.length = text.length();
            this.words = words(text.toBytes());
            this.value = value;
        }

        boolean isOf(Class<?> asked, Utf8 slice) {
            if (kind != asked || length != slice.length()) {
                return false;
            }
            long address = slice.address();
            if (length < 8) {
                return Memory.getFew(address, length) == words[0];
            }
            for (int i = 0; i < words.length - 1; i++) {
                if (Memory.getLong(address + 8L * i) != words[i]) {
                    return false;
                }
            }
            return Memory.getLong(address + length - 8) == words[words.length - 1];
        }

        /// Eight bytes at a time, little-endian, of which the last overlap those before; padded with zeros if there are fewer.
        private static long[] words(byte[] text) {
            ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(text, Math.max(8, text.length)))
                    .order(ByteOrder.LITTLE_ENDIAN);
            long[] words = new long[Math.max(1, (text.length + 7) >>> 3)];
            for (int i = 0; i < words.length; i++) {
                words[i] = bytes.getLong(Math.max(0, Math.min(8 * i, text.length - 8)));
            }
            return words;
        }
    }

    @Nullable
    Object find(Class<?> kind, Utf8 text) {
        Entry entry = entries[place(kind, text)];
        return entry != null && entry.isOf(kind, text) ? entry.value : null;
    }

    Object keep(Class<?> kind, Utf8 text, Object value) {
        entries[place(kind, text)] = new Entry(kind, text, value);
        return value;
    }

    private static int place(Class<?> kind, Utf8 text) {
        int hash = kind.hashCode() + 31 * text.length();
        return (text.length() == 0 ? hash : hash + text.byteAt(text.length() - 1)) & (PLACES - 1);
    }
}
