package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Memory;
import java.nio.charset.StandardCharsets;

/// Off-heap bytes as heap objects, for the paths that are not hot.
final class TextSlices {
    private TextSlices() {}

    static byte[] bytes(long from, long end) {
        byte[] bytes = new byte[(int) (end - from)];
        Memory.copy(from, bytes, 0, bytes.length);
        return bytes;
    }

    /// Malformed bytes become U+FFFD.
    static String string(long from, long end) {
        return new String(bytes(from, end), StandardCharsets.UTF_8);
    }
}
