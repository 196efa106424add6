package dev.thalweg.source.nexmark;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.SourceReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/// Makes the rows of one split, column by column, and only the columns that the plan wants.
final class NexmarkReader implements SourceReader {
    private final NexmarkTable table;
    private final EventClock clock;
    private final Draw draw;
    private final ReadRequest request;
    private final Letters letters = new Letters();
    private final long end;
    private long next;

    /// @param from the first row
    /// @param end one past the last row
    NexmarkReader(NexmarkTable table, EventClock clock, Draw draw, ReadRequest request, long from, long end) {
        this.table = table;
        this.clock = clock;
        this.draw = draw;
        this.request = request;
        this.next = from;
        this.end = end;
    }

    @Override
    public @Nullable Batch next() {
        int rows = (int) Math.min(request.batchRowsMax(), end - next);
        if (rows == 0) {
            return null;
        }
        long[] events = new long[rows];
        for (int i = 0; i < rows; i++) {
            events[i] = table.eventOf(next + i);
        }
        next += rows;
        return batch(events);
    }

    private Batch batch(long[] events) {
        RowType type = table.type().select(request.columns());
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (int i = 0; i < type.size(); i++) {
                FieldVector vector = ArrowTypes.newVector(type.field(i), request.allocator());
                vectors.add(vector);
                fill(vector, table.column(request.columns().get(i)), events);
                vector.setValueCount(events.length);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
        return Batch.of(type, vectors, events.length);
    }

    private void fill(FieldVector vector, EventColumn column, long[] events) {
        switch (column) {
            case EventColumn.Whole(EventColumn.Formula formula) -> fillWhole((BigIntVector) vector, formula, events);
            case EventColumn.Time(EventColumn.Formula event) -> fillTime((TimeStampVector) vector, event, events);
            case EventColumn.Text(EventColumn.Writer writer) -> fillText((VarCharVector) vector, writer, events);
        }
    }

    private void fillWhole(BigIntVector vector, EventColumn.Formula formula, long[] events) {
        vector.allocateNew(events.length);
        for (int row = 0; row < events.length; row++) {
            vector.set(row, formula.of(draw, events[row]));
        }
    }

    private void fillTime(TimeStampVector vector, EventColumn.Formula event, long[] events) {
        vector.allocateNew(events.length);
        for (int row = 0; row < events.length; row++) {
            vector.set(row, clock.microsOf(event.of(draw, events[row])));
        }
    }

    private void fillText(VarCharVector vector, EventColumn.Writer writer, long[] events) {
        vector.allocateNew(events.length);
        for (int row = 0; row < events.length; row++) {
            letters.clear();
            writer.write(draw, events[row], letters);
            vector.setSafe(row, letters.bytes(), 0, letters.length());
        }
    }

    @Override
    public void close() {
        // holds nothing between batches
    }
}
