/// Keys as bytes: how the key columns of a batch become hashable, comparable byte strings and columns again, and the
/// table that finds them.
///
/// Must not know operators, state or plans beyond a `RowType`. Read [KeyLayout] for the format (it is part of the
/// checkpoint format), then [KeyEncoder], then [GroupTable], then [GroupFinder], which does
/// without encoding. Everything here belongs to one task.
@NullMarked
package dev.thalweg.execution.hash;

import org.jspecify.annotations.NullMarked;
