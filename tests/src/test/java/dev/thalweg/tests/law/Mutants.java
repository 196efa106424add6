package dev.thalweg.tests.law;

import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.ClockBound;
import dev.thalweg.planner.incremental.DropWithinWatermark;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.MatchPattern;
import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.RecursiveUnion;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/// What single operators of a plan become, each with a bug.
final class Mutants {
    private Mutants() {}

    static PlanNode asofAtTheTime(PlanNode node) {
        return node instanceof PlanNode.AsofJoin j
                ? new PlanNode.AsofJoin(j.left(), j.right(), j.kind(), j.leftKeys(), j.rightKeys(),
                        new PlanNode.AsofJoin.Match(j.match().leftTime(), j.match().rightTime(), j.match().backward(),
                                !j.match().exclusive()),
                        j.schema())
                : node;
    }

    static PlanNode rankNotAsked(PlanNode node) {
        return node instanceof PlanNode.Filter f && f.input() instanceof PlanNode.Over over && over.byTime()
                ? new PlanNode.Filter(over, new Expression.Literal(true, Simple.BOOLEAN))
                : node;
    }

    static PlanNode duplicatesByAll(PlanNode node) {
        return node instanceof PlanNode.DropDuplicates d
                ? new PlanNode.DropDuplicates(d.input(), IntStream.range(0, d.schema().size()).boxed().toList())
                : node;
    }

    static PlanNode withoutDelay(PlanNode node) {
        return node instanceof DropWithinWatermark d
                ? new DropWithinWatermark(d.input(), d.keys(), d.time(), 0)
                : node;
    }

    static PlanNode withoutDistinct(PlanNode node) {
        return node instanceof PlanNode.Distinct d
                ? new PlanNode.Filter(d.input(), new Expression.Literal(true, Simple.BOOLEAN))
                : node;
    }

    static PlanNode shorterGap(PlanNode node) {
        return switch (node) {
            case PlanNode.SessionAssign s -> shorter(s);
            case PlanNode.SessionAggregate s -> new PlanNode.SessionAggregate(new PlanNode.Aggregate(
                    shorter(s.sessions()), s.groups().keys(), s.groups().calls(), s.groups().schema()));
            default -> node; // the others make no sessions
        };
    }

    private static PlanNode.SessionAssign shorter(PlanNode.SessionAssign s) {
        Expression gap = s.gap() instanceof Expression.Literal(Object micros, var type) && micros instanceof Long length
                ? new Expression.Literal(length - 1, type)
                : s.gap();
        return new PlanNode.SessionAssign(s.input(), s.time(), gap, s.keys(), s.schema());
    }

    static PlanNode outerGenerator(PlanNode node) {
        return node instanceof PlanNode.Generate g
                ? new PlanNode.Generate(g.input(), g.function(), g.arguments(), true, g.schema())
                : node;
    }

    static PlanNode withoutLastSet(PlanNode node) {
        return node instanceof PlanNode.Expand e && e.projections().size() > 1
                ? new PlanNode.Expand(e.input(), e.projections().subList(0, e.projections().size() - 1), e.schema())
                : node;
    }

    static PlanNode clockAtTheTime(PlanNode node) {
        return node instanceof PlanNode.ClockFilter f
                ? new PlanNode.ClockFilter(f.input(), f.bounds().stream()
                        .map(bound -> new ClockBound(bound.column(), bound.shiftMicros(), turned(bound.side())))
                        .toList())
                : node;
    }

    private static ClockBound.Side turned(ClockBound.Side side) {
        return switch (side) {
            case FROM -> ClockBound.Side.AFTER;
            case AFTER -> ClockBound.Side.FROM;
            case BEFORE -> ClockBound.Side.THROUGH;
            case THROUGH -> ClockBound.Side.BEFORE;
        };
    }

    static PlanNode otherSkip(PlanNode node) {
        if (!(node instanceof MatchRecognize m)) {
            return node;
        }
        MatchPattern.Skip.To to = m.pattern().skip().to() == MatchPattern.Skip.To.NEXT_ROW
                ? MatchPattern.Skip.To.PAST_LAST_ROW
                : MatchPattern.Skip.To.NEXT_ROW;
        return new MatchRecognize(m.input(), m.partition(), m.order(),
                new MatchPattern(m.pattern().pattern(), m.pattern().variables(), new MatchPattern.Skip(to, List.of()),
                        m.pattern().rows(), m.pattern().within()),
                m.kept(), m.values(), m.schema());
    }

    static PlanNode onceEach(PlanNode node) {
        return node instanceof RecursiveUnion r && r.all()
                ? new RecursiveUnion(r.anchor(), r.step(), r.name(), false, r.levelsMax(), r.schema())
                : node;
    }

    static Traits living(Traits traits, LongUnaryOperator change) {
        return withLives(traits, traits.changes(), traits.timesToLive().stream().map(lives -> lives.isPresent()
                ? OptionalLong.of(change.applyAsLong(lives.getAsLong()))
                : lives).toList());
    }

    static long longer(long micros) {
        return micros + LivesGenerator.STEP_SECONDS * 1_000_000L;
    }

    static long shorter(long micros) {
        return Math.min(micros, LivesGenerator.STEP_SECONDS * 1_000_000L / 2);
    }

    /// Only where what takes nothing else back runs so too.
    static Traits silent(PlanNode node, Traits traits) {
        boolean onlyAdds = node instanceof PlanNode.Distinct || (node instanceof PlanNode.StreamJoin join
                && (join.kind() == PlanNode.JoinKind.INNER || join.kind() == PlanNode.JoinKind.SEMI));
        return onlyAdds && traits.forgets() ? withLives(traits, Changes.INSERT_ONLY, traits.timesToLive()) : traits;
    }

    private static Traits withLives(Traits traits, Changes changes, List<OptionalLong> lives) {
        return new Traits(changes, traits.eventTime(), traits.emitsOnClose(), traits.freedBy(), traits.boundedInput(),
                lives, traits.keepsAll());
    }
}
