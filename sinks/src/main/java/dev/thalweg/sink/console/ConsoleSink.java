package dev.thalweg.sink.console;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.format.TableText;
import dev.thalweg.spi.format.ValueText;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkWriter;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Prints one block for each trigger that has rows: a line `-- trigger N, watermark T` and a table.
///
/// It remembers nothing, so a trigger that runs again after a crash is printed again. The first rows of a trigger are kept as
/// text until it commits.
final class ConsoleSink implements Sink {
    private final ConsoleOptions options;
    private final RowType schema;
    private final SinkContext context;
    private @Nullable Block staged;

    ConsoleSink(ConsoleOptions options, RowType schema, SinkContext context) {
        this.options = options;
        this.schema = schema;
        this.context = context;
    }

    @Override
    public OptionalLong lastCommitted() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isTransactional() {
        return false;
    }

    @Override
    public SinkWriter begin(TriggerInfo trigger) {
        staged = null;
        return new Block(trigger);
    }

    @Override
    public void commit(long trigger) {
        Block block = staged;
        if (block != null && block.trigger.number() == trigger) {
            staged = null;
            block.print();
        }
    }

    @Override
    public String description() {
        return "console";
    }

    @Override
    public void close() {
        staged = null;
    }

    private final class Block implements SinkWriter {
        private final TriggerInfo trigger;
        private final List<List<String>> rows = new ArrayList<>();
        private long count;

        Block(TriggerInfo trigger) {
            this.trigger = trigger;
        }

        @Override
        public void write(Batch batch) {
            try (batch) {
                for (int row = 0; row < batch.rowCount() && rows.size() < options.rowsMax(); row++) {
                    rows.add(cells(batch, row));
                }
                count += batch.rowCount();
            }
        }

        @Override
        public void stage() {
            staged = this;
        }

        private List<String> cells(Batch batch, int row) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < schema.size(); column++) {
                Object value = VectorValues.get(batch.vector(column), batch.physical(row), schema.type(column));
                cells.add(ValueText.of(value, schema.type(column), context.zone()));
            }
            return cells;
        }

        void print() {
            if (count == 0) {
                return;
            }
            String watermark = trigger.watermarkMicros().isPresent()
                    ? ", watermark "
                            + ValueText.of(trigger.watermarkMicros().getAsLong(), Simple.TIMESTAMP, context.zone())
                    : "";
            String more = count > rows.size() ? "only showing top " + rows.size() + " of " + count + " rows\n" : "";
            context.output().print("-- trigger " + trigger.number() + watermark + "\n"
                    + TableText.of(schema.names(), rows, options.cellMax()) + more + "\n");
        }

        @Override
        public void close() {
            // holds nothing but text
        }
    }
}
