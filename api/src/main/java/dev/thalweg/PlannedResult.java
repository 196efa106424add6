package dev.thalweg;

import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.streaming.OutputMode;
import java.util.Optional;

/// A result that a query is to give: what is computed, and where it goes.
///
/// @param into where it goes, for people: such as `table finals`
/// @param query the name that a query with this result alone has
/// @param options of the target; the engine's own are read from them
/// @param shownAs the table of the catalog by which it is read, where the engine keeps it
/// @param afterwards what is left to do when the query has started
record PlannedResult(LogicalPlan plan, String into, Optional<String> query, OutputMode mode, Target target,
        TargetOptions options, Optional<String> shownAs, Runnable afterwards) {
    /// A result that goes to a sink or to the program's own code.
    static PlannedResult into(Target target, LogicalPlan plan, Optional<String> query, OutputMode mode,
            TargetOptions options) {
        return new PlannedResult(plan, place(target), query, mode, target, options, Optional.empty(), () -> {});
    }

    private static String place(Target target) {
        return switch (target) {
            case Target.ToSink sink -> "sink " + sink.format() + sink.options().text("path").map(path -> " " + path)
                    .orElse("");
            case Target.ToResultTable _ -> "result table";
            case Target.ToConsumer _ -> "foreachBatch";
        };
    }

    /// A result that is a table of the catalog.
    static PlannedResult shown(String name, LogicalPlan plan, String query, OutputMode mode, TargetOptions options) {
        return new PlannedResult(plan, "table " + name, Optional.of(query), mode, new Target.ToResultTable(), options,
                Optional.of(name), () -> {});
    }

    PlannedResult then(Runnable more) {
        return new PlannedResult(plan, into, query, mode, target, options, shownAs, more);
    }

    /// A result that messages know by the table of the catalog that describes its sink.
    PlannedResult named(String table) {
        return new PlannedResult(plan, "table " + table, query, mode, target, options, shownAs, afterwards);
    }

    /// The entry of the catalog that shows it, if one does.
    ///
    /// @param running the query that gives it, as its result number `output`
    Optional<CatalogEntry.Result> entry(String running, int output) {
        return shownAs.map(name -> new CatalogEntry.Result(name, plan.shownSchema(), running, output));
    }
}
