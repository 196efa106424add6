package dev.thalweg.source.socket;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceProvider;
import java.util.List;
import java.util.Optional;

/// The socket source: options `host`, `port`, and `includeTimestamp` for a second column with the time a line came.
public final class SocketSourceProvider implements SourceProvider {
    private static final Field VALUE = Field.of("value", Simple.STRING);
    private static final Field TIMESTAMP = Field.of("timestamp", Simple.TIMESTAMP);

    @Override
    public String format() {
        return "socket";
    }

    @Override
    public RowType schema(TableOptions options, Optional<RowType> declared, boolean streaming, SourceContext context) {
        options.checkKnown("source 'socket'", List.of("host", "port", "includeTimestamp", "endOfInput", "idleTimeout"));
        host(options);
        port(options);
        RowType type = options.flag("includeTimestamp", false) ? RowType.of(VALUE, TIMESTAMP) : RowType.of(VALUE);
        if (declared.isPresent() && !declared.get().sql().equalsIgnoreCase(type.sql())) {
            throw new InvalidQuery("THW-2039", "Source 'socket' has the columns (" + type.sql() + "), not ("
                    + declared.get().sql() + "). Leave the column list out, or set includeTimestamp.");
        }
        return type;
    }

    private static String host(TableOptions options) {
        return options.text("host").orElseThrow(() -> new InvalidOption("THW-2003",
                "Source 'socket' needs the option host, such as 'localhost'."));
    }

    private static int port(TableOptions options) {
        long port = options.number("port").orElseThrow(() -> new InvalidOption("THW-2003",
                "Source 'socket' needs the option port, such as '9999'."));
        if (port < 1 || port > 65_535) {
            throw new InvalidOption("port", port, "a port from 1 to 65535");
        }
        return (int) port;
    }

    @Override
    public Source<?> open(TableOptions options, RowType schema, SourceContext context) {
        return new SocketSource(host(options), port(options), schema, context.clock());
    }

    @Override
    public boolean readsAsBatch() {
        return false;
    }

    @Override
    public boolean isUnbounded() {
        return true;
    }
}
