package dev.thalweg.cli.run;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.format.TableText;
import dev.thalweg.spi.sink.TriggerInfo;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;

/// Tables with borders. A streaming result is a table for each trigger, of the rows that are new or changed.
///
/// Rows that an update replaces are left out, and so is the kind of change while nothing vanishes: what is shown then is
/// what holds now.
final class TableWriter implements ResultWriter {
    private static final String REPLACED = "-U";
    private static final String VANISHED = "-D";

    private final PrintStream out;
    private final ZoneId zone;

    TableWriter(PrintStream out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    @Override
    public void answer(RowType schema, List<Batch> batches) {
        out.print(TableText.of(schema.names(), TextRows.of(schema, batches, zone), 0));
        out.flush();
    }

    /// A text of several lines stands below its name: a table as wide as a plan is none that can be read.
    @Override
    public void texts(RowType schema, List<Batch> batches) {
        for (List<String> row : TextRows.of(schema, batches, zone)) {
            String text = row.get(1).stripTrailing();
            boolean isLong = text.contains("\n");
            out.print(row.get(0) + ":" + (isLong ? "\n" : " ") + (isLong ? text.indent(4) : text + "\n"));
        }
        out.flush();
    }

    @Override
    public void trigger(RowType schema, List<Batch> batches, TriggerInfo trigger) {
        int change = schema.size() - 1;
        List<List<String>> rows = TextRows.of(schema, batches, zone).stream()
                .filter(row -> !row.get(change).equals(REPLACED)).toList();
        if (rows.isEmpty()) {
            return;
        }
        boolean vanishes = rows.stream().anyMatch(row -> row.get(change).equals(VANISHED));
        int shown = vanishes ? schema.size() : change;
        out.print("-- trigger " + trigger.number() + ", watermark " + TextRows.watermark(trigger, zone) + "\n");
        out.print(TableText.of(schema.names().subList(0, shown),
                rows.stream().map(row -> row.subList(0, shown)).toList(), 0));
        out.flush();
    }
}
