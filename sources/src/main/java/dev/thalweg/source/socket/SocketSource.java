package dev.thalweg.source.socket;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceReader;
import dev.thalweg.spi.source.Split;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads lines from a TCP connection, which it opens when the query starts. The end of the connection is the end of input.
///
/// An offset is the number of lines received since the query first started. Lines are kept until their trigger has committed, so
/// a trigger can be run again, but not by another process: **after a restart the lines of the last run are gone**, and a
/// trigger that has to run again then fails. For anything that must not be lost, use another source.
final class SocketSource implements Source<SocketSource.LineOffset> {
    /// How many lines have been received.
    record LineOffset(long lines) implements Offset {
        @Override
        public String json() {
            return Long.toString(lines);
        }
    }

    private record LineSplit(long from, long to) implements Split {
        @Override
        public String description() {
            return "lines " + from + " to " + to;
        }
    }

    private final RowType schema;
    private final Connection connection;

    SocketSource(String host, int port, RowType schema, Clock clock) {
        this.schema = schema;
        this.connection = new Connection(host, port, clock);
    }

    @Override
    public LineOffset initial() {
        return new LineOffset(0);
    }

    @Override
    public LineOffset latest(LineOffset taken, ReadLimit limit) {
        connection.beginAt(taken.lines());
        return new LineOffset(taken.lines() + limit.cap(connection.received() - taken.lines()));
    }

    @Override
    public List<Split> plan(OffsetRange<LineOffset> range) {
        if (range.isEmpty()) {
            return List.of();
        }
        connection.beginAt(range.to().lines());
        if (range.from().lines() < connection.first()) {
            throw new Unavailable("THW-2018", "Lines " + range.from().lines() + " to " + range.to().lines() + " of "
                    + description() + " were received by an earlier process and cannot be had again."
                    + " Begin with a new checkpoint, or use a source that can be read again.");
        }
        return List.of(new LineSplit(range.from().lines(), range.to().lines()));
    }

    @Override
    public SourceReader open(Split split, ReadRequest request) {
        LineSplit lines = (LineSplit) split;
        return new Reader(connection.lines(lines.from(), lines.to()), request);
    }

    @Override
    public LineOffset parse(String json) {
        try {
            return new LineOffset(Long.parseLong(json.strip()));
        } catch (NumberFormatException e) {
            throw new Corrupted("THW-5020", "The offset '" + json + "' is none of a socket source."
                    + " The checkpoint belongs to another query; use a new one.", e);
        }
    }

    @Override
    public boolean isExhausted(LineOffset taken) {
        return connection.hasEnded() && taken.lines() >= connection.received();
    }

    @Override
    public void commit(LineOffset offset) {
        connection.forget(offset.lines());
    }

    @Override
    public Optional<Duration> onAvailable(Runnable wakeUp) {
        connection.onLine(wakeUp);
        return Optional.empty();
    }

    @Override
    public String description() {
        return "socket[" + connection.address() + "]";
    }

    @Override
    public void close() {
        connection.close();
    }

    private final class Reader implements SourceReader {
        private final List<Connection.Line> lines;
        private final ReadRequest request;
        private int next;

        Reader(List<Connection.Line> lines, ReadRequest request) {
            this.lines = lines;
            this.request = request;
        }

        @Override
        public @Nullable Batch next() {
            if (next == lines.size()) {
                return null;
            }
            try (BatchBuilder batch = new BatchBuilder(schema.select(request.columns()), request.allocator())) {
                while (next < lines.size() && batch.rowCount() < request.batchRowsMax()) {
                    Connection.Line line = lines.get(next++);
                    List<Object> row = new ArrayList<>();
                    for (int column : request.columns()) {
                        row.add(column == 0 ? line.text() : (Object) line.micros());
                    }
                    batch.add(row);
                }
                return batch.build();
            }
        }

        @Override
        public void close() {
            // holds no buffers
        }
    }
}
