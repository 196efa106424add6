/// State in RocksDB: one committed version for each task, written behind the triggers and read only when a query starts.
///
/// Read `TaskDatabase` first, then `MergedChanges` for how the log of many triggers becomes one sorted pass. Must not know tables in
/// memory. Everything here belongs to the one background thread of a store, except while a store opens.
@NullMarked
package dev.thalweg.state.rocks;

import org.jspecify.annotations.NullMarked;
