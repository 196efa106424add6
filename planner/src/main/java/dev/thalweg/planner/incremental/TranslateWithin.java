package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.EventTime.Role;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Finds the event time by which `dropDuplicatesWithinWatermark` lets go of a key, and by how much its watermark trails. Of what is
/// read once all duplicates are seen, and dropped.
final class TranslateWithin {
    private TranslateWithin() {}

    static PlanNode of(PlanNode input, List<Integer> keys) {
        if (InferBounded.of(input)) {
            return new DropDuplicates(input, keys);
        }
        int time = time(input);
        return new DropWithinWatermark(input, keys, time, delay(input, time).orElse(0));
    }

    /// The one time that the watermark speaks of; where there is none, the end of a window of it.
    private static int time(PlanNode input) {
        Map<Integer, Role> roles = InferEventTime.of(input).columns();
        Map<String, Integer> times = new TreeMap<>(); // a column that the SELECT list has twice is one
        for (Role wanted : List.of(Role.TIME, Role.WINDOW_END)) {
            for (int column = 0; column < input.schema().size() && times.size() < 2; column++) {
                if (roles.get(column) == wanted) {
                    times.putIfAbsent(Origin.of(input, column), column);
                }
            }
            if (times.size() == 1) {
                return times.values().iterator().next();
            }
            if (times.size() > 1) {
                throw new InvalidQuery("THW-3351",
                        "dropDuplicatesWithinWatermark goes by one event time, but these rows"
                                + " have several: " + times.values().stream()
                                        .map(column -> "'" + input.schema().field(column).name() + "'").toList()
                                + ". Leave out all but one with select() or drop(), or declare the one that counts again with"
                                + " withWatermark().");
            }
        }
        throw new InvalidQuery("THW-3350",
                "dropDuplicatesWithinWatermark lets go of a key by event time, but no column of"
                        + " these rows is an event time with a watermark. Declare one (WATERMARK FOR ts AS ts - INTERVAL '10'"
                        + " SECOND, or withWatermark(\"ts\", \"10 seconds\")) and keep its column; or use dropDuplicates, which"
                        + " keeps every key.");
    }

    /// How far the watermark of a column trails it, the longest of all streams that bring it.
    private static OptionalLong delay(PlanNode node, int column) {
        return switch (node) {
            case PlanNode.Watermark watermark when watermark.column() == column ->
                    OptionalLong.of(watermark.delayMicros());
            case PlanNode.Project project when project.expressions()
                    .get(column) instanceof Expression.Input(int source, _, _) -> delay(project.input(), source);
            case PlanNode.Union union -> longest(union.inputs(), column);
            case PlanNode.Filter filter -> delay(filter.input(), column);
            case PlanNode.Lives lives -> delay(lives.input(), column);
            case PlanNode.StaticJoin join when column < join.stream().schema().size() -> delay(join.stream(), column);
            case PlanNode.StreamJoin join -> side(join.left(), join.right(), column);
            case PlanNode.AsofJoin join -> side(join.left(), join.right(), column);
            default -> declared(node); // a rule: others compute the time from those below, or keep it in place
        };
    }

    private static OptionalLong side(PlanNode left, PlanNode right, int column) {
        int width = left.schema().size();
        return column < width ? delay(left, column) : delay(right, column - width);
    }

    private static OptionalLong longest(List<PlanNode> inputs, int column) {
        return inputs.stream().map(input -> delay(input, column)).flatMapToLong(OptionalLong::stream).max();
    }

    /// The longest of the declarations below.
    private static OptionalLong declared(PlanNode node) {
        return node instanceof PlanNode.Watermark watermark
                ? OptionalLong.of(watermark.delayMicros())
                : node.inputs().stream().map(TranslateWithin::declared).flatMapToLong(OptionalLong::stream).max();
    }
}
