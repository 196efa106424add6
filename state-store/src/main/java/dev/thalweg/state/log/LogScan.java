package dev.thalweg.state.log;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the segments of a log without changing them, and tells the end that a crash left from damage.
///
/// A bad record at the end of the last segment is a *torn* one: it had not been synced, nobody relied on it, and it may be
/// cut. A bad record that had been synced is damage, because something was built on it: one in an older segment, or one
/// below the durable length that a later good record states.
public final class LogScan {
    private static final String SUFFIX = ".seg";

    private final List<LogRecord> records = new ArrayList<>();
    private Optional<RecoveryReport.Cut> torn = Optional.empty();

    private LogScan() {}

    /// Reads a whole log: the good records, and the torn end that a writer must cut before it appends.
    public static RecoveryReport scan(Path directory) {
        LogScan scan = new LogScan();
        List<Path> segments = segments(directory);
        for (int i = 0; i < segments.size(); i++) {
            scan.readSegment(segments.get(i), i == segments.size() - 1);
        }
        return new RecoveryReport(scan.records, scan.torn);
    }

    /// Oldest first.
    static List<Path> segments(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            throw new Unavailable("THW-5011",
                    "Cannot list the trigger log in " + directory + ": " + e + ". Check that it may be read.", e);
        }
    }

    static Path segmentPath(Path directory, long firstTrigger) {
        return directory.resolve("%020d".formatted(firstTrigger) + SUFFIX);
    }

    static long firstTrigger(Path segment) {
        String name = segment.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    private void readSegment(Path segment, boolean last) {
        ByteBuffer file = map(segment);
        if (!RecordFormat.isSegmentHeader(file)) {
            if (!last || file.limit() > RecordFormat.SEGMENT_HEADER_BYTES) {
                throw corrupted(segment, 0, "its header", file.limit());
            }
            torn = Optional.of(new RecoveryReport.Cut(segment, 0, file.limit()));
            return;
        }
        long offset = RecordFormat.SEGMENT_HEADER_BYTES;
        while (offset < file.limit()) {
            if (!RecordFormat.isRecord(file, offset)) {
                if (!last || wasDurable(file, offset)) {
                    throw corrupted(segment, offset, nameOfNext(), file.limit());
                }
                torn = Optional.of(new RecoveryReport.Cut(segment, offset, file.limit() - offset));
                return;
            }
            LogRecord record = record(file, segment, offset);
            checkEpoch(record);
            records.add(record);
            offset = record.end();
        }
    }

    private void checkEpoch(LogRecord record) {
        if (!records.isEmpty() && record.epoch() < records.getLast().epoch()) {
            throw new Corrupted("THW-5015", "Two processes have written the trigger log: in " + record.segment()
                    + " at offset " + record.offset() + ", " + record.type() + " " + record.trigger() + " is of holder "
                    + record.epoch() + " of the checkpoint, but stands behind " + nameOfLast() + " of holder "
                    + records.getLast().epoch()
                    + ". The lock of the checkpoint does not work on this file system, or was"
                    + " tampered with. Restore the checkpoint from a copy, and keep it where locks work.");
        }
    }

    /// A record that is known to stand there.
    static LogRecord record(ByteBuffer file, Path segment, long offset) {
        ByteBuffer payload = file
                .slice((int) offset + RecordFormat.HEADER_BYTES, RecordFormat.length(file, offset))
                .order(ByteOrder.LITTLE_ENDIAN);
        return new LogRecord(RecordFormat.type(file, offset), RecordFormat.trigger(file, offset),
                RecordFormat.epoch(file, offset), payload, segment, offset);
    }

    /// Whether a good record behind the bad one says that the bad one had been synced.
    private static boolean wasDurable(ByteBuffer file, long bad) {
        for (long at = bad + 1; at + RecordFormat.HEADER_BYTES <= file.limit(); at++) {
            if (RecordFormat.isRecord(file, at) && RecordFormat.durable(file, at) > bad) {
                return true;
            }
        }
        return false;
    }

    private String nameOfNext() {
        return records.isEmpty() ? "the first record" : "the record after " + nameOfLast();
    }

    private String nameOfLast() {
        return records.getLast().type() + " " + records.getLast().trigger();
    }

    private Corrupted corrupted(Path segment, long offset, String record, long length) {
        Optional<LogRecord> changes = new RecoveryReport(records, torn).last(RecordType.CHANGES);
        String good = changes.map(last -> "The last good version is " + (last.trigger() + 1)
                + ". Restore the file from a copy; or, to go on from that version, copy the whole checkpoint away, cut this"
                + " file at offset " + offset + " and delete the segments after it.")
                .orElse("No version before it is in the log. Restore the file from a copy.");
        return new Corrupted("THW-5012", "The trigger log is damaged: " + segment + " at offset " + offset + " of "
                + length + ", " + record + ". It had been synced, so this is not the trace of a crash. " + good);
    }

    private static ByteBuffer map(Path segment) {
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException | IllegalArgumentException e) {
            throw new Unavailable("THW-5011",
                    "Cannot read the trigger log's " + segment + ": " + e + ". Check that it may be read.", e);
        }
    }
}
