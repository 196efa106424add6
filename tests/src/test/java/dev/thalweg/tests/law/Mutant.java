package dev.thalweg.tests.law;

import dev.thalweg.execution.trigger.CrashProbe;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.state.log.LogFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A bug that the engine could have, planted into the plan it runs or into the engine itself. The law must find each by a
/// result or a number of late rows that is wrong.
enum Mutant {
    /// No bug.
    NONE(plan -> plan),
    /// A watermark is a microsecond behind.
    WATERMARK_OFF_BY_ONE(Mutant::delayed),
    /// An aggregate in update mode that neither refuses rows nor lets go of groups.
    LATE_ROWS_KEPT(Mutant::neverFreed),
    /// Windows end a microsecond late.
    WINDOW_BOUNDARY_OFF_BY_ONE(Mutant::longerWindows),
    /// What an aggregate takes back does not reach the one above.
    LOST_RETRACTION(Mutant::takingNothingBack),
    /// Groups come out in append mode before they are final.
    EMITTED_BEFORE_CLOSED(Mutant::emittingAtOnce),
    /// The FILTER of an aggregate call lets all rows pass.
    FILTER_IGNORED(plan -> calls(plan, Mutant::withoutFilter)),
    /// DISTINCT in an aggregate call keeps all rows.
    DISTINCT_COUNTED_TWICE(plan -> calls(plan, Mutant::withoutDistinct)),
    /// There is no group of NULL.
    NULL_GROUP_DROPPED(plan -> PlanRewrite.nodes(plan, Mutant::withoutNullGroup)),
    /// The last branch of a union is lost.
    UNION_FORGETS_AN_INPUT(plan -> PlanRewrite.nodes(plan, Mutant::withOneInput)),
    /// What a join asks for besides equal keys is not asked.
    JOIN_CONDITION_IGNORED(plan -> PlanRewrite.nodes(plan, Mutant::withoutCondition)),
    /// NOT EXISTS keeps what EXISTS keeps.
    ANTI_JOIN_TURNED_ROUND(plan -> PlanRewrite.nodes(plan, Mutant::semiForAnti)),
    /// A join of streams forgets rows that match nothing.
    UNMATCHED_ROWS_LOST(plan -> PlanRewrite.nodes(plan, Mutant::innerForOuter)),
    /// What a join of streams asks for besides equal keys is not asked.
    STREAM_JOIN_CONDITION_IGNORED(plan -> PlanRewrite.nodes(plan, Mutant::withoutStreamCondition)),
    /// INTERSECT and EXCEPT count rows where they should not, and the other way round.
    ALL_TURNED_ROUND(plan -> PlanRewrite.nodes(plan, Mutant::allTurned)),
    /// One row more than LIMIT says.
    ONE_ROW_TOO_MANY(plan -> PlanRewrite.nodes(plan, Mutant::oneMore)),
    /// All rows are told that come in the order of time, not only the first.
    RANK_NOT_ASKED(plan -> PlanRewrite.nodes(plan, Mutants::rankNotAsked)),
    /// Window functions see the whole partition.
    FRAME_IGNORED(plan -> PlanRewrite.nodes(plan, Mutant::wholeFrames)),
    /// A right row at the very time counts in an as-of join where it should not, and the other way round.
    ASOF_OFF_BY_ONE(plan -> PlanRewrite.nodes(plan, Mutants::asofAtTheTime)),
    /// dropDuplicates compares all columns.
    DUPLICATES_KEPT(plan -> PlanRewrite.nodes(plan, Mutants::duplicatesByAll)),
    /// dropDuplicatesWithinWatermark lets go of a key when the watermark has reached its row.
    LET_GO_TOO_SOON(plan -> PlanRewrite.nodes(plan, Mutants::withoutDelay)),
    /// DISTINCT lets all rows through.
    DISTINCT_FORGOTTEN(plan -> PlanRewrite.nodes(plan, Mutants::withoutDistinct)),
    /// Sessions end a microsecond early.
    SESSION_GAP_OFF_BY_ONE(plan -> PlanRewrite.nodes(plan, Mutants::shorterGap)),
    /// An array without elements gives a row.
    EMPTY_ARRAY_EXPLODED(plan -> PlanRewrite.nodes(plan, Mutants::outerGenerator)),
    /// The last grouping set is lost.
    GROUPING_SET_LOST(plan -> PlanRewrite.nodes(plan, Mutants::withoutLastSet)),
    /// A row comes or goes a turn of the clock late or early.
    CLOCK_OFF_BY_ONE(plan -> PlanRewrite.nodes(plan, Mutants::clockAtTheTime)),
    /// Matches overlap that should not, and the other way round.
    SKIP_TURNED_ROUND(plan -> PlanRewrite.nodes(plan, Mutants::otherSkip)),
    /// Recursion counts a row once that two ways lead to.
    WAYS_COUNTED_ONCE(plan -> PlanRewrite.nodes(plan, Mutants::onceEach)),
    /// What has a time to live lives a step of the clock longer.
    FORGOTTEN_TOO_LATE(plan -> PlanRewrite.traits(plan, (_, traits) -> Mutants.living(traits, Mutants::longer))),
    /// What has a time to live is gone at the next step of the clock.
    FORGOTTEN_TOO_SOON(plan -> PlanRewrite.traits(plan, (_, traits) -> Mutants.living(traits, Mutants::shorter))),
    /// What was given of what is forgotten stays.
    FORGOTTEN_IN_SILENCE(plan -> PlanRewrite.traits(plan, Mutants::silent)),
    /// A program's function is not asked about NULLs.
    NULLS_KEPT_FROM_PROGRAMS(plan -> PlanRewrite.nodes(plan, ProgramMutants::notAskedForNulls)),
    /// What a program's aggregate has kept from earlier triggers is lost.
    BUFFERS_LOST(plan -> PlanRewrite.nodes(plan, ProgramMutants::losingBuffers)),
    /// A start takes offsets and watermarks from the checkpoint, and no state.
    SKIPPED_RESTORE(CrashProbe.failing(LogFaults.restoringNothing())),
    /// A start takes the last trigger, which is done, for one that was not finished, and hands its output over once more.
    TRIGGER_RUN_TWICE(CrashProbe.failing(LogFaults.losingCommits())),
    /// A changelog without its `-U`.
    MISSING_UPDATE_BEFORE(CrashProbe.losing("-U")),
    /// A changelog without its `-D`.
    MISSING_DELETE(CrashProbe.losing("-D"));

    @SuppressWarnings("ImmutableEnumChecker") // the changes keep nothing
    private final UnaryOperator<StreamPlan> change;
    @SuppressWarnings("ImmutableEnumChecker") // nor does what listens to nothing
    private final CrashProbe probe;

    Mutant(UnaryOperator<StreamPlan> change) {
        this.change = change;
        this.probe = CrashProbe.NONE;
    }

    Mutant(CrashProbe probe) {
        this.change = plan -> plan;
        this.probe = probe;
    }

    /// What the engine that has the bug is lent.
    CrashProbe probe() {
        return probe;
    }

    /// The plan that the engine runs in place of this one.
    StreamPlan in(StreamPlan plan) {
        return change.apply(plan);
    }

    private static StreamPlan delayed(StreamPlan plan) {
        return PlanRewrite.nodes(plan, node -> node instanceof PlanNode.Watermark w
                ? new PlanNode.Watermark(w.input(), w.column(), w.delayMicros() + 1)
                : node);
    }

    private static StreamPlan neverFreed(StreamPlan plan) {
        return PlanRewrite.traits(plan, (node, traits) -> node instanceof Aggregate && !traits.emitsOnClose()
                ? new Traits(traits.changes(), traits.eventTime(), false, Optional.empty(), traits.boundedInput())
                : traits);
    }

    private static StreamPlan longerWindows(StreamPlan plan) {
        return PlanRewrite.nodes(plan, node -> node instanceof PlanNode.WindowAssign w
                ? new PlanNode.WindowAssign(w.input(), w.time(), w.size() + 1, w.slide(), w.offset(), w.schema())
                : node);
    }

    /// A DISTINCT that takes its input for one that only grows sees each old row for the second time, and drops it.
    private static StreamPlan takingNothingBack(StreamPlan plan) {
        List<PlanNode> below = plan.nodes().stream().filter(Aggregate.class::isInstance)
                .flatMap(aggregate -> aggregate.inputs().stream().flatMap(Mutant::aggregates)).toList();
        List<PlanNode> planted = new ArrayList<>();
        return PlanRewrite.of(plan, node -> {
            boolean isBelow = below.stream().anyMatch(node::equals);
            if (!isBelow) {
                return node;
            }
            planted.add(node);
            return new PlanNode.Distinct(node, false);
        }, (node, traits) -> {
            if (planted.stream().anyMatch(node::isSame)) {
                return new Traits(Changes.INSERT_ONLY, traits.eventTime(), traits.emitsOnClose(), traits.freedBy(),
                        traits.boundedInput());
            }
            return node instanceof PlanNode.Distinct distinct && planted.stream().anyMatch(distinct.input()::isSame)
                    ? new Traits(Changes.INSERT_ONLY, traits.eventTime(), false, Optional.empty(),
                            traits.boundedInput())
                    : traits;
        });
    }

    private static Stream<PlanNode> aggregates(PlanNode node) {
        return Stream.concat(Stream.of(node).filter(Aggregate.class::isInstance),
                node.inputs().stream().flatMap(Mutant::aggregates));
    }

    private static StreamPlan emittingAtOnce(StreamPlan plan) {
        return PlanRewrite.traits(plan, (_, traits) -> traits.emitsOnClose()
                ? new Traits(traits.changes(), traits.eventTime(), false, traits.freedBy(), traits.boundedInput())
                : traits);
    }

    private static AggregateCall withoutFilter(AggregateCall call) {
        return new AggregateCall(call.function(), call.arguments(), call.distinct(), Optional.empty(),
                call.ignoreNulls(), call.type(), call.nullable());
    }

    private static AggregateCall withoutDistinct(AggregateCall call) {
        return new AggregateCall(call.function(), call.arguments(), false, call.filter(), call.ignoreNulls(),
                call.type(), call.nullable());
    }

    private static StreamPlan calls(StreamPlan plan, UnaryOperator<AggregateCall> change) {
        return PlanRewrite.nodes(plan, node -> node instanceof Aggregate a
                ? new Aggregate(a.input(), a.keys(), a.calls().stream().map(change).toList(), a.schema())
                : node);
    }

    /// Above the aggregate, so that no row is late that was not.
    private static PlanNode withoutNullGroup(PlanNode node) {
        if (!(node instanceof Aggregate a) || a.keys().isEmpty()) {
            return node;
        }
        int key = a.keys().size() - 1;
        Expression column = new Expression.Input(key, a.schema().type(key), true);
        return new PlanNode.Filter(a, new Expression.Call("isnotnull", List.of(column), Simple.BOOLEAN, false));
    }

    private static PlanNode withOneInput(PlanNode node) {
        if (!(node instanceof PlanNode.Union union)) {
            return node;
        }
        List<PlanNode> inputs = new ArrayList<>(union.inputs());
        inputs.add(new PlanNode.Filter(inputs.removeLast(), new Expression.Literal(false, Simple.BOOLEAN)));
        return new PlanNode.Union(inputs, union.schema());
    }

    private static PlanNode withoutCondition(PlanNode node) {
        return node instanceof PlanNode.StaticJoin j
                ? new PlanNode.StaticJoin(j.stream(), j.table(), j.kind(), j.streamKeys(), j.tableKeys(),
                        Optional.empty(), j.schema())
                : node;
    }

    private static PlanNode semiForAnti(PlanNode node) {
        return node instanceof PlanNode.StaticJoin j && j.kind() == PlanNode.JoinKind.ANTI
                ? new PlanNode.StaticJoin(j.stream(), j.table(), PlanNode.JoinKind.SEMI, j.streamKeys(),
                        j.tableKeys(), j.condition(), j.schema())
                : node;
    }

    private static PlanNode innerForOuter(PlanNode node) {
        return node instanceof PlanNode.StreamJoin j
                && (j.kind() == PlanNode.JoinKind.LEFT || j.kind() == PlanNode.JoinKind.FULL)
                        ? new PlanNode.StreamJoin(j.left(), j.right(), PlanNode.JoinKind.INNER, j.leftKeys(),
                                j.rightKeys(), j.condition(), j.schema())
                        : node;
    }

    private static PlanNode withoutStreamCondition(PlanNode node) {
        return node instanceof PlanNode.StreamJoin j
                ? new PlanNode.StreamJoin(j.left(), j.right(), j.kind(), j.leftKeys(), j.rightKeys(), Optional.empty(),
                        j.schema())
                : node;
    }

    private static PlanNode allTurned(PlanNode node) {
        return node instanceof PlanNode.SetOperation s
                ? new PlanNode.SetOperation(s.left(), s.right(), s.kind(), !s.all(), s.schema())
                : node;
    }

    private static PlanNode oneMore(PlanNode node) {
        return node instanceof PlanNode.TopN t
                ? new PlanNode.TopN(t.input(), t.partition(), t.order(), t.rank(), t.offset(), t.count() + 1,
                        t.withRank(), t.schema())
                : node;
    }

    private static PlanNode wholeFrames(PlanNode node) {
        if (!(node instanceof PlanNode.Over over)) {
            return node;
        }
        Expression.Literal none = new Expression.Literal(0L, Simple.BIGINT);
        dev.thalweg.planner.incremental.Frame whole = new dev.thalweg.planner.incremental.Frame(
                dev.thalweg.planner.incremental.Frame.Unit.ROWS,
                new dev.thalweg.planner.incremental.Frame.Bound(
                        dev.thalweg.planner.incremental.Frame.Side.UNBOUNDED_PRECEDING, none),
                new dev.thalweg.planner.incremental.Frame.Bound(
                        dev.thalweg.planner.incremental.Frame.Side.UNBOUNDED_FOLLOWING, none));
        return new PlanNode.Over(over.input(), over.partition(), over.order(),
                over.calls().stream()
                        .map(call -> new dev.thalweg.planner.incremental.OverCall(call.function(), call.arguments(),
                                call.number(), whole, call.ignoreNulls(), call.type(), call.nullable()))
                        .toList(),
                over.schema(), over.byTime());
    }
}
