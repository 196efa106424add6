package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes ORDER BY out of a plan over streams: changes have no order. What is left is the order of the whole result, in which
/// complete mode hands it over; in other modes it is up to whoever reads the result. One in a subquery orders nothing:
/// `PlaceExchanges` leaves it out.
///
/// **Errors** where the query asks for an order that nobody can keep
final class SettleOrder {
    private SettleOrder() {}

    /// A plan without its ORDER BY.
    ///
    /// @param order by columns of the root; empty where the query asks for none
    record Settled(PlanNode root, List<SortKey> order) {}

    static Settled of(PlanNode root, OutputMode mode) {
        return switch (root) {
            case Sort(PlanNode input, List<SortKey> keys) -> {
                if (mode == OutputMode.APPEND && !(input instanceof PlanNode.TopN)) {
                    throw new InvalidQuery("THW-3102",
                            "ORDER BY over a stream has no meaning in append mode: a row that"
                                    + " comes later may belong before one that has been written. Leave ORDER BY out; or add a"
                                    + " LIMIT and use output mode update, complete or changelog; or use complete mode, which"
                                    + " writes the whole result in order.");
                }
                yield new Settled(input, keys);
            }
            case Project(PlanNode input, List<Expression> expressions, var schema) when isSorted(input) -> {
                Settled below = of(input, mode);
                Optional<List<SortKey>> order = moved(below.order(), expressions);
                if (order.isEmpty() && mode == OutputMode.COMPLETE) {
                    throw new InvalidQuery("THW-3205",
                            "Complete mode hands the result over in the order asked for, but ORDER BY names what the"
                                    + " SELECT list does not have. Add it to the SELECT list, or order by one of its"
                                    + " columns.");
                }
                yield new Settled(new Project(below.root(), expressions, schema), order.orElse(List.of()));
            }
            default -> new Settled(root, List.of()); // a rule: no ORDER BY on top
        };
    }

    private static boolean isSorted(PlanNode node) {
        return node instanceof Sort || (node instanceof Project project && isSorted(project.input()));
    }

    private static Optional<List<SortKey>> moved(List<SortKey> keys, List<Expression> expressions) {
        List<SortKey> moved = new ArrayList<>();
        for (SortKey key : keys) {
            int place = -1;
            for (int i = 0; i < expressions.size() && place < 0; i++) {
                place = expressions.get(i) instanceof Expression.Input(int column, _, _) && column == key.column()
                        ? i
                        : -1;
            }
            if (place < 0) {
                return Optional.empty();
            }
            moved.add(new SortKey(place, key.descending(), key.nullsFirst()));
        }
        return Optional.of(moved);
    }
}
