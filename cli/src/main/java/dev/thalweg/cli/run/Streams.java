package dev.thalweg.cli.run;

import java.io.InputStream;
import java.io.PrintStream;

/// What the command reads and writes: statements come from `input`, results go to the one, progress and messages to the
/// other.
///
/// @param isTerminal whether a person types the statements and looks at the results as they come
public record Streams(InputStream input, PrintStream results, PrintStream messages, boolean isTerminal) {}
