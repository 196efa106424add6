package dev.thalweg.cli.run;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.format.CsvEncoder;
import dev.thalweg.spi.format.CsvOptions;
import dev.thalweg.spi.format.TextBuffer;
import dev.thalweg.spi.sink.TriggerInfo;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// CSV as RFC 4180 has it, with one header. A streaming result has the kind of change in front of each row.
final class CsvWriter implements ResultWriter {
    private final PrintStream out;
    private final CsvOptions options;
    private boolean headed;

    CsvWriter(PrintStream out, ZoneId zone) {
        this.out = out;
        this.options = CsvOptions.of(TableOptions.none().with("header", "true").with("escape", "\""), zone);
    }

    @Override
    public void answer(RowType schema, List<Batch> batches) {
        write(new CsvEncoder(schema, IntStream.range(0, schema.size()).boxed().toList(), options), batches);
    }

    @Override
    public void trigger(RowType schema, List<Batch> batches, TriggerInfo trigger) {
        if (batches.stream().allMatch(batch -> batch.rowCount() == 0)) {
            return;
        }
        int change = schema.size() - 1;
        List<Integer> columns = Stream.concat(Stream.of(change), IntStream.range(0, change).boxed()).toList();
        write(new CsvEncoder(schema, columns, options), batches);
    }

    private void write(CsvEncoder encoder, List<Batch> batches) {
        TextBuffer text = new TextBuffer();
        if (!headed) {
            encoder.header(text);
            headed = true;
        }
        batches.forEach(batch -> encoder.encode(batch, 0, batch.rowCount(), text));
        out.print(text);
        out.flush();
    }
}
