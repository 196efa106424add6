package dev.thalweg.spi.data;

import dev.thalweg.spi.error.Defect;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.FieldVector;

/// The values that the codes of some [Coded] columns stand for: those of a column chunk in a file, or of a column of a table that is
/// joined to.
///
/// None is NULL. Two codes may stand for the same value. What somebody has found out about a value is true for its code as long as the
/// dictionary is this very object, so it is worth remembering from batch to batch.
///
/// **Thread** may be read by many. It lives as long as somebody holds a reference, from the first on.
public abstract sealed class CodeDictionary implements AutoCloseable permits NumberDictionary, TextDictionary {
    private final Runnable free;
    private final AtomicInteger references = new AtomicInteger(1);

    CodeDictionary(Runnable free) {
        this.free = free;
    }

    public final int size() {
        return values().getValueCount();
    }

    /// The values, each at its code.
    public abstract FieldVector values();

    /// One more reference, for one more column.
    final void addReference() {
        if (references.getAndIncrement() <= 0) {
            throw new Defect("THW-9001", "A dictionary was used after its last reference was closed.");
        }
    }

    @Override
    public final void close() {
        int left = references.decrementAndGet();
        if (left < 0) {
            throw new Defect("THW-9002", "A dictionary was closed more often than it was referenced.");
        }
        if (left == 0) {
            free.run();
        }
    }
}
