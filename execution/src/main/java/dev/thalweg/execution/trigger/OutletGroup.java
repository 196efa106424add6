package dev.thalweg.execution.trigger;

import dev.thalweg.execution.trigger.OpenQuery.Resources;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// Where the results of a query leave the engine, an outlet each, in the order of its outputs. A trigger is staged in all of
/// them before it is committed in the first. Those that cannot tell what they have commit before those that can: if the
/// process dies in between, the trigger runs again, and they show it twice rather than never.
///
/// **Thread** as of [Outlet].
final class OutletGroup implements AutoCloseable {
    private final List<Outlet> outlets;
    private final List<Outlet> inCommitOrder;

    /// @param canTell of each outlet whether it knows after a crash what it has committed
    OutletGroup(List<Outlet> outlets, List<Boolean> canTell) {
        this.outlets = List.copyOf(outlets);
        this.inCommitOrder = IntStream.range(0, outlets.size()).boxed().sorted(Comparator.comparing(canTell::get))
                .map(outlets::get).toList();
    }

    void begin(long trigger) {
        outlets.forEach(outlet -> outlet.begin(trigger));
    }

    void take(int output, Batch batch) {
        outlets.get(output).take(batch);
    }

    /// @param watermarks of each result, where it has one
    void stage(long trigger, IntFunction<OptionalLong> watermarks) {
        for (int i = 0; i < outlets.size(); i++) {
            Outlet outlet = outlets.get(i);
            try {
                outlet.stage(new TriggerInfo(trigger, watermarks.apply(i)));
            } catch (RuntimeException e) {
                throw OperatorFailure.in("Sink " + outlet.description(), e);
            }
        }
    }

    void commit(long trigger) {
        for (Outlet outlet : inCommitOrder) {
            try {
                outlet.commit(trigger);
            } catch (RuntimeException e) {
                throw OperatorFailure.in("Sink " + outlet.description(), e);
            }
        }
    }

    /// Runs what makes the trigger's state the committed one; nobody reads any result meanwhile.
    void committing(Runnable commit) {
        Runnable all = commit;
        for (Outlet outlet : outlets) {
            Runnable inner = all;
            all = () -> outlet.committing(inner);
        }
        all.run();
    }

    int size() {
        return outlets.size();
    }

    Optional<List<Batch>> read(int output, BufferAllocator reader) {
        return outlets.get(output).read(reader);
    }

    String description() {
        return outlets.stream().map(Outlet::description).collect(Collectors.joining(" and "));
    }

    /// Rows given out by the last trigger, by all together.
    long rows() {
        return outlets.stream().mapToLong(Outlet::rows).sum();
    }

    @Override
    public void close() {
        Resources open = new Resources();
        outlets.forEach(open::add);
        open.close();
    }
}
