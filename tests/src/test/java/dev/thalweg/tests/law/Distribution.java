package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Counts what cases are made of, and says when something that should be drawn hardly is.
final class Distribution {
    /// Of the cases of a run. Of the plans that the generator draws it is [#LEAST_OF_PLANS].
    private static final double LEAST_SHARE = 0.02;
    /// What this share of the plans has, fewer than 10 of 500 plans, and so 20 of their 1,000 cases, have less than once in a
    /// million runs.
    static final double LEAST_OF_PLANS = 0.07;
    private static final int CASES_TO_JUDGE = 1_000;

    private final Map<String, Integer> counts = new TreeMap<>();
    private int cases;

    Distribution() {
        Arrays.stream(Op.values()).forEach(op -> counts.put("functions: " + op.functionClass, 0));
        Arrays.stream(Rel.Function.values()).forEach(function -> counts.put("aggregate: " + name(function), 0));
        Arrays.stream(Rel.Grouping.values()).forEach(grouping -> counts.put("grouping: " + name(grouping), 0));
        Arrays.stream(Rel.JoinKind.values()).forEach(kind -> counts.put("join: " + name(kind), 0));
        Arrays.stream(Type.values()).forEach(type -> counts.put("type: " + name(type), 0));
        Arrays.stream(QueryCase.Mode.values()).forEach(mode -> counts.put("mode: " + name(mode), 0));
        Arrays.stream(Rel.class.getPermittedSubclasses()).filter(type -> type != Rel.Static.class)
                .forEach(type -> counts.put("operator: " + type.getSimpleName(), 0));
        List.of("tumbling window", "sliding window", "having", "filter of an aggregate", "distinct aggregate",
                "watermark in the declaration", "watermark in the query", "late rows", "restart",
                "correlated subquery", "uncorrelated subquery", "computed join key", "null-safe join key",
                "group key: strings", "group key: struct", "group key: map", "aggregate of an aggregate",
                "union of streams", "the greatest watermark of a union")
                .forEach(feature -> counts.put(feature, 0));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    void add(QueryCase query, int late) {
        Set<String> features = new HashSet<>();
        features.add("mode: " + name(query.mode()));
        if (late > 0) {
            features.add("late rows");
        }
        if (!query.restarts().isEmpty()) {
            features.add("restart");
        }
        query.nodes().forEach(node -> add(node, features));
        if (features.contains("union of streams") && query.watermarkPolicy().equals("max")) {
            features.add("the greatest watermark of a union");
        }
        cases++;
        features.forEach(feature -> counts.merge(feature, 1, Integer::sum));
    }

    private static void add(Rel node, Set<String> features) {
        features.add("operator: " + node.getClass().getSimpleName());
        List<Expr> expressions = new ArrayList<>();
        switch (node) {
            case Rel.Filter filter -> expressions.add(filter.condition());
            case Rel.Project project -> expressions.addAll(project.expressions());
            case Rel.Explode explode -> expressions.add(explode.array());
            case Rel.Join join -> {
                features.add("join: " + name(join.kind()));
                features.add(join.key().isNullSafe() ? "null-safe join key" : "join key");
                if (!(join.key().left() instanceof Expr.Column && join.key().right() instanceof Expr.Column)) {
                    features.add("computed join key");
                }
                expressions.add(join.key().left());
                join.residual().ifPresent(expressions::add);
            }
            case Rel.Lookup lookup -> {
                lookup.correlation().ifPresent(key -> expressions.add(key.left()));
                features.add(lookup.correlation().isPresent() ? "correlated subquery" : "uncorrelated subquery");
            }
            case Rel.Watermark watermark ->
                    features.add(watermark.inDeclaration() ? "watermark in the declaration" : "watermark in the query");
            case Rel.Union _ -> features.add("union of streams");
            case Aggregate aggregate -> add(aggregate, features, expressions);
            case Rel.Stream _,Rel.Static _,Rel.Distinct _,Rel.DropDuplicates _ -> {
            }
        }
        expressions.forEach(expression -> add(expression, features));
    }

    private static void add(Aggregate aggregate, Set<String> features, List<Expr> expressions) {
        features.add("grouping: " + name(aggregate.grouping()));
        aggregate.window().ifPresent(w -> features.add(w.size() == w.slide() ? "tumbling window" : "sliding window"));
        aggregate.having().ifPresent(e -> features.add("having"));
        aggregate.having().ifPresent(expressions::add);
        expressions.addAll(aggregate.keys());
        aggregate.keys().stream().filter(key -> key.type().isNested())
                .forEach(key -> features.add("group key: " + name(key.type())));
        if (QueryCase.nodes(aggregate.input()).stream().anyMatch(Aggregate.class::isInstance)) {
            features.add("aggregate of an aggregate");
        }
        aggregate.calls().forEach(call -> {
            features.add("aggregate: " + name(call.function()));
            features.add("type: " + name(call.type()));
            if (call.filter().isPresent()) {
                features.add("filter of an aggregate");
            }
            if (call.distinct()) {
                features.add("distinct aggregate");
            }
            call.argument().ifPresent(expressions::add);
            call.filter().ifPresent(expressions::add);
        });
    }

    private static void add(Expr expression, Set<String> features) {
        features.add("type: " + name(expression.type()));
        if (expression instanceof Expr.Call call) {
            features.add("functions: " + call.op().functionClass);
            call.arguments().forEach(argument -> add(argument, features));
        }
    }

    /// What fewer than one case in fifty had; nothing where there are too few cases to say.
    List<String> rare() {
        return cases < CASES_TO_JUDGE ? List.of() : rarerThan(LEAST_SHARE);
    }

    List<String> rarerThan(double share) {
        return counts.entrySet().stream().filter(entry -> entry.getValue() < share * cases).map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(cases + " cases had\n");
        counts.forEach((feature, count) -> text
                .append(String.format(Locale.ROOT, "  %5.1f %%  %s%n", 100.0 * count / cases, feature)));
        return text.toString();
    }
}
