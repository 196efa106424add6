package dev.thalweg.tests.law;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One case of the law: a query, the tables, and the input as it arrives, trigger by trigger.
///
/// @param tables the rows of the finite tables
/// @param triggers what arrives in each: at least one row
/// @param restarts after which triggers the query is stopped and started again
/// @param tasks 1 to 4
/// @param seed from which everything but a reduction was drawn
record QueryCase(Rel query, Mode mode, Map<String, List<List<@Nullable Object>>> tables, List<Trigger> triggers,
        Set<Integer> restarts, int tasks, long seed) {
    enum Mode {
        APPEND, UPDATE, COMPLETE, CHANGELOG
    }

    /// How what has several inputs takes its watermark from theirs; drawn with the data, so that a plan is tried both ways. The
    /// greatest only where they are sources: above an operator it would refuse what that takes back of rows it has given.
    String watermarkPolicy() {
        boolean isOfSources = nodes().stream().filter(node -> node.inputs().size() > 1)
                .allMatch(node -> node.inputs().stream().allMatch(input -> nodes(input).stream()
                        .noneMatch(QueryCase::remembers)));
        return Math.floorMod(seed, 2) == 0 && isOfSources ? "max" : "min";
    }

    /// Whether a relation keeps rows from one trigger to the next.
    static boolean remembers(Rel rel) {
        return switch (rel) {
            case Rel.Stream _,Rel.Static _,Rel.Watermark _,Rel.Lives _,Rel.Filter _,Rel.Project _,Rel.Explode _,Rel.Union _ ->
                    false;
            case Rel.Join join -> join.isOfStreams() || join.kind() == Rel.JoinKind.RIGHT
                    || join.kind() == Rel.JoinKind.FULL;
            case Rel.Asof join -> join.isOfStreams();
            case Rel.Lookup lookup -> lookup.isOfStreams();
            case Rel.Lateral lateral -> lateral.isOfStreams();
            case Rel.WindowTime _ -> false;
            case Rel.Clocked _,Rel.Reach _,Rel.Pivot _,Rel.Match _ -> true;
            case Rel.Aggregate _,Rel.Distinct _,Rel.DropDuplicates _,Rel.SetOperation _,Rel.Top _,Rel.Over _ -> true;
        };
    }

    /// The rows of one trigger by stream.
    record Trigger(Map<String, List<List<@Nullable Object>>> rows) {
        int size() {
            return rows.values().stream().mapToInt(List::size).sum();
        }

        List<List<@Nullable Object>> of(String stream) {
            return rows.getOrDefault(stream, List.of());
        }
    }

    /// What state may keep in memory between triggers: as much as it likes in every second case, nothing in the others.
    long stateCacheBytes() {
        return (seed >> 1) % 2 == 0 ? 1L << 31 : 1;
    }

    /// Where the clock stands at a trigger: at the times of the rows, more or less. Where something has a time to live it goes in
    /// steps that none of these ends in, nor in the eighth after it: so which trigger forgets is no matter of chance.
    Instant clock(int trigger) {
        if (isLimited()) {
            Random steps = new Random(seed);
            return DataGenerator.BEGIN.plusSeconds(3_600 + IntStream.range(0, trigger)
                    .mapToLong(_ -> LivesGenerator.STEP_SECONDS * List.of(0, 1, 1, 2, 3).get(steps.nextInt(5))).sum());
        }
        long step = List.of(0L, 4L, 13L, 30L).get(Math.floorMod(seed >> 2, 4));
        return DataGenerator.BEGIN.plusSeconds(3_600 + step * trigger);
    }

    boolean isLimited() {
        return nodes().stream().anyMatch(Rel.Lives.class::isInstance);
    }

    Instant lastClock() {
        return clock(triggers.size() - 1);
    }

    QueryCase inOneTrigger() {
        Map<String, List<List<@Nullable Object>>> rows = new HashMap<>();
        triggers.forEach(trigger -> trigger.rows()
                .forEach((stream, some) -> rows.computeIfAbsent(stream, _ -> new ArrayList<>()).addAll(some)));
        return with(List.of(new Trigger(rows)), Set.of());
    }

    QueryCase with(List<Trigger> less, Set<Integer> fewerRestarts) {
        return new QueryCase(query, mode, tables, less, fewerRestarts, tasks, seed);
    }

    QueryCase in(Mode other) {
        return new QueryCase(query, other, tables, triggers, restarts, tasks, seed);
    }

    QueryCase with(Rel other) {
        return new QueryCase(other, mode, tables, triggers, restarts, tasks, seed);
    }

    /// All relations of the query, inputs first.
    static List<Rel> nodes(Rel rel) {
        List<Rel> nodes = new ArrayList<>();
        rel.inputs().forEach(input -> nodes.addAll(nodes(input)));
        nodes.add(rel);
        return nodes;
    }

    List<Rel> nodes() {
        return nodes(query);
    }

    /// Whether the rows of a relation, once there, stay in append mode, so that the mode has an answer.
    static boolean isInsertOnly(Rel rel) {
        if (Rel.isFinite(rel)) {
            return true;
        }
        return rel.inputs().stream().allMatch(QueryCase::isInsertOnly) && switch (rel) {
            case Rel.Stream _,Rel.Static _,Rel.Watermark _,Rel.Lives _,Rel.Filter _,Rel.Project _,Rel.Explode _,Rel.Union _,Rel.Distinct _,Rel.DropDuplicates _ ->
                    true;
            case Rel.Join join when join.isOfStreams() -> !join.isSubquery()
                    && (join.kind() == Rel.JoinKind.INNER || join.kind() == Rel.JoinKind.SEMI
                            || JoinBound.of(join).filter(bound -> bound.closes(join.kind())).isPresent());
            case Rel.Join join -> join.kind() != Rel.JoinKind.RIGHT && join.kind() != Rel.JoinKind.FULL;
            case Rel.Asof join -> !join.isOfStreams()
                    || JoinBound.of(join).filter(_ -> !join.outer() || join.isBackward()).isPresent();
            case Rel.Lookup lookup -> !lookup.isOfStreams();
            case Rel.Lateral lateral -> !lateral.isOfStreams();
            case Rel.WindowTime _,Rel.Reach _,Rel.Match _ -> true;
            case Rel.Clocked filter -> filter.waits();
            case Rel.Pivot _ -> false;
            case Rel.Aggregate aggregate -> EventTimes.of(aggregate).deciding() >= 0;
            case Rel.SetOperation set -> set.kind() == Rel.SetKind.INTERSECT || Rel.isFinite(set.right())
                    || EventTimes.of(set).deciding() >= 0;
            case Rel.Top top -> EventTimes.of(top.input()).deciding(top.partition()) >= 0;
            case Rel.Over over when over.byTime() -> true;
            case Rel.Over over -> EventTimes.of(over.input()).deciding(over.partition()) >= 0;
        };
    }

    /// The rows of a stream in the triggers up to `last`, in order of arrival.
    List<List<@Nullable Object>> rows(String stream, int last) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        triggers.subList(0, last + 1).forEach(trigger -> rows.addAll(trigger.of(stream)));
        return rows;
    }
}
