/// How a plan is shown to people: `EXPLAIN`, `EXPLAIN INCREMENTAL` and the state that a query will keep.
///
/// Read [ExplainPrinter]. Must not decide anything: it prints what the passes found.
@NullMarked
package dev.thalweg.planner.explain;

import org.jspecify.annotations.NullMarked;
