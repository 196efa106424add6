package dev.thalweg.tests.law;

import dev.thalweg.tests.law.OverCall.Bound;
import dev.thalweg.tests.law.OverCall.Frame;
import dev.thalweg.tests.law.OverCall.Unit;
import dev.thalweg.tests.law.Rel.Order;
import dev.thalweg.tests.law.Rel.Over;
import dev.thalweg.tests.law.Rel.Top;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What ranks and window functions mean: each partition is sorted, and each row looks at the rows of its frame.
final class Ranking {
    private final List<Order> order;
    private final List<Tuple> rows;
    /// How many different peers come before each row: counted once, for frames of groups ask for it often.
    private final int[] groups;

    /// @param rows of one partition, sorted
    private Ranking(List<Order> order, List<Tuple> rows) {
        this.order = order;
        this.rows = rows;
        this.groups = new int[rows.size()];
        for (int i = 1; i < groups.length; i++) {
            groups[i] = groups[i - 1] + (compare(order, rows.get(i - 1), rows.get(i)) == 0 ? 0 : 1);
        }
    }

    static List<Tuple> top(Top top, List<Tuple> input) {
        List<Tuple> result = new ArrayList<>();
        for (Ranking partition : partitions(input, top.partition(), top.order())) {
            for (int i = 0; i < partition.rows.size(); i++) {
                int rank = switch (top.rank()) {
                    case ROW_NUMBER -> i + 1;
                    case RANK -> partition.firstPeer(i) + 1;
                    case DENSE_RANK -> partition.groups[i] + 1;
                };
                Tuple row = partition.rows.get(i);
                if (rank > top.offset() && rank <= top.offset() + top.count()) {
                    result.add(top.rankName().isPresent() ? row.plus(List.of(rank)) : row);
                }
            }
        }
        return result;
    }

    static List<Tuple> over(Over over, List<Tuple> input) {
        List<Tuple> result = new ArrayList<>();
        for (Ranking partition : partitions(input, over.partition(), over.order())) {
            for (int i = 0; i < partition.rows.size(); i++) {
                List<@Nullable Object> more = new ArrayList<>();
                for (OverCall call : over.calls()) {
                    more.add(partition.evaluate(call, i));
                }
                result.add(partition.rows.get(i).plus(more));
            }
        }
        return result;
    }

    private static List<Ranking> partitions(List<Tuple> input, List<Integer> keys, List<Order> order) {
        Map<Object, List<Tuple>> partitions = new LinkedHashMap<>();
        for (Tuple row : input) {
            List<@Nullable Object> key = new ArrayList<>();
            keys.forEach(i -> key.add(RowBag.key(row.get(i))));
            partitions.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        return partitions.values().stream().map(rows -> {
            rows.sort((a, b) -> compare(order, a, b));
            return new Ranking(order, rows);
        }).toList();
    }

    private static int compare(List<Order> order, Tuple a, Tuple b) {
        for (Order key : order) {
            Object left = a.get(key.column());
            Object right = b.get(key.column());
            int compared = 0;
            if (left == null || right == null) {
                compared = left == null && right == null ? 0 : (left == null) == key.nullsFirst() ? -1 : 1;
            } else {
                compared = (key.descending() ? -1 : 1) * Scalars.compare(left, right);
            }
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private int firstPeer(int row) {
        return first(i -> groups[i] == groups[row]);
    }

    private int lastPeer(int row) {
        return last(i -> groups[i] == groups[row]);
    }

    private int first(IntPredicate wanted) {
        return IntStream.range(0, rows.size()).filter(wanted).findFirst().orElse(rows.size());
    }

    private int last(IntPredicate wanted) {
        return IntStream.range(0, rows.size()).filter(wanted).max().orElse(-1);
    }

    private @Nullable Object evaluate(OverCall call, int row) {
        int size = rows.size();
        return switch (call.function()) {
            case ROW_NUMBER -> row + 1;
            case RANK -> firstPeer(row) + 1;
            case DENSE_RANK -> groups[row] + 1;
            case PERCENT_RANK -> size == 1 ? 0.0 : (double) firstPeer(row) / (size - 1);
            case CUME_DIST -> (double) (lastPeer(row) + 1) / size;
            case NTILE -> tile(row, size, call.number());
            case LAG -> beside(call, row, -1);
            case LEAD -> beside(call, row, 1);
            case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> nth(call, frame(call, row));
            case COUNT, SUM, AVG, MIN, MAX -> Aggregates.evaluate(aggregate(call), frame(call, row));
        };
    }

    private static int tile(int row, int size, int tiles) {
        int small = size / tiles;
        int larger = size % tiles;
        int inLarger = larger * (small + 1);
        return row < inLarger ? row / (small + 1) + 1 : larger + (row - inLarger) / Math.max(1, small) + 1;
    }

    private @Nullable Object beside(OverCall call, int row, int step) {
        int left = call.number();
        for (int i = row + step; i >= 0 && i < rows.size(); i += step) {
            Object value = rows.get(i).get(call.column());
            if ((value != null || !call.ignoresNulls()) && --left == 0) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable Object nth(OverCall call, List<Tuple> frame) {
        List<Tuple> seen = frame.stream().filter(row -> !call.ignoresNulls() || row.get(call.column()) != null)
                .toList();
        int index = switch (call.function()) {
            case FIRST_VALUE -> 0;
            case LAST_VALUE -> seen.size() - 1;
            default -> call.number() - 1;
        };
        return index >= 0 && index < seen.size() ? seen.get(index).get(call.column()) : null;
    }

    private static Rel.AggregateCall aggregate(OverCall call) {
        Rel.Function function = call.function() == OverCall.Function.COUNT && call.column() < 0
                ? Rel.Function.COUNT_ROWS
                : Rel.Function.valueOf(call.function().name());
        Optional<Expr> argument = call.column() < 0
                ? Optional.empty()
                : Optional.of(new Expr.Column(call.column(), call.type()));
        return new Rel.AggregateCall(function, argument, false, Optional.empty(), call.name(), call.type());
    }

    private List<Tuple> frame(OverCall call, int row) {
        Frame whole = new Frame(Unit.RANGE, Bound.UNBOUNDED, order.isEmpty() ? Bound.UNBOUNDED : Bound.CURRENT, false);
        Frame frame = call.frame().orElse(whole);
        int start = Math.max(0, frame.start().offset().map(offset -> start(frame.unit(), offset, row)).orElse(0));
        int last = rows.size() - 1;
        int end = Math.min(last, frame.end().offset().map(offset -> end(frame.unit(), offset, row)).orElse(last));
        return start > end ? List.of() : rows.subList(start, end + 1);
    }

    private int start(Unit unit, int offset, int row) {
        return switch (unit) {
            case ROWS -> row + offset;
            case GROUPS -> first(i -> groups[i] >= groups[row] + offset);
            case RANGE -> offset == 0 || isNull(row)
                    ? firstPeer(row)
                    : first(i -> isNull(i) ? isLast(i, row) : isFrom(i, row, offset));
        };
    }

    private int end(Unit unit, int offset, int row) {
        return switch (unit) {
            case ROWS -> row + offset;
            case GROUPS -> last(i -> groups[i] <= groups[row] + offset);
            case RANGE -> offset == 0 || isNull(row)
                    ? lastPeer(row)
                    : last(i -> isNull(i) ? !isLast(i, row) : isUpTo(i, row, offset));
        };
    }

    /// Of a NULL: whether it comes after the rows that have a value.
    private static boolean isLast(int nullRow, int row) {
        return nullRow > row;
    }

    private boolean isNull(int row) {
        return rows.get(row).get(order.getFirst().column()) == null;
    }

    private BigDecimal along(int row) {
        Object at = Objects.requireNonNull(rows.get(row).get(order.getFirst().column()));
        BigDecimal value = at instanceof Instant time
                ? BigDecimal.valueOf(LatenessModel.micros(time), 6).divide(BigDecimal.valueOf(Frame.STEP))
                : Scalars.exact((Number) at);
        return order.getFirst().descending() ? value.negate() : value;
    }

    private boolean isFrom(int i, int row, int offset) {
        return along(i).compareTo(along(row).add(BigDecimal.valueOf(offset))) >= 0;
    }

    private boolean isUpTo(int i, int row, int offset) {
        return along(i).compareTo(along(row).add(BigDecimal.valueOf(offset))) <= 0;
    }
}
