package dev.thalweg.spi.sink;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import java.util.Set;

/// Makes sinks of one format; `ServiceLoader` finds it.
public interface SinkProvider {
    /// The word after USING and in `format(…)`, in lower case.
    String format();

    /// What it can take. An engine refuses a plan that a sink cannot take, before it starts.
    Set<Accepts> accepts(TableOptions options);

    /// Whether a query into it may run without `checkpointLocation` (console, memory, noop), on a temporary checkpoint.
    default boolean allowsTemporaryCheckpoint() {
        return false;
    }

    /// Whether the engine itself keeps the result as a table that can be queried; such a sink writes nothing.
    default boolean isMaterialized() {
        return false;
    }

    /// Checks options and row type: everything that can be wrong with them is reported here, before the query starts.
    void check(TableOptions options, RowType schema);

    Sink open(TableOptions options, RowType schema, SinkContext context);
}
