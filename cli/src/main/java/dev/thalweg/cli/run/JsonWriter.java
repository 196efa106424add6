package dev.thalweg.cli.run;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.format.JsonEncoder;
import dev.thalweg.spi.format.JsonOptions;
import dev.thalweg.spi.format.TextBuffer;
import dev.thalweg.spi.sink.TriggerInfo;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One JSON object a row, with every column in it. A row of a streaming result begins with `_trigger` and `_change`.
final class JsonWriter implements ResultWriter {
    private final PrintStream out;
    private final JsonOptions options;

    JsonWriter(PrintStream out, ZoneId zone) {
        this.out = out;
        this.options = JsonOptions.of(TableOptions.none().with("ignoreNullFields", "false"), zone);
    }

    @Override
    public void answer(RowType schema, List<Batch> batches) {
        JsonEncoder encoder = new JsonEncoder(schema, IntStream.range(0, schema.size()).boxed().toList(), options);
        TextBuffer text = new TextBuffer();
        batches.forEach(batch -> encoder.encode(batch, 0, batch.rowCount(), text));
        out.print(text);
        out.flush();
    }

    @Override
    public void trigger(RowType schema, List<Batch> batches, TriggerInfo trigger) {
        int change = schema.size() - 1;
        List<Integer> columns = Stream.concat(Stream.of(change), IntStream.range(0, change).boxed()).toList();
        JsonEncoder encoder = new JsonEncoder(schema, columns, options);
        String begin = "{\"_trigger\":" + trigger.number() + ",";
        TextBuffer text = new TextBuffer();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rowCount(); row++) {
                text.clear();
                encoder.encode(batch, row, row + 1, text);
                out.print(begin + text.toString().substring(1)); // every row has at least its change
            }
        }
        out.flush();
    }
}
