package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.Distinct;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.Lookup;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Static;
import dev.thalweg.tests.law.Rel.Stream;
import dev.thalweg.tests.law.Rel.Union;
import dev.thalweg.tests.law.Rel.Watermark;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which rows a cut of the input makes late: a watermark for each edge and trigger, and the rule of each operator.
///
/// W of trigger N is what the rows of the triggers before N moved it to: the greatest event time that reached the
/// declaration, less the delay. A union has the least of its inputs, a join its stream's.
final class LatenessModel {
    /// Nothing is late: a batch query.
    static final LatenessModel NONE = new LatenessModel(false);

    private static final long NO_WATERMARK = Long.MIN_VALUE;

    private enum Role {
        TIME, WINDOW_START, WINDOW_END
    }

    /// For each declaration: W of trigger 0, 1, … and, last, of the trigger that never came.
    private final IdentityHashMap<Watermark, long[]> declared = new IdentityHashMap<>();
    private final IdentityHashMap<Rel, Map<Integer, Role>> roles = new IdentityHashMap<>();

    private final boolean takesGreatest;

    private LatenessModel(boolean takesGreatest) {
        this.takesGreatest = takesGreatest;
    }

    static LatenessModel of(QueryCase query) {
        LatenessModel model = new LatenessModel(query.watermarkPolicy().equals("max"));
        for (Rel node : query.nodes()) {
            if (node instanceof Watermark watermark) {
                model.declared.put(watermark, watermarks(query, watermark));
            }
        }
        return model;
    }

    private static long[] watermarks(QueryCase query, Watermark declaration) {
        long[] reached = new long[query.triggers().size() + 1];
        java.util.Arrays.fill(reached, NO_WATERMARK);
        for (Tuple row : Interpreter.arrivals(query, declaration.input())) {
            if (row.get(declaration.column()) instanceof Instant time) {
                int next = row.trigger() + 1;
                reached[next] = Math.max(reached[next], micros(time) - declaration.delayMicros());
            }
        }
        for (int i = 1; i < reached.length; i++) {
            reached[i] = Math.max(reached[i], reached[i - 1]);
        }
        return reached;
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /// W of the edge above `rel` at `trigger`.
    long watermark(Rel rel, int trigger) {
        return switch (rel) {
            case Watermark watermark -> declared.getOrDefault(watermark, new long[] {})[trigger];
            case Union union -> {
                long left = watermark(union.left(), trigger);
                long right = watermark(union.right(), trigger);
                yield takesGreatest ? Math.max(left, right) : Math.min(left, right);
            }
            case Stream _,Static _ -> NO_WATERMARK;
            case Filter _,Project _,Join _,Lookup _,Explode _,Aggregate _,Distinct _,DropDuplicates _ ->
                    watermark(rel.inputs().getFirst(), trigger);
        };
    }

    private Map<Integer, Role> roles(Rel rel) {
        Map<Integer, Role> known = roles.get(rel);
        if (known == null) {
            known = findRoles(rel);
            roles.put(rel, known);
        }
        return known;
    }

    private Map<Integer, Role> findRoles(Rel rel) {
        return switch (rel) {
            case Stream _,Static _ -> Map.of();
            case Watermark watermark -> Map.of(watermark.column(), Role.TIME);
            case Project project -> references(project.expressions(), roles(project.input()), 0);
            case Aggregate aggregate -> outputRoles(aggregate);
            case Union union -> {
                Map<Integer, Role> both = new HashMap<>(roles(union.left()));
                both.entrySet().retainAll(roles(union.right()).entrySet());
                yield both;
            }
            case Filter _,Join _,Lookup _,Explode _,Distinct _,DropDuplicates _ -> roles(rel.inputs().getFirst());
        };
    }

    private static Map<Integer, Role> references(List<Expr> expressions, Map<Integer, Role> input, int offset) {
        Map<Integer, Role> output = new HashMap<>();
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof Expr.Column(int column, _) && input.containsKey(column)) {
                output.put(offset + i, input.getOrDefault(column, Role.TIME));
            }
        }
        return output;
    }

    private Map<Integer, Role> outputRoles(Aggregate aggregate) {
        Map<Integer, Role> input = roles(aggregate.input());
        Map<Integer, Role> output = references(aggregate.keys(), input, aggregate.window().isPresent() ? 2 : 0);
        if (aggregate.grouping() != Rel.Grouping.PLAIN) {
            output.clear(); // a group that does not show its time has none
        }
        if (aggregate.window().isPresent() && input.get(aggregate.window().get().timeColumn()) == Role.TIME) {
            output.put(0, Role.WINDOW_START);
            output.put(1, Role.WINDOW_END);
        }
        return output;
    }

    /// The column that decides over lateness and finality: the end of a window, else a bare event time.
    private static int deciding(Map<Integer, Role> roles, Collection<Integer> among) {
        int time = -1;
        for (int column : among) {
            if (roles.get(column) == Role.WINDOW_END) {
                return column;
            }
            time = time < 0 && roles.get(column) == Role.TIME ? column : time;
        }
        return time;
    }

    /// Whether an operator that keys its input by `keys` refuses a row.
    boolean isLate(QueryCase query, Rel input, List<Integer> keys, Tuple row) {
        int column = deciding(roles(input), keys);
        return column >= 0 && isOvertaken(query, input, row.get(column), row.trigger());
    }

    /// Whether an aggregate refuses a row for one of its windows; `window` is empty where there are none.
    boolean isLate(QueryCase query, Aggregate aggregate, List<@Nullable Object> window, Tuple row) {
        Map<Integer, Role> output = outputRoles(aggregate);
        int column = deciding(output, output.keySet());
        if (column < 0) {
            return false;
        }
        Object time = window.isEmpty() ? Scalars.evaluate(aggregate.keys().get(column), row.values()) : window.get(1);
        return isOvertaken(query, aggregate.input(), time, row.trigger());
    }

    private boolean isOvertaken(QueryCase query, Rel input, @Nullable Object time, int trigger) {
        return this != NONE && query.mode() != Mode.COMPLETE && trigger >= 0 && time instanceof Instant instant
                && micros(instant) <= watermark(input, trigger);
    }

    /// Whether the group of an output row is closed when `trigger` ends.
    boolean isFinal(Aggregate aggregate, List<@Nullable Object> output, int trigger) {
        Map<Integer, Role> roles = outputRoles(aggregate);
        int column = deciding(roles, roles.keySet());
        return this == NONE || (column >= 0 && output.get(column) instanceof Instant time
                && micros(time) <= watermark(aggregate.input(), trigger + 1));
    }

    /// Whether append mode has an answer: every group says by its key when it is final.
    static boolean isFinalByKey(Aggregate aggregate) {
        Map<Integer, Role> roles = new LatenessModel(false).outputRoles(aggregate);
        return deciding(roles, roles.keySet()) >= 0;
    }
}
