package dev.thalweg.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.source.file.SeenFileLines.Line;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.AtomicFile;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.spi.file.FileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The files a source has found, in the order it will always read them: file number n is the n-th that was appended.
///
/// State: `seen-files.log` in the source's checkpoint directory, lines of [SeenFileLines], appended and synced before any
/// offset on record counts the file. The torn end of an append that never returned is cut: a line without its end, or one with zeros
/// where a block never reached the disk. A batch query keeps the list in memory alone.
///
/// Files taken for good only have to be known again when they are listed. So the list is rewritten, whole or not
/// at all, whenever that would about halve it, without those that are gone and old: a start reads what is still there, and
/// what was new of late.
///
/// **Cost** One append and one sync for each set of new files; nothing a trigger without. A rewrite looks for each old file.
final class SeenFiles implements AutoCloseable {
    private static final String NAME = "seen-files.log";
    private static final int COMPACT_FROM = 100;

    private final SeenFileLines lines = new SeenFileLines();
    /// Of the files before number `base`, those that may still be listed.
    private List<FileEntry> known = new ArrayList<>();
    /// The files from number `base` on.
    private List<FileEntry> entries = new ArrayList<>();
    private long base;
    /// Names by their directory; all below one where a file is known by its name alone.
    private final Map<String, Set<String>> names = new HashMap<>();
    private final boolean nameOnly;
    private @Nullable Log log;
    private long newestMillis = Long.MIN_VALUE;
    private boolean isSynced = true;

    private record Log(Path file, FileChannel channel) {}

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
            long seen = Files.exists(file) ? new SeenFiles(file).size() : 0;
            return seen >= taken
                    ? List.of()
                    : List.of("The checkpoint counts " + taken + " files taken, but " + file + " has " + seen
                            + ". Restore the checkpoint whole from a copy.  [THW-5024]");
        } catch (Corrupted e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return List.of("Cannot read " + file + ": " + e + ". Check its permissions.  [THW-5021]");
        }
    }

    private Log open(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        long good = Files.exists(file) ? load(file) : 0;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(good);
        channel.position(good);
        channel.force(true); // an append that was killed before its sync is counted from now on, in offsets that are synced
        Directories.sync(directory);
        return new Log(file, channel);
    }

    /// @return how many bytes of the log are whole lines
    private long load(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int from = 0;
        int number = 1;
        int knownLeft = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String line = new String(bytes, from, i - from, UTF_8);
                if (line.indexOf('\0') >= 0) {
                    return from; // a block that the last append never brought to the disk
                }
                switch (lines.parse(file, number++, line)) {
                    case Line.Compacted(long taken, int count) -> {
                        base = taken;
                        knownLeft = count;
                    }
                    case Line.OfFile(FileEntry entry) -> add(knownLeft-- > 0 ? known : entries, entry);
                }
                from = i + 1;
            }
        }
        return from;
    }

    private void add(List<FileEntry> list, FileEntry entry) {
        list.add(entry);
        addName(entry);
        newestMillis = Math.max(newestMillis, entry.modifiedMillis());
    }

    private void addName(FileEntry entry) {
        names.computeIfAbsent(key(entry.path().resolveSibling("")), _ -> new HashSet<>()).add(entry.name());
    }

    private String key(Path directory) {
        return nameOnly ? "" : directory.toString();
    }

    /// Whether a name in a directory is that of a seen file.
    Predicate<String> namesIn(Path directory) {
        return names.getOrDefault(key(directory), Set.of())::contains;
    }

    /// How many files were ever found.
    long size() {
        return base + entries.size();
    }

    /// The newest modification time of all files.
    long newestMillis() {
        return newestMillis;
    }

    List<FileEntry> range(long from, long to) {
        if (from < base) {
            throw new Corrupted("THW-5024",
                    "Files from number " + from + " on are asked for, but the list of seen files"
                            + " knows that those before number " + base
                            + " were taken for good: the log and the list are of different times."
                            + " Restore the checkpoint whole from a copy.");
        }
        return entries.subList(Math.toIntExact(from - base), Math.toIntExact(to - base));
    }

    /// Adds files; they survive a loss of power after the next [#sync].
    void append(List<FileEntry> found) {
        Log to = log;
        if (to != null) {
            StringBuilder text = new StringBuilder();
            found.forEach(entry -> text.append(lines.file(entry)));
            try {
                ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    to.channel().write(bytes);
                }
            } catch (IOException e) {
                throw cannotWrite(e);
            }
            isSynced = false;
        }
        found.forEach(entry -> add(entries, entry));
    }

    /// Makes all files that were added durable.
    void sync() {
        Log to = log;
        if (to != null && !isSynced) {
            try {
                to.channel().force(false);
            } catch (IOException e) {
                throw cannotWrite(e);
            }
            isSynced = true;
        }
    }

    /// Whether a rewrite would about halve the list, once the files before number `taken` are never read again.
    boolean isLong(long taken) {
        return log != null && taken - base >= Math.max(COMPACT_FROM, known.size());
    }

    /// Rewrites the list: files before number `taken` are never read again, and those of them that `mayForget` are forgotten.
    void compact(long taken, Predicate<FileEntry> mayForget) {
        Log old = log;
        if (old == null) {
            return;
        }
        List<FileEntry> kept = new ArrayList<>();
        known.stream().filter(mayForget.negate()).forEach(kept::add);
        range(base, taken).stream().filter(mayForget.negate()).forEach(kept::add);
        List<FileEntry> after = new ArrayList<>(range(taken, size()));
        AtomicFile.write(old.file(), lines.compacted(taken, kept, after).getBytes(UTF_8));
        try {
            old.channel().close(); // of the file as it was
            FileChannel channel = FileChannel.open(old.file(), StandardOpenOption.WRITE);
            channel.position(channel.size());
            log = new Log(old.file(), channel);
            isSynced = true;
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        known = kept;
        entries = after;
        base = taken;
        names.clear();
        known.forEach(this::addName);
        entries.forEach(this::addName);
    }

    private static Unavailable cannotWrite(IOException e) {
        return new Unavailable("THW-5023", "Cannot write the list of seen files in the checkpoint: " + e
                + ". Check the disk, then start the query again.", e);
    }

    @Override
    public void close() {
        Log open = log;
        if (open != null) {
            try {
                open.channel().close();
            } catch (IOException e) {
                throw new Unavailable("THW-5023", "Cannot close the list of seen files in the checkpoint: " + e
                        + ". Check the disk.", e);
            }
        }
    }
}
