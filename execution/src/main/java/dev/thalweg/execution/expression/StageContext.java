package dev.thalweg.execution.expression;

import org.apache.arrow.memory.BufferAllocator;

/// What one batch is run with.
///
/// @param allocator that output vectors are charged to
/// @param watermarkMicros W of the consumer's edge, by which the stage's [LateCheck] judges; `Long.MIN_VALUE`: nothing is late
public record StageContext(EvaluationContext evaluation, BufferAllocator allocator, long watermarkMicros) {}
