package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Which tables beside a stream are read anew while the query runs: at each trigger those whose option `refresh` says so, and
/// once those that REFRESH TABLE names. Rows that arrived before keep what they met.
///
/// **Thread** the trigger thread; [#ask] and [#canRefresh] anybody's.
final class RefreshedTables {
    /// The option of a table: `start` or `trigger`.
    private static final String OPTION = "refresh";

    private final Map<String, PlanNode.Scan> scans = new HashMap<>();
    private final Set<String> always = new HashSet<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    /// Those that cannot be read anew, each with why not.
    private final Map<String, String> fixed = new HashMap<>();
    private final Map<String, String> stamps = new HashMap<>();

    /// @param flowing the nodes whose rows flow on into the result, once
    RefreshedTables(StreamPlan plan, List<PlanNode> flowing) {
        if (plan.traits(plan.root()).boundedInput()) {
            return; // a batch query reads all once
        }
        for (PlanNode node : plan.nodes()) {
            if (node instanceof StaticJoin join && !plan.traits(join).boundedInput()) {
                collect(join.table(), plan.traits(join.stream()).changes() == Changes.RETRACT);
            }
        }
        for (PlanNode node : flowing) {
            if (node instanceof PlanNode.Scan scan && !scan.table().streaming()) {
                noteOption(scan);
                fixed.put(key(scan), "its rows flow into the result, once");
            }
        }
        always.stream().filter(fixed::containsKey).findFirst().ifPresent(table -> {
            throw new InvalidQuery("THW-3343",
                    "Table '" + table + "' has refresh = 'trigger', but cannot be read anew while"
                            + " this query runs: " + fixed.get(table) + ". Read it as a stream, FROM STREAM " + table
                            + ", so that its changes are changes of the result; or leave refresh out.");
        });
    }

    private void collect(PlanNode node, boolean retracts) {
        if (node instanceof PlanNode.Scan scan && !scan.table().streaming()) {
            scans.put(key(scan), scan);
            noteOption(scan);
            if (retracts) {
                fixed.put(key(scan), "rows that it is joined with may be taken back, together with what they met");
            }
        }
        node.inputs().forEach(input -> collect(input, retracts));
    }

    private void noteOption(PlanNode.Scan scan) {
        if (scan.table().options().text(OPTION).filter("trigger"::equalsIgnoreCase).isPresent()) {
            always.add(key(scan));
        }
    }

    private static String key(PlanNode.Scan scan) {
        return key(scan.table().name());
    }

    private static String key(String table) {
        return table.toLowerCase(Locale.ROOT);
    }

    /// Whether what is there may be another version than that of the last run: nobody need say so.
    boolean isRefreshedAlways(String table) {
        return always.contains(key(table));
    }

    boolean canRefresh(String table) {
        return scans.containsKey(key(table)) && !fixed.containsKey(key(table));
    }

    /// The next trigger takes the table as it is then.
    void ask(String table) {
        asked.add(key(table));
    }

    /// A table was read.
    void note(String table, String stamp) {
        stamps.put(key(table), stamp);
    }

    /// The tables to read anew.
    ///
    /// @param stampNow what the table's stamp would be now
    Set<String> changed(Function<PlanNode.Scan, String> stampNow) {
        if (always.isEmpty() && asked.isEmpty()) {
            return Set.of();
        }
        Set<String> due = new HashSet<>(always);
        for (String table : Set.copyOf(asked)) {
            asked.remove(table); // whoever asks from now on means a later version
            due.add(table);
        }
        due.removeIf(table -> {
            PlanNode.Scan scan = scans.get(table);
            return scan == null || !stamps.containsKey(table) || stampNow.apply(scan).equals(stamps.get(table));
        });
        return due;
    }

    /// Whether a node reads one of the tables.
    static boolean reads(PlanNode node, Set<String> tables) {
        return (node instanceof PlanNode.Scan scan && tables.contains(key(scan)))
                || node.inputs().stream().anyMatch(input -> reads(input, tables));
    }
}
