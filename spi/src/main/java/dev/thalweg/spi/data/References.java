package dev.thalweg.spi.data;

import dev.thalweg.spi.error.Defect;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts who holds a dictionary, from the first on, and frees it behind the last.
final class References implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger(1);
    private final Runnable free;

    References(Runnable free) {
        this.free = free;
    }

    void retain() {
        if (count.getAndIncrement() <= 0) {
            throw new Defect("THW-9001", "A dictionary was used after its last reference was closed.");
        }
    }

    @Override
    public void close() {
        int left = count.decrementAndGet();
        if (left < 0) {
            throw new Defect("THW-9002", "A dictionary was closed more often than it was referenced.");
        }
        if (left == 0) {
            free.run();
        }
    }
}
