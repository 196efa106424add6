package dev.thalweg.source.file;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.file.Checksum;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.file.FileListing;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceReader;
import dev.thalweg.spi.source.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the files below a path, each once, new ones as they arrive.
///
/// An offset is the number of files taken from [SeenFiles], which fixes their order and lengths before a trigger counts them:
/// so a range read twice gives the same rows. A file must be complete when it appears under its name (write it under a
/// hidden name, then rename it); what is added to it later is not read, and empty files are passed over.
///
/// **Cost** One walk of the directories whenever everything known has been taken, and a backlog is listed once; a query that
/// goes on walks once a second, and in between asks only for the files that it is told of.
final class FileSource implements Source<FileOffset> {
    private static final long SPLIT_BYTES = 8L << 20;
    /// Each split of a Parquet file reads its footer, which grows with the file.
    private static final int SPLITS_MAX = 64;
    /// How long a file that is gone stays known, as the modification times go: it may be put back.
    private static final Duration FORGET_AFTER = Duration.ofDays(7);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration POLL_UNWATCHED = Duration.ofMillis(100);

    private final FileFormat format;
    private final FileOptions options;
    private final List<FileListing> listings;
    private final RowType schema;
    private final PartitionColumns partitions;
    private final SeenFiles seen;
    /// Listed, in order, and not in `seen` yet.
    private final ArrayDeque<FileEntry> waiting = new ArrayDeque<>();
    private final Clock clock;
    private @Nullable DirectoryWatch watch;
    private long walkedMillis;
    private boolean held;

    FileSource(FileFormat format, FileOptions options, RowType schema, SourceContext context) {
        this.format = format;
        this.options = options;
        this.listings = options.listings();
        this.schema = schema;
        this.clock = context.clock();
        this.partitions = PartitionColumns.of(options, listings, schema, context.zone());
        this.seen = new SeenFiles(context.directory(), options.fileNameOnly());
    }

    @Override
    public FileOffset initial() {
        return new FileOffset(0);
    }

    @Override
    public FileOffset latest(FileOffset taken, ReadLimit limit) {
        checkSeen(taken.files());
        long filesMax = limit.ignoreOptions() ? Long.MAX_VALUE : options.maxFilesPerTrigger().orElse(Long.MAX_VALUE);
        long bytesMax = limit.ignoreOptions() ? Long.MAX_VALUE : options.maxBytesPerTrigger().orElse(Long.MAX_VALUE);
        long files = 0;
        long bytes = 0;
        // listed by an earlier run that died before it took them: they keep their place
        while (taken.files() + files < seen.size() && files < filesMax && (files == 0 || bytes < bytesMax)) {
            bytes += seen.range(taken.files() + files, taken.files() + files + 1).getFirst().size();
            files++;
        }
        List<FileEntry> more = new ArrayList<>();
        if (taken.files() + files == seen.size() && files < filesMax && bytes < bytesMax) {
            list(limit.goesByNews());
            while (!waiting.isEmpty() && files < filesMax && (files == 0 || bytes < bytesMax)) {
                FileEntry next = waiting.remove();
                more.add(next);
                bytes += next.size();
                files++;
            }
        }
        if (!more.isEmpty()) {
            seen.append(more);
        }
        return new FileOffset(taken.files() + files);
    }

    @Override
    public void settle() {
        seen.sync();
    }

    @Override
    public void holdToPresent(FileOffset taken) {
        list(false);
        held = true;
    }

    private void checkSeen(long files) {
        if (files > seen.size()) {
            throw new Corrupted("THW-5024", "The checkpoint counts " + files + " files taken by " + description()
                    + ", but its list of seen files has " + seen.size()
                    + ". Restore the checkpoint whole from a copy.");
        }
    }

    private void list(boolean goesByNews) {
        if (held || (!waiting.isEmpty() && !options.latestFirst())) {
            return;
        }
        waiting.clear();
        Optional<List<FileEntry>> told = told(goesByNews && !options.latestFirst());
        List<FileEntry> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (FileEntry entry : told.isPresent() ? told.get() : walk()) {
            boolean isNew = entry.size() > 0
                    && names.add(options.fileNameOnly() ? entry.name() : entry.path().toString());
            if (isNew) {
                found.add(entry);
            }
        }
        if (listings.size() > 1 || told.isPresent()) {
            found.sort(options.order());
        }
        if (options.maxFileAgeMillis().isPresent() && seen.size() > 0) {
            long oldest = seen.newestMillis() - options.maxFileAgeMillis().getAsLong();
            found.removeIf(entry -> entry.modifiedMillis() < oldest);
        }
        waiting.addAll(found);
    }

    /// What the watch has told of, where that is enough to go by. Now and then it is not: what appears in a directory below
    /// is not told, and on a network file system nothing may be.
    private Optional<List<FileEntry>> told(boolean goesByNews) {
        long now = clock.millis();
        DirectoryWatch asked = watch;
        if (asked == null) {
            return Optional.empty();
        }
        Optional<List<DirectoryWatch.Named>> named = asked.takeNamed();
        if (!goesByNews || named.isEmpty() || Math.abs(now - walkedMillis) >= POLL.toMillis()) {
            walkedMillis = now;
            return Optional.empty();
        }
        List<FileEntry> files = new ArrayList<>();
        for (DirectoryWatch.Named one : named.get()) {
            if (!one.listing().look(one.name(), seen::namesIn, files::add)) {
                return Optional.empty();
            }
        }
        return Optional.of(files);
    }

    private List<FileEntry> walk() {
        List<FileEntry> files = new ArrayList<>();
        listings.forEach(listing -> files.addAll(listing.files(options.order(), seen::namesIn)));
        return files;
    }

    @Override
    public List<Split> plan(OffsetRange<FileOffset> range) {
        checkSeen(range.to().files());
        List<Split> splits = new ArrayList<>();
        for (FileEntry file : seen.range(range.from().files(), range.to().files())) {
            boolean cut = format.isSplittable(file) && file.size() > SPLIT_BYTES;
            long step = cut ? Math.max(SPLIT_BYTES, file.size() / SPLITS_MAX) : file.size();
            for (long from = 0; from < file.size(); from += step) {
                splits.add(new FileSplit(file, from, Math.min(file.size(), from + step), !cut));
            }
        }
        return splits;
    }

    /// What has been taken for good, is gone and is a week older than the newest file need not be known any longer. While a
    /// whole directory is away (a share that is not mounted) nothing is forgotten: it may come back with all its files.
    @Override
    public void commit(FileOffset offset) {
        if (seen.isLong(offset.files()) && listings.stream().allMatch(FileSource::hasFiles)) {
            seen.compact(offset.files(), this::mayForget);
        }
    }

    private boolean mayForget(FileEntry file) {
        long kept = options.maxFileAgeMillis().orElse(FORGET_AFTER.toMillis());
        return file.modifiedMillis() < seen.newestMillis() - kept && Files.notExists(file.path());
    }

    private static boolean hasFiles(FileListing listing) {
        try (Stream<Path> files = Files.list(listing.base())) {
            return files.findAny().isPresent();
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public SourceReader open(Split split, ReadRequest request) {
        return format.open((FileSplit) split, request, schema, partitions, options);
    }

    @Override
    public FileOffset parse(String json) {
        return FileOffset.parse(json);
    }

    @Override
    public String version(OffsetRange<FileOffset> range) {
        ArrayNode files = JsonMapper.builder().build().createArrayNode();
        for (FileEntry file : seen.range(range.from().files(), range.to().files())) {
            files.addObject().put("path", file.path().toString()).put("size", file.size()).put("crc32c",
                    Checksum.hex(Checksum.of(file.path(), file.size())));
        }
        return files.toString();
    }

    @Override
    public String stamp(OffsetRange<FileOffset> range) {
        StringBuilder files = new StringBuilder();
        for (FileEntry file : seen.range(range.from().files(), range.to().files())) {
            files.append(file.path()).append(' ').append(file.size()).append(' ').append(file.modifiedMillis())
                    .append('\n');
        }
        return files.toString();
    }

    @Override
    public Optional<Duration> onAvailable(Runnable wakeUp) {
        if (watch != null) {
            watch.close();
        }
        watch = DirectoryWatch.start(listings, wakeUp).orElse(null);
        return Optional.of(watch == null ? POLL_UNWATCHED : POLL); // network file systems may not report changes
    }

    @Override
    public String description() {
        return format.name() + "[" + options.description() + "]";
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        seen.close();
    }
}
