package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Batch;

/// Where an operator's output goes.
public interface Downstream {
    /// Takes over the reference. An empty batch may be emitted and is dropped.
    void emit(Batch batch);

    /// Takes over rows that the operator refused because its watermark had overtaken them; they are counted and kept.
    void late(Batch rows);
}
