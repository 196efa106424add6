package dev.thalweg.spi.sink;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import java.util.Optional;
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

    /// Whether it cuts its output into a directory for each value of some columns (`partitionBy`, `PARTITIONED BY`). A query
    /// that asks a sink for it that does not is refused.
    default boolean takesPartitions() {
        return false;
    }

    /// The columns of what was written there before, where the sink keeps them: a table that was declared without columns
    /// has these, whatever its own output looks like. Empty when nothing was written, or nobody can tell.
    default Optional<RowType> written(TableOptions options) {
        return Optional.empty();
    }

    /// What makes a target the same one to a checkpoint, such as its path; empty where any will do.
    default String place(TableOptions options) {
        return "";
    }

    /// Looks at the output of a query without changing it: what `thalweg checkpoint verify` tells. Reads every byte.
    ///
    /// @param place what [#place] answered when the query was started first
    default Inspection inspect(String place, String queryId) {
        return Inspection.none();
    }

    /// Checks options and row type: everything that can be wrong with them is reported here, before the query starts.
    void check(TableOptions options, RowType schema);

    Sink open(TableOptions options, RowType schema, SinkContext context);
}
