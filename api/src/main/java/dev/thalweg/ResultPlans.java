package dev.thalweg;

import dev.thalweg.execution.trigger.QuerySpec;
import dev.thalweg.planner.explain.ExplainedResult;
import dev.thalweg.planner.incremental.IncrementalPlanner;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.Rewrite;
import dev.thalweg.planner.incremental.SharedPlan;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The results of one query, each planned in its own output mode, and then together.
///
/// @param whole all that runs
/// @param outputs what each result is made by, and where it goes
record ResultPlans(StreamPlan whole, List<QuerySpec.Output> outputs) {
    ResultPlans {
        outputs = List.copyOf(outputs);
    }

    /// **Errors** what a result cannot be in its output mode, with the result's name where there are several
    ///
    /// @param stateTtl of the query, in microseconds
    static ResultPlans of(List<PlannedResult> results, RuntimeConfig config, Optional<Long> stateTtl) {
        List<StreamPlan> plans = new ArrayList<>();
        Set<Rewrite> rewrites = results.size() == 1 ? Rewrite.ALL : Rewrite.OF_SEVERAL;
        for (int i = 0; i < results.size(); i++) {
            PlannedResult result = results.get(i);
            OutputMode mode = result.mode().toPlan();
            try {
                plans.add(IncrementalPlanner.stream(result.plan(), config.running(mode, stateTtl), rewrites));
            } catch (InvalidQuery e) {
                throw results.size() == 1
                        ? e
                        : e.of("In " + ExplainedResult.name(i, results.size(), result.into(), mode));
            }
        }
        SharedPlan shared = plans.size() == 1 ? new SharedPlan(plans.getFirst(), plans) : SharedPlan.of(plans);
        List<QuerySpec.Output> outputs = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            PlannedResult result = results.get(i);
            outputs.add(new QuerySpec.Output(result.into(), shared.outputs().get(i), result.target()));
        }
        return new ResultPlans(shared.whole(), outputs);
    }

    List<ExplainedResult> explained() {
        return outputs.stream().map(output -> new ExplainedResult(output.into(), output.plan())).toList();
    }
}
