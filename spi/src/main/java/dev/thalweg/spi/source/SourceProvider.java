package dev.thalweg.spi.source;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes sources of one format; `ServiceLoader` finds it.
public interface SourceProvider {
    /// The word after USING and in `format(…)`, in lower case.
    String format();

    /// Checks the options and says which columns the source gives. Called when a table is created or a reader is loaded:
    /// everything that can be wrong with the options is reported here.
    ///
    /// @param declared the columns that the user named, if any; a source with fixed columns checks them against its own
    /// @param streaming whether it will be read as a stream; a file source then wants a schema or `inferSchema`
    RowType schema(TableOptions options, Optional<RowType> declared, boolean streaming, SourceContext context);

    /// Makes the source that reads the table.
    ///
    /// @param schema what [#schema] answered
    Source<?> open(TableOptions options, RowType schema, SourceContext context);

    /// What makes a source the same one to a checkpoint, such as its paths; empty where its name says it all.
    default String place(TableOptions options) {
        return "";
    }

    /// What is wrong with what a source remembers, in whole sentences; changes nothing.
    ///
    /// @param directory the source's own in the checkpoint, which exists
    /// @param offset how far the checkpoint's last trigger reads, as JSON
    default List<String> problems(Path directory, String offset) {
        return List.of();
    }

    /// Whether a bare table name may be read as of now. If not, the error says to write `FROM STREAM t`.
    default boolean readsAsBatch() {
        return true;
    }

    /// Whether it grows without end, so that CREATE TABLE must be CREATE STREAM.
    default boolean isUnbounded() {
        return false;
    }
}
