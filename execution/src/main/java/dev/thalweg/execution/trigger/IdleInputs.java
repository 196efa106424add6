package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Which inputs of a query bring nothing, so that a union or a join need not wait for them: told by the clock of the triggers,
/// and recorded with each, so that one that runs again decides alike.
///
/// An input stays idle until it brings something, over a restart too. One that was not idle is given its whole time again when
/// the query starts.
///
/// **Thread** the query's trigger thread.
final class IdleInputs {
    private final List<SourceInput<?>> inputs;
    private final EdgeWatermarks edges;
    /// 0: never idle.
    private final long[] timeoutMillis;
    private final long[] heardMillis;
    private final boolean[] idle;
    private long askedMillis;

    /// @param startMillis when the query started
    /// @param idle those that were, by their number
    IdleInputs(List<SourceInput<?>> inputs, EdgeWatermarks edges, IdleTimeouts timeouts, long startMillis,
            List<Integer> idle) {
        this.inputs = inputs;
        this.edges = edges;
        this.timeoutMillis = new long[inputs.size()];
        this.heardMillis = new long[inputs.size()];
        this.idle = new boolean[inputs.size()];
        this.askedMillis = startMillis;
        for (int i = 0; i < inputs.size(); i++) {
            PlanNode.Scan scan = inputs.get(i).scan();
            timeoutMillis[i] = edges.meetsOthers(scan) ? timeouts.of(scan.table().name()) : 0;
            heardMillis[i] = startMillis;
            this.idle[i] = idle.contains(i) && timeoutMillis[i] > 0;
        }
    }

    /// Those that are idle in a trigger at that time, once it is decided how far it reads.
    List<Integer> at(long clockMillis) {
        askedMillis = clockMillis;
        List<Integer> silent = new ArrayList<>();
        for (int i = 0; i < idle.length; i++) {
            boolean isSilent = timeoutMillis[i] > 0 && !inputs.get(i).isNew()
                    && (idle[i] || clockMillis - heardMillis[i] >= timeoutMillis[i]);
            if (isSilent) {
                silent.add(i);
            }
        }
        return silent;
    }

    /// Whether time moves on if these are left out, without any row.
    boolean moveTime(List<Integer> silent) {
        return !silent.isEmpty() && edges.moveWithout(scans(silent));
    }

    /// A trigger runs with these left out.
    void begin(List<Integer> silent) {
        edges.leaveOut(scans(silent));
    }

    private List<PlanNode> scans(List<Integer> silent) {
        return silent.stream().map(number -> (PlanNode) inputs.get(number).scan()).toList();
    }

    /// The trigger is done, and has read as far as it was decided.
    void end(TriggerRecord record) {
        for (int i = 0; i < idle.length; i++) {
            idle[i] = record.idle().contains(i);
            if (inputs.get(i).isNew()) {
                heardMillis[i] = record.clockMillis();
            }
        }
    }

    /// When the next input will be idle if it goes on to bring nothing; those that were so when [#at] was asked last are past.
    OptionalLong nextMillis() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < idle.length; i++) {
            long due = heardMillis[i] + timeoutMillis[i];
            if (timeoutMillis[i] > 0 && due > askedMillis) {
                next = Math.min(next, due);
            }
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }
}
