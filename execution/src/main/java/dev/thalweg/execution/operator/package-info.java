/// The operators: what each node of the incremental plan does with a batch, and with time.
///
/// Read [Operator] first, then any one of them. Watermark, clock, options and memory come in as arguments: no operator
/// knows a session, a thread pool or a path. An operator belongs to one task.
@NullMarked
package dev.thalweg.execution.operator;

import org.jspecify.annotations.NullMarked;
