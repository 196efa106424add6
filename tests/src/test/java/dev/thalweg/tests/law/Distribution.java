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
import java.util.stream.Stream;

/// Counts what cases are made of, and says when something that should be drawn hardly is.
final class Distribution {
    /// Of the cases of a run. Of the plans that the generator draws it is [#LEAST_OF_PLANS].
    private static final double LEAST_SHARE = 0.005;
    /// What this share of the plans has, fewer than 3 of 500 plans, and so 5 of their 1,000 cases, have in three of a thousand
    /// runs.
    static final double LEAST_OF_PLANS = 0.02;
    private static final int CASES_TO_JUDGE = 1_000;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<String> expected = new HashSet<>();
    private int cases;

    /// @param parts that are drawn
    Distribution(Set<Part> parts) {
        Arrays.stream(Op.values()).filter(op -> op.isOf(parts))
                .forEach(op -> expect("functions: " + op.functionClass));
        Arrays.stream(Rel.Function.values())
                .filter(function -> function.isOf(parts))
                .forEach(function -> expect("aggregate: " + name(function)));
        Arrays.stream(Rel.Grouping.values()).forEach(grouping -> expect("grouping: " + name(grouping)));
        Arrays.stream(Type.values()).forEach(type -> expect("type: " + name(type)));
        if (parts.contains(Part.OVER)) {
            Arrays.stream(OverCall.Function.values()).forEach(function -> expect("window function: " + name(function)));
        }
        Arrays.stream(QueryCase.Mode.values()).forEach(mode -> expect("mode: " + name(mode)));
        if (parts.equals(Part.ALL)) {
            operators(Rel.class).forEach(operator -> expect("operator: " + operator.getSimpleName()));
        }
        List.of("join: inner", "join: left", "join: semi", "join: anti", "join: not_in", "tumbling window",
                "sliding window", "having", "filter of an aggregate", "distinct aggregate",
                "watermark in the declaration", "watermark in the query", "late rows", "restart",
                "correlated subquery", "uncorrelated subquery", "computed join key", "null-safe join key",
                "group key: strings", "group key: struct", "group key: map", "aggregate of an aggregate",
                "union of streams", "duplicates", "duplicates within the watermark",
                "the greatest watermark of a union").forEach(this::expect);
        parts.forEach(part -> features(part).forEach(this::expect));
    }

    private static Stream<Class<?>> operators(Class<?> relation) {
        return relation.isInterface()
                ? Arrays.stream(relation.getPermittedSubclasses()).flatMap(Distribution::operators)
                : Stream.of(relation);
    }

    private void expect(String feature) {
        expected.add(feature);
        counts.put(feature, 0);
    }

    /// What is there only with a part.
    private static List<String> features(Part part) {
        return switch (part) {
            case STREAM_JOIN -> List.of("stream join: inner", "stream join: left", "stream join: right",
                    "stream join: full", "stream join: semi", "stream join: anti", "band", "moved times", "equal times",
                    "stream join without a bound", "stream join without equality", "stream join of the same stream",
                    "stream join of groups", "stream join in append mode", "several joins of streams",
                    "aggregate of a stream join");
            case ASOF_JOIN -> List.of("as-of: >=", "as-of: >", "as-of: <=", "as-of: <", "as-of: left",
                    "as-of: with a table", "as-of: over groups", "as-of: in append mode", "as-of: without keys");
            case TABLE_KEPT -> List.of("join: right", "join: full");
            case STREAM_SUBQUERY -> List.of("stream subquery", "stream lookup");
            case SET_OPERATION -> List.of("intersect", "intersect all", "except", "except all");
            case UNION_WITH_TABLE -> List.of("union with a table");
            case TOP -> List.of("top: limit", "top: filter", "top: qualify", "rank: row_number", "rank: rank",
                    "rank: dense_rank", "offset");
            case OVER ->
                    List.of("operator: Over", "frame: rows", "frame: range", "frame: groups", "over in order of time",
                            "first rows in order of time");
            case SESSION -> List.of("session window");
            case CLOCK -> List.of("clock: waits", "clock: leaves");
            case LATERAL -> List.of("lateral: table", "lateral: streams", "lateral: above");
            case RECURSION -> List.of("reach: any", "reach: ways");
            case MATCH -> List.of("operator: Match");
            case PIVOT -> List.of("operator: Pivot");
            case WINDOW_TIME -> List.of("operator: WindowTime");
            case TIME_TO_LIVE -> List.of("time to live: groups", "time to live: rows", "time to live: partitions",
                    "time to live: join", "time to live: hint", "time to live: option", "time to live: forgotten");
            case AGGREGATES, LAMBDA, EXTREMES, PROGRAM -> List.of(); // counted with the others
        };
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
        features.addAll(ofLives(query));
        if (query.mode() == QueryCase.Mode.APPEND && features.contains("stream join")) {
            features.add("stream join in append mode");
        }
        if (query.mode() == QueryCase.Mode.APPEND && features.contains("operator: Asof")) {
            features.add("as-of: in append mode");
        }
        if (features.contains("union of streams") && query.watermarkPolicy().equals("max")) {
            features.add("the greatest watermark of a union");
        }
        cases++;
        features.forEach(feature -> counts.merge(feature, 1, Integer::sum));
    }

    /// What others have counted besides.
    void add(Distribution other) {
        cases += other.cases;
        other.counts.forEach((feature, count) -> counts.merge(feature, count, Integer::sum));
    }

    private static void add(Rel node, Set<String> features) {
        features.add("operator: " + node.getClass().getSimpleName());
        List<Expr> expressions = new ArrayList<>();
        switch (node) {
            case Rel.Filter filter -> {
                expressions.add(filter.condition());
                if (RankGenerator.isFirstByTime(filter)) {
                    features.add("first rows in order of time");
                }
            }
            case Rel.Project project -> expressions.addAll(project.expressions());
            case Rel.Explode explode -> expressions.add(explode.array());
            case Rel.Join join -> add(join, features, expressions);
            case Rel.Asof join -> features.addAll(ofAsof(join));
            case Rel.Lookup lookup -> {
                lookup.correlation().ifPresent(key -> expressions.add(key.left()));
                features.add(lookup.isOfStreams()
                        ? "stream lookup"
                        : lookup.correlation().isPresent() ? "correlated subquery" : "uncorrelated subquery");
            }
            case Rel.Watermark watermark ->
                    features.add(watermark.inDeclaration() ? "watermark in the declaration" : "watermark in the query");
            case Rel.Union union ->
                    features.add(Rel.isFinite(union.right()) ? "union with a table" : "union of streams");
            case Rel.SetOperation set -> features.add(name(set.kind()) + (set.all() ? " all" : ""));
            case Rel.Top top -> {
                features.addAll(List.of("top: " + name(top.form()), "rank: " + name(top.rank())));
                if (top.offset() > 0) {
                    features.add("offset");
                }
            }
            case Rel.Over over -> {
                if (over.byTime()) {
                    features.add("over in order of time");
                }
                over.calls().forEach(call -> {
                    features.add("window function: " + name(call.function()));
                    call.frame().ifPresent(frame -> features.add("frame: " + name(frame.unit())));
                });
            }
            case Aggregate aggregate -> add(aggregate, features, expressions);
            case Rel.Clocked filter -> features.add(filter.waits() ? "clock: waits" : "clock: leaves");
            case Rel.Lateral lateral -> features.add(lateral.isAbove()
                    ? "lateral: above"
                    : lateral.isOfStreams() ? "lateral: streams" : "lateral: table");
            case Rel.Reach reach -> features.add(reach.length() == 0 ? "reach: any" : "reach: ways");
            case Rel.Match match ->
                    features.add(match.pattern().within() > 0 ? "match: within" : "match: of any length");
            case Rel.DropDuplicates drop ->
                    features.add(drop.isWithin() ? "duplicates within the watermark" : "duplicates");
            case Rel.Pivot _,Rel.WindowTime _,Rel.Stream _,Rel.Static _,Rel.Distinct _,Rel.Lives _ -> {
            }
        }
        expressions.forEach(expression -> add(expression, features));
    }

    private static void add(Rel.Join join, Set<String> features, List<Expr> expressions) {
        join.keys().forEach(key -> expressions.add(key.left()));
        join.residual().ifPresent(expressions::add);
        if (join.isOfStreams()) {
            features.addAll(ofStreams(join, features));
            return;
        }
        features.add("join: " + name(join.kind()));
        join.keys().forEach(key -> {
            features.add(key.isNullSafe() ? "null-safe join key" : "join key");
            if (!(key.left() instanceof Expr.Column && key.right() instanceof Expr.Column)) {
                features.add("computed join key");
            }
        });
    }

    private static List<String> ofAsof(Rel.Asof join) {
        List<String> features = new ArrayList<>(List.of("as-of: " + join.comparison()));
        if (join.outer()) {
            features.add("as-of: left");
        }
        if (!join.isOfStreams()) {
            features.add("as-of: with a table");
        }
        if (join.right() instanceof Aggregate) {
            features.add("as-of: over groups");
        }
        if (join.keys().isEmpty()) {
            features.add("as-of: without keys");
        }
        return features;
    }

    private static List<String> ofStreams(Rel.Join join, Set<String> known) {
        if (join.isSubquery() && join.keys().size() == 1) {
            return List.of("stream subquery");
        }
        List<String> features = new ArrayList<>(List.of("stream join", "stream join: " + name(join.kind())));
        features.add(JoinBound.of(join).isEmpty()
                ? "stream join without a bound"
                : join.band().isEmpty()
                        ? "equal times"
                        : JoinBound.isExact(join.band().get()) ? "moved times" : "band");
        if (join.keys().stream().allMatch(Rel.JoinKey::isNullSafe)) {
            features.add("stream join without equality");
        }
        List<String> left = streams(join.left());
        if (streams(join.right()).stream().anyMatch(left::contains)) {
            features.add("stream join of the same stream");
        }
        if (join.inputs().stream().anyMatch(Aggregate.class::isInstance)) {
            features.add("stream join of groups");
        }
        if (known.contains("stream join")) {
            features.add("several joins of streams");
        }
        return features;
    }

    private static Set<String> ofLives(QueryCase query) {
        Set<String> features = new HashSet<>();
        if (query.isLimited()) {
            int last = query.triggers().size() - 1;
            LatenessModel lateness = LatenessModel.of(query);
            Lifetimes lifetimes = new Lifetimes(query, lateness, last);
            query.nodes().stream().filter(lifetimes::limits).forEach(rel -> features.add("time to live: " + kept(rel)));
            features.add("time to live: " + (Lifetimes.option(query).isPresent() ? "option" : "hint"));
            QueryCase forEver = query.with(LivesGenerator.forEver(query.query()));
            if (!RowBag.difference(Interpreter.after(query, last, lateness).rows(),
                    Interpreter.after(forEver, last, LatenessModel.of(forEver)).rows()).isEmpty()) {
                features.add("time to live: forgotten");
            }
        }
        return features;
    }

    private static String kept(Rel operator) {
        return switch (operator) {
            case Aggregate _ -> "groups";
            case Rel.Over _,Rel.Top _ -> "partitions";
            case Rel.Join _ -> "join";
            default -> "rows"; // the others keep rows by themselves
        };
    }

    private static List<String> streams(Rel rel) {
        return QueryCase.nodes(rel).stream().filter(Rel.Stream.class::isInstance)
                .map(stream -> ((Rel.Stream) stream).name()).toList();
    }

    private static void add(Aggregate aggregate, Set<String> features, List<Expr> expressions) {
        features.add("grouping: " + name(aggregate.grouping()));
        aggregate.window().ifPresent(w -> features.add(w.isSession()
                ? "session window"
                : w.size() == w.slide() ? "tumbling window" : "sliding window"));
        aggregate.having().ifPresent(e -> features.add("having"));
        aggregate.having().ifPresent(expressions::add);
        expressions.addAll(aggregate.keys());
        aggregate.keys().stream().filter(key -> key.type().isNested())
                .forEach(key -> features.add("group key: " + name(key.type())));
        if (QueryCase.nodes(aggregate.input()).stream().anyMatch(Aggregate.class::isInstance)) {
            features.add("aggregate of an aggregate");
        }
        if (QueryCase.nodes(aggregate.input()).stream().anyMatch(node -> node instanceof Rel.Join join
                && join.isOfStreams())) {
            features.add("aggregate of a stream join");
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

    /// What fewer than one case in two hundred had; nothing where there are too few cases to say.
    List<String> rare() {
        return cases < CASES_TO_JUDGE ? List.of() : rarerThan(LEAST_SHARE);
    }

    List<String> rarerThan(double share) {
        return counts.entrySet().stream()
                .filter(entry -> expected.contains(entry.getKey()) && entry.getValue() < share * cases)
                .map(Map.Entry::getKey).toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(cases + " cases had\n");
        counts.forEach((feature, count) -> text
                .append(String.format(Locale.ROOT, "  %5.1f %%  %s%n", 100.0 * count / cases, feature)));
        return text.toString();
    }
}
