package dev.thalweg.state;

import dev.thalweg.spi.error.Unavailable;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes that all tables of a query hold, and the end of them: a clear error instead of a process out of memory.
final class ResidentBudget {
    private final long bytesMax;
    private final MemoryCharge query;
    private final AtomicLong bytes = new AtomicLong();

    ResidentBudget(long bytesMax, MemoryCharge query) {
        this.bytesMax = bytesMax;
        this.query = query;
    }

    MemoryCharge forTable(String table) {
        return more -> {
            long held = bytes.addAndGet(more);
            if (more > 0 && held > bytesMax) {
                bytes.addAndGet(-more);
                throw new Unavailable("THW-4502", "State table '" + table + "' needs " + more
                        + " more bytes, but the tables of this query already hold " + (held - more) + " of "
                        + bytesMax + ". Let state be freed (a watermark on its keys, a smaller window), raise"
                        + " thalweg.state.residentBytesMax, or run with more memory; the query goes on where it was.");
            }
            try {
                query.charge(more);
            } catch (RuntimeException e) {
                bytes.addAndGet(-more);
                throw e;
            }
        };
    }

    long bytes() {
        return bytes.get();
    }
}
