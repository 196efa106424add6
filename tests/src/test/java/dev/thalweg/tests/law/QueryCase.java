package dev.thalweg.tests.law;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /// How a union takes its watermark from its inputs'; drawn with the data, so that a plan is tried both ways.
    String watermarkPolicy() {
        return Math.floorMod(seed, 2) == 0 ? "max" : "min";
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

    QueryCase inOneTrigger() {
        Map<String, List<List<@Nullable Object>>> rows = new HashMap<>();
        triggers.forEach(trigger -> trigger.rows()
                .forEach((stream, some) -> rows.computeIfAbsent(stream, _ -> new ArrayList<>()).addAll(some)));
        return with(List.of(new Trigger(rows)), Set.of());
    }

    QueryCase with(List<Trigger> less, Set<Integer> fewerRestarts) {
        return new QueryCase(query, mode, tables, less, fewerRestarts, tasks, seed);
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

    /// The rows of a stream in the triggers up to `last`, in order of arrival.
    List<List<@Nullable Object>> rows(String stream, int last) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        triggers.subList(0, last + 1).forEach(trigger -> rows.addAll(trigger.of(stream)));
        return rows;
    }
}
