package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;

/// Where a batch goes next inside a task.
interface Port {
    /// Takes over the reference; the batch is not empty.
    void take(Batch batch);
}
