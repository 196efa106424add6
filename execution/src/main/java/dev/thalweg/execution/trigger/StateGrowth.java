package dev.thalweg.execution.trigger;

import dev.thalweg.planner.explain.ForgottenTables;
import dev.thalweg.planner.explain.NodeText;
import dev.thalweg.planner.explain.StateReport;
import dev.thalweg.planner.explain.StateReport.Growth;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.TimesToLive;
import dev.thalweg.planner.incremental.UnusedLives;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far a query's state may grow: whether a query may start that keeps something for ever, and how many rows its operators
/// may hold.
///
/// @param unbounded what becomes of a query with an operator whose state nothing frees
/// @param rowsMax entries that all operators may hold together, without the result of a memory table or a view
public record StateGrowth(Unbounded unbounded, long rowsMax) {
    private static final Logger LOG = LoggerFactory.getLogger(StateGrowth.class);

    public static final StateGrowth DEFAULT = new StateGrowth(Unbounded.WARN, Long.MAX_VALUE);

    /// The values of `thalweg.sql.unboundedState`.
    public enum Unbounded {
        ALLOW, WARN, REFUSE
    }

    /// Says at the start which operators of a query grow for ever, and what bounds them.
    ///
    /// **Errors** `THW-3280` where such a query may not start
    void check(QuerySpec spec, String query) {
        if (unbounded == Unbounded.ALLOW) {
            return;
        }
        String operators = growing(spec, _ -> true);
        if (operators.isEmpty()) {
            return;
        }
        if (unbounded == Unbounded.REFUSE) {
            throw new InvalidQuery("THW-3280", "The state of " + query + " grows without end, and"
                    + " thalweg.sql.unboundedState is 'refuse':" + operators
                    + "\nBound it, or SET thalweg.sql.unboundedState = 'warn' for this query.");
        }
        LOG.warn("The state of {} grows without end: {}\nSET thalweg.state.rowsMax limits it;"
                + " SET thalweg.sql.unboundedState = 'allow' keeps silent.", query, operators);
    }

    /// Refuses a time to live that some operator cannot keep: it would grow in silence.
    ///
    /// **Errors** `THW-3352`
    static void checkTimeToLive(QuerySpec spec, String query) {
        String operators = spec.plan().timeToLiveMicros().isEmpty()
                ? ""
                : growing(spec, node -> !TimesToLive.isForEver(node));
        if (!operators.isEmpty()) {
            throw new InvalidQuery("THW-3352", "The state of " + query
                    + " is to have a time to live (stateTtl), but not"
                    + " all of its operators can forget. They can where they keep what belongs to a key (GROUP BY, PARTITION BY,"
                    + " DISTINCT, dropDuplicates, INTERSECT, EXCEPT, sessions) and in joins, over rows of streams that are only"
                    + " added. These cannot:"
                    + operators + "\n    or let rows leave with the clock, below it: WHERE ts > clock() - INTERVAL"
                    + " 1 DAY\nBound them so, or leave stateTtl out.");
        }
    }

    /// Says which times to live bound nothing, and which take what nobody may expect.
    static void warnOfTimesToLive(QuerySpec spec, String query) {
        ForgottenTables.of(spec.plans()).forEach(table -> LOG.warn("Time to live in {}: {}", query, table));
        UnusedLives.of(spec.plans()).forEach(unused -> LOG.warn("Hint in {}: {}", query, unused));
    }

    /// The operators that grow for ever, each with the first result that needs it; empty where none does.
    private static String growing(QuerySpec spec, Predicate<PlanNode> counts) {
        StringBuilder operators = new StringBuilder();
        Set<PlanNode> told = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < spec.plans().size(); i++) {
            String result = spec.name(i).map(name -> ", for " + name).orElse("");
            StateReport.of(spec.plans().get(i)).stream()
                    .filter(kept -> kept.growth() == Growth.UNBOUNDED && counts.test(kept.node())
                            && told.add(kept.node()))
                    .forEach(kept -> operators.append("\n  ").append(NodeText.of(kept.node())).append(result)
                            .append("\n    keeps ").append(kept.rows()).append("\n    remedy: ")
                            .append(kept.remedy()));
        }
        return operators.toString();
    }

    /// Stops a trigger that would hold more than it may, before anything of it is on record.
    ///
    /// **Errors** `THW-4260`
    void check(OpenQuery query) {
        if (rowsMax == Long.MAX_VALUE) {
            return;
        }
        List<QueryState.NodeFigures> figures = query.state().figures().stream()
                .filter(node -> !ResultTables.isResult(node.node()))
                .toList();
        long rows = figures.stream().mapToLong(QueryState.NodeFigures::entries).sum();
        if (rows > rowsMax) {
            QueryState.NodeFigures most = figures.stream()
                    .max(Comparator.comparingLong(QueryState.NodeFigures::entries)).orElseThrow();
            PlanNode node = query.plan().nodes().get(most.node());
            throw new Unavailable("THW-4260", "The state would hold " + rows + " rows, and thalweg.state.rowsMax is "
                    + rowsMax + ". Most are of " + OperatorNames.of(query.plan(), node) + " (" + NodeText.of(node)
                    + "): " + most.entries() + ". The trigger was dropped: raise thalweg.state.rowsMax and start the"
                    + " query again, or bound the operator (EXPLAIN STATE says how).");
        }
    }
}
