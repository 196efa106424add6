package dev.thalweg.sink.file;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.format.TextEncoder;
import dev.thalweg.spi.sink.Accepts;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Text files, one STRING column, a line a row. Other columns may only be those of `partitionBy`.
public final class TextSinkProvider extends FileSinkProvider {
    @Override
    public String format() {
        return "text";
    }

    @Override
    public Set<Accepts> accepts(TableOptions options) {
        return EnumSet.of(Accepts.APPEND);
    }

    @Override
    List<String> formatOptions() {
        return List.of("lineSep");
    }

    @Override
    FileTarget.Encoders encoders(TableOptions options, ZoneId zone) {
        String separator = options.text("lineSep", "\n");
        return (type, columns) -> new TextEncoder(textColumn(type, columns), separator);
    }

    private static int textColumn(RowType type, List<Integer> columns) {
        if (columns.isEmpty()) {
            return 0; // only the options are being checked
        }
        if (columns.size() != 1 || type.type(columns.getFirst()) != Simple.STRING) {
            throw new InvalidQuery("THW-2044", "Sink 'text' writes one STRING column, but the output has ("
                    + type.select(columns).sql() + "). Make one with concat_ws, or write csv or json.");
        }
        return columns.getFirst();
    }

    @Override
    void checkColumns(RowType schema) {
        super.checkColumns(schema);
        if (schema.fields().stream().noneMatch(f -> f.type() == Simple.STRING)) {
            textColumn(schema, List.of(0));
        }
    }

    @Override
    boolean holds(DataType type) {
        return !type.isNested();
    }
}
