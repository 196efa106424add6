package dev.thalweg.cli.run;

import java.io.PrintStream;

/// Where the command writes: results to the one, progress and messages to the other.
///
/// @param isTerminal whether a person looks at the results as they come
public record Streams(PrintStream results, PrintStream messages, boolean isTerminal) {}
