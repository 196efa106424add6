package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.Memory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// UTF-8 text that grows, for writers. Owned by one thread.
public final class TextBuffer {
    private static final int BYTES = 1 << 13;

    private byte[] bytes = new byte[BYTES];
    private int length;

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    /// Gives up what was written after a place.
    void cut(int newLength) {
        length = newLength;
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private int room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
        int at = length;
        length += more;
        return at;
    }

    TextBuffer put(char ascii) {
        int at = room(1);
        bytes[at] = (byte) ascii;
        return this;
    }

    TextBuffer put(byte value) {
        int at = room(1);
        bytes[at] = value;
        return this;
    }

    TextBuffer put(String text) {
        return put(text.getBytes(UTF_8));
    }

    TextBuffer put(byte[] text) {
        int at = room(text.length);
        System.arraycopy(text, 0, bytes, at, text.length);
        return this;
    }

    TextBuffer put(long address, int count) {
        int at = room(count);
        Memory.copy(address, bytes, at, count);
        return this;
    }

    TextBuffer putLong(long value) {
        if (value == Long.MIN_VALUE) {
            return put("-9223372036854775808");
        }
        long rest = Math.abs(value);
        int digits = 1;
        for (long power = 10; digits < 19 && rest >= power; power *= 10) {
            digits++;
        }
        int at = room(digits + (value < 0 ? 1 : 0));
        if (value < 0) {
            bytes[at] = '-';
        }
        for (int i = length - 1; i >= length - digits; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    /// A number with leading zeros.
    TextBuffer putPadded(long value, int digits) {
        int at = room(digits);
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, UTF_8);
    }
}
