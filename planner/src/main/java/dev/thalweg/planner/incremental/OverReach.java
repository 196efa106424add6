package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.Frame.Unit;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/// How far the window functions of one OVER look, and so how far the change of a row is felt: what a row looks ahead is felt
/// by rows before, what it looks back by rows behind.
///
/// @param whole a change is felt in all of the partition
/// @param toTheEnd it is felt by all rows behind
/// @param fromTheStart a row needs all rows before it, and nothing of a fixed size stands in for them
/// @param peers rows with equal order are seen together
public record OverReach(boolean whole, boolean toTheEnd, boolean fromTheStart, boolean peers, Distance back,
        Distance ahead) {
    /// So far that any of the three is reached; a span is one of the ordering column's values, as 64 bits.
    public record Distance(long rows, long groups, long span) {
        public static final Distance NONE = new Distance(0, 0, -1);

        Distance and(Distance other) {
            return new Distance(Math.max(rows, other.rows), Math.max(groups, other.groups), Math.max(span, other.span));
        }
    }

    private static final OverReach NOTHING = new OverReach(false, false, false, false, Distance.NONE, Distance.NONE);
    private static final OverReach WHOLE = new OverReach(true, false, false, false, Distance.NONE, Distance.NONE);
    private static final OverReach TO_THE_END = new OverReach(false, true, false, false, Distance.NONE, Distance.NONE);
    private static final OverReach PEERS = new OverReach(false, false, false, true, Distance.NONE, Distance.NONE);
    private static final Set<Simple> WHOLE_NUMBERS = EnumSet.of(Simple.TINYINT, Simple.SMALLINT, Simple.INT,
            Simple.BIGINT, Simple.DATE, Simple.TIMESTAMP, Simple.TIMESTAMP_NTZ, Simple.TIME, Simple.INTERVAL_YEAR_MONTH,
            Simple.INTERVAL_DAY_TIME);
    private static final long DAY = 86_400_000_000L;

    /// Aggregates that keep a fixed size, whether rows are only added or also taken back.
    private static final Set<String> ROLLING = Set.of("count", "sum", "try_sum", "avg", "try_avg", "bool_and", "every",
            "bool_or", "any", "some", "stddev", "std", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop",
            "bit_and", "bit_or", "bit_xor", "skewness", "kurtosis", "corr", "covar_pop", "covar_samp", "regr_avgx",
            "regr_avgy", "regr_count", "regr_intercept", "regr_r2", "regr_slope", "regr_sxx", "regr_sxy", "regr_syy");

    public static OverReach of(Over over) {
        OverReach all = over.calls().stream().map(call -> of(call, over)).reduce(NOTHING, OverReach::and);
        return all.peers && over.order().isEmpty() ? WHOLE : all;
    }

    /// Whether something of each partition stays when the watermark has passed all of its rows.
    public boolean keepsPartitions() {
        return fromTheStart || toTheEnd || back.rows() > 0 || back.groups() > 0;
    }

    private OverReach and(OverReach other) {
        return new OverReach(whole || other.whole, toTheEnd || other.toTheEnd, fromTheStart || other.fromTheStart,
                peers || other.peers, back.and(other.back), ahead.and(other.ahead));
    }

    private static OverReach of(OverCall call, Over over) {
        Distance rows = new Distance(call.number(), 0, -1);
        return switch (call.function()) {
            case "row_number" -> TO_THE_END;
            case "rank", "dense_rank" -> TO_THE_END.and(PEERS);
            case "percent_rank", "cume_dist", "ntile" -> WHOLE;
            case "lag" -> call.ignoreNulls() ? TO_THE_END.and(anew()) : NOTHING.back(rows);
            case "lead" -> call.ignoreNulls() ? WHOLE : NOTHING.ahead(rows);
            case "first_value", "last_value", "nth_value", "min", "max" -> framed(call.frame(), over);
            default -> framed(call.frame(), over)
                    .and(runs(call.frame()) && !rolls(call, over.input().schema()) ? anew() : NOTHING);
        };
    }

    private static OverReach anew() {
        return new OverReach(false, false, true, false, Distance.NONE, Distance.NONE);
    }

    private OverReach back(Distance distance) {
        return new OverReach(whole, toTheEnd, fromTheStart, peers, back.and(distance), ahead);
    }

    private OverReach ahead(Distance distance) {
        return new OverReach(whole, toTheEnd, fromTheStart, peers, back, ahead.and(distance));
    }

    /// How long after its time a row has all that it looks at, where the order is one of time.
    public long aheadMicros() {
        return Math.max(0, ahead.span());
    }

    /// Whether one state of a fixed size moves from frame to frame; then a running aggregate goes on from what it came to.
    public static boolean rolls(OverCall call, RowType input) {
        return ROLLING.contains(call.function()) || (runs(call.frame()) && switch (call.function()) {
            case "product" -> true;
            case "max_by", "min_by" -> call.constants().isEmpty()
                    && call.arguments().stream().allMatch(each -> fitsLong(input.type(each)));
            default -> false; // a rule: others keep their values
        });
    }

    private static boolean fitsLong(DataType type) {
        return type instanceof Simple && type.isFixedWidth() && type != Simple.VOID;
    }

    /// Whether the frame takes in all rows up to somewhere near its own.
    public static boolean runs(Frame frame) {
        return frame.start().side() == Side.UNBOUNDED_PRECEDING;
    }

    private static OverReach framed(Frame frame, Over over) {
        return bound(frame.start(), frame.unit(), over).and(bound(frame.end(), frame.unit(), over))
                .and(frame.unit() == Unit.ROWS ? NOTHING : PEERS);
    }

    private static OverReach bound(Bound bound, Unit unit, Over over) {
        return switch (bound.side()) {
            case UNBOUNDED_PRECEDING -> TO_THE_END;
            case UNBOUNDED_FOLLOWING -> WHOLE;
            case CURRENT -> NOTHING;
            case PRECEDING, FOLLOWING -> {
                Object offset = Objects.requireNonNull(bound.offset().value());
                Distance distance = switch (unit) {
                    case ROWS -> new Distance(((Number) offset).longValue(), 0, -1);
                    case GROUPS -> new Distance(0, ((Number) offset).longValue(), -1);
                    case RANGE -> new Distance(0, 0, span(offset, over));
                };
                if (unit == Unit.RANGE && distance.span < 0) {
                    yield WHOLE;
                }
                yield bound.side() == Side.PRECEDING ? NOTHING.back(distance) : NOTHING.ahead(distance);
            }
        };
    }

    /// A span that is never smaller than the offset; -1 where the column's values are not compared as 64 bits.
    private static long span(Object offset, Over over) {
        DataType type = over.input().schema().type(over.order().getFirst().column());
        if (!(type instanceof Simple simple) || !WHOLE_NUMBERS.contains(simple)) {
            return -1;
        }
        if (offset instanceof Integer months && simple != Simple.INTERVAL_YEAR_MONTH) {
            long days = 31L * months + 1;
            return simple == Simple.DATE ? days : days * DAY;
        }
        return offset instanceof Long || offset instanceof Integer ? ((Number) offset).longValue() : -1;
    }
}
