package dev.thalweg.sink.file;

import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.format.RowEncoder;
import dev.thalweg.spi.format.TextBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One file that is being staged. It is open only while bytes go to it, so a trigger may have any number of them.
final class StagedFile {
    private static final int FLUSH_BYTES = 1 << 18;

    private final Path path;
    private final String visible;
    private final RowEncoder encoder;
    private final TextBuffer text = new TextBuffer();
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final @Nullable OutputStream packer;
    private final CRC32C checksum = new CRC32C();
    private long size;

    StagedFile(Path path, String visible, RowEncoder encoder, boolean gzip) {
        this.path = path;
        this.visible = visible;
        this.encoder = encoder;
        try {
            this.packer = gzip ? new GZIPOutputStream(packed) : null;
        } catch (IOException e) {
            throw failed(e);
        }
        encoder.header(text);
    }

    RowEncoder encoder() {
        return encoder;
    }

    TextBuffer text() {
        return text;
    }

    void flushIfLong() {
        if (text.length() >= FLUSH_BYTES) {
            flush(false);
        }
    }

    /// Writes the rest and makes it durable, but for the directory.
    ManifestEntry.WrittenFile finish() {
        flush(true);
        return new ManifestEntry.WrittenFile(visible, size, (int) checksum.getValue());
    }

    private void flush(boolean last) {
        try {
            if (packer != null) {
                text.writeTo(packer);
                if (last) {
                    packer.close();
                }
            } else {
                text.writeTo(packed);
            }
            text.clear();
            append(packed.toByteArray(), last);
            packed.reset();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void append(byte[] bytes, boolean last) throws IOException {
        checksum.update(bytes);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            if (last) {
                channel.force(true);
            }
        }
        size += bytes.length;
    }

    private Unavailable failed(IOException e) {
        return new Unavailable("THW-5078", "Cannot write " + path + ": " + e
                + ". Check that the output directory may be written and that its disk is not full.", e);
    }
}
