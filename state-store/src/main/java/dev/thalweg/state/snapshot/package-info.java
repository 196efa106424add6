/// Full copies of state at one version: where they lie, what makes them count, when they are deleted.
///
/// Read `Snapshots` first. Must not know RocksDB: a snapshot is files with checksums. Snapshots are written by the store's
/// background thread and read when a store opens.
@NullMarked
package dev.thalweg.state.snapshot;

import org.jspecify.annotations.NullMarked;
