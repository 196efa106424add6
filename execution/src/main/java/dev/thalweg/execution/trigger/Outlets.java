package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.SinkChanges;
import dev.thalweg.execution.operator.SortedResult;
import dev.thalweg.execution.operator.order.OrderOperators;
import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.execution.trigger.QuerySpec.Target.ToConsumer;
import dev.thalweg.execution.trigger.QuerySpec.Target.ToResultTable;
import dev.thalweg.execution.trigger.QuerySpec.Target.ToSink;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/// Chooses how one result of a query is handed over, and opens where it goes. Refuses a sink that cannot take what the plan
/// gives.
final class Outlets implements AutoCloseable {
    private final Engine engine;
    private final QuerySpec spec;
    private final int number;
    private final Target destination;
    private final StreamPlan plan;
    private final Optional<SinkProvider> provider;
    private final Accepts accepts;
    private Optional<Sink> sink = Optional.empty();

    /// **Errors** whatever is wrong with the sink's options or with the sink for this plan
    ///
    /// @param number of the result among the query's
    Outlets(Engine engine, QuerySpec spec, int number) {
        this.engine = engine;
        this.spec = spec;
        this.number = number;
        this.destination = spec.outputs().get(number).target();
        this.plan = spec.outputs().get(number).plan();
        this.provider = destination instanceof ToSink target
                ? Optional.of(engine.connectors().sink(target))
                : Optional.empty();
        this.accepts = new SinkChoice(plan, name()).choose(accepted());
        if (destination instanceof ToSink target) {
            provider.ifPresent(one -> one.check(target.options(), outputType()));
        }
    }

    private RowType outputType() {
        return SinkChanges.outputType(accepts, plan.schema());
    }

    private Set<Accepts> accepted() {
        return switch (destination) {
            case ToSink target -> provider.map(one -> one.accepts(target.options())).orElse(Set.of());
            case ToResultTable _ -> EnumSet.allOf(Accepts.class);
            case ToConsumer _ -> EnumSet.of(Accepts.APPEND, Accepts.UPSERT, Accepts.CHANGES, Accepts.COMPLETE);
        };
    }

    String name() {
        return switch (destination) {
            case ToSink target -> "sink '" + target.format() + "'";
            case ToResultTable _ -> "result table";
            case ToConsumer _ -> "foreachBatch consumer";
        };
    }

    /// Whether the engine keeps the result itself, so that nothing is handed to a sink.
    private boolean isTable() {
        return destination instanceof ToResultTable || provider.map(SinkProvider::isMaterialized).orElse(false);
    }

    boolean allowsTemporaryCheckpoint() {
        return isTable() || provider.map(SinkProvider::allowsTemporaryCheckpoint).orElse(true);
    }

    /// Opens the connector's sink, if there is one: recovery asks it what it has.
    void openSink(QueryCheckpoint checkpoint) {
        if (!isTable() && destination instanceof ToSink target) {
            sink = provider.map(one -> one.open(target.options(), outputType(), context(checkpoint, target)));
        }
    }

    private SinkContext context(QueryCheckpoint checkpoint, ToSink target) {
        return new SinkContext(checkpoint.sink(number), accepts, plan.key().orElse(List.of()), target.partitionBy(),
                checkpoint.id().toString(), engine.output(), engine.clock(), checkpoint.zone(), spec.name(),
                engine.probe().sinkSteps());
    }

    /// Whether the sink knows after a crash what it has committed.
    boolean canTell() {
        return sink.filter(Sink::isTransactional).isPresent();
    }

    /// The last trigger that the sink has committed, where it can tell.
    OptionalLong lastCommitted() {
        return sink.filter(Sink::isTransactional).map(Sink::lastCommitted).orElse(OptionalLong.empty());
    }

    /// Whether the whole result is kept as state, to be shown or handed over.
    boolean keepsResult() {
        return isTable() || accepts == Accepts.COMPLETE;
    }

    /// Whether the result is state and nothing else, durable with the trigger's changes.
    boolean isState() {
        return isTable();
    }

    /// Whether output acts before the trigger is committed, so that the trigger must be on record before it runs.
    boolean actsAtOnce() {
        return destination instanceof ToConsumer || sink.map(Sink::actsAtOnce).orElse(false);
    }

    /// Whether the next trigger may read and compute before one is committed. Not where the result is state: who reads it must
    /// find the last committed trigger there. Nor where output acts at once: it has nothing left to wait for.
    boolean mayStayOpen() {
        return !keepsResult() && !actsAtOnce();
    }

    /// @param tables makes the tables that keep the whole result, where they are needed
    Outlet open(Supplier<ResultTables> tables, BufferAllocator allocator) {
        if (isTable()) {
            return new TableOutlet(tables.get());
        }
        Outlet outlet = destination instanceof ToConsumer(QuerySpec.TriggerConsumer consumer)
                ? new ConsumerOutlet(consumer, outputType())
                : new SinkOutlet(sink.orElseThrow());
        return accepts == Accepts.COMPLETE
                ? complete(tables.get(), outlet, allocator)
                : new ChangesOutlet(changes(allocator), outlet);
    }

    private Outlet complete(ResultTables tables, Outlet sink, BufferAllocator allocator) {
        return new TableOutlet(tables, Optional.of(sink), plan.order().isEmpty()
                ? tables::emitAll
                : take -> SortedResult.handOver(tables::emitAll, plan.schema(), plan.order(), allocator, take));
    }

    private SinkChanges changes(BufferAllocator allocator) {
        SinkChanges changes = new SinkChanges(accepts, plan.schema(), plan.key(), plan.traits(plan.root()).changes(),
                isNet(), allocator);
        changes.lose(engine.probe().lostChanges());
        return changes;
    }

    /// A session is known by its start, but its old row is that of another group.
    private boolean isNet() {
        return plan.key().isPresent() && isNet(plan.root(), plan.key().get())
                && plan.nodes().stream().noneMatch(PlanNode.SessionAssign.class::isInstance);
    }

    /// Whether a key's old row comes right before its new one, once a trigger: an aggregate emits them so, and the few first rows
    /// of a partition by their places.
    ///
    /// @param key columns of the node
    private boolean isNet(PlanNode node, List<Integer> key) {
        return switch (node) {
            case PlanNode.Aggregate _ -> true;
            case PlanNode.TopN top -> OrderOperators.isNet(top, plan.traits(top.input()).changes())
                    && (top.count() == 1 || key.contains(top.schema().size() - 1));
            case PlanNode.Project project -> {
                List<Integer> below = key.stream().map(project.expressions()::get)
                        .map(expression -> expression instanceof Expression.Input(int column, _, _) ? column : -1)
                        .toList();
                yield isNet(project.input(), below);
            }
            case PlanNode.Filter filter -> isNet(filter.input(), key);
            case PlanNode.Lives lives -> isNet(lives.input(), key);
            default -> false; // a rule: other changes are added up
        };
    }

    @Override
    public void close() {
        sink.ifPresent(Sink::close);
    }
}
