package dev.thalweg.state.log;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// CHANGES records that are read again while their log is written on: what waits for RocksDB waits in the log.
///
/// **State** maps the segments it reads from, until it is closed. **Thread** any, but one.
public final class LoggedChanges implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final List<LogRecord> records = new ArrayList<>();

    /// Where a trigger's record stands.
    ///
    /// @param end where the next one begins
    public record Place(long trigger, Path segment, long offset, long end) {}

    /// **Errors** `THW-5011` when a segment cannot be read, `THW-5012` when it does not hold what was written.
    ///
    /// @param places in the order of the log
    public LoggedChanges(List<Place> places) {
        Map<Path, List<Place>> bySegment = places.stream()
                .collect(Collectors.groupingBy(Place::segment, LinkedHashMap::new, Collectors.toList()));
        try {
            bySegment.forEach(this::read);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private void read(Path segment, List<Place> places) {
        ByteBuffer file = map(segment, places.getLast().end);
        for (Place place : places) {
            if (!RecordFormat.isRecord(file, place.offset)
                    || RecordFormat.type(file, place.offset) != RecordType.CHANGES
                    || RecordFormat.trigger(file, place.offset) != place.trigger) {
                throw new Corrupted("THW-5012", "The trigger log is damaged: " + segment + " at offset " + place.offset
                        + " does not hold CHANGES " + place.trigger + " as it was written and synced. Check the disk,"
                        + " and what 'thalweg checkpoint verify' says; then restore the file from a copy.");
            }
            records.add(LogScan.record(file, segment, place.offset));
        }
    }

    /// In the order of their places; good until this is closed.
    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    private ByteBuffer map(Path segment, long end) {
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, 0, end, arena).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new Unavailable("THW-5011",
                    "Cannot read the trigger log's " + segment + ": " + e + ". Check that it may be read.", e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
