package dev.thalweg.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The trigger whose files are all staged and durable: `.entry` of the staging area, one line as in the [Manifest].
///
/// The line is written over the one before, whose trigger has been committed since, and filled up with spaces to whole
/// blocks: the file seldom grows, and a sync of it has nothing but that block to write.
final class SealedEntry implements AutoCloseable {
    private static final String FILE = ".entry";
    private static final int BLOCK_BYTES = 4096;
    private static final int CHECKSUM_LENGTH = 8;

    private final Path file;
    private @Nullable FileChannel channel;
    private Optional<ManifestEntry> written = Optional.empty();

    /// @param directory the staging area
    SealedEntry(Path directory) {
        this.file = directory.resolve(FILE);
    }

    /// Makes an entry durable, but for the directory, which holds the file since it was made first.
    void write(ManifestEntry entry) {
        written = Optional.empty();
        String json = entry.json();
        byte[] line = (Checksum.hex(Checksum.of(json.getBytes(UTF_8))) + " " + json + "\n").getBytes(UTF_8);
        byte[] blocks = Arrays.copyOf(line, (line.length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES);
        Arrays.fill(blocks, line.length, blocks.length, (byte) ' ');
        try {
            FileChannel to = opened();
            ByteBuffer left = ByteBuffer.wrap(blocks);
            while (left.hasRemaining()) {
                to.write(left, left.position());
            }
            to.force(false);
        } catch (IOException e) {
            throw failed(e);
        }
        written = Optional.of(entry);
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = open;
        }
        return open;
    }

    /// The entry that was written last, by this run or an earlier one.
    ///
    /// **Errors** [Corrupted] when it is not what was written, or was never written whole: nobody asks for it then
    Optional<ManifestEntry> read() {
        return written.isPresent() ? written : readFile();
    }

    private Optional<ManifestEntry> readFile() {
        try {
            String text = Files.readString(file, UTF_8);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            String line = text.substring(0, Math.max(0, text.indexOf('\n')));
            String json = line.length() <= CHECKSUM_LENGTH ? "" : line.substring(CHECKSUM_LENGTH + 1);
            if (line.startsWith(Checksum.hex(Checksum.of(json.getBytes(UTF_8))))) {
                return Optional.of(ManifestEntry.parse(json));
            }
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JsonProcessingException _) {
            // said below
        } catch (IOException e) {
            throw failed(e);
        }
        throw new Corrupted("THW-5073", "File " + file + " is damaged. Restore the output directory from a copy.");
    }

    /// Forgets the entry, durably.
    void clear() {
        written = Optional.empty();
        try {
            if (Files.exists(file)) {
                FileChannel to = opened();
                to.truncate(0);
                to.force(true);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Unavailable failed(IOException e) {
        return new Unavailable("THW-5078", "Cannot read or write " + file + ": " + e
                + ". Check that the output directory may be written and that its disk is not full.", e);
    }

    @Override
    public void close() {
        FileChannel open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }
}
