package dev.thalweg.execution.trigger;

import dev.thalweg.execution.trigger.QuerySpec.Target.ToConsumer;
import dev.thalweg.execution.trigger.QuerySpec.Target.ToResultTable;
import dev.thalweg.execution.trigger.QuerySpec.Target.ToSink;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Chooses how a query's result is handed over, and opens its sink. Refuses a sink that cannot take what the plan gives.
final class Outlets {
    private final Engine engine;
    private final QuerySpec spec;
    private final Optional<SinkProvider> provider;
    private final Accepts accepts;

    Outlets(Engine engine, QuerySpec spec) {
        this.engine = engine;
        this.spec = spec;
        this.provider = spec.target() instanceof ToSink sink
                ? Optional.of(engine.connectors().sink(sink.format()))
                : Optional.empty();
        this.accepts = new SinkChoice(spec.plan(), name()).choose(accepted());
        if (spec.target() instanceof ToSink sink) {
            provider.ifPresent(one -> one.check(sink.options(), SinkChoice.schema(spec.plan(), accepts)));
        }
    }

    private Set<Accepts> accepted() {
        return switch (spec.target()) {
            case ToSink sink -> provider.map(one -> one.accepts(sink.options())).orElse(Set.of());
            case ToResultTable _ -> EnumSet.allOf(Accepts.class);
            case ToConsumer _ -> EnumSet.of(Accepts.APPEND, Accepts.UPSERT, Accepts.CHANGES, Accepts.COMPLETE);
        };
    }

    String name() {
        return switch (spec.target()) {
            case ToSink sink -> "sink '" + sink.format() + "'";
            case ToResultTable _ -> "a result table";
            case ToConsumer _ -> "foreachBatch";
        };
    }

    boolean allowsTemporaryCheckpoint() {
        return switch (spec.target()) {
            case ToSink _ -> provider.map(SinkProvider::allowsTemporaryCheckpoint).orElse(false);
            case ToResultTable _ -> true;
            case ToConsumer _ -> true;
        };
    }

    Outlet open(QueryCheckpoint checkpoint) {
        return switch (spec.target()) {
            case ToSink sink -> new SinkOutlet(provider.orElseThrow().open(sink.options(),
                    SinkChoice.schema(spec.plan(), accepts), context(checkpoint, sink)));
            case ToResultTable _ -> throw new UnsupportedOperationException("result table");
            case ToConsumer(QuerySpec.TriggerConsumer consumer) -> new ConsumerOutlet(consumer);
        };
    }

    private SinkContext context(QueryCheckpoint checkpoint, ToSink sink) {
        return new SinkContext(checkpoint.sink(), accepts, spec.plan().key().orElse(List.of()), sink.partitionBy(),
                checkpoint.id().toString(), engine.output(), engine.clock(), checkpoint.zone(), spec.name());
    }
}
