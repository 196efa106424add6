package dev.thalweg.execution.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.sink.SinkProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a query reads and where it writes, as its checkpoint remembers it. The offsets in the log count what lies there, and
/// the sink has the triggers before: with other places both would be wrong, and nothing in the state would show it.
///
/// @param sources in the order of the plan's streaming scans, as the log's offsets are
/// @param sinks in the order of the query's outputs
record QueryEnds(List<Source> sources, List<Sink> sinks) {
    /// @param place what the connector says makes it the same source, such as its paths
    record Source(String name, String format, String place) {}

    /// @param place what the connector says makes it the same target, such as its path
    record Sink(String format, String place) {
        private void write(ObjectNode tree) {
            tree.put("format", format).put("place", place);
        }

        private static Sink read(JsonNode tree) {
            return new Sink(tree.path("format").asText(), tree.path("place").asText());
        }
    }

    static QueryEnds of(QuerySpec spec, Connectors connectors) {
        List<Source> sources = new ArrayList<>();
        for (PlanNode node : spec.plan().nodes()) {
            if (node instanceof PlanNode.Scan scan && scan.table().streaming()) {
                PlanNode.TableSource table = scan.table();
                sources.add(new Source(table.name(), table.format().toLowerCase(Locale.ROOT),
                        connectors.source(table.format()).place(table.options())));
            }
        }
        return new QueryEnds(sources,
                spec.outputs().stream().map(output -> sink(output.target(), connectors)).toList());
    }

    private static Sink sink(Target target, Connectors connectors) {
        return switch (target) {
            case Target.ToSink sink -> {
                SinkProvider provider = connectors.sink(sink.format());
                yield new Sink(provider.format(), provider.place(sink.options()));
            }
            case Target.ToResultTable _ -> new Sink("result table", "");
            case Target.ToConsumer _ -> new Sink("foreachBatch", "");
        };
    }

    /// A line for each end, for people to compare.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        sources.forEach(
                source -> lines.add("reads " + source.name() + " from " + end(source.format(), source.place())));
        sinks.forEach(sink -> lines.add("writes to " + end(sink.format(), sink.place())));
        return lines;
    }

    private static String end(String format, String place) {
        return place.isEmpty() ? format : format + "[" + place + "]";
    }

    void write(ObjectNode tree) {
        sources.forEach(source -> tree.withArray("sources").addObject().put("name", source.name())
                .put("format", source.format()).put("place", source.place()));
        sinks.getFirst().write(tree.putObject("sink"));
        sinks.subList(1, sinks.size()).forEach(sink -> sink.write(tree.withArray("moreSinks").addObject()));
    }

    /// Empty for a checkpoint that was made before they were recorded.
    static Optional<QueryEnds> read(JsonNode tree) {
        if (!tree.has("sink")) {
            return Optional.empty();
        }
        List<Source> sources = new ArrayList<>();
        tree.path("sources").forEach(source -> sources.add(new Source(source.path("name").asText(),
                source.path("format").asText(), source.path("place").asText())));
        List<Sink> sinks = new ArrayList<>(List.of(Sink.read(tree.path("sink"))));
        tree.path("moreSinks").forEach(sink -> sinks.add(Sink.read(sink)));
        return Optional.of(new QueryEnds(sources, sinks));
    }
}
