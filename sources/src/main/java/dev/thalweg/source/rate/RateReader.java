package dev.thalweg.source.rate;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.SourceReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.jspecify.annotations.Nullable;

/// Makes the rows of one split.
final class RateReader implements SourceReader {
    private final RateSource.RowSplit split;
    private final RowType type;
    private final ReadRequest request;
    private final RateOptions options;
    private final long startMillis;
    private long next;

    RateReader(RateSource.RowSplit split, RowType type, ReadRequest request, RateOptions options, long startMillis) {
        this.split = split;
        this.type = type;
        this.request = request;
        this.options = options;
        this.startMillis = startMillis;
        this.next = split.from();
    }

    @Override
    public @Nullable Batch next() {
        int rows = (int) Math.min(request.batchRowsMax(), split.to() - next);
        if (rows == 0) {
            return null;
        }
        List<FieldVector> vectors = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            FieldVector vector = ArrowTypes.newVector(type.field(i), request.allocator());
            ((BaseFixedWidthVector) vector).allocateNew(rows);
            fill(vector, rows);
            vector.setValueCount(rows);
            vectors.add(vector);
        }
        next += rows;
        return Batch.of(type, vectors, rows);
    }

    private void fill(FieldVector vector, int rows) {
        for (int row = 0; row < rows; row++) {
            if (vector instanceof TimeStampVector times) {
                times.set(row, startMillis * 1000 + options.microsOf(next + row));
            } else {
                ((BigIntVector) vector).set(row, next + row);
            }
        }
    }

    @Override
    public void close() {
        // holds nothing between batches
    }
}
