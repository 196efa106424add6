package dev.thalweg.source.memory;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.MemoryTables;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceProvider;
import java.util.List;
import java.util.Optional;

/// Memory tables. The option `memoryId` names one; the catalog sets it to the table's name where the user did not. With
/// `mustExist` the table is not made at its first mention.
public final class MemorySourceProvider implements SourceProvider {
    @Override
    public String format() {
        return "memory";
    }

    @Override
    public RowType schema(TableOptions options, Optional<RowType> declared, boolean streaming, SourceContext context) {
        MemoryTables.Rows rows = context.memory().table(id(options));
        if (declared.isPresent()) {
            return declared.get();
        }
        if (rows.size() == 0) {
            throw new InvalidQuery("THW-2038", "Memory table '" + id(options)
                    + "' needs its columns, as in CREATE STREAM s (user STRING, ts TIMESTAMP) USING memory.");
        }
        try (Batch first = rows.get(0)) {
            return first.type();
        }
    }

    @Override
    public Source<?> open(TableOptions options, RowType schema, SourceContext context) {
        String id = id(options);
        if (options.flag("mustExist", false) && !context.memory().exists(id)) {
            throw new InvalidQuery("THW-2045", "The rows of dataset '" + id + "' are gone: what foreachBatch is given"
                    + " lasts as long as the call. Collect the rows, or write them somewhere, inside it.");
        }
        return new MemorySource(id, schema, context.memory().table(id));
    }

    private static String id(TableOptions options) {
        options.checkKnown("source 'memory'", List.of("memoryId", "mustExist", "endOfInput", "idleTimeout"));
        return options.text("memoryId").orElseThrow(() -> new InvalidOption("THW-2003",
                "Source 'memory' needs the option memoryId, the name of the table to read."));
    }
}
