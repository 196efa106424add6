package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.source.SourceReader;
import org.apache.arrow.memory.BufferAllocator;

/// A split that some task is to read in this trigger.
///
/// @param leaf the scan (or values) whose rows they are
/// @param source the number of the streaming source, or [#STATIC]
/// @param description for messages
record SplitWork(PlanNode leaf, int source, String description, Opening opening) {
    static final int STATIC = -1;

    interface Opening {
        SourceReader open(BufferAllocator allocator);
    }
}
