/// MATCH_RECOGNIZE: rows of a partition, in the order of time, against a pattern.
///
/// [dev.thalweg.execution.operator.match.Program] is the pattern as instructions,
/// [dev.thalweg.execution.operator.match.Matcher] runs it over rows and knows neither columns nor state, and
/// [dev.thalweg.execution.operator.match.MatchRecognizeOperator] keeps rows until the watermark says that none is missing.
/// Start with the last. Each operator runs on its task's thread.
@NullMarked
package dev.thalweg.execution.operator.match;

import org.jspecify.annotations.NullMarked;
