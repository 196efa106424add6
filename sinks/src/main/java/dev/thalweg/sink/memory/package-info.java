/// Names the memory sink; its rows are state of the query, which the engine keeps and lets be queried.
///
/// Read [MemorySinkProvider] first. Must not hold rows.
@NullMarked
package dev.thalweg.sink.memory;

import org.jspecify.annotations.NullMarked;
