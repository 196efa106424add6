/// The memory budget of a query: everything it holds is charged to one allocator, and what is over is an error, not a crash.
///
/// Read [MemoryBudget]. Must not know plans or operators. A budget may be charged from any thread; the trigger thread makes
/// and closes it.
@NullMarked
package dev.thalweg.execution.memory;

import org.jspecify.annotations.NullMarked;
