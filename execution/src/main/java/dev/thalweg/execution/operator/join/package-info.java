/// Joins of two inputs that both change: the rows kept of each side, found by their keys, and what they give together.
///
/// A join with a table that is read once is not here but in `operator`.
@NullMarked
package dev.thalweg.execution.operator.join;

import org.jspecify.annotations.NullMarked;
