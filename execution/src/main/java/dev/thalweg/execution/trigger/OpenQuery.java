package dev.thalweg.execution.trigger;

import dev.thalweg.execution.memory.MemoryBudget;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.state.log.TriggerLog;
import java.util.ArrayList;
import java.util.List;

/// Everything a running query holds, in one place so that it is closed in one place: in the reverse of the order in which
/// it was opened, memory last.
///
/// @param staticSplits rows that are there once: read by trigger 0
/// @param tables beside the streams, each at one version in a trigger
/// @param actsAtOnce output acts before its trigger is committed
/// @param mayStayOpen the next trigger may begin before one is committed
record OpenQuery(QuerySpec spec, StreamPlan plan, MemoryBudget budget, QueryCheckpoint checkpoint, QueryState state,
        List<TaskContext> tasks, EdgeWatermarks edges, IdleInputs idle, List<SourceInput<?>> inputs,
        List<SplitWork> staticSplits, StaticTables tables, boolean actsAtOnce, boolean mayStayOpen,
        OutletGroup outlet, Dataflow dataflow,
        Resources resources)
        implements
            AutoCloseable {
    TriggerLog log() {
        return checkpoint.log();
    }

    String place() {
        return spec.name().map(name -> "query '" + name + "'").orElse("a query without a name");
    }

    String place(long trigger) {
        return place() + ", trigger " + trigger;
    }

    @Override
    public void close() {
        resources.close();
    }

    /// Closes what was opened, last first; what one throws does not keep the others open.
    static final class Resources implements AutoCloseable {
        private final List<AutoCloseable> open = new ArrayList<>();

        <T extends AutoCloseable> T add(T resource) {
            open.add(resource);
            return resource;
        }

        @Override
        public void close() {
            RuntimeException first = null;
            for (AutoCloseable resource : open.reversed()) {
                try {
                    resource.close();
                } catch (Exception e) {
                    RuntimeException error = e instanceof RuntimeException r ? r : new IllegalStateException(e);
                    if (first == null) {
                        first = error;
                    } else {
                        first.addSuppressed(error);
                    }
                }
            }
            open.clear();
            if (first != null) {
                throw first;
            }
        }
    }
}
