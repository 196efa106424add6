package dev.thalweg.spi.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Names and values as they stand in the names of partition directories (`key=value`), where some characters are escaped as
/// Hive and Spark do: `%` and the two hexadecimal digits of a byte.
///
/// What is not ASCII is escaped too, byte by byte of its UTF-8, so that any file system takes it; it is read back either way.
public final class PartitionText {
    /// The value that stands for NULL.
    public static final String NULL = "__HIVE_DEFAULT_PARTITION__";
    private static final String ESCAPED = "\"#%'*/:=?\\{[]^";
    private static final int HEX = 16;

    private PartitionText() {}

    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < ' ' || c >= 0x7F || ESCAPED.indexOf(c) >= 0) {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /// A `%` that no two hexadecimal digits follow stands for itself.
    public static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < written.length) {
            int high = at + 2 < written.length && written[at] == '%' ? digit(written[at + 1]) : -1;
            int low = high >= 0 ? digit(written[at + 2]) : -1;
            if (low >= 0) {
                bytes.write(HEX * high + low);
                at += 3;
            } else {
                bytes.write(written[at++]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int digit(byte ascii) {
        return Character.digit((char) ascii, HEX);
    }
}
