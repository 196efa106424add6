/// How rows get from the task that made them to the task that owns their key.
///
/// Read [KeyRouter], then [Inbox]. Rows are never copied: each task gets a view of the batch. Must not know operators or
/// threads; a router belongs to the task that fills it, an inbox to the trigger thread between two rounds of work.
@NullMarked
package dev.thalweg.execution.exchange;

import org.jspecify.annotations.NullMarked;
