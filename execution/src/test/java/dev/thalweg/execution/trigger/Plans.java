package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Small plans, put together by hand.
final class Plans {
    /// `(user STRING, n BIGINT, ts TIMESTAMP)`.
    static final RowType ROW = RowType.of(Field.of("user", Simple.STRING), Field.of("n", Simple.BIGINT),
            Field.of("ts", Simple.TIMESTAMP));

    private Plans() {}

    static PlanNode.Scan scan(String feed, boolean streaming) {
        PlanNode.TableSource table = new PlanNode.TableSource(feed, "feed",
                new TableOptions(Map.of("name", feed)), ROW, streaming);
        return new PlanNode.Scan(table, List.of(0, 1, 2), ROW);
    }

    static PlanNode.Scan clicks() {
        return scan("clicks", true);
    }

    static Expression.Input column(PlanNode input, int column) {
        return new Expression.Input(column, input.schema().type(column), true);
    }

    static Expression number(long value) {
        return new Expression.Literal(value, Simple.BIGINT);
    }

    static Expression call(String function, DataType type, Expression... arguments) {
        return new Expression.Call(function, List.of(arguments), type, true);
    }

    /// Rows whose `n` is more than `least`.
    static PlanNode moreThan(PlanNode input, long least) {
        return new PlanNode.Filter(input, call(">", Simple.BOOLEAN, column(input, 1), number(least)));
    }

    /// `user, 100 / n`.
    static PlanNode hundredBy(PlanNode input) {
        return new PlanNode.Project(input,
                List.of(column(input, 0), call("div", Simple.BIGINT, number(100), column(input, 1))),
                RowType.of(Field.of("user", Simple.STRING), Field.of("share", Simple.BIGINT)));
    }

    static PlanNode.Watermark watermark(PlanNode input, long delayMicros) {
        return new PlanNode.Watermark(input, 2, delayMicros);
    }

    /// `user, count(*)` a window of so many microseconds.
    static PlanNode countByWindow(PlanNode input, long size) {
        List<Field> window = List.of(new Field("start", Simple.TIMESTAMP, false),
                new Field("end", Simple.TIMESTAMP, false));
        PlanNode assigned = new PlanNode.WindowAssign(input, column(input, 2), size, size, 0,
                PlanNode.appended(input.schema(), window));
        List<Integer> keys = List.of(4, 0);
        return count(new PlanNode.Exchange(assigned, keys), keys);
    }

    static PlanNode countByUser(PlanNode input) {
        return count(new PlanNode.Exchange(input, List.of(0)), List.of(0));
    }

    private static PlanNode count(PlanNode input, List<Integer> keys) {
        List<Field> fields = new ArrayList<>(keys.stream().map(input.schema()::field).toList());
        fields.add(new Field("count", Simple.BIGINT, false));
        return new PlanNode.Aggregate(input, keys, List.of(new AggregateCall("count", List.of(), false,
                Optional.empty(), false, Simple.BIGINT, false)), new RowType(fields));
    }

    static StreamPlan plan(PlanNode root, OutputMode mode) {
        List<PlanNode> nodes = new ArrayList<>();
        IdentityHashMap<PlanNode, Traits> traits = new IdentityHashMap<>();
        collect(root, mode, nodes, traits);
        Optional<List<Integer>> key = root instanceof PlanNode.Aggregate aggregate
                ? Optional.of(IntStream.range(0, aggregate.keys().size()).boxed().toList())
                : Optional.empty();
        return new StreamPlan(root, nodes, traits, mode, key, false);
    }

    private static void collect(PlanNode node, OutputMode mode, List<PlanNode> nodes, Map<PlanNode, Traits> traits) {
        node.inputs().forEach(input -> collect(input, mode, nodes, traits));
        boolean bounded = node instanceof PlanNode.Scan scan
                ? !scan.table().streaming()
                : node.inputs().stream().allMatch(input -> of(traits, input).boundedInput());
        EventTime time = eventTime(node, traits);
        Optional<Integer> freedBy = node instanceof PlanNode.Aggregate aggregate && mode != OutputMode.COMPLETE
                ? of(traits, aggregate.input()).eventTime().deciding(aggregate.keys()).stream().boxed().findFirst()
                : Optional.empty();
        boolean onClose = node instanceof PlanNode.Aggregate && mode == OutputMode.APPEND;
        Changes changes = node instanceof PlanNode.Aggregate && !onClose
                ? Changes.RETRACT
                : node.inputs().stream().map(input -> of(traits, input).changes()).reduce(Changes.INSERT_ONLY,
                        Changes::and);
        nodes.add(node);
        traits.put(node, new Traits(changes, time, onClose, freedBy, bounded));
    }

    private static Traits of(Map<PlanNode, Traits> traits, PlanNode node) {
        return java.util.Objects.requireNonNull(traits.get(node));
    }

    private static EventTime eventTime(PlanNode node, Map<PlanNode, Traits> traits) {
        EventTime below = node.inputs().isEmpty()
                ? EventTime.NONE
                : of(traits, node.inputs().getFirst()).eventTime();
        return switch (node) {
            case PlanNode.Watermark watermark -> new EventTime(Map.of(watermark.column(), EventTime.Role.TIME));
            case PlanNode.WindowAssign assign when !below.columns().isEmpty() ->
                    new EventTime(
                            Map.of(2, EventTime.Role.TIME, assign.schema().size() - 2, EventTime.Role.WINDOW_START,
                                    assign.schema().size() - 1, EventTime.Role.WINDOW_END));
            case PlanNode.Aggregate aggregate -> new EventTime(aggregate.keys().stream()
                    .filter(below.columns()::containsKey)
                    .collect(java.util.stream.Collectors.toMap(aggregate.keys()::indexOf, below.columns()::get)));
            default -> below;
        };
    }
}
