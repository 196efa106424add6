/// The interactive shell, and the table that a streaming SELECT keeps up to date on a terminal. Start at `Shell`.
///
/// The shell reads on the main thread and carries out each statement on one of its own, so that Ctrl-C can end the one
/// without the other.
@NullMarked
package dev.thalweg.cli.shell;

import org.jspecify.annotations.NullMarked;
