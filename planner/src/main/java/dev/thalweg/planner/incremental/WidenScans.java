package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Reads of each stream, wherever it is scanned, all columns that any of several plans want, so that one scan serves them
/// all; a projection above gives each what it wanted.
final class WidenScans {
    private final Map<TableSource, TreeSet<Integer>> wanted = new HashMap<>();
    private final IdentityHashMap<PlanNode, PlanNode> done = new IdentityHashMap<>();

    WidenScans(List<PlanNode> roots) {
        roots.forEach(this::collect);
    }

    private void collect(PlanNode node) {
        if (node instanceof Scan scan && scan.table().streaming()) {
            wanted.computeIfAbsent(scan.table(), _ -> new TreeSet<>()).addAll(scan.columns());
        }
        node.inputs().forEach(this::collect);
    }

    PlanNode of(PlanNode node) {
        PlanNode known = done.get(node); // plans are graphs, and stay them
        if (known == null) {
            known = widened(node);
            done.put(node, known);
        }
        return known;
    }

    private PlanNode widened(PlanNode node) {
        if (node instanceof Scan scan && isNarrow(scan)) {
            Scan wide = wide(scan);
            return asBefore(scan, scan, wide, wide);
        }
        if (node instanceof Watermark watermark && watermark.input() instanceof Scan scan && isNarrow(scan)) {
            Scan wide = wide(scan); // the projection goes above the watermark, so that this is one too
            int column = wide.columns().indexOf(scan.columns().get(watermark.column()));
            return asBefore(watermark, scan, wide, new Watermark(wide, column, watermark.delayMicros()));
        }
        return NodeOver.of(node, node.inputs().stream().map(this::of).toList());
    }

    private boolean isNarrow(Scan scan) {
        return scan.table().streaming() && !scan.columns().equals(columns(scan));
    }

    private List<Integer> columns(Scan scan) {
        return List.copyOf(wanted.getOrDefault(scan.table(), new TreeSet<>(scan.columns())));
    }

    private Scan wide(Scan scan) {
        List<Integer> columns = columns(scan);
        return new Scan(scan.table(), columns, scan.table().schema().select(columns));
    }

    private static PlanNode asBefore(PlanNode old, Scan scan, Scan wide, PlanNode now) {
        List<Expression> expressions = new ArrayList<>();
        for (int column : scan.columns()) {
            expressions.add(Expressions.input(now.schema(), wide.columns().indexOf(column)));
        }
        return new Project(now, expressions, old.schema());
    }
}
