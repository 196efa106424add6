package dev.thalweg.source.file;

import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.FileEntry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// The bytes of a split, unpacked, from its first record to its last: never more of the file than its recorded length.
final class FileInput implements AutoCloseable {
    private static final int GZIP_BYTES = 1 << 16;

    private final FileEntry file;
    private final FileChannel channel;
    private final ReadableByteChannel bytes;
    private final boolean compressed;
    private final long start;
    private long position;
    private final long end;

    private FileInput(FileEntry file, FileChannel channel, ReadableByteChannel bytes, boolean compressed, long start,
            long end) {
        this.file = file;
        this.channel = channel;
        this.bytes = bytes;
        this.compressed = compressed;
        this.start = start;
        this.position = start;
        this.end = end;
    }

    static boolean isCompressed(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    static FileInput open(FileSplit split) throws IOException {
        FileEntry file = split.file();
        FileChannel channel = open(file);
        try {
            if (channel.size() < file.size()) {
                throw new EOFException("it has " + channel.size() + " bytes, but had " + file.size()
                        + " when it was found");
            }
            if (isCompressed(file.path())) {
                InputStream raw = new Bounded(Channels.newInputStream(channel), file.size());
                ReadableByteChannel unpacked = Channels.newChannel(new GZIPInputStream(raw, GZIP_BYTES));
                return new FileInput(file, channel, unpacked, true, 0, Long.MAX_VALUE);
            }
            long from = split.whole() ? 0 : recordStart(channel, split.from(), file.size());
            long to = split.whole() ? file.size() : recordStart(channel, split.to(), file.size());
            channel.position(from);
            return new FileInput(file, channel, channel, false, from, to);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(FileEntry file) throws IOException {
        try {
            return FileChannel.open(file.path(), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new Unavailable("THW-2013", "File " + file.path()
                    + " was found, but has been deleted before it was read. Put it back,"
                    + " or set the option ignoreMissingFiles to 'true' to go on without its rows.", e);
        }
    }

    /// The first place from `position` on where a record begins: after the line feed at or behind `position - 1`.
    private static long recordStart(FileChannel channel, long position, long size) throws IOException {
        if (position == 0 || position >= size) {
            return position;
        }
        ByteBuffer buffer = ByteBuffer.allocate(1 << 13);
        long at = position - 1;
        while (at < size) {
            buffer.clear();
            int read = channel.read(buffer, at);
            if (read < 0) {
                return size;
            }
            for (int i = 0; i < read; i++) {
                if (buffer.get(i) == '\n') {
                    return Math.min(size, at + i + 1);
                }
            }
            at += read;
        }
        return size;
    }

    /// Where in the unpacked file the first byte lies.
    long start() {
        return start;
    }

    /// Fills the buffer as far as it goes.
    ///
    /// @return whether there was nothing more
    boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            long left = end - position;
            if (left <= 0) {
                return true;
            }
            int limit = buffer.limit();
            buffer.limit((int) Math.min(limit, buffer.position() + left));
            int read = bytes.read(buffer);
            buffer.limit(limit);
            if (read < 0) {
                if (!compressed) {
                    throw new EOFException("it ended at byte " + position + ", but had " + file.size()
                            + " bytes when it was found");
                }
                return true;
            }
            position += read;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
        channel.close();
    }

    /// The first bytes of a stream, and no more: a file may have grown since it was found.
    private static final class Bounded extends InputStream {
        private final InputStream bytes;
        private long left;

        Bounded(InputStream bytes, long left) {
            this.bytes = bytes;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = bytes.read(into, offset, (int) Math.min(left, length));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, bytes.available()); // GZIPInputStream asks whether another member follows
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
