package dev.thalweg.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Checksum;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.spi.file.FileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files a source has found, in the order it will always read them: file number n is entry n.
///
/// State: `seen-files.log` in the source's checkpoint directory, one line a file, `<CRC32C> <JSON>`, appended and synced before
/// any offset counts the file. The torn end of an append that never returned is cut: a line without its end, or one with
/// zeros where a block never reached the disk. A batch query keeps the list in
/// memory alone.
///
/// **Cost** One append and one sync for each set of new files; nothing a trigger without.
final class SeenFiles implements AutoCloseable {
    private static final String NAME = "seen-files.log";
    private static final int CHECKSUM_LENGTH = 8;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final List<FileEntry> entries = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final boolean nameOnly;
    private final @Nullable FileChannel log;
    private long newestMillis = Long.MIN_VALUE;

    SeenFiles(Optional<Path> directory, boolean nameOnly) {
        this.nameOnly = nameOnly;
        try {
            this.log = directory.isEmpty() ? null : open(directory.get());
        } catch (IOException e) {
            throw new Unavailable("THW-5021", "Cannot open the list of seen files in " + directory.orElseThrow() + ": "
                    + e + ". Check that the checkpoint may be read and written.", e);
        }
    }

    /// Of another process, to be looked at.
    private SeenFiles(Path file) throws IOException {
        this.nameOnly = false;
        this.log = null;
        load(file);
    }

    /// What is wrong with the list in a checkpoint, in whole sentences; changes nothing.
    ///
    /// @param taken how many files the checkpoint counts
    static List<String> problems(Path directory, long taken) {
        Path file = directory.resolve(NAME);
        try {
            long known = Files.exists(file) ? new SeenFiles(file).size() : 0;
            return known >= taken
                    ? List.of()
                    : List.of("The checkpoint counts " + taken + " files taken, but " + file + " has " + known
                            + ". Restore the checkpoint whole from a copy.  [THW-5024]");
        } catch (Corrupted e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return List.of("Cannot read " + file + ": " + e + ". Check its permissions.  [THW-5021]");
        }
    }

    private FileChannel open(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        long good = Files.exists(file) ? load(file) : 0;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(good);
        channel.position(good);
        channel.force(true); // an append that was killed before its sync is counted from now on, in offsets that are synced
        Directories.sync(directory);
        return channel;
    }

    /// @return how many bytes of the log are whole lines
    private long load(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String line = new String(bytes, from, i - from, UTF_8);
                if (line.indexOf('\0') >= 0) {
                    return from; // a block that the last append never brought to the disk
                }
                add(parse(file, line));
                from = i + 1;
            }
        }
        return from;
    }

    private FileEntry parse(Path file, String line) {
        String json = line.length() <= CHECKSUM_LENGTH ? "" : line.substring(CHECKSUM_LENGTH + 1);
        try {
            if (line.startsWith(Checksum.hex(Checksum.of(json.getBytes(UTF_8))))) {
                JsonNode node = mapper.readTree(json);
                return new FileEntry(Path.of(node.path("path").asText()), node.path("size").asLong(),
                        node.path("modified").asLong());
            }
        } catch (JsonProcessingException _) {
            // said below
        }
        throw new Corrupted("THW-5022", "Line " + (entries.size() + 1) + " of " + file
                + " is damaged. Restore the checkpoint from a copy, or begin with a new one.");
    }

    private void add(FileEntry entry) {
        entries.add(entry);
        keys.add(key(entry));
        newestMillis = Math.max(newestMillis, entry.modifiedMillis());
    }

    private String key(FileEntry entry) {
        return nameOnly ? entry.name() : entry.path().toString();
    }

    boolean contains(FileEntry entry) {
        return keys.contains(key(entry));
    }

    int size() {
        return entries.size();
    }

    /// The newest modification time of all entries.
    long newestMillis() {
        return newestMillis;
    }

    List<FileEntry> range(long from, long to) {
        return entries.subList(Math.toIntExact(from), Math.toIntExact(to));
    }

    /// Adds files; when it returns they survive a crash.
    void append(List<FileEntry> found) {
        if (log != null) {
            StringBuilder lines = new StringBuilder();
            found.forEach(entry -> lines.append(line(entry)));
            try {
                ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    log.write(bytes);
                }
                log.force(false);
            } catch (IOException e) {
                throw new Unavailable("THW-5023", "Cannot write the list of seen files in the checkpoint: " + e
                        + ". Check the disk, then start the query again.", e);
            }
        }
        found.forEach(this::add);
    }

    private String line(FileEntry entry) {
        ObjectNode node = mapper.createObjectNode().put("path", entry.path().toString()).put("size", entry.size())
                .put("modified", entry.modifiedMillis());
        String json = node.toString();
        return Checksum.hex(Checksum.of(json.getBytes(UTF_8))) + " " + json + "\n";
    }

    @Override
    public void close() {
        if (log != null) {
            try {
                log.close();
            } catch (IOException e) {
                throw new Unavailable("THW-5023", "Cannot close the list of seen files in the checkpoint: " + e
                        + ". Check the disk.", e);
            }
        }
    }
}
