package dev.thalweg.planner.explain;

import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import java.util.Locale;

/// One of several results of a query, for people.
///
/// @param into where it goes, such as `table finals`
/// @param plan the part of the query's plan that makes it
public record ExplainedResult(String into, StreamPlan plan) {
    /// How messages name it, such as `result 2 of 3 (table finals, output mode append)`.
    ///
    /// @param number from 0
    /// @param results how many there are
    public static String name(int number, int results, String into, OutputMode mode) {
        return "result " + (number + 1) + " of " + results + " (" + into + ", output mode "
                + mode.name().toLowerCase(Locale.ROOT) + ")";
    }
}
