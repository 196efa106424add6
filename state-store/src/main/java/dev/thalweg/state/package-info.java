/// Versioned keyed state and the trigger log: what a query must still know after a crash.
///
/// Read [KeyedState] for what an operator sees, `StateStore` for how versions are kept, `Checkpoint` and `TriggerLog` for
/// what lies on disk. Must not know plans, operators or connectors. An operator's table belongs to its task; the log and
/// commits belong to the trigger thread; RocksDB is written by one background thread.
@NullMarked
package dev.thalweg.state;

import org.jspecify.annotations.NullMarked;
