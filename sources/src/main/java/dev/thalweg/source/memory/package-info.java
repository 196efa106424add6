/// The session's memory tables as a source: what a program adds, a query reads.
///
/// Read [MemorySource] first. Rows live in `MemoryTables`, which the session owns. Programs add rows from any thread; the
/// trigger thread reads.
@NullMarked
package dev.thalweg.source.memory;

import org.jspecify.annotations.NullMarked;
