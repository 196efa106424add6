/// What a program sees: the session, datasets, columns and functions, with the names and shapes of Spark's Java API.
///
/// Read [ThalwegSession] first, then [Dataset]. Wiring only: expressions go to the parser's tree, plans to the planner, runs
/// to the engine; no semantics live here. A session may be used by many threads.
@NullMarked
package dev.thalweg;

import org.jspecify.annotations.NullMarked;
