package dev.thalweg.spi.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Files that are there whole or not at all, whenever the process or the machine dies.
///
/// The bytes go to a hidden neighbour `.name.tmp`, are synced, the neighbour is renamed over the name, and the directory is
/// synced. A crash leaves the old file or the new one, and perhaps a neighbour that the next write replaces.
///
/// A checksummed file begins with one line of text, `thalweg-1 <CRC32C, 8 hex digits> <bytes>`, so that a person can still
/// read what follows.
///
/// **Cost** Two syncs a write. **Thread** Any, but one writer a path at a time.
public final class AtomicFile {
    private static final Pattern HEADER = Pattern.compile("thalweg-1 ([0-9a-f]{8}) ([0-9]{1,10})");
    private static final int HEADER_BYTES_MAX = 30;

    private AtomicFile() {}

    /// Replaces or makes the file. When it returns, the bytes survive a crash.
    public static void write(Path file, byte[] bytes) {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory == null) {
            throw new Unavailable("THW-5005", "Cannot write " + file + ": it is not the path of a file.");
        }
        Path neighbour = directory.resolve("." + absolute.getFileName() + ".tmp");
        try {
            writeSynced(neighbour, bytes);
            Files.move(neighbour, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Unavailable("THW-5005", "Cannot write " + file + ": " + e
                    + ". Check that the directory may be written and that its disk is not full.", e);
        }
        Directories.sync(directory);
    }

    /// As [#write], with a first line that lets [#readChecksummed] see damage.
    public static void writeChecksummed(Path file, byte[] bytes) {
        byte[] header = ("thalweg-1 " + Checksum.hex(Checksum.of(bytes)) + " " + bytes.length + "\n")
                .getBytes(US_ASCII);
        byte[] all = Arrays.copyOf(header, header.length + bytes.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        write(file, all);
    }

    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Unavailable("THW-5006", "Cannot read " + file + ": " + e
                    + ". Check that it is there and may be read.", e);
        }
    }

    /// What [#writeChecksummed] was given.
    ///
    /// **Errors** [Corrupted] when the bytes are not what was written.
    public static byte[] readChecksummed(Path file) {
        byte[] all = read(file);
        int end = 0;
        while (end < Math.min(all.length, HEADER_BYTES_MAX) && all[end] != '\n') {
            end++;
        }
        Matcher header = HEADER.matcher(new String(all, 0, end, US_ASCII));
        if (!header.matches()) {
            throw new Corrupted("THW-5007", "File " + file + " is damaged: it does not begin with its checksum."
                    + " Restore it from a copy.");
        }
        byte[] bytes = Arrays.copyOfRange(all, Math.min(end + 1, all.length), all.length);
        if (bytes.length != Long.parseLong(header.group(2))
                || Checksum.of(bytes) != Integer.parseUnsignedInt(header.group(1), 16)) {
            throw new Corrupted("THW-5007", "File " + file + " is damaged: its " + bytes.length
                    + " bytes do not match the checksum of the " + header.group(2)
                    + " bytes that were written. Restore it from a copy.");
        }
        return bytes;
    }

    private static void writeSynced(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }
}
