package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.RowType;
import org.apache.arrow.memory.BufferAllocator;

/// A compiled chain of stateless nodes.
///
/// **Thread** immutable, shared by all tasks.
public interface Stage {
    RowType input();

    RowType output();

    /// The generated Java source, for `EXPLAIN CODEGEN`.
    String source();

    /// A copy for one task; the caller closes it.
    ///
    /// @param scratch charged with the memory the copy keeps between batches
    StageInstance open(BufferAllocator scratch);
}
