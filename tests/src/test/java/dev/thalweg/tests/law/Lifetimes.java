package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.Rel.Lives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is forgotten: a key, or of a join a row, goes at the end of the first trigger that comes its time to live after the last row
/// that reached it and brings none. What reaches it later begins anew: so a key may live several times.
///
/// @param last trigger that there was
record Lifetimes(QueryCase query, LatenessModel lateness, int last) {
    /// The time to live of the whole query. Drawn for every second one with a single operator that keeps anything, for an option holds
    /// for all.
    static OptionalLong option(QueryCase query) {
        List<Rel> keeping = query.nodes().stream().filter(QueryCase::remembers).toList();
        if (keeping.size() != 1 || SqlWriter.names(query.query().columns()).hashCode() % 2 != 0) {
            return OptionalLong.empty();
        }
        List<Long> all = keeping.getFirst().inputs().stream().filter(input -> !Rel.isFinite(input))
                .map(input -> hinted(input).orElse(0)).distinct().toList();
        return all.size() == 1 && all.getFirst() > 0 ? OptionalLong.of(all.getFirst()) : OptionalLong.empty();
    }

    private static OptionalLong hinted(Rel input) {
        return input instanceof Lives lives ? OptionalLong.of(lives.micros()) : OptionalLong.empty();
    }

    /// How long an operator keeps a key that it finds by the columns `keys`; empty: for ever, or until the watermark lets it go. A table
    /// beside a stream wants nothing kept.
    OptionalLong of(Rel operator, Collection<Integer> keys) {
        boolean isFreed = query.mode() != Mode.COMPLETE && lateness.isFreed(operator, keys);
        if (lateness == LatenessModel.NONE || isFreed) {
            return OptionalLong.empty();
        }
        OptionalLong option = option(query);
        List<OptionalLong> hints = operator.inputs().stream().filter(input -> !Rel.isFinite(input))
                .map(Lifetimes::hinted).toList();
        boolean isForEver = hints.isEmpty() || hints.stream().anyMatch(hint -> hint.orElse(0) == 0);
        return option.isPresent() || isForEver
                ? option
                : OptionalLong.of(hints.stream().mapToLong(OptionalLong::getAsLong).max().orElseThrow());
    }

    /// How long a join keeps a row of a side.
    OptionalLong of(Rel.Join join, boolean isLeft) {
        boolean isFreed = query.mode() != Mode.COMPLETE && lateness.isFreed(join, isLeft);
        OptionalLong hint = hinted(isLeft ? join.left() : join.right());
        return lateness == LatenessModel.NONE || isFreed || hint.orElse(0) == 0 ? OptionalLong.empty() : hint;
    }

    /// Whether a key is forgotten, that a row has reached in one trigger and none since, when another ends.
    private boolean isForgotten(OptionalLong micros, int reached, int trigger) {
        return micros.isPresent() && trigger > reached && Duration.between(query.clock(reached), query.clock(trigger))
                .compareTo(Duration.ofMillis(micros.getAsLong() / 1_000)) > 0;
    }

    /// The rows of each life of each key, by when it began.
    ///
    /// @param rows in order of arrival
    List<List<Tuple>> of(OptionalLong micros, List<Tuple> rows, Function<Tuple, Object> key) {
        Map<Object, List<Tuple>> current = new HashMap<>();
        List<List<Tuple>> lives = new ArrayList<>();
        for (Tuple row : rows) {
            List<Tuple> life = current.get(key.apply(row));
            if (life == null || isForgotten(micros, life.getLast().trigger(), row.trigger() - 1)) {
                life = new ArrayList<>();
                lives.add(life);
                current.put(key.apply(row), life);
            }
            life.add(row);
        }
        return lives;
    }

    boolean isOver(OptionalLong micros, List<Tuple> life) {
        return isForgotten(micros, life.getLast().trigger(), last);
    }

    /// The rows of one key that is not forgotten.
    List<Tuple> alive(OptionalLong micros, List<Tuple> rows) {
        if (micros.isEmpty() || rows.isEmpty()) {
            return rows;
        }
        List<Tuple> life = of(micros, rows, _ -> 0).getLast();
        return isOver(micros, life) ? List.of() : life;
    }

    /// The rows of the keys that are not forgotten.
    List<Tuple> alive(Rel operator, List<Integer> keys, List<Tuple> rows) {
        OptionalLong micros = of(operator, keys);
        if (micros.isEmpty()) {
            return rows;
        }
        Map<Object, List<Tuple>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(key(row, keys), _ -> new ArrayList<>()).add(row));
        return groups.values().stream().flatMap(group -> alive(micros, group).stream()).toList();
    }

    static Object key(Tuple row, List<Integer> columns) {
        List<@Nullable Object> key = new ArrayList<>();
        columns.forEach(i -> key.add(RowBag.key(row.get(i))));
        return key;
    }

    /// The rows of the sessions that are not forgotten. A session that rows bring together with another lives on with it.
    List<Tuple> alive(Rel.Aggregate sessions, List<Tuple> rows) {
        OptionalLong micros = of(sessions, keys(sessions));
        if (micros.isEmpty()) {
            return rows;
        }
        List<Tuple> alive = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            int trigger = i;
            rows.stream().filter(row -> row.trigger() == trigger).forEach(alive::add);
            IdentityHashMap<Object, List<Tuple>> kept = new IdentityHashMap<>();
            Sessions.of(sessions, alive)
                    .forEach((row, bounds) -> kept.computeIfAbsent(bounds, _ -> new ArrayList<>()).add(row));
            Set<Tuple> gone = Collections.newSetFromMap(new IdentityHashMap<>());
            kept.values().stream().filter(session -> isForgotten(micros,
                    session.stream().mapToInt(Tuple::trigger).max().orElseThrow(), trigger)).forEach(gone::addAll);
            alive.removeIf(gone::contains);
        }
        return alive;
    }

    /// The join of the rows that are not forgotten. Pairs stay that are final: all of append mode, and those of which the watermark
    /// has let one row go before the clock let go of the other.
    List<Tuple> join(Rel.Join join, List<Tuple> left, List<Tuple> right, Joins.Alone alone) {
        IdentityHashMap<Tuple, Integer> leftEnds = ends(join, true, left);
        IdentityHashMap<Tuple, Integer> rightEnds = ends(join, false, right);
        return Joins.of(join, left, right, new Joins.Alone() {
            @Override
            public boolean isShown(boolean isLeft, Tuple row) {
                return alone.isShown(isLeft, row) && (query.mode() == Mode.APPEND || end(isLeft, row) > last);
            }

            @Override
            public boolean meet(Tuple one, Tuple other) {
                boolean goesLeft = end(true, one) <= end(false, other);
                int gone = goesLeft ? end(true, one) : end(false, other);
                return gone >= Math.max(one.trigger(), other.trigger()) && (gone > last || query.mode() == Mode.APPEND
                        || isFreedBefore(join, !goesLeft, goesLeft ? other : one, gone));
            }

            private int end(boolean isLeft, Tuple row) {
                return (isLeft ? leftEnds : rightEnds).getOrDefault(row, -1);
            }
        });
    }

    private boolean isFreedBefore(Rel.Join join, boolean isLeft, Tuple row, int trigger) {
        return query.mode() != Mode.COMPLETE && lateness.isFreed(join, isLeft)
                && lateness.isFinal(join, isLeft, row, trigger - 1);
    }

    /// At the end of which trigger a join forgets each row of a side. An equal row renews one.
    private IdentityHashMap<Tuple, Integer> ends(Rel.Join join, boolean isLeft, List<Tuple> rows) {
        OptionalLong micros = of(join, isLeft);
        IdentityHashMap<Tuple, Integer> ends = new IdentityHashMap<>();
        for (List<Tuple> life : of(micros, rows, row -> RowBag.key(row.values()))) {
            int end = life.getLast().trigger();
            while (end <= last && !isForgotten(micros, life.getLast().trigger(), end)) {
                end++;
            }
            int ended = end;
            life.forEach(row -> ends.put(row, ended));
        }
        return ends;
    }

    /// Whether an operator forgets anything.
    boolean limits(Rel operator) {
        boolean isLimited = operator.inputs().stream().anyMatch(Lives.class::isInstance);
        return isLimited && (operator instanceof Rel.Join join
                ? of(join, true).isPresent() || of(join, false).isPresent()
                : of(operator, keys(operator)).isPresent());
    }

    /// Whether the watermark lets go of what an operator keeps, but in complete mode.
    static boolean isFreed(Rel operator) {
        return !(operator instanceof Rel.Join) && LatenessModel.ofNoRows().isFreed(operator, keys(operator));
    }

    /// By which columns of its input an operator finds what it keeps, as far as a watermark can free it.
    private static List<Integer> keys(Rel operator) {
        return switch (operator) {
            case Rel.Over over -> over.partition();
            case Rel.Top top -> top.partition();
            case Rel.DropDuplicates drop -> drop.keys();
            case Rel.Aggregate groups -> groups.window().filter(Rel.Window::isSession)
                    .map(window -> List.of(window.timeColumn())).orElse(List.of());
            case Rel.Distinct _,Rel.SetOperation _ -> LatenessModel.allColumns(operator);
            default -> List.of(); // the others are not drawn so
        };
    }
}
