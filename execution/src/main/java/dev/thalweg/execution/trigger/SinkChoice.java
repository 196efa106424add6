package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.sink.Accepts;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what kinds of change a sink is handed, by output mode, plan and what the sink can take (DESIGN §9).
final class SinkChoice {
    private static final Logger LOG = LoggerFactory.getLogger(SinkChoice.class);

    private final StreamPlan plan;
    private final String sink;

    /// @param sink as messages name it
    SinkChoice(StreamPlan plan, String sink) {
        this.plan = plan;
        this.sink = sink;
    }

    /// **Errors** `THW-3035` when the sink cannot take what the mode gives
    Accepts choose(Set<Accepts> accepted) {
        return switch (plan.mode()) {
            case APPEND -> need(Accepts.APPEND, accepted);
            case COMPLETE -> need(Accepts.COMPLETE, accepted);
            case CHANGELOG -> need(Accepts.CHANGES, accepted);
            case UPDATE -> update(accepted);
        };
    }

    private Accepts need(Accepts wanted, Set<Accepts> accepted) {
        if (accepted.contains(wanted)) {
            return wanted;
        }
        throw new InvalidQuery("THW-3035", "The " + sink + " does not take output mode "
                + plan.mode().name().toLowerCase(Locale.ROOT) + "; it takes " + modes(accepted)
                + ". Choose one of them with the option outputMode, or another sink.");
    }

    private static String modes(Set<Accepts> accepted) {
        return String.join(", ", accepted.stream().map(kind -> switch (kind) {
            case APPEND -> "append";
            case UPSERT, UPSERT_DELETE -> "update";
            case CHANGES -> "changelog";
            case COMPLETE -> "complete";
        }).distinct().sorted().toList());
    }

    private Accepts update(Set<Accepts> accepted) {
        if (accepted.contains(Accepts.UPSERT_DELETE)) {
            return Accepts.UPSERT_DELETE;
        }
        boolean insertOnly = plan.traits(plan.root()).changes() == Changes.INSERT_ONLY;
        if (insertOnly && accepted.contains(Accepts.APPEND)) {
            return Accepts.APPEND; // rows that never change: update and append are the same
        }
        if (!accepted.contains(Accepts.UPSERT)) {
            return need(Accepts.UPSERT, accepted);
        }
        if (plan.mayDelete()) {
            LOG.warn(
                    "The {} is told of new and changed rows, but not of rows that vanish, and this query's rows may vanish"
                            + " (see 'may delete' in EXPLAIN INCREMENTAL). Output mode changelog shows every change.",
                    sink);
        }
        return Accepts.UPSERT;
    }
}
