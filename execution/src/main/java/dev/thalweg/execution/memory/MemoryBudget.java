package dev.thalweg.execution.memory;

import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.Unavailable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one query may hold off the heap: an allocator with a limit, charged by its sources, operators and batches, and for
/// tables of state, whose memory does not come from it. One count and one limit hold for both.
///
/// **Errors** Over the limit Arrow throws; [#exceeded] says in the user's words which operator it was and what to set. What
/// is still allocated at [#close] is a leak: a [Defect] where assertions are on (tests), a warning otherwise.
/// **Thread** Any may allocate; one closes.
public final class MemoryBudget implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryBudget.class);

    private final String owner;
    private final long bytesMax;
    private final BufferAllocator allocator;

    /// @param owner who is charged, for messages: `query 'clicks'`
    public MemoryBudget(String owner, BufferAllocator root, long bytesMax) {
        this.owner = owner;
        this.bytesMax = bytesMax;
        this.allocator = root.newChildAllocator(owner, 0, bytesMax);
    }

    public BufferAllocator allocator() {
        return allocator;
    }

    /// Bytes held: batches and what was charged.
    public long bytes() {
        return allocator.getAllocatedMemory();
    }

    /// Counts memory that does not come from the allocator, such as tables of state.
    ///
    /// @param more to take, before it is allocated; negative when it is given back
    /// **Errors** when the budget does not hold so much; nothing is taken then
    public void charge(long more) {
        if (more <= 0) {
            allocator.releaseBytes(-more);
        } else if (!allocator.forceAllocate(more)) {
            allocator.releaseBytes(more);
            throw new Unavailable("THW-4021",
                    "Out of memory: the state of %s needs %,d more bytes, and its budget of %,d has %,d left."
                            .formatted(owner, more, bytesMax, bytesLeft())
                            + " Raise it with SET thalweg.memory.bytesMax, or let a watermark free state.");
        }
    }

    /// What may still be taken.
    public long bytesLeft() {
        return Math.max(0, bytesMax - bytes());
    }

    public long bytesPeak() {
        return allocator.getPeakMemoryAllocation();
    }

    /// What to throw when an allocation did not fit.
    ///
    /// @param where the operator and the trigger, such as `Aggregate (node 3) in trigger 17`
    public Unavailable exceeded(String where, OutOfMemoryException cause) {
        return new Unavailable("THW-4020",
                "Out of memory: %s holds %,d bytes and needs more than its budget of %,d.".formatted(
                        where.contains(owner) ? where : where + " of " + owner, bytes(), bytesMax)
                        + " Raise it with SET thalweg.memory.bytesMax, take less in a trigger, or let a watermark free state.",
                cause);
    }

    @Override
    public void close() {
        long left = allocator.getAllocatedMemory();
        try {
            allocator.close();
        } catch (IllegalStateException leak) {
            report(left, leak);
        }
    }

    private void report(long left, IllegalStateException leak) {
        String message = "%s ended with %,d bytes of batches or state that nobody closed.".formatted(owner, left);
        if (MemoryBudget.class.desiredAssertionStatus()) {
            throw new Defect("THW-9003", message, leak);
        }
        LOG.warn("{} Please report it.", message, leak);
    }
}
