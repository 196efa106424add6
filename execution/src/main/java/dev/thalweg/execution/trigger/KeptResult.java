package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// The result of a query for those who read it: of the last committed trigger while the query runs, and a copy of that when it
/// has ended.
///
/// **State** after the end, the whole result, until it is closed. **Thread** any.
final class KeptResult implements AutoCloseable {
    private final Outlet outlet;
    private final List<Batch> copy = new ArrayList<>();
    private boolean ended;
    private boolean exists;

    KeptResult(Outlet outlet) {
        this.outlet = outlet;
    }

    /// The rows of the query's result as of the last committed trigger.
    ///
    /// @param reader pays for the batches, which the caller closes; they have no weights
    /// @return empty when the query keeps no result
    synchronized Optional<List<Batch>> read(BufferAllocator reader) {
        if (!ended) {
            return outlet.read(reader);
        }
        return exists ? Optional.of(copy.stream().map(Batch::retain).toList()) : Optional.empty();
    }

    /// The query ends, and with it its state.
    synchronized void end(BufferAllocator keeper) {
        ended = true;
        outlet.read(keeper).ifPresent(batches -> {
            exists = true;
            copy.addAll(batches);
        });
    }

    @Override
    public synchronized void close() {
        copy.forEach(Batch::close);
        copy.clear();
    }
}
