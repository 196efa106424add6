package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.source.ColumnRange;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A streaming scan of a running query: its source, and how far the query has taken it.
///
/// **Thread** the query's trigger thread; readers belong to tasks.
final class SourceInput<O extends Offset> implements AutoCloseable {
    private final PlanNode.Scan scan;
    private final int number;
    private final Source<O> source;
    private final List<ColumnRange> ranges;
    private final int batchRowsMax;
    private O taken;
    private O target;
    private boolean started;
    private final DroppedRows dropped = new DroppedRows();

    SourceInput(Place place, Source<O> source, int batchRowsMax) {
        this.scan = place.scan();
        this.ranges = place.ranges();
        this.number = place.number();
        this.source = source;
        this.batchRowsMax = batchRowsMax;
        this.taken = source.initial();
        this.target = taken;
    }

    /// Which scan of the plan it is.
    ///
    /// @param number among the plan's streaming scans
    /// @param ranges what the plan asks of its rows right away
    record Place(PlanNode.Scan scan, int number, List<ColumnRange> ranges) {}

    static SourceInput<?> of(Place place, Source<?> source, int batchRowsMax) {
        return new SourceInput<>(place, source, batchRowsMax);
    }

    /// Decides how far the next trigger reads.
    ///
    /// @return whether there is anything new
    boolean aim(ReadLimit limit) {
        target = source.latest(taken, limit);
        return isNew();
    }

    PlanNode.Scan scan() {
        return scan;
    }

    /// Whether the next trigger reads anything of it, as far as is decided.
    boolean isNew() {
        return !target.equals(taken);
    }

    /// What the source must remember of its offsets is durable afterwards.
    void settle() {
        source.settle();
    }

    /// What arrives from now on is not for this run.
    void holdToPresent() {
        source.holdToPresent(taken);
    }

    /// The next trigger reads as far as an earlier run of it did.
    void aim(String recorded) {
        target = source.parse(recorded);
    }

    /// This trigger reads nothing.
    void aimAtNothing() {
        target = taken;
    }

    List<SplitWork> splits() {
        OffsetRange<O> range = new OffsetRange<>(taken, target);
        List<SplitWork> work = new ArrayList<>();
        if (!range.isEmpty()) {
            for (Split split : source.plan(range)) {
                work.add(new SplitWork(scan, number, split.description(), allocator -> source.open(split,
                        new ReadRequest(scan.columns(), ranges, batchRowsMax, allocator, dropped))));
            }
        }
        return work;
    }

    /// The trigger is durable: the next one begins where it ended.
    void take() {
        taken = target;
        started = true;
    }

    void resume(String recorded) {
        taken = source.parse(recorded);
        target = taken;
        started = true;
    }

    /// To be run once nothing up to what is the taken offset now will be asked for again.
    Runnable forgetTaken() {
        O offset = taken;
        return started ? () -> source.commit(offset) : () -> {};
    }

    boolean isExhausted() {
        return source.isExhausted(taken);
    }

    Optional<Duration> onAvailable(Runnable wakeUp) {
        return source.onAvailable(wakeUp);
    }

    /// Where the next trigger begins; empty before the first.
    Optional<String> takenJson() {
        return started ? Optional.of(taken.json()) : Optional.empty();
    }

    String targetJson() {
        return target.json();
    }

    String description() {
        return source.description();
    }

    /// What a documented policy has left out since the query started.
    DroppedRows dropped() {
        return dropped;
    }

    @Override
    public void close() {
        source.close();
    }
}
