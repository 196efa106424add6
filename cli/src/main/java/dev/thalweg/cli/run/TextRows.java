package dev.thalweg.cli.run;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.format.ValueText;
import dev.thalweg.spi.sink.TriggerInfo;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Rows as people read them, a text a column.
public final class TextRows {
    private TextRows() {}

    public static List<List<String>> of(RowType schema, List<Batch> batches, ZoneId zone) {
        List<List<String>> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rowCount(); row++) {
                rows.add(row(schema, batch, row, zone));
            }
        }
        return rows;
    }

    private static List<String> row(RowType schema, Batch batch, int row, ZoneId zone) {
        List<String> cells = new ArrayList<>(schema.size());
        for (int column = 0; column < schema.size(); column++) {
            cells.add(ValueText.of(VectorValues.get(batch.vector(column), batch.physical(row), schema.type(column)),
                    schema.type(column), zone));
        }
        return cells;
    }

    /// The watermark of a trigger; `none` before there is one.
    public static String watermark(TriggerInfo trigger, ZoneId zone) {
        long micros = trigger.watermarkMicros().orElse(Long.MIN_VALUE);
        if (micros == Long.MIN_VALUE) {
            return "none";
        }
        return micros == Long.MAX_VALUE
                ? "end of input"
                : ValueText.of(micros, dev.thalweg.spi.data.DataType.Simple.TIMESTAMP, zone);
    }
}
