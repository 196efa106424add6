package dev.thalweg.spi.source;

import dev.thalweg.spi.data.Batch;
import org.jspecify.annotations.Nullable;

/// Reads one split, batch by batch, in order. Belongs to one task.
public interface SourceReader extends AutoCloseable {
    /// The next rows, never an empty batch; null when the split is done. The caller closes the batch.
    @Nullable
    Batch next();

    @Override
    void close();
}
