package dev.thalweg.source.nexmark;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One text under construction, in a buffer that is used again for the next.
final class Letters {
    private static final int SPACE_IN = 13;
    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    Letters add(String ascii) {
        return add(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    Letters add(byte[] ascii) {
        room(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    Letters addNumber(long value) {
        return add(Long.toString(value));
    }

    /// Lower-case letters, eight of one draw.
    Letters addWord(Draw draw, long event, int firstDraw, int letters) {
        room(letters + 8);
        for (int done = 0; done < letters; done += 8) {
            long bits = draw.bits(event, firstDraw + done / 8);
            for (int i = 0; i < 8; i++) {
                bytes[length + done + i] = letter((int) (bits >>> (8 * i)) & 0xFF);
            }
        }
        length += letters;
        return this;
    }

    /// Lower-case letters, with a space now and then.
    Letters addText(Draw draw, long event, int firstDraw, int letters) {
        int from = length;
        addWord(draw, event, firstDraw, letters);
        int step = (int) draw.below(SPACE_IN, event, firstDraw) + 3;
        for (int i = from + step; i < length - 1; i += step) {
            bytes[i] = ' ';
        }
        return this;
    }

    private static byte letter(int random) {
        return (byte) ('a' + ((random * 26) >>> 8));
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
