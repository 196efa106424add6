package dev.thalweg.source.rate;

import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.AtomicFile;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceReader;
import dev.thalweg.spi.source.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes `rowsPerSecond` rows `(timestamp TIMESTAMP, value BIGINT)` a second.
///
/// An offset is the number of rows made since the start, which is written down once; row n depends on that and on n alone. So
/// any range can be read again, after a crash or in another process, and gives the same rows.
final class RateSource implements Source<RateSource.RowOffset> {
    /// How many rows have been made.
    record RowOffset(long rows) implements Offset {
        @Override
        public String json() {
            return Long.toString(rows);
        }
    }

    /// Rows `from` to `to`, exclusive.
    record RowSplit(long from, long to) implements Split {
        @Override
        public String description() {
            return "rows " + from + " to " + to;
        }
    }

    private final RateOptions options;
    private final RowType schema;
    private final long startMillis;

    RateSource(RateOptions options, RowType schema, SourceContext context) {
        this.options = options;
        this.schema = schema;
        this.startMillis = start(context.directory().map(d -> d.resolve("start")), context.clock().millis());
    }

    private static long start(Optional<Path> file, long nowMillis) {
        if (file.isEmpty()) {
            return nowMillis;
        }
        if (!Files.exists(file.get())) {
            AtomicFile.writeChecksummed(file.get(), Long.toString(nowMillis).getBytes(StandardCharsets.US_ASCII));
            return nowMillis;
        }
        return Long.parseLong(new String(AtomicFile.readChecksummed(file.get()), StandardCharsets.US_ASCII));
    }

    @Override
    public RowOffset initial() {
        return new RowOffset(0);
    }

    @Override
    public RowOffset latest(RowOffset taken, ReadLimit limit) {
        long elapsed = limit.clockMillis() - startMillis;
        if (elapsed < 0) {
            throw new Unavailable("THW-2017", "The clock is " + -elapsed + " ms before the start of source 'rate'."
                    + " Set the clock right, then start the query again.");
        }
        return new RowOffset(taken.rows() + limit.cap(Math.max(0, options.rowsAt(elapsed) - taken.rows())));
    }

    @Override
    public List<Split> plan(OffsetRange<RowOffset> range) {
        List<Split> splits = new ArrayList<>();
        long rows = range.to().rows() - range.from().rows();
        long step = Math.max(1, (rows + options.partitions() - 1) / options.partitions());
        for (long from = range.from().rows(); from < range.to().rows(); from += step) {
            splits.add(new RowSplit(from, Math.min(range.to().rows(), from + step)));
        }
        return splits;
    }

    @Override
    public SourceReader open(Split split, ReadRequest request) {
        return new RateReader((RowSplit) split, schema.select(request.columns()), request, options, startMillis);
    }

    @Override
    public RowOffset parse(String json) {
        try {
            return new RowOffset(Long.parseLong(json.strip()));
        } catch (NumberFormatException e) {
            throw new Corrupted("THW-5020", "The offset '" + json + "' is none of a rate source."
                    + " The checkpoint belongs to another query; use a new one.", e);
        }
    }

    @Override
    public String description() {
        return "rate[" + options.rowsPerSecond() + " rows/s]";
    }

    @Override
    public void close() {
        // holds nothing
    }
}
