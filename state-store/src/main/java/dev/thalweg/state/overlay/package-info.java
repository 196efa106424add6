/// The resident part of state: every entry in its newest version, in off-heap tables, with what it was when the trigger
/// began.
///
/// Read `ResidentTable` first, then `SlotStore` for where an entry lies. Must not know files or RocksDB. A table belongs
/// to its task; it is committed and aborted by the trigger thread while tasks rest.
@NullMarked
package dev.thalweg.state.overlay;

import org.jspecify.annotations.NullMarked;
