package dev.thalweg.execution.trigger;

import dev.thalweg.execution.exchange.Inbox;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;

/// One task's copy of a fragment: its steps, where batches enter it and where they leave.
///
/// **Thread** one task at a time.
final class FragmentTask implements AutoCloseable {
    private final TaskContext context;
    private final Exits exits;
    private final List<Step> steps; // inputs before their consumers
    private final IdentityHashMap<PlanNode, Port> leaves;
    private final List<Entry> entries;

    /// An exchange by which rows come in, and those that wait there.
    record Entry(PlanNode.Exchange exchange, Port port, Inbox inbox) {}

    FragmentTask(TaskContext context, Exits exits, Wiring wiring) {
        this.context = context;
        this.exits = exits;
        this.steps = List.copyOf(wiring.steps);
        this.leaves = wiring.leaves;
        this.entries = List.copyOf(wiring.entries);
    }

    /// What [WireFragment] made: the steps, and the ports by which batches enter.
    static final class Wiring {
        final List<Step> steps = new ArrayList<>();
        final IdentityHashMap<PlanNode, Port> leaves = new IdentityHashMap<>();
        final List<Entry> entries = new ArrayList<>();
    }

    TaskContext context() {
        return context;
    }

    Exits exits() {
        return exits;
    }

    List<Step> steps() {
        return steps;
    }

    boolean hasLeaf(PlanNode node) {
        return leaves.containsKey(node);
    }

    Port leaf(PlanNode node) {
        Port port = leaves.get(node);
        if (port == null) {
            throw new IllegalArgumentException("not a leaf of this fragment: " + node);
        }
        return port;
    }

    /// What waits at an exchange for this task; other tasks' rows are put there between rounds.
    Inbox inbox(PlanNode.Exchange exchange) {
        for (Entry entry : entries) {
            if (entry.exchange().isSame(exchange)) {
                return entry.inbox();
            }
        }
        throw new IllegalArgumentException("not an entry of this fragment: " + exchange);
    }

    long waitingRows() {
        long rows = 0;
        for (Entry entry : entries) {
            rows += entry.inbox().rows();
        }
        return rows;
    }

    /// Takes in everything that waits at the fragment's exchanges.
    void drain() {
        for (Entry entry : entries) {
            drain(entry);
        }
    }

    private void drain(Entry entry) {
        Iterator<Batch> batches = entry.inbox().take().iterator();
        try {
            while (batches.hasNext()) {
                context.checkCancelled();
                entry.port().take(batches.next());
            }
        } finally {
            batches.forEachRemaining(Batch::close);
        }
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.inbox().close());
        steps.forEach(Step::close);
        exits.close();
        context.late().close();
    }
}
