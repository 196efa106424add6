package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.error.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;

/// The result of a query for those who read it: of the last committed trigger while the query runs, and a copy of that when it
/// has ended.
///
/// **State** after the end, the whole result, until it is closed. **Thread** any.
final class KeptResult implements AutoCloseable {
    private final String name;
    private final OutletGroup outlets;
    private final int output;
    private final List<Batch> copy = new ArrayList<>();
    private boolean ended;
    private boolean exists;
    private Optional<OutOfMemoryException> tooLarge = Optional.empty();
    private @Nullable BufferAllocator keeper;

    /// @param name for messages: `query 'clicks'`
    /// @param output which of the query's results
    KeptResult(String name, OutletGroup outlets, int output) {
        this.name = name;
        this.outlets = outlets;
        this.output = output;
    }

    /// The rows of the query's result as of the last committed trigger.
    ///
    /// @param reader pays for the batches, which the caller closes; they have no weights
    /// @return empty when the query keeps no result
    /// **Errors** `THW-4029` when the query has ended and its result was too large to be kept
    synchronized Optional<List<Batch>> read(BufferAllocator reader) {
        if (!ended) {
            return outlets.read(output, reader);
        }
        if (tooLarge.isPresent()) {
            throw new Unavailable("THW-4029",
                    "The result of " + name + " was not kept when the query ended: a copy does not"
                            + " fit beside its state in the query's memory. Start the query again to read it, or raise"
                            + " thalweg.memory.bytesMax before.",
                    tooLarge.get());
        }
        return exists ? Optional.of(copy.stream().map(Batch::retain).toList()) : Optional.empty();
    }

    /// The query ends, and with it its state.
    ///
    /// @param results what the copies of all queries are charged to
    /// @param bytesMax how much of the query's memory is left for the copy
    synchronized void end(BufferAllocator results, long bytesMax) {
        ended = true;
        BufferAllocator own = results.newChildAllocator(name, 0, bytesMax);
        keeper = own;
        try {
            outlets.read(output, own).ifPresent(batches -> {
                exists = true;
                copy.addAll(batches);
            });
        } catch (OutOfMemoryException e) {
            tooLarge = Optional.of(e);
        }
    }

    @Override
    public synchronized void close() {
        copy.forEach(Batch::close);
        copy.clear();
        if (keeper != null && keeper.getAllocatedMemory() == 0) { // else somebody still reads; the engine closes it at its end
            keeper.close();
            keeper = null;
        }
    }
}
