/// Shows the output of each trigger as a table; nothing is kept.
///
/// Read [ConsoleSink] first. It writes through the session's `Output` alone. The trigger thread calls it.
@NullMarked
package dev.thalweg.sink.console;

import org.jspecify.annotations.NullMarked;
