package dev.thalweg.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.AtomicFile;
import dev.thalweg.spi.file.Checksum;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.spi.sink.Inspection;
import dev.thalweg.spi.sink.SinkContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Says which files of an output directory are committed, and by which trigger: the truth about it.
///
/// Under `_thalweg/`: `owner`, the id of the query that writes here; `columns`, what its files hold ([OutputColumns]); `lock`, held while it does; `manifest.log`, one line an entry, `<CRC32C> <JSON>`,
/// only ever appended to; `manifest.snapshot`, the entries before those of the log, once the log has grown long. An entry is
/// committed once it has been synced. A torn last line, of an append that never returned, is cut: one without its end, or
/// with zeros where a block never reached the disk.
///
/// **Cost** One append and one sync a trigger; a compaction whenever the log passes [#LOG_BYTES_MAX].
final class Manifest implements AutoCloseable {
    static final String DIRECTORY = "_thalweg";
    private static final String OWNER = "owner";
    private static final String LOG = "manifest.log";
    private static final String SNAPSHOT = "manifest.snapshot";
    private static final long LOG_BYTES_MAX = 4L << 20;
    private static final int CHECKSUM_LENGTH = 8;

    private final Path directory;
    private final Path logFile;
    private final FileChannel log;
    private final WriterLock lock;
    private @Nullable ManifestEntry last;

    private Manifest(Path directory, WriterLock lock, FileChannel log, @Nullable ManifestEntry last) {
        this.lock = lock;
        this.directory = directory;
        this.logFile = directory.resolve(LOG);
        this.log = log;
        this.last = last;
    }

    /// Opens the manifest of an output directory for a query, or begins it.
    ///
    /// **Errors** [InvalidOption] when another query writes there; [Corrupted] when an entry is damaged.
    static Manifest open(Path output, String queryId) {
        Path directory = Directories.create(output.resolve(DIRECTORY));
        Path owner = directory.resolve(OWNER);
        if (Files.exists(owner)) {
            own(output, owner, queryId); // says more than that somebody is writing
        }
        try {
            WriterLock lock = WriterLock.take(output, directory);
            try {
                own(output, owner, queryId);
                return open(directory, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Unavailable("THW-5070", "Cannot open the manifest in " + directory + ": " + e
                    + ". Check that the output directory may be read and written.", e);
        }
    }

    /// Whether anything was ever committed in an output directory, as far as its files go.
    static boolean hasEntries(Path output) {
        Path directory = output.resolve(DIRECTORY);
        return directory.resolve(LOG).toFile().length() > 0 || Files.exists(directory.resolve(SNAPSHOT));
    }

    private static Manifest open(Path directory, WriterLock lock) throws IOException {
        Path logFile = directory.resolve(LOG);
        Content content = Files.exists(logFile) ? read(logFile) : new Content(List.of(), 0);
        ManifestEntry last = content.entries().isEmpty()
                ? snapshot(directory).entries().stream().reduce((_, b) -> b).orElse(null)
                : content.entries().getLast();
        FileChannel log = FileChannel.open(logFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        log.truncate(content.bytes());
        log.position(content.bytes());
        Directories.sync(directory);
        return new Manifest(directory, lock, log, last);
    }

    private static void own(Path output, Path owner, String queryId) {
        if (!Files.exists(owner)) {
            AtomicFile.write(owner, queryId.getBytes(UTF_8));
            return;
        }
        String other = new String(AtomicFile.read(owner), UTF_8).strip();
        if (other.equals(queryId)) {
            return;
        }
        if (queryId.equals(SinkContext.BATCH_INSERT)) {
            throw new InvalidOption("THW-2040", "Output directory " + output + " belongs to a streaming query (its id"
                    + " is " + other + "), whose files are numbered by its triggers, so INSERT cannot add finished rows"
                    + " to it. Insert them into the stream that the query reads, or into a table with another path and"
                    + " read both with UNION ALL.");
        }
        if (other.equals(SinkContext.BATCH_INSERT)) {
            throw new InvalidOption("THW-2040", "Output directory " + output + " holds what INSERT wrote of finished"
                    + " rows, so no streaming query can write there: its files are numbered by its triggers. Give the"
                    + " query's table another path, and read both with UNION ALL.");
        }
        throw new InvalidOption("THW-2040",
                "Output directory " + output + " belongs to another query (its id is " + other
                        + ", this one's is " + queryId
                        + "). Write to another path; or, if that query is never to go on,"
                        + " delete " + owner.getParent() + ", and its files with it if they are not wanted.");
    }

    /// @param bytes how many bytes of the file are whole lines
    private record Content(List<ManifestEntry> entries, long bytes) {}

    private static Content read(Path file) throws IOException {
        return parse(file, Files.readAllBytes(file));
    }

    private static Content snapshot(Path directory) {
        Path file = directory.resolve(SNAPSHOT);
        return Files.exists(file) ? parse(file, AtomicFile.readChecksummed(file)) : new Content(List.of(), 0);
    }

    private static Content parse(Path file, byte[] bytes) {
        List<ManifestEntry> entries = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String line = new String(bytes, from, i - from, UTF_8);
                if (i == bytes.length - 1 && line.indexOf('\0') >= 0) {
                    break; // a block of the last append never reached the disk
                }
                entries.add(entry(file, entries, line));
                from = i + 1;
            }
        }
        return new Content(entries, from);
    }

    private static ManifestEntry entry(Path file, List<ManifestEntry> before, String line) {
        String json = line.length() <= CHECKSUM_LENGTH ? "" : line.substring(CHECKSUM_LENGTH + 1);
        try {
            if (line.startsWith(Checksum.hex(Checksum.of(json.getBytes(UTF_8))))) {
                return ManifestEntry.parse(json);
            }
        } catch (JsonProcessingException _) {
            // said below
        }
        throw new Corrupted("THW-5071", "Line " + (before.size() + 1) + " of " + file + " is damaged"
                + (before.isEmpty()
                        ? ""
                        : "; trigger " + before.getLast().trigger() + " is the last good one before it")
                + ". Restore the file from a copy.");
    }

    Optional<ManifestEntry> last() {
        return Optional.ofNullable(last);
    }

    /// Every committed entry, in order.
    List<ManifestEntry> entries() {
        try {
            return entries(directory);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static List<ManifestEntry> entries(Path directory) throws IOException {
        List<ManifestEntry> all = new ArrayList<>(snapshot(directory).entries());
        long compacted = all.isEmpty() ? -1 : all.getLast().trigger();
        Path logFile = directory.resolve(LOG);
        if (Files.exists(logFile)) {
            // a crash between writing the snapshot and clearing the log leaves entries in both
            read(logFile).entries().stream().filter(e -> e.trigger() > compacted).forEach(all::add);
        }
        return all;
    }

    /// Looks at the output of a query, which may be running, without changing it.
    static Inspection inspect(Path output, String queryId) {
        Path directory = output.resolve(DIRECTORY);
        Path owner = directory.resolve(OWNER);
        if (!Files.exists(owner) || !new String(AtomicFile.read(owner), UTF_8).strip().equals(queryId)) {
            return new Inspection(OptionalLong.empty(), List.of("Output directory " + output.toAbsolutePath()
                    + (Files.exists(owner) ? " belongs to another query." : " has no manifest of this query.")
                    + " Relative paths begin at the working directory."));
        }
        try {
            List<ManifestEntry> entries = entries(directory);
            return new Inspection(
                    entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(entries.getLast().trigger()),
                    new OutputInspection(output, true).problems(entries));
        } catch (Corrupted e) {
            return new Inspection(OptionalLong.empty(), List.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return new Inspection(OptionalLong.empty(), List.of("Cannot read the manifest in " + directory + ": " + e
                    + ". Check that it may be read.  [THW-5070]"));
        }
    }

    /// Appends an entry; it is committed only after [#sync].
    void append(ManifestEntry entry) {
        String json = entry.json();
        byte[] line = (Checksum.hex(Checksum.of(json.getBytes(UTF_8))) + " " + json + "\n").getBytes(UTF_8);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                log.write(bytes);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        last = entry;
    }

    void sync() {
        try {
            log.force(false);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Moves the entries of a long log into the snapshot.
    void compactIfLong() {
        try {
            if (log.position() > LOG_BYTES_MAX) {
                compact();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void compact() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (ManifestEntry entry : entries()) {
            String json = entry.json();
            lines.append(Checksum.hex(Checksum.of(json.getBytes(UTF_8)))).append(' ').append(json).append('\n');
        }
        AtomicFile.writeChecksummed(directory.resolve(SNAPSHOT), lines.toString().getBytes(UTF_8));
        log.truncate(0);
        log.position(0);
        log.force(true);
    }

    private Unavailable failed(IOException e) {
        return new Unavailable("THW-5072", "Cannot write the manifest " + logFile + ": " + e
                + ". Check the disk, then start the query again: it goes on where it was.", e);
    }

    @Override
    public void close() {
        try (lock) {
            log.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
