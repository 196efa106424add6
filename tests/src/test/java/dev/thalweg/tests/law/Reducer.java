package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes a failing case smaller while it still fails in the same way: fewer restarts, one task, fewer triggers and rows, a
/// simpler query.
final class Reducer {
    private static final int ATTEMPTS_MAX = 1_500;

    private final Predicate<QueryCase> fails;
    private int attempts;

    Reducer(Predicate<QueryCase> fails) {
        this.fails = fails;
    }

    QueryCase reduce(QueryCase failing) {
        QueryCase smallest = failing;
        while (attempts < ATTEMPTS_MAX) {
            Optional<QueryCase> smaller = candidates(smallest).stream().filter(this::stillFails).findFirst();
            if (smaller.isEmpty()) {
                return smallest;
            }
            smallest = smaller.get();
        }
        return smallest;
    }

    private boolean stillFails(QueryCase candidate) {
        return attempts++ < ATTEMPTS_MAX && fails.test(candidate);
    }

    private static List<QueryCase> candidates(QueryCase query) {
        List<QueryCase> smaller = new ArrayList<>();
        if (!query.restarts().isEmpty()) {
            smaller.add(query.with(query.triggers(), Set.of()));
        }
        if (query.tasks() > 1) {
            smaller.add(new QueryCase(query.query(), query.mode(), query.tables(), query.triggers(), query.restarts(),
                    1, query.seed()));
        }
        int last = query.triggers().size() - 1;
        if (last > 0) {
            smaller.add(query.with(query.triggers().subList(0, last), without(query.restarts(), last - 1)));
            for (int i = 0; i <= last; i++) {
                List<Trigger> less = new ArrayList<>(query.triggers());
                less.remove(i);
                smaller.add(query.with(less, Set.of()));
            }
        }
        for (Rel rel : Smaller.of(query.query())) {
            QueryCase simpler = query.with(rel);
            if (query.mode() != QueryCase.Mode.APPEND || QueryCase.isInsertOnly(rel)) {
                smaller.add(simpler);
            }
        }
        for (int i = 0; i <= last; i++) {
            for (Trigger less : fewerRows(query.triggers().get(i))) {
                List<Trigger> triggers = new ArrayList<>(query.triggers());
                triggers.set(i, less);
                smaller.add(query.with(triggers, query.restarts()));
            }
        }
        return smaller;
    }

    private static Set<Integer> without(Set<Integer> restarts, int trigger) {
        Set<Integer> fewer = new HashSet<>(restarts);
        fewer.remove(trigger);
        return fewer;
    }

    /// Without half of a stream's rows, and without each.
    private static List<Trigger> fewerRows(Trigger trigger) {
        List<Trigger> smaller = new ArrayList<>();
        trigger.rows().forEach((stream, rows) -> {
            if (rows.size() > 3) {
                smaller.add(replaced(trigger, stream, rows.subList(0, rows.size() / 2)));
                smaller.add(replaced(trigger, stream, rows.subList(rows.size() / 2, rows.size())));
            }
            for (int i = 0; i < rows.size() && trigger.size() > 1; i++) {
                List<List<@Nullable Object>> less = new ArrayList<>(rows);
                less.remove(i);
                smaller.add(replaced(trigger, stream, less));
            }
        });
        return smaller;
    }

    private static Trigger replaced(Trigger trigger, String stream, List<List<@Nullable Object>> rows) {
        Map<String, List<List<@Nullable Object>>> all = new HashMap<>(trigger.rows());
        all.put(stream, rows);
        return new Trigger(all);
    }
}
