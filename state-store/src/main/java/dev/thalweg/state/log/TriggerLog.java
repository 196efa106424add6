package dev.thalweg.state.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What each trigger read and changed, durable before anything of it is visible: the file on which exactly-once stands.
///
/// Records are appended to segments `<first trigger>.seg` and never changed. [#append] hands the bytes to the operating
/// system, [#sync] makes all of them durable with one `fdatasync`; which records share a sync is the trigger's business
/// (DESIGN §5). A segment is closed at the first TRIGGER behind its size, and deleted whole when snapshots cover it.
///
/// **Cost** one write a record, one `fdatasync` a sync. **Thread** one at a time: the trigger thread, or the one that commits;
/// [#deleteCovered] any.
/// **Errors** `Unavailable` when the disk is full or gone: the log is then as it was before the call.
public final class TriggerLog implements AutoCloseable {
    private static final long RECORD_BYTES_MAX = 1L << 30;

    private final Path directory;
    private final long epoch;
    private final long segmentBytes;
    private final DurableStep.Listener steps;
    private final LogFaults faults;
    private final TreeMap<Long, Path> segments = new TreeMap<>();
    private final ByteBuffer header = ByteBuffer.allocateDirect(RecordFormat.HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    private final List<ByteBuffer> held = new ArrayList<>();
    private RecoveryReport recovered;
    private @Nullable FileChannel channel;
    /// What the channel writes to.
    private Path current;
    private long size;
    private long durable;
    private long appendedBytes;
    private long lastTrigger = -1;
    private long lastTriggerAt;
    private int heldAtLastTrigger;
    private Optional<LoggedChanges.Place> lastChanges = Optional.empty();

    private TriggerLog(Path directory, long epoch, Settings settings, RecoveryReport recovered) {
        this.directory = directory;
        this.current = directory;
        this.epoch = epoch;
        this.segmentBytes = settings.segmentBytes;
        this.steps = settings.steps;
        this.faults = settings.faults;
        this.recovered = recovered;
    }

    /// How the log is written.
    ///
    /// @param segmentBytes the size from which on a new segment is begun at the next trigger; default 64 MB
    /// @param steps told of what has become durable
    /// @param faults for tests
    public record Settings(long segmentBytes, DurableStep.Listener steps, LogFaults faults) {
        /// A segment must be mapped whole to be read, with one last trigger's changes behind this.
        private static final long SEGMENT_BYTES_MAX = 512L << 20;
        public static final Settings DEFAULT = new Settings(64L << 20, DurableStep.Listener.NONE, LogFaults.NONE);

        public Settings {
            segmentBytes = Math.min(segmentBytes, SEGMENT_BYTES_MAX);
        }
    }

    /// Reads what is there, cuts a torn end, and gets ready to append.
    ///
    /// @param epoch of the checkpoint's lock; stands in every record
    public static TriggerLog open(Path directory, long epoch, Settings settings) {
        Directories.create(directory);
        Directories.sync(directory); // the process before may have died between making a segment and this
        RecoveryReport report = LogScan.scan(directory);
        long known = report.records().isEmpty() ? epoch : report.records().getLast().epoch(); // greater where `lock` was lost
        TriggerLog log = new TriggerLog(directory, Math.max(epoch, known), settings, report);
        LogScan.segments(directory).forEach(segment -> log.segments.put(LogScan.firstTrigger(segment), segment));
        report.cut().ifPresent(cut -> log.cut(cut.segment(), cut.offset()));
        log.openLast();
        return log;
    }

    /// What was there when the log was opened, less what [#cutAfter] took away. Empty once something has been appended.
    public RecoveryReport recovered() {
        return recovered;
    }

    /// Cuts everything behind record TRIGGER `trigger`, so that it can run again.
    public void cutAfter(long trigger) {
        LogRecord record = recovered.last(RecordType.TRIGGER, trigger)
                .orElseThrow(() -> new Defect("THW-9511",
                        "The log in " + directory + " is to be cut behind TRIGGER " + trigger
                                + ", which it does not hold. Please send this message and the output of"
                                + " 'thalweg checkpoint show'."));
        for (Path later : List.copyOf(segments.tailMap(LogScan.firstTrigger(record.segment()), false).values())) {
            cut(later, 0);
        }
        cut(record.segment(), record.end());
        List<LogRecord> kept = recovered.records().subList(0, recovered.records().indexOf(record) + 1);
        recovered = new RecoveryReport(kept, recovered.cut());
        openLast();
    }

    public void append(RecordType type, long trigger, String json) {
        append(type, trigger, List.of(ByteBuffer.wrap(json.getBytes(UTF_8))));
    }

    /// Appends one record; its payload is the parts, one after the other. Durable with the next [#sync].
    public void append(RecordType type, long trigger, List<ByteBuffer> payload) {
        checkFits(type, trigger, payload);
        if (type == RecordType.COMMIT && faults.losesCommits()) {
            return;
        }
        if (!recovered.records().isEmpty() || recovered.cut().isPresent()) {
            recovered = new RecoveryReport(List.of(), Optional.empty());
        }
        boolean isEmpty = size == RecordFormat.SEGMENT_HEADER_BYTES; // begun for a trigger that was never written
        if (channel == null || (type == RecordType.TRIGGER && size >= segmentBytes && !isEmpty)) {
            roll(trigger);
        }
        if (type == RecordType.TRIGGER) {
            lastTrigger = trigger;
            lastTriggerAt = size;
            heldAtLastTrigger = held.size();
        }
        RecordFormat.header(header, type, trigger, epoch, durable, payload);
        ByteBuffer[] parts = new ByteBuffer[payload.size() + 1];
        parts[0] = header;
        for (int i = 0; i < payload.size(); i++) {
            parts[i + 1] = payload.get(i).duplicate();
        }
        long offset = size;
        write(parts);
        if (type == RecordType.CHANGES) {
            lastChanges = Optional.of(new LoggedChanges.Place(trigger, current, offset, size));
        }
        steps.reached(switch (type) {
            case TRIGGER -> DurableStep.TRIGGER_APPENDED;
            case CHANGES -> DurableStep.CHANGES_APPENDED;
            case COMMIT -> DurableStep.COMMIT_APPENDED;
        }, trigger);
    }

    /// Refuses what [#append] would refuse.
    public void checkFits(RecordType type, long trigger, List<ByteBuffer> payload) {
        long bytesMax = Math.min(RECORD_BYTES_MAX, faults.recordBytesMax());
        if (RecordFormat.payloadBytes(payload) > bytesMax) {
            throw new Unavailable("THW-5014", "Trigger " + trigger + " would write a " + type + " record of "
                    + RecordFormat.payloadBytes(payload) + " bytes, more than the log's " + bytesMax
                    + ". Take less input a trigger, with maxFilesPerTrigger or a like option of the source. (Not where"
                    + " foreachBatch or the console has seen the trigger, which runs again as it was: there a new"
                    + " checkpointLocation is needed too.)");
        }
    }

    /// Takes back record TRIGGER `trigger`, and what was appended behind it, where it has not been synced: nobody has relied
    /// on it.
    public void takeBack(long trigger) {
        FileChannel open = channel;
        if (open == null || trigger != lastTrigger || durable > lastTriggerAt) {
            return;
        }
        size = lastTriggerAt;
        if (faults.losesUnsynced()) {
            held.subList(heldAtLastTrigger, held.size()).clear();
        } else {
            takeBack(open);
        }
    }

    /// Makes everything appended so far durable.
    ///
    /// @param trigger whose records they are
    public void sync(long trigger) {
        if (durable < size && !faults.skipsSync()) {
            force();
        }
        steps.reached(DurableStep.LOG_SYNCED, trigger);
    }

    /// Where the last CHANGES record that was appended stands, to be read with [LoggedChanges].
    public Optional<LoggedChanges.Place> lastChanges() {
        return lastChanges;
    }

    /// Bytes appended since the log was opened.
    public long appendedBytes() {
        return appendedBytes;
    }

    /// Bytes of all segments.
    public synchronized long bytes() {
        return segments.values().stream().mapToLong(segment -> segment.toFile().length()).sum();
    }

    /// Deletes the segments that are not needed to restore `oldestVersion` or a later one. The trigger that yielded it is
    /// kept, because its record has the offsets and watermarks to go on from.
    public void deleteCovered(long oldestVersion) {
        for (Path segment : takeCovered(oldestVersion)) {
            Directories.delete(segment);
            steps.reached(DurableStep.SEGMENT_DELETED, LogScan.firstTrigger(segment));
        }
    }

    private synchronized List<Path> takeCovered(long oldestVersion) {
        List<Path> covered = new ArrayList<>();
        while (segments.size() > 1) {
            long secondBegins = segments.higherKey(segments.firstKey());
            if (secondBegins > oldestVersion - 1) {
                break;
            }
            covered.add(segments.pollFirstEntry().getValue());
        }
        return covered;
    }

    /// Syncs and closes.
    @Override
    public void close() {
        if (channel != null) {
            if (durable < size && !faults.skipsSync()) {
                force();
            }
            closeChannel();
        }
    }

    private void roll(long trigger) {
        if (channel != null) {
            force();
            closeChannel();
        }
        Path segment = LogScan.segmentPath(directory, trigger);
        try {
            FileChannel created = FileChannel.open(segment, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel = created;
            current = segment;
            created.write(RecordFormat.segmentHeader(trigger, epoch));
            created.force(true);
            size = created.position();
        } catch (IOException e) {
            throw unavailable("begin " + segment, e);
        }
        Directories.sync(directory);
        durable = size;
        synchronized (this) {
            segments.put(trigger, segment);
        }
        steps.reached(DurableStep.SEGMENT_ROLLED, trigger);
    }

    private void write(ByteBuffer[] parts) {
        long bytes = 0;
        for (ByteBuffer part : parts) {
            bytes += part.remaining();
        }
        if (faults.losesUnsynced()) {
            hold(parts, bytes);
        } else {
            writeAll(parts, bytes);
        }
        size += bytes;
        appendedBytes += bytes;
    }

    private void hold(ByteBuffer[] parts, long bytes) {
        ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(bytes));
        for (ByteBuffer part : parts) {
            copy.put(part);
        }
        held.add(copy.flip());
    }

    private void writeAll(ByteBuffer[] parts, long bytes) {
        FileChannel open = opened();
        try {
            long left = bytes;
            if (size + bytes > faults.diskBytes()) {
                throw new IOException("No space left on device");
            }
            while (left > 0) {
                left -= open.write(parts);
            }
        } catch (IOException e) {
            takeBack(open);
            throw unavailable("append " + bytes + " bytes", e);
        }
    }

    /// A record that was written in part would stand before the next one.
    private void takeBack(FileChannel open) {
        try {
            open.truncate(size);
            open.position(size);
        } catch (IOException e) {
            closeChannel(); // nothing can be appended behind it: the next record begins a segment, and finds it there
        }
    }

    private void force() {
        FileChannel open = opened();
        try {
            for (ByteBuffer record : held) {
                while (record.hasRemaining()) {
                    open.write(record);
                }
            }
            held.clear();
            open.force(false);
        } catch (IOException e) {
            throw unavailable("sync", e);
        }
        durable = size;
    }

    private void cut(Path segment, long offset) {
        try {
            if (offset == 0) {
                Files.delete(segment);
                segments.remove(LogScan.firstTrigger(segment));
                Directories.sync(directory);
            } else {
                try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                    file.truncate(offset);
                    file.force(true);
                }
            }
        } catch (IOException e) {
            throw unavailable("cut " + segment + " at offset " + offset, e);
        }
    }

    private void openLast() {
        closeChannel();
        if (segments.isEmpty()) {
            return;
        }
        Path last = segments.lastEntry().getValue();
        try {
            FileChannel opened = FileChannel.open(last, StandardOpenOption.WRITE);
            channel = opened;
            current = last;
            size = opened.size();
            opened.position(size);
            opened.force(true); // what was found is what this process builds on
            durable = size;
        } catch (IOException e) {
            throw unavailable("open " + last, e);
        }
    }

    private void closeChannel() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw unavailable("close", e);
            } finally {
                channel = null;
            }
        }
    }

    private FileChannel opened() {
        if (channel == null) {
            throw new Defect("THW-9512",
                    "The log in " + directory + " is used after it was closed. Please send this message.");
        }
        return channel;
    }

    private Unavailable unavailable(String what, IOException cause) {
        return new Unavailable("THW-5013", "The trigger log in " + directory + " cannot " + what + ": " + cause
                + ". Check that the disk is not full and may be written, then restart the query: it goes on where it was.",
                cause);
    }
}
