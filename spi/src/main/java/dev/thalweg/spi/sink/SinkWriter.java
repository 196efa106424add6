package dev.thalweg.spi.sink;

import dev.thalweg.spi.data.Batch;

/// Takes the output of one trigger.
public interface SinkWriter extends AutoCloseable {
    /// Takes over the reference. What weights mean is said by [Accepts].
    void write(Batch batch);

    /// Makes what was written durable and invisible, ready for [Sink#commit].
    void stage();

    /// Frees what the writer holds; output that was not staged is gone.
    @Override
    void close();
}
