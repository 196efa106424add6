package dev.thalweg.execution.trigger;

import dev.thalweg.execution.progress.QueryProgress;
import dev.thalweg.execution.progress.QueryProgress.Durations;
import dev.thalweg.execution.progress.QueryProgress.EventTimeProgress;
import dev.thalweg.execution.progress.QueryProgress.SinkProgress;
import dev.thalweg.execution.progress.QueryProgress.SourceProgress;
import dev.thalweg.execution.progress.QueryProgress.StateOperatorProgress;
import dev.thalweg.execution.trigger.QueryState.NodeFigures;
import dev.thalweg.planner.incremental.PlanNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Puts together what a trigger tells about itself. Only numbers and texts that exist anyway; nothing is formatted here.
final class TriggerReport {
    private final UUID id;
    private final UUID runId;
    private final Optional<String> name;
    private long lastBeganMillis = Long.MIN_VALUE;

    TriggerReport(UUID id, UUID runId, Optional<String> name) {
        this.id = id;
        this.runId = runId;
        this.name = name;
    }

    /// What must be read before the trigger is committed.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Figures(TriggerRecord record, long[] rows, List<Ends> ends, List<StateOperatorProgress> state,
            Optional<EventTimeProgress> eventTime, SinkProgress sink) {}

    /// Where a source was before the trigger, and after it.
    record Ends(String description, Optional<String> start, String end, Map<String, String> metrics) {}

    Figures measure(OpenQuery query, TriggerRecord record, long[] rows) {
        List<Ends> ends = new ArrayList<>();
        for (SourceInput<?> input : query.inputs()) {
            Map<String, String> metrics = input.dropped().metrics();
            if (record.idle().contains(ends.size())) {
                metrics = new TreeMap<>(metrics);
                metrics.put("idle", "true");
            }
            ends.add(new Ends(input.description(), input.takenJson(), input.targetJson(), metrics));
        }
        return new Figures(record, rows, ends, state(query), eventTime(query),
                new SinkProgress(query.outlet().description(), query.outlet().rows()));
    }

    private static List<StateOperatorProgress> state(OpenQuery query) {
        IdentityHashMap<PlanNode, Long> late = new IdentityHashMap<>();
        query.tasks()
                .forEach(task -> task.late().counts().forEach((node, count) -> late.merge(node, count, Long::sum)));
        List<StateOperatorProgress> operators = new ArrayList<>();
        List<StateOperatorProgress> results = new ArrayList<>(); // behind the plan's own
        for (NodeFigures figures : query.state().figures()) {
            boolean isResult = ResultTables.isResult(figures.node());
            PlanNode node = isResult ? query.plan().root() : query.plan().nodes().get(figures.node());
            (isResult ? results : operators).add(new StateOperatorProgress(
                    isResult ? "resultTable" : OperatorNames.kind(node),
                    figures.node(), figures.entries(), figures.updated(), figures.removed(),
                    isResult ? 0 : late.getOrDefault(node, 0L), figures.where().bytes(), query.tasks().size(),
                    Map.of("rowsInMemory", figures.where().resident(), "bytesOnDisk", figures.where().storedBytes())));
        }
        addKeptInJoins(query, late, operators);
        operators.sort(Comparator.comparingInt(StateOperatorProgress::node));
        operators.addAll(results);
        return operators;
    }

    /// A DISTINCT that leaves its rows to the join above keeps nothing, but refuses what is late.
    private static void addKeptInJoins(OpenQuery query, Map<PlanNode, Long> late,
            List<StateOperatorProgress> operators) {
        List<PlanNode> nodes = query.plan().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof PlanNode.Distinct distinct && distinct.inJoin()) {
                operators.add(new StateOperatorProgress(OperatorNames.kind(distinct), i, 0, 0, 0,
                        late.getOrDefault(distinct, 0L), 0, query.tasks().size(),
                        Map.of("rowsInMemory", 0L, "bytesOnDisk", 0L)));
            }
        }
    }

    private static Optional<EventTimeProgress> eventTime(OpenQuery query) {
        if (query.edges().declarations().isEmpty()) {
            return Optional.empty();
        }
        EventTimeGauge total = new EventTimeGauge(0);
        for (Step step : query.dataflow().steps()) {
            if (step instanceof GaugeStep gauge) {
                gauge.gauge().mergeInto(total);
            }
        }
        return Optional.of(new EventTimeProgress(total.observed(),
                query.edges().after(query.plan().root()).micros()));
    }

    QueryProgress progress(Figures figures, Durations durations) {
        long began = figures.record().clockMillis();
        double sinceLast = lastBeganMillis == Long.MIN_VALUE ? 0 : (began - lastBeganMillis) / 1e3;
        double took = durations.nanos("triggerExecution") / 1e9;
        lastBeganMillis = began;
        List<SourceProgress> sources = new ArrayList<>();
        for (int i = 0; i < figures.ends().size(); i++) {
            Ends ends = figures.ends().get(i);
            long rows = figures.rows()[i];
            sources.add(new SourceProgress(ends.description(), ends.start(), ends.end(), ends.end(), rows,
                    perSecond(rows, sinceLast), perSecond(rows, took), ends.metrics()));
        }
        return new QueryProgress(id, runId, name, Instant.ofEpochMilli(began), figures.record().number(), durations,
                figures.eventTime(), figures.state(), sources, figures.sink());
    }

    private static double perSecond(long rows, double seconds) {
        return seconds <= 0 ? 0 : rows / seconds;
    }
}
