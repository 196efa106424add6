package dev.thalweg;

import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.streaming.OutputMode;
import java.util.Optional;

/// A result that a query is to give: what is computed, and where it goes.
///
/// @param query the name that a query with this result alone has
/// @param options of the target; the engine's own are read from them
/// @param shownAs the table of the catalog by which it is read, where the engine keeps it
/// @param afterwards what is left to do when the query has started
record PlannedResult(LogicalPlan plan, Optional<String> query, OutputMode mode, Target target, TargetOptions options,
        Optional<String> shownAs, Runnable afterwards) {
    /// A result that goes to a sink or to the program's own code.
    static PlannedResult into(Target target, LogicalPlan plan, Optional<String> query, OutputMode mode,
            TargetOptions options) {
        return new PlannedResult(plan, query, mode, target, options, Optional.empty(), () -> {});
    }

    /// A result that is a table of the catalog.
    static PlannedResult shown(String name, LogicalPlan plan, String query, OutputMode mode, TargetOptions options) {
        return new PlannedResult(plan, Optional.of(query), mode, new Target.ToResultTable(), options, Optional.of(name),
                () -> {});
    }

    PlannedResult then(Runnable more) {
        return new PlannedResult(plan, query, mode, target, options, shownAs, more);
    }

    /// The entry of the catalog that shows it, if one does.
    ///
    /// @param running the query that gives it, as its result number `output`
    Optional<CatalogEntry.Result> entry(String running, int output) {
        return shownAs.map(name -> new CatalogEntry.Result(name, plan.shownSchema(), running, output));
    }
}
