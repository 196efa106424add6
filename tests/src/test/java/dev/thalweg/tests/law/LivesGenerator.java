package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.Lives;
import java.util.List;

/// Draws times to live: of what operators keep of rows that nothing takes back.
final class LivesGenerator {
    /// The clock goes in multiples of this.
    static final int STEP_SECONDS = 10;
    private static final long MICROS = 1_000_000;

    private final Dice dice;

    LivesGenerator(Dice dice) {
        this.dice = dice;
    }

    /// A query, some of whose operators forget.
    Rel limited(Rel query) {
        return query instanceof Join join ? joined(join) : within(query);
    }

    private Rel within(Rel rel) {
        List<Rel> inputs = rel.inputs().stream().map(this::within).toList();
        Rel same = inputs.isEmpty() ? rel : Smaller.over(rel, inputs);
        boolean keepsAll = rel.inputs().stream().anyMatch(input -> QueryCase.nodes(input).stream()
                .anyMatch(QueryCase::remembers));
        boolean isRarer = Lifetimes.isFreed(rel) && dice.chance(85); // a watermark does it
        return keepsAll || isRarer || !dice.chance(share(rel))
                ? same
                : over(same, some(), saysSoItself(rel) && dice.chance(50));
    }

    /// So often are those limited that can be: the rarer the more often.
    private static int share(Rel rel) {
        return switch (rel) {
            case Rel.Aggregate groups -> groups.keys().isEmpty() && groups.window().isEmpty() ? 0 : 40;
            case Rel.Distinct _,Rel.SetOperation _ -> 50;
            case Rel.DropDuplicates drop -> drop.isWithin() ? 0 : 70;
            case Rel.Over over -> over.byTime() || !hasKeys(over.input(), over.partition()) ? 0 : 95;
            case Rel.Top top -> hasKeys(top.input(), top.partition()) ? 100 : 0;
            default -> 0; // the others keep no keys, or are not drawn so
        };
    }

    /// Whether rows are told apart: what is the same for all is no key to the engine.
    private static boolean hasKeys(Rel input, List<Integer> partition) {
        return partition.stream().anyMatch(column -> varies(input, column));
    }

    private static boolean varies(Rel rel, int column) {
        return switch (rel) {
            case Rel.Project project -> varies(project.input(), project.expressions().get(column));
            case Rel.Filter filter -> varies(filter.input(), column);
            case Rel.Watermark watermark -> varies(watermark.input(), column);
            default -> true; // a rule: the others are not looked through
        };
    }

    private static boolean varies(Rel input, Expr expression) {
        return switch (expression) {
            case Expr.Column(int index, _) -> varies(input, index);
            case Expr.Literal _ -> false;
            case Expr.Call call -> call.arguments().stream().anyMatch(argument -> varies(input, argument));
        };
    }

    private static boolean saysSoItself(Rel rel) {
        return rel instanceof Rel.Aggregate || rel instanceof Rel.Distinct || rel instanceof Rel.Over;
    }

    private static Rel over(Rel rel, long micros, boolean isAbove) {
        return Smaller.over(rel, rel.inputs().stream()
                .map(input -> Rel.isFinite(input) ? input : (Rel) new Lives(input, micros, isAbove)).toList());
    }

    private long some() {
        return dice.chance(5) ? 0 : (STEP_SECONDS * dice.of(0, 0, 1, 1, 2) + STEP_SECONDS / 2) * MICROS;
    }

    /// At the top, where all columns of both sides are kept, so that rows are equal that look so. What a semi join looks up has fewer.
    private Rel joined(Join join) {
        boolean keepsAll = join.inputs().stream().anyMatch(input -> QueryCase.nodes(input).stream()
                .anyMatch(QueryCase::remembers));
        if (!join.isOfStreams() || join.kind() == Rel.JoinKind.NOT_IN || keepsAll || !dice.chance(80)) {
            return within(join);
        }
        long left = some();
        long right = dice.chance(50) ? left : some();
        Rel lives = new Lives(join.left(), left, false);
        return Smaller.over(join, List.of(lives,
                join.kind().givesBoth() ? new Lives(join.right(), right, false) : join.right()));
    }

    /// The same query, in which nothing is forgotten.
    static Rel forEver(Rel rel) {
        List<Rel> inputs = rel.inputs().stream().map(LivesGenerator::forEver).toList();
        return rel instanceof Lives ? inputs.getFirst() : inputs.isEmpty() ? rel : Smaller.over(rel, inputs);
    }
}
