/// Carries out scripts and shows what they answer, as a table, CSV or JSON. Start at `ScriptRunner`.
///
/// Statements run on the caller's thread; the output of a streaming SELECT is shown on its query's thread.
@NullMarked
package dev.thalweg.cli.run;

import org.jspecify.annotations.NullMarked;
