package dev.thalweg;

import dev.thalweg.execution.trigger.BatchResult;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.format.TableText;
import dev.thalweg.spi.format.ValueText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The answer of a batch query as `show()` prints it.
final class ResultText {
    private ResultText() {}

    /// @param rowsMax how many rows are shown; if there are more, a last line says so
    static String table(BatchResult result, int rowsMax, int truncate, ZoneId zone) {
        List<List<String>> rows = new ArrayList<>();
        for (Batch batch : result.batches()) {
            for (int row = 0; row < batch.rowCount() && rows.size() < rowsMax; row++) {
                rows.add(row(batch, row, zone));
            }
        }
        String table = TableText.of(result.schema().names(), rows, truncate);
        return result.rowCount() > rowsMax
                ? table + "only showing top " + rowsMax + (rowsMax == 1 ? " row\n" : " rows\n")
                : table;
    }

    private static List<String> row(Batch batch, int row, ZoneId zone) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < batch.columnCount(); column++) {
            cells.add(ValueText.of(
                    VectorValues.get(batch.vector(column), batch.physical(row), batch.type().type(column)),
                    batch.type().type(column), zone));
        }
        return cells;
    }
}
