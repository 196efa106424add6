package dev.thalweg.spi.file;

import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// Tells bytes that were damaged from bytes as they were written: CRC32C, which processors compute in hardware.
public final class Checksum {
    private static final int BUFFER_BYTES = 1 << 18;

    private Checksum() {}

    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    public static int of(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /// Of what lies between position and limit; the position is left as it was.
    public static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /// Of the first `length` bytes of a file.
    public static int of(Path file, long length) {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long left = length;
            while (left > 0) {
                buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
                int read = channel.read(buffer);
                if (read < 0) {
                    throw new Unavailable("THW-2010", "File " + file + " ended " + left + " bytes before the " + length
                            + " bytes it had. Put back the file as it was.");
                }
                crc.update(buffer.flip());
                left -= read;
            }
        } catch (IOException e) {
            throw new Unavailable("THW-2011",
                    "Cannot read file " + file + ": " + e + ". Check that it is there and may be read.",
                    e);
        }
        return (int) crc.getValue();
    }

    /// Eight hexadecimal digits.
    public static String hex(int checksum) {
        return HexFormat.of().toHexDigits(checksum);
    }
}
