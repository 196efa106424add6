package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.DropDuplicatesOperator.Shown;
import dev.thalweg.execution.operator.aggregate.AggregateDeclaration;
import dev.thalweg.execution.operator.aggregate.AggregateOperator;
import dev.thalweg.execution.operator.aggregate.PreAggregateOperator;
import dev.thalweg.execution.operator.join.AsofJoinOperator;
import dev.thalweg.execution.operator.join.Keeps;
import dev.thalweg.execution.operator.join.StreamJoinOperator;
import dev.thalweg.execution.operator.match.MatchRecognizeOperator;
import dev.thalweg.execution.operator.order.OrderOperators;
import dev.thalweg.execution.operator.order.OrderedRows;
import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.DropWithinWatermark;
import dev.thalweg.planner.incremental.JoinTime;
import dev.thalweg.planner.incremental.KeepInJoin;
import dev.thalweg.execution.operator.aggregate.SessionAggregateOperator;
import dev.thalweg.execution.operator.session.SessionAssignOperator;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.RecursiveUnion;
import dev.thalweg.planner.incremental.RowsApart;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// Makes the operator of a plan node for one task: the one place where traits become classes.
///
/// Stateless chains, watermarks and exchanges are not operators; the trigger loop runs them. State tables are called
/// `<place among the nodes that keep state>-<kind>.<table>`.
public final class OperatorFactory {
    private final StreamPlan plan;

    public OperatorFactory(StreamPlan plan) {
        this.plan = plan;
    }

    /// What a task lends to an operator.
    ///
    /// @param resumed W of the node's input: the watermark after the last committed trigger
    /// @param refusesLate whether the operator must refuse late rows itself; false where a stage below has done so
    /// @param ownsSingleton whether what goes to one task alone goes to this one
    /// @param clock of the trigger that runs, in microseconds
    public record Lending(StateTables tables, BufferAllocator allocator, Watermark resumed, boolean refusesLate,
            boolean ownsSingleton, LongSupplier clock) {
        Lending over(StateTables others) {
            return new Lending(others, allocator, resumed, refusesLate, ownsSingleton, clock);
        }
    }

    /// **Errors** `InvalidQuery` where the node has no rule for what its input does
    public Operator open(PlanNode node, Lending lending) {
        return forgetting(node, lending, lent -> bare(node, lent));
    }

    /// Lends tables that forget keys where they have a time to live.
    private Operator forgetting(PlanNode node, Lending lending, Function<Lending, Operator> opened) {
        OptionalLong micros = plan.traits(node).timeToLive(0);
        if (micros.isEmpty()) {
            return opened.apply(lending);
        }
        UsedKeys keys = new UsedKeys(lending.tables(), lending.allocator(), lending.clock(), micros.getAsLong());
        try {
            return new ForgettingOperator(opened.apply(lending.over(keys)), keys,
                    plan.traits(node).changes() == Changes.RETRACT,
                    node.inputs().stream().map(input -> plan.traits(input).boundedInput()).toList());
        } catch (RuntimeException e) {
            keys.close();
            throw e;
        }
    }

    private Operator bare(PlanNode node, Lending lending) {
        return switch (node) {
            case Aggregate aggregate -> aggregate(aggregate, false, lending);
            case Distinct distinct -> distinct(distinct, lending);
            case DropDuplicates duplicates -> dropDuplicates(duplicates, lending);
            case DropWithinWatermark within -> dropWithin(within, lending);
            case PlanNode.Union union -> new UnionOperator(union.schema());
            case PlanNode.SetOperation set -> setOperation(set, lending);
            case RecursiveUnion union when union.all() -> new RecursiveUnionAllOperator(union, lending.allocator());
            case RecursiveUnion union ->
                    new RecursiveUnionOperator(name(union), union, lending.tables(), lending.allocator());
            case PlanNode.AsofJoin join -> asofJoin(join, lending);
            case Sort sort -> new SortOperator(sort, bound(sort), lending.allocator());
            case Limit limit -> new LimitOperator(limit, lending.allocator());
            case PlanNode.Over over -> ordered(over, over.partition(), lending).over(over);
            case PlanNode.TopN top -> ordered(top, top.partition(), lending).top(top);
            case PlanNode.SessionAssign session -> sessions(session, lending);
            case PlanNode.SessionAggregate session -> sessionAggregate(session, lending);
            case PlanNode.ClockFilter filter -> clockFilter(filter, lending);
            case StaticJoin _,PlanNode.Recursion _,PlanNode.RecursiveRows _,PlanNode.Keyed _,PlanNode.Scan _,PlanNode.Values _,PlanNode.Filter _,PlanNode.Lives _,PlanNode.Project _,PlanNode.Watermark _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Exchange _ ->
                    throw new Defect("THW-9405", "No operator is made for " + node.getClass().getSimpleName()
                            + ". Please send the query and EXPLAIN INCREMENTAL of it.");
        };
    }

    /// The join of a task with a table that all tasks share. A RIGHT or FULL join must have one task only, because it
    /// gives out what no row has met.
    public Operator staticJoin(StaticJoin join, JoinTable table, Optional<JoinCondition> condition,
            BufferAllocator allocator) {
        return new StaticJoinOperator(join, table, condition, allocator);
    }

    /// A join of two inputs that both change. A batch query sees all at once, and complete mode keeps everything.
    public Operator streamJoin(PlanNode.StreamJoin join, Optional<JoinCondition> condition, Lending lending) {
        Optional<JoinTime> time = plan.traits(join).keepsAll() ? Optional.empty() : JoinTime.of(join);
        boolean inLoop = RecursiveUnion.isInLoop(join); // there each row must be handed on while the trigger runs
        List<Boolean> takenBack = join.inputs().stream()
                .map(input -> !inLoop && plan.traits(input).changes() == Changes.RETRACT).toList();
        List<Keeps> keeps = IntStream.range(0, 2).mapToObj(i -> keeps(join, i)).toList();
        return StreamJoinOperator.of(
                new StreamJoinOperator.Plan(name(join), join, time, plan.traits(join), takenBack, keeps), condition,
                lending);
    }

    private Keeps keeps(PlanNode.StreamJoin join, int side) {
        PlanNode input = join.inputs().get(side);
        if (KeepInJoin.of(join, side)) {
            return Keeps.EACH_ONCE;
        }
        return plan.traits(input).changes() == Changes.INSERT_ONLY && RowsApart.likely(input, plan)
                ? Keeps.EACH_APART
                : Keeps.COUNTED;
    }

    /// A match; its rows lie in the order of time in any case.
    public Operator match(MatchRecognize match, List<JoinCondition> conditions, Lending lending) {
        return forgetting(match, lending, lent -> {
            PlanNode input = match.input();
            KeyEncoder encoder = owned(match, KeyEncoder.of(input.schema(), match.partition(), OptionalInt.empty(),
                    lent.allocator()), lent.allocator());
            OrderedRows rows = new OrderedRows(name(match), input.schema(), encoder, match.order(), lent.tables(),
                    lent.allocator());
            return new MatchRecognizeOperator(match, new MatchRecognizeOperator.Parts(name(match), rows, conditions,
                    lateness(match, lent), lent.tables(), plan.traits(match).boundedInput()), lent.allocator());
        });
    }

    private Operator asofJoin(PlanNode.AsofJoin join, Lending lending) {
        Optional<JoinTime> time = plan.traits(join).keepsAll() ? Optional.empty() : JoinTime.of(join);
        return AsofJoinOperator.of(new AsofJoinOperator.Plan(name(join), join, time, plan.traits(join).emitsOnClose(),
                plan.traits(join.right()).boundedInput()), lending.tables(), lending.resumed(), lending.allocator());
    }

    /// Whether rows into a node can be folded before they travel to their tasks.
    public boolean isFoldable(PlanNode node) {
        return node instanceof Aggregate aggregate && declaration(aggregate, false).isFoldable();
    }

    /// What folds the rows into an aggregate; it judges their lateness where no stage has. [#openFolded] is to read it.
    ///
    /// @param panes that the rows have in place of their windows
    public Operator preAggregate(Aggregate aggregate, Optional<Panes> panes, Lending lending) {
        return new PreAggregateOperator(declaration(aggregate, false), panes, lateness(aggregate, lending),
                lending.resumed(), lending.allocator());
    }

    /// What travels from [#preAggregate] to [#openFolded]: the keys are its first columns.
    public RowType foldedType(Aggregate aggregate) {
        return declaration(aggregate, false).foldedType();
    }

    /// The operator that reads what [#preAggregate] gives.
    public Operator openFolded(Aggregate aggregate, Lending lending) {
        return forgetting(aggregate, lending, lent -> aggregate(aggregate, true, lent));
    }

    private Operator aggregate(Aggregate aggregate, boolean folded, Lending lending) {
        AggregateDeclaration declaration = declaration(aggregate, lending.ownsSingleton());
        KeyEncoder encoder = owned(aggregate, declaration.encoder(lending.allocator()), lending.allocator());
        Lateness lateness = folded ? Lateness.none() : lateness(aggregate, lending);
        return new AggregateOperator(declaration, encoder, folded, lending.tables(), lateness, lending.allocator());
    }

    private AggregateDeclaration declaration(Aggregate aggregate, boolean ownsSingleton) {
        StreamPlan.Traits traits = plan.traits(aggregate);
        return new AggregateDeclaration(name(aggregate), aggregate.input().schema(), aggregate.keys(),
                aggregate.calls(), aggregate.schema(), plan.traits(aggregate.input()).changes(), freedBy(aggregate),
                traits.emitsOnClose(), ownsSingleton);
    }

    private Operator distinct(Distinct distinct, Lending lending) {
        if (distinct.inJoin()) {
            return new LateRowsOperator(lateness(distinct, lending));
        }
        RowType type = distinct.schema();
        List<Integer> columns = IntStream.range(0, type.size()).boxed().toList();
        KeyEncoder encoder = owned(distinct, KeyEncoder.of(type, columns, freedBy(distinct), lending.allocator()),
                lending.allocator());
        Lateness lateness = lateness(distinct, lending);
        return plan.traits(distinct).changes() == Changes.INSERT_ONLY
                ? new DropDuplicatesOperator(name(distinct), encoder, type.sql(),
                        Shown.asKey(type, new KeyDecoder(encoder.layout()), lending.allocator()), lending.tables(),
                        lateness)
                : new CountedDistinctOperator(name(distinct), type, encoder, lending.tables(), lateness,
                        lending.allocator());
    }

    private Operator dropDuplicates(DropDuplicates duplicates, Lending lending) {
        if (plan.traits(duplicates.input()).changes() == Changes.RETRACT) {
            throw new Defect("THW-9409",
                    "dropDuplicates over rows that may be taken back passed the check of the plan.");
        }
        KeyEncoder encoder = owned(duplicates, KeyEncoder.of(duplicates.schema(), duplicates.keys(),
                freedBy(duplicates), lending.allocator()), lending.allocator());
        return new DropDuplicatesOperator(name(duplicates), encoder,
                duplicates.schema().select(duplicates.keys()).sql(), Shown.AS_IT_CAME, lending.tables(),
                lateness(duplicates, lending));
    }

    /// Keys lie where the exchange sent them, which puts the time first where it is one of theirs.
    private Operator dropWithin(DropWithinWatermark within, Lending lending) {
        OptionalInt leading = within.keys().contains(within.time())
                ? OptionalInt.of(within.time())
                : OptionalInt.empty();
        KeyEncoder encoder = owned(within, KeyEncoder.of(within.schema(), within.keys(), leading,
                lending.allocator()), lending.allocator());
        return new DropWithinWatermarkOperator(name(within), within, encoder, lending.tables(),
                lateness(within, lending), lending.allocator());
    }

    private Operator setOperation(PlanNode.SetOperation set, Lending lending) {
        KeyEncoder encoder = KeyEncoder.of(set.schema(), set.meetBy(0), freedBy(set), lending.allocator());
        return new SetOperationOperator(new SetOperationOperator.Declaration(name(set), set.kind(), set.all(),
                set.schema(), plan.traits(set).emitsOnClose()), encoder, lending.tables(), ownLateness(set, lending),
                lending.allocator());
    }

    /// Of a node that no stage below judges for: it has several inputs, or time says more than a row shows.
    private Lateness ownLateness(PlanNode node, Lending lending) {
        OptionalInt column = freedBy(node);
        return column.isPresent() ? Lateness.by(column.getAsInt(), lending.resumed()) : Lateness.none();
    }

    private Operator sessions(PlanNode.SessionAssign session, Lending lending) {
        StreamPlan.Traits traits = plan.traits(session);
        KeyEncoder encoder = owned(session, KeyEncoder.of(session.input().schema(), session.keys(), freedBy(session),
                lending.allocator()),
                lending.allocator());
        return new SessionAssignOperator(name(session), session, traits.freedBy().isPresent(), traits.emitsOnClose(),
                encoder, lending.tables(), lateness(session, lending), lending.allocator());
    }

    private Operator sessionAggregate(PlanNode.SessionAggregate node, Lending lending) {
        PlanNode.SessionAssign session = node.sessions();
        RowType row = session.schema();
        StreamPlan.Traits traits = plan.traits(node);
        OptionalInt freedBy = traits.freedBy().isPresent() ? OptionalInt.of(row.size() - 1) : OptionalInt.empty();
        AggregateDeclaration spec = new AggregateDeclaration(name(node), row, node.groups().keys(),
                node.groups().calls(), node.schema(), plan.traits(session.input()).changes(), freedBy,
                traits.emitsOnClose(), false);
        if (!spec.isFoldable() || !(session.gap() instanceof Expression.Literal gap)) {
            throw new Defect("THW-9443", "Sessions were fused with an aggregate that cannot be merged: "
                    + node.groups().calls() + ". Please send the query.");
        }
        long micros = gap.value() instanceof Long constant ? constant : 0;
        return new SessionAggregateOperator(spec, new SessionAggregateOperator.Sessions(session.time(), micros,
                session.keys()), encoders(node, spec, lending.allocator()), lending.tables(), lateness(node, lending),
                lending.allocator());
    }

    /// All keys live in the key groups by which the rows were sent here.
    private SessionAggregateOperator.Encoders encoders(PlanNode.SessionAggregate node, AggregateDeclaration spec,
            BufferAllocator allocator) {
        List<Integer> keys = node.sessions().keys();
        RowType row = spec.input();
        RowType keyRow = row.select(keys);
        List<Integer> all = IntStream.range(0, keys.size()).boxed().toList();
        Optional<RowOwner> owner = RowOwner.of(plan, node);
        KeyEncoder ofRows = KeyEncoder.of(node.sessions().input().schema(), keys, freedBy(node), allocator);
        OptionalInt time = freedBy(node).isPresent()
                ? OptionalInt.of(keys.indexOf(freedBy(node).getAsInt()))
                : freedBy(node);
        KeyEncoder ofClosed = KeyEncoder.of(keyRow, all, time, allocator);
        KeyEncoder ofGroups = spec.encoder(allocator)
                .ownedBy(owner.map(sent -> sent.in(row).encoder(allocator))
                        .orElseGet(() -> KeyEncoder.of(row, keys, freedBy(node), allocator)));
        return new SessionAggregateOperator.Encoders(
                owner.map(sent -> ofRows.ownedBy(sent.encoder(allocator))).orElse(ofRows),
                owner.map(sent -> ofClosed.ownedBy(sent.among(keys, keyRow).encoder(allocator))).orElse(ofClosed),
                ofGroups);
    }

    private Operator clockFilter(PlanNode.ClockFilter filter, Lending lending) {
        RowType row = filter.schema();
        KeyEncoder owner = RowOwner.of(plan, filter).map(sent -> sent.encoder(lending.allocator()))
                .orElseGet(() -> KeyEncoder.of(row, filter.meetBy(0), lending.allocator()));
        return new ClockFilterOperator(name(filter), filter.bounds(),
                new ClockedRows(row, KeyEncoder.exact(row, lending.allocator()).ownedBy(owner), lending.allocator()),
                lending);
    }

    private OrderOperators ordered(PlanNode node, List<Integer> partition, Lending lending) {
        PlanNode input = node.inputs().getFirst();
        boolean byTime = node instanceof PlanNode.Over over && over.byTime();
        OptionalInt leading = byTime ? OptionalInt.empty() : freedBy(node);
        KeyEncoder encoder = owned(node, KeyEncoder.of(input.schema(), partition, leading, lending.allocator()),
                lending.allocator());
        return new OrderOperators(name(node), encoder, plan.traits(node), plan.traits(input).changes(),
                lending.tables(), byTime ? byOrder((PlanNode.Over) node, lending) : lateness(node, lending),
                lending.resumed(), lending.allocator());
    }

    private static Lateness byOrder(PlanNode.Over over, Lending lending) {
        PlanNode.SortKey time = over.order().getFirst();
        return Lateness.byOrder(time.column(), time.nullsFirst(), lending.resumed());
    }

    private OptionalInt freedBy(PlanNode node) {
        return plan.traits(node).freedBy().map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private Lateness lateness(PlanNode node, Lending lending) {
        OptionalInt column = freedBy(node);
        return column.isPresent() && lending.refusesLate()
                ? Lateness.by(column.getAsInt(), lending.resumed())
                : Lateness.none();
    }

    private KeyEncoder owned(PlanNode node, KeyEncoder encoder, BufferAllocator allocator) {
        return RowOwner.of(plan, node).map(owner -> encoder.ownedBy(owner.encoder(allocator))).orElse(encoder);
    }

    /// A limit right above a sort bounds what the sort must keep.
    private long bound(Sort sort) {
        for (PlanNode node : plan.nodes()) {
            if (node instanceof Limit(PlanNode input, long offset, long count) && input.isSame(sort)) {
                return count > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + count;
            }
        }
        return Long.MAX_VALUE;
    }

    /// Counts only the nodes that the plan's fingerprint lists, so that a filter or a projection that comes or goes renames no
    /// state. What is computed once, from bounded input, is counted by itself.
    private String name(PlanNode node) {
        boolean isBounded = plan.traits(node).boundedInput();
        int place = 0;
        for (PlanNode other : plan.nodes()) {
            if (other.isSame(node)) {
                return (isBounded ? "once" : "") + place + "-"
                        + node.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            }
            place += keepsState(other) && plan.traits(other).boundedInput() == isBounded ? 1 : 0;
        }
        throw new Defect("THW-9406", "A node is not in its own plan. Please send the query.");
    }

    private static boolean keepsState(PlanNode node) {
        return node instanceof Aggregate || node instanceof Distinct || node instanceof DropDuplicates
                || node instanceof PlanNode.Keyed;
    }
}
