package dev.thalweg.execution.trigger;

import dev.thalweg.execution.trigger.OpenQuery.Resources;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// How the results of a query are handed over, all of them together: what one of them needs, the query does.
final class ResultOutlets implements AutoCloseable {
    private final QuerySpec spec;
    private final List<Outlets> all;

    /// **Errors** whatever is wrong with a sink's options or with a sink for its part of the plan
    ResultOutlets(Engine engine, QuerySpec spec) {
        this.spec = spec;
        this.all = IntStream.range(0, spec.outputs().size())
                .mapToObj(i -> named(spec, i, () -> new Outlets(engine, spec, i))).toList();
    }

    /// What is wrong with one of several results is told of it.
    private static <T> T named(QuerySpec spec, int number, Supplier<T> opening) {
        try {
            return opening.get();
        } catch (InvalidQuery e) {
            throw spec.name(number).map(name -> e.of("In " + name)).orElse(e);
        } catch (InvalidOption e) {
            throw spec.name(number).map(name -> e.of("In " + name)).orElse(e);
        }
    }

    String name() {
        return all.stream().map(Outlets::name).collect(Collectors.joining(" and "));
    }

    boolean allowsTemporaryCheckpoint() {
        return all.stream().allMatch(Outlets::allowsTemporaryCheckpoint);
    }

    /// Opens the connectors' sinks: recovery asks them what they have.
    void openSinks(QueryCheckpoint checkpoint) {
        for (int i = 0; i < all.size(); i++) {
            Outlets choice = all.get(i);
            named(spec, i, () -> {
                choice.openSink(checkpoint);
                return choice;
            });
        }
    }

    /// The last trigger that any sink has committed, where one can tell: then it is never run again, and the others commit it
    /// from their stage.
    OptionalLong lastCommitted() {
        return all.stream().map(Outlets::lastCommitted).flatMapToLong(OptionalLong::stream).max();
    }

    /// Whether some result is kept as state.
    boolean keepsResult() {
        return all.stream().anyMatch(Outlets::keepsResult);
    }

    /// Whether the results are state and nothing else, durable with the trigger's changes.
    boolean isState() {
        return all.stream().allMatch(Outlets::isState);
    }

    /// Whether output acts before the trigger is committed, so that the trigger must be on record before it runs.
    boolean actsAtOnce() {
        return all.stream().anyMatch(Outlets::actsAtOnce);
    }

    /// Whether the next trigger may read and compute before one is committed.
    boolean mayStayOpen() {
        return all.stream().allMatch(Outlets::mayStayOpen);
    }

    /// @param tables makes the tables that keep the whole of a result, where they are needed
    OutletGroup open(IntFunction<ResultTables> tables, BufferAllocator allocator) {
        List<Outlet> outlets = new ArrayList<>();
        try {
            for (int i = 0; i < all.size(); i++) {
                int number = i;
                outlets.add(all.get(i).open(() -> tables.apply(number), allocator));
            }
            return new OutletGroup(outlets, all.stream().map(Outlets::canTell).toList());
        } catch (RuntimeException e) {
            outlets.forEach(Outlet::close);
            throw e;
        }
    }

    @Override
    public void close() {
        Resources sinks = new Resources();
        all.forEach(sinks::add);
        sinks.close();
    }
}
