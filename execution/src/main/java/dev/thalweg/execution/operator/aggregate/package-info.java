/// Aggregation: groups kept as fixed-width columns of state, and one accumulator for each call.
///
/// Read [AggregateOperator] first, then [Accumulator], then any one of the accumulators; [AccumulatorChoice] lists which
/// call gets which. A batch is grouped once, then each call runs its own tight loop over it. Everything here belongs to
/// one task.
@NullMarked
package dev.thalweg.execution.operator.aggregate;

import org.jspecify.annotations.NullMarked;
