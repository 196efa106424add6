/// State in RocksDB: one committed version for each task, written behind the triggers, read when a query starts and where
/// entries were dropped from memory.
///
/// Read `TaskDatabase` first, then `MergedChanges` for how the log of many triggers becomes one sorted pass. Must not
/// know tables in memory. Everything here belongs to the one background thread of a store, except while a store opens.
@NullMarked
package dev.thalweg.state.rocks;

import org.jspecify.annotations.NullMarked;
