package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.AggregateCall;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKind;
import dev.thalweg.tests.law.Rel.Over;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Top;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Queries that are one step simpler than a query.
final class Smaller {
    private Smaller() {}

    /// First what is below the top, then the top with fewer columns, then simpler ones of the same columns.
    static List<Rel> of(Rel query) {
        List<Rel> smaller = new ArrayList<>(query.inputs().stream().filter(input -> !Rel.isFinite(input)).toList());
        smaller.addAll(narrower(query));
        smaller.addAll(simpler(query));
        return smaller;
    }

    private static List<Rel> narrower(Rel top) {
        List<Rel> smaller = new ArrayList<>();
        switch (top) {
            case Aggregate a when a.having().isEmpty() ->
                    without(a.calls()).forEach(calls -> smaller.add(with(a, calls)));
            case Over over -> without(over.calls())
                    .forEach(calls -> smaller
                            .add(new Over(over.input(), over.partition(), over.order(), calls, over.byTime())));
            case Project p -> {
                for (int i = 0; i < p.names().size() && p.names().size() > 1; i++) {
                    smaller.add(new Project(p.input(), without(p.expressions(), i), without(p.names(), i)));
                }
            }
            default -> { // the columns of the others are their inputs'
            }
        }
        return smaller;
    }

    private static Aggregate with(Aggregate a, List<AggregateCall> calls) {
        return new Aggregate(a.input(), a.window(), a.keys(), a.keyNames(), a.grouping(), a.sets(), calls, a.having());
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> fewer = new ArrayList<>(list);
        fewer.remove(index);
        return fewer;
    }

    /// Without each in turn; of one nothing is taken away.
    private static <T> List<List<T>> without(List<T> list) {
        List<List<T>> fewer = new ArrayList<>();
        for (int i = 0; i < list.size() && list.size() > 1; i++) {
            fewer.add(without(list, i));
        }
        return fewer;
    }

    /// The same columns, with one thing less at one place.
    private static List<Rel> simpler(Rel rel) {
        List<Rel> simpler = new ArrayList<>(here(rel));
        for (int i = 0; i < rel.inputs().size(); i++) {
            for (Rel input : simpler(rel.inputs().get(i))) {
                List<Rel> inputs = new ArrayList<>(rel.inputs());
                inputs.set(i, input);
                simpler.add(over(rel, inputs));
            }
        }
        return simpler;
    }

    private static List<Rel> here(Rel rel) {
        return switch (rel) {
            case Rel.Filter filter -> {
                List<Rel> simpler = new ArrayList<>(List.of(filter.input()));
                operands(filter.condition()).forEach(e -> simpler.add(new Rel.Filter(filter.input(), e)));
                yield simpler;
            }
            case Rel.Distinct _,Rel.DropDuplicates _,Rel.Union _,Rel.SetOperation _ -> List.of(rel.inputs().getFirst());
            case Project project -> literals(project);
            case Join join -> joins(join);
            case Rel.Asof join when join.outer() -> List.of(new Rel.Asof(join.left(), join.right(), false, join.keys(),
                    join.leftTime(), join.rightTime(), join.comparison(), join.rightNames()));
            case Aggregate aggregate -> aggregates(aggregate);
            case Top top -> tops(top);
            case Over over when !over.partition().isEmpty() ->
                    List.of(new Over(over.input(), List.of(), over.order(), over.calls(), over.byTime()));
            case Rel.Clocked filter -> List.of(filter.input());
            case Rel.Lives lives -> List.of(lives.input());
            case Rel.Lateral lateral when lateral.outer() ->
                    List.of(new Rel.Lateral(lateral.left(), lateral.right(), false,
                            lateral.keys(), lateral.isAbove(), lateral.order(), lateral.count(), lateral.rightNames()));
            case Rel.Match _,Rel.Lateral _,Rel.Reach _,Rel.Pivot _,Rel.WindowTime _,Rel.Stream _,Rel.Static _,Rel.Watermark _,Rel.Lookup _,Rel.Explode _,Rel.Asof _,Over _ ->
                    List.of();
        };
    }

    /// The conditions that a condition is made of.
    private static List<Expr> operands(Expr condition) {
        return condition instanceof Expr.Call(Op op, List<Expr> arguments, _)
                && (op == Op.AND || op == Op.OR || op == Op.NOT || op == Op.CHANCE) ? arguments : List.of();
    }

    /// NULL in place of each thing computed.
    private static List<Rel> literals(Project project) {
        List<Rel> simpler = new ArrayList<>();
        for (int i = 0; i < project.expressions().size(); i++) {
            if (project.expressions().get(i) instanceof Expr.Call call && !call.type().isNested()) {
                List<Expr> expressions = new ArrayList<>(project.expressions());
                expressions.set(i, new Expr.Literal(null, call.type()));
                simpler.add(new Project(project.input(), expressions, project.names()));
            }
        }
        return simpler;
    }

    private static List<Rel> joins(Join join) {
        List<Rel> simpler = new ArrayList<>();
        if (!join.kind().givesBoth()) {
            simpler.add(join.left());
        } else if (join.kind() != JoinKind.INNER) {
            simpler.add(new Join(join.left(), join.right(), JoinKind.INNER, join.keys(), join.band(), join.residual(),
                    join.rightNames()));
        }
        join.residual().ifPresent(_ -> simpler.add(new Join(join.left(), join.right(), join.kind(), join.keys(),
                join.band(), Optional.empty(), join.rightNames())));
        without(join.keys()).forEach(keys -> simpler.add(new Join(join.left(), join.right(), join.kind(), keys,
                join.band(), join.residual(), join.rightNames())));
        join.band().filter(_ -> !join.keys().isEmpty()).ifPresent(_ -> simpler.add(new Join(join.left(), join.right(),
                join.kind(), join.keys(), Optional.empty(), join.residual(), join.rightNames())));
        return simpler;
    }

    private static List<Rel> aggregates(Aggregate a) {
        List<Rel> simpler = new ArrayList<>();
        if (a.having().isPresent()) {
            simpler.add(new Aggregate(a.input(), a.window(), a.keys(), a.keyNames(), a.grouping(), a.sets(), a.calls(),
                    Optional.empty()));
        }
        for (int i = 0; i < a.calls().size(); i++) {
            AggregateCall call = a.calls().get(i);
            if (call.filter().isPresent() || call.distinct()) {
                List<AggregateCall> calls = new ArrayList<>(a.calls());
                calls.set(i, new AggregateCall(call.function(), call.argument(), false, Optional.empty(), call.name(),
                        call.type(), call.by()));
                simpler.add(with(a, calls));
            }
        }
        return simpler;
    }

    private static List<Rel> tops(Top top) {
        List<Rel> simpler = new ArrayList<>();
        if (top.rankName().isEmpty()) {
            simpler.add(top.input());
        }
        if (top.offset() > 0) {
            simpler.add(new Top(top.input(), top.partition(), top.order(), top.rank(), 0, top.count(), top.rankName(),
                    top.form()));
        }
        return simpler;
    }

    /// A relation over other inputs of the same columns.
    static Rel over(Rel rel, List<Rel> inputs) {
        Rel first = inputs.getFirst();
        return switch (rel) {
            case Rel.Stream _,Rel.Static _ -> rel;
            case Rel.Watermark n -> new Rel.Watermark(first, n.column(), n.delayMicros(), n.inDeclaration());
            case Rel.Lives n -> new Rel.Lives(first, n.micros(), n.isAbove());
            case Rel.Filter n -> new Rel.Filter(first, n.condition());
            case Project n -> new Project(first, n.expressions(), n.names());
            case Rel.Explode n -> new Rel.Explode(first, n.array(), n.name());
            case Join n ->
                    new Join(first, inputs.getLast(), n.kind(), n.keys(), n.band(), n.residual(), n.rightNames());
            case Rel.Asof n -> new Rel.Asof(first, inputs.getLast(), n.outer(), n.keys(), n.leftTime(), n.rightTime(),
                    n.comparison(), n.rightNames());
            case Rel.Lookup n -> new Rel.Lookup(first, inputs.getLast(), n.call(), n.correlation());
            case Rel.Union _ -> new Rel.Union(first, inputs.getLast());
            case Rel.SetOperation n -> new Rel.SetOperation(first, inputs.getLast(), n.kind(), n.all());
            case Rel.Distinct _ -> new Rel.Distinct(first);
            case Rel.DropDuplicates n -> new Rel.DropDuplicates(first, n.keys(), n.isWithin());
            case Aggregate n -> new Aggregate(first, n.window(), n.keys(), n.keyNames(), n.grouping(), n.sets(),
                    n.calls(), n.having());
            case Top n -> new Top(first, n.partition(), n.order(), n.rank(), n.offset(), n.count(), n.rankName(),
                    n.form());
            case Rel.Clocked n -> new Rel.Clocked(first, n.column(), n.shiftMicros(), n.comparison());
            case Rel.Lateral n -> new Rel.Lateral(first, inputs.getLast(), n.outer(), n.keys(), n.isAbove(), n.order(),
                    n.count(), n.rightNames());
            case Rel.Reach n -> new Rel.Reach(first, inputs.getLast(), n.length(), n.name(), n.lengthName());
            case Rel.Pivot n -> new Rel.Pivot(first, n.by(), n.values(), n.valueNames(), n.calls());
            case Rel.Match n -> new Rel.Match(first, n.pattern(), n.names());
            case Rel.WindowTime n -> first instanceof Aggregate groups ? new Rel.WindowTime(groups, n.name()) : n;
            case Over n -> new Over(first, n.partition(), n.order(), n.calls(), n.byTime());
        };
    }
}
