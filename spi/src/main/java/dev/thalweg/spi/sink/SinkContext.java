package dev.thalweg.spi.sink;

import dev.thalweg.spi.Output;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What the engine lends to a sink.
///
/// @param directory a directory of the sink's own inside the checkpoint, which exists
/// @param accepts how the output mode and the plan made the engine choose to hand over changes
/// @param keyColumns the output columns that identify a row, empty when the whole row does
/// @param partitionBy the columns named by `partitionBy`
/// @param steps hears of each durable step of a commit; the engine hands over what its tests gave it
/// @param queryId identifies the query over restarts
public record SinkContext(Path directory, Accepts accepts, List<Integer> keyColumns, List<String> partitionBy,
        String queryId, Output output, Clock clock, ZoneId zone, Optional<String> queryName, StepListener steps) {
    /// The `queryId` of every INSERT of finished rows: one for all, so that a second INSERT adds to the first.
    public static final String BATCH_INSERT = "00000000-0000-0000-0000-000000000000";

    public SinkContext(Path directory, Accepts accepts, List<Integer> keyColumns, List<String> partitionBy,
            String queryId, Output output, Clock clock, ZoneId zone, Optional<String> queryName) {
        this(directory, accepts, keyColumns, partitionBy, queryId, output, clock, zone, queryName, StepListener.none());
    }
}
