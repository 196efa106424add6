/// The `thalweg` command: its sub-commands, exit codes and messages. Start at `Main`.
///
/// What is shown to people is decided here and nowhere below: standard output carries results, standard error the rest.
/// Nothing that a program could want too may live here; it belongs to the API.
@NullMarked
package dev.thalweg.cli;

import org.jspecify.annotations.NullMarked;
