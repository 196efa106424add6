package dev.thalweg.state.log;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// CHANGES records that are read again while their log is written on: what waits for RocksDB waits in the log, and takes no
/// memory.
///
/// **State** maps the segments it reads from, until it is closed. **Thread** any, but one.
public final class LoggedChanges implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final List<LogRecord> records = new ArrayList<>();

    /// Where a record stands.
    ///
    /// @param end where the next one begins
    public record Place(Path segment, long offset, long end) {}

    /// **Errors** `THW-5011` when a segment cannot be read, `THW-5012` when what stands there is no record.
    public LoggedChanges(List<Place> places) {
        Map<Path, Long> ends = new TreeMap<>();
        places.forEach(place -> ends.merge(place.segment, place.end, Math::max));
        Map<Path, ByteBuffer> segments = new TreeMap<>();
        try {
            ends.forEach((segment, end) -> segments.put(segment, map(segment, end)));
            places.forEach(place -> records.add(LogScan.record(segments.get(place.segment), place.segment, place.offset)));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
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
