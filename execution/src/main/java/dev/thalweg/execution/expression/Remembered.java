package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.Memory;
import org.jspecify.annotations.Nullable;

/// What was last made of a few short texts, found by their bytes: no String is made to ask.
final class Remembered {
    private static final int PLACES = 64;

    private final @Nullable Entry[] entries = new Entry[PLACES];

    private static final class Entry {
        private final Class<?> kind;
        private final byte[] text;
        private final Object value;

        Entry(Class<?> kind, byte[] text, Object value) {
            this.kind = kind;
            this.text = text;
            this.value = value;
        }

        boolean isOf(Class<?> asked, Utf8 slice) {
            if (kind != asked || text.length != slice.length()) {
                return false;
            }
            long address = slice.address();
            for (int i = 0; i < text.length; i++) {
                if (text[i] != Memory.getByte(address + i)) {
                    return false;
                }
            }
            return true;
        }
    }

    @Nullable
    Object find(Class<?> kind, Utf8 text) {
        Entry entry = entries[place(kind, text)];
        return entry != null && entry.isOf(kind, text) ? entry.value : null;
    }

    Object keep(Class<?> kind, Utf8 text, Object value) {
        entries[place(kind, text)] = new Entry(kind, text.toBytes(), value);
        return value;
    }

    private static int place(Class<?> kind, Utf8 text) {
        int hash = kind.hashCode() + 31 * text.length();
        return (text.length() == 0 ? hash : hash + text.byteAt(text.length() - 1)) & (PLACES - 1);
    }
}
