package dev.thalweg.planner.explain;

import dev.thalweg.planner.incremental.ForgettableKeys;
import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.DropWithinWatermark;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.JoinTime;
import dev.thalweg.planner.incremental.KeepInJoin;
import dev.thalweg.planner.incremental.NeverMatched;
import dev.thalweg.planner.incremental.MatchReach;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.OverReach;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.RecursiveUnion;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.planner.logical.ColumnMarks;
import dev.thalweg.spi.format.DurationText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// What the operators of a query keep from trigger to trigger: how much, what frees it and when, and what would bound it where
/// nothing does. For `EXPLAIN STATE`, and for those who will not start a query whose state grows without end.
public final class StateReport {
    /// Aggregates that keep every value of a group.
    private static final Set<String> KEEP_VALUES = Set.of("collect_list", "collect_set", "array_agg", "listagg",
            "string_agg", "percentile", "percentile_cont", "percentile_disc", "median", "mode", "percentile_approx",
            "histogram_numeric", "approx_top_k", "approx_top_k_accumulate", "approx_top_k_combine");
    private static final String NEVER = ", never freed";
    private static final String TABLE = ", all there from the start";

    private static final String OR_FORGET = "; or forget what no row has reached for some time: stateTtl '1 day'";

    private static final String OR_FORGET_ROWS = "; or forget the rows of both sides some time after they came:"
            + " stateTtl '1 day'";

    private final StreamPlan plan;

    private StateReport(StreamPlan plan) {
        this.plan = plan;
    }

    /// How far state can grow.
    public enum Growth {
        /// No further than so many rows, whatever comes.
        BOUNDED,
        /// With what the watermark has not passed yet.
        FREED,
        /// With the input, for ever.
        UNBOUNDED
    }

    /// What one operator keeps.
    ///
    /// @param rows what is kept and what frees it, as the plan shows it
    /// @param watermark what the watermark is that frees it; empty where none does
    /// @param remedy what bounds it, where nothing does
    public record Kept(PlanNode node, Growth growth, String rows, String watermark, String remedy) {}

    /// Of each operator that keeps anything for the plan's result, inputs before those they feed.
    public static List<Kept> of(StreamPlan plan) {
        StateReport report = new StateReport(plan);
        List<Kept> kept = new ArrayList<>();
        plan.own().forEach(node -> report.kept(node).ifPresent(kept::add));
        return kept;
    }

    static Optional<Kept> of(StreamPlan plan, PlanNode node) {
        return new StateReport(plan).kept(node);
    }

    private Optional<Kept> kept(PlanNode node) {
        if (plan.traits(node).boundedInput()) {
            return Optional.empty();
        }
        return switch (node) {
            case Aggregate aggregate -> Optional.of(aggregate(aggregate));
            case Distinct distinct when distinct.inJoin() -> Optional.empty();
            case Distinct distinct -> Optional.of(byTime(distinct,
                    "each different row " + ColumnMarks.shown(distinct.schema().names()), "rows"));
            case DropDuplicates duplicates -> Optional.of(byTime(duplicates,
                    "each different key " + names(duplicates.keys(), duplicates), "keys"));
            case DropWithinWatermark within -> Optional.of(within(within));
            case SetOperation set -> Optional.of(byTime(set,
                    "how often each side has each row " + ColumnMarks.shown(set.schema().names()), "different rows"));
            case RecursiveUnion union when union.all() -> Optional.empty();
            case RecursiveUnion union -> Optional.of(byTime(union,
                    "on which levels each row was found " + ColumnMarks.shown(union.schema().names()),
                    "different rows"));
            case Over over when over.byTime() -> Optional.of(inOrderOfTime(over));
            case Over over -> Optional.of(byTime(over, "the rows " + of("partition", over.partition(), over), "rows"));
            case SessionAssign session -> Optional.of(byTime(session,
                    "the rows of each session of " + names(session.keys(), session), "rows"));
            case PlanNode.SessionAggregate sessions -> Optional.of(byTime(sessions,
                    "a group for each session of " + names(sessions.sessions().keys(), sessions.sessions()),
                    "sessions"));
            case TopN top -> Optional.of(top(top));
            case MatchRecognize match -> Optional.of(match(match));
            case PlanNode.ClockFilter filter -> Optional.of(ClockReport.of(filter));
            case StreamJoin join -> Optional.of(join(join));
            case AsofJoin join -> Optional.of(join(join));
            default -> Optional.empty(); // a rule: other nodes keep nothing
        };
    }

    private Kept aggregate(Aggregate aggregate) {
        boolean retracts = traits(aggregate.input()).changes() == Changes.RETRACT;
        List<String> values = aggregate.calls().stream().filter(call -> keepsValues(call, retracts))
                .map(AggregateCall::function).distinct().toList();
        String with = values.isEmpty() ? "" : " with every value of " + String.join(" and ", values);
        if (!aggregate.keys().isEmpty()) {
            return byTime(aggregate, "a group for each " + names(aggregate.keys(), aggregate.input()) + with, "keys");
        }
        if (!values.isEmpty() && ClockReport.empties(plan, aggregate.inputs())) {
            return new Kept(aggregate, Growth.FREED, "one group" + with + ClockReport.EMPTIED, "", "");
        }
        return values.isEmpty()
                ? new Kept(aggregate, Growth.BOUNDED, "one group, bounded", "", "")
                : new Kept(aggregate, Growth.UNBOUNDED,
                        "one group" + with + ", never freed: it grows with the number of values", "",
                        remedy(aggregate));
    }

    /// @param retracts whether rows are taken back: from a program's function only by computing it again
    private static boolean keepsValues(AggregateCall call, boolean retracts) {
        boolean ofSeveral = call.function().endsWith("_by") && !call.constants().isEmpty();
        return call.distinct() || ofSeveral || KEEP_VALUES.contains(call.function())
                || (call.user().isPresent() && retracts);
    }

    /// A partition of no column is all rows.
    private static String of(String each, List<Integer> columns, PlanNode node) {
        return columns.isEmpty() ? "of the whole input" : "of each " + each + " " + names(columns, node);
    }

    private Kept top(TopN top) {
        boolean onlyFirst = traits(top.input()).changes() == Changes.INSERT_ONLY
                && top.count() < Long.MAX_VALUE;
        String few = top.rank() == TopN.Rank.ROW_NUMBER ? "the first " : "the rows of the first ";
        String ranks = top.rank() == TopN.Rank.ROW_NUMBER ? " rows " : " ranks ";
        String first = onlyFirst ? few + (top.offset() + top.count()) + ranks : "the rows ";
        String rows = first + of("partition", top.partition(), top);
        return onlyFirst && top.partition().isEmpty()
                ? new Kept(top, Growth.BOUNDED, rows + ", bounded", "", "")
                : byTime(top, rows, onlyFirst ? "partitions" : "rows");
    }

    /// What is kept of a match besides the rows it may still need is kept for each partition there ever was.
    private Kept match(MatchRecognize match) {
        String each = of("partition", match.partition(), match.input());
        int before = MatchReach.rowsBefore(match);
        String forEver = (before == 0 ? "" : " and the last " + before + (before == 1 ? " row" : " rows") + " before")
                + (MatchReach.isNumbered(match) ? " and how many matches there were" : "");
        String rows = "the rows " + each + " that the watermark has not passed and those of matches that have begun";
        String name = name(match.input(), match.order().getFirst().column());
        boolean bounded = MatchReach.isBounded(match);
        if (traits(match).forgets()) {
            return new Kept(match, Growth.FREED, rows + forEver + forgotten(match) + ", but no row that waits",
                    watermark(match), "");
        }
        if (bounded && (forEver.isEmpty() || match.partition().isEmpty())) {
            long lag = traits(match.input()).eventTime().lag(match.order().getFirst().column());
            return new Kept(match, Growth.FREED, rows + forEver + ", freed when the watermark passes "
                    + moved(name, match.pattern().within().getAsLong() + lag), watermark(match), "");
        }
        return new Kept(match, Growth.UNBOUNDED, rows + forEver + (bounded
                ? ": it grows with the number of partitions"
                : ", never freed while a match may go on: it grows with the number of rows"), watermark(match),
                bounded
                        ? "leave MATCH_NUMBER() out, and take PREV only from rows that are in the match"
                        : MatchReach.waitsForRows(match)
                                ? "take no value from NEXT rows, and bound the time that a match spans: WITHIN INTERVAL 1 HOUR"
                                : "bound the time that a match spans: WITHIN INTERVAL 1 HOUR behind PATTERN (…)");
    }

    /// What rows to come look at is kept of each partition there ever was, but for what a RANGE of time bounds.
    private Kept inOrderOfTime(Over over) {
        OverReach reach = OverReach.of(over);
        int column = over.order().getFirst().column();
        String name = name(over.input(), column);
        long told = traits(over.input()).eventTime().lag(column) + reach.aheadMicros();
        String rows = "the rows " + of("partition", over.partition(), over) + ", emitted when the watermark passes "
                + moved(name, told);
        if (traits(over).forgets()) {
            return new Kept(over, Growth.FREED, rows + "; what rows to come look at" + forgotten(over), watermark(over),
                    "");
        }
        if (reach.fromTheStart()) {
            return new Kept(over, Growth.UNBOUNDED,
                    rows + NEVER + ": a function looks at all rows before; it grows with"
                            + " the number of rows",
                    watermark(over),
                    remedy(over) + "; or give the functions a frame with a beginning");
        }
        String freed = rows + (reach.back().span() > 0
                ? ", freed when it passes " + moved(name, told + reach.back().span())
                : " and freed then");
        List<String> forEver = forEver(reach);
        if (forEver.isEmpty() || over.partition().isEmpty()) {
            return new Kept(over, Growth.FREED, freed + besides(forEver), watermark(over), "");
        }
        return new Kept(over, Growth.UNBOUNDED, freed + besides(forEver) + ": it grows with the number of partitions",
                watermark(over), remedy(over) + "; or give the functions frames of a RANGE of time");
    }

    private static String besides(List<String> forEver) {
        return forEver.isEmpty() ? "" : ", but for " + String.join(" and ", forEver);
    }

    private static List<String> forEver(OverReach reach) {
        List<String> kept = new ArrayList<>();
        if (reach.back().rows() > 0) {
            kept.add(reach.back().rows() == 1 ? "the last row" : "the last " + reach.back().rows() + " rows");
        }
        if (reach.back().groups() > 0) {
            kept.add("the rows of the last " + reach.back().groups() + " groups");
        }
        if (reach.toTheEnd()) {
            kept.add("what functions over all rows come to");
        }
        return kept;
    }

    private Kept byTime(PlanNode node, String rows, String grows) {
        Traits traits = traits(node);
        if (traits.freedBy().isEmpty() && ClockReport.empties(plan, node.inputs())) {
            return new Kept(node, Growth.FREED, rows + ClockReport.EMPTIED, "", "");
        }
        if (traits.forgets()) {
            return new Kept(node, Growth.FREED,
                    rows + forgotten(node) + (traits.changes() == Changes.RETRACT ? ", and taken back" : ""), "", "");
        }
        if (traits.freedBy().isEmpty()) {
            return new Kept(node, Growth.UNBOUNDED, rows + ", never freed: it grows with the number of " + grows, "",
                    remedy(node));
        }
        PlanNode input = node.inputs().getFirst();
        int column = traits.freedBy().get();
        long lag = node.inputs().stream().mapToLong(each -> traits(each).eventTime().lag(column)).max().orElse(0);
        String freed = ", freed when the watermark passes "
                + (node instanceof SessionAssign || node instanceof PlanNode.SessionAggregate
                        ? "the session's end"
                        : moved(name(input, column), lag));
        return new Kept(node, Growth.FREED, rows + freed + (traits.emitsOnClose() ? ", emitted then" : ""),
                watermark(node), "");
    }

    private String forgotten(PlanNode node) {
        return ", forgotten by the clock " + length(traits(node).timeToLive(0).getAsLong())
                + " after a row last reached it";
    }

    private Kept within(DropWithinWatermark within) {
        String time = name(within, within.time());
        return new Kept(within, Growth.FREED, "each different key " + names(within.keys(), within)
                + ", freed when the watermark passes " + moved(time, within.delayMicros()
                        + traits(within.input()).eventTime().lag(within.time()))
                + " of its first row", watermark(within), "");
    }

    private Kept join(StreamJoin join) {
        Optional<JoinTime> time = traits(join).keepsAll() ? Optional.empty() : JoinTime.of(join);
        String left = NeverMatched.keepsNone(join, 0)
                ? "no row of the left side, as none can match"
                : rows(join, 0) + " of the left side " + side(join.left(), join.leftKeys())
                        + freed(join, 0, time.map(t -> new Freed(t.leftColumn(), t.leftKeep(), t.lag())));
        String right = NeverMatched.keepsNone(join, 1)
                ? "no row of the right side, as none can match"
                : rows(join, 1) + " of the right side " + side(join.right(), join.rightKeys())
                        + freed(join, 1, time.map(t -> new Freed(t.rightColumn(), t.rightKeep(), t.lag())));
        boolean freed = !left.endsWith(NEVER) && !right.endsWith(NEVER);
        return new Kept(join, freed ? Growth.FREED : Growth.UNBOUNDED, left + "; " + right,
                time.isPresent() ? watermark(join) : "", freed ? "" : remedy(join));
    }

    private static String rows(StreamJoin join, int input) {
        return KeepInJoin.of(join, input) ? "each different row" : "rows";
    }

    /// By which time the rows of a side are freed.
    private record Freed(int column, long keep, long lag) {}

    private String freed(StreamJoin join, int input, Optional<Freed> time) {
        PlanNode side = join.inputs().get(input);
        Traits traits = traits(join);
        if (time.isPresent() && time.get().keep() != JoinTime.FOR_EVER) {
            return freed(side, time.get().column(), time.get().keep(), time.get().lag());
        }
        return traits.timeToLive(input).isPresent()
                ? ", forgotten by the clock " + length(traits.timeToLive(input).getAsLong()) + " after they came"
                        + (traits.changes() == Changes.RETRACT ? ", and taken back" : "")
                : never(side);
    }

    private String never(PlanNode side) {
        if (traits(side).boundedInput()) {
            return TABLE;
        }
        return ClockReport.empties(plan, List.of(side)) ? ClockReport.EMPTIED : NEVER;
    }

    private Kept join(AsofJoin join) {
        String left = "rows of the left side " + side(join.left(), join.leftKeys());
        String right = "rows of the right side " + side(join.right(), join.rightKeys());
        if (traits(join.right()).boundedInput()) {
            return new Kept(join, Growth.BOUNDED, right + ", all there from the start", "", "");
        }
        Optional<JoinTime> time = traits(join).keepsAll() ? Optional.empty() : JoinTime.of(join);
        if (time.isEmpty()) {
            return new Kept(join, Growth.UNBOUNDED, left + never(join.left()) + "; " + right + never(join.right()), "",
                    remedy(join));
        }
        JoinTime t = time.get();
        return join.match().backward()
                ? new Kept(join, Growth.FREED, left + freed(join.left(), t.leftColumn(), 0, t.lag())
                        + (traits(join).emitsOnClose() ? ", emitted then" : "") + "; " + right
                        + ", freed when the watermark passes the next one, so that one of each key stays",
                        watermark(join), "")
                : new Kept(join, Growth.UNBOUNDED, left + ", freed when the watermark passes the right row that follows"
                        + (traits(join).emitsOnClose() ? ", emitted then" : "") + ": those that none follows stay; "
                        + right + freed(join.right(), t.rightColumn(), 0, t.lag()),
                        watermark(join), "look back: MATCH_CONDITION (l.ts >= r.ts)");
    }

    private static String side(PlanNode side, List<Integer> keys) {
        return keys.isEmpty() ? "all together" : "by " + names(keys, side);
    }

    private static String freed(PlanNode side, int column, long keep, long lag) {
        return keep == JoinTime.FOR_EVER
                ? NEVER
                : ", freed when the watermark passes " + moved(name(side, column), keep + lag);
    }

    static String moved(String column, long micros) {
        return micros == 0 ? column : column + (micros > 0 ? " + " : " - ") + length(Math.abs(micros));
    }

    private static String length(long micros) {
        return DurationText.of(Duration.of(micros, ChronoUnit.MICROS));
    }

    /// The declarations that make the watermark of a node, each with its delay.
    private static String watermark(PlanNode node) {
        Set<String> times = new TreeSet<>();
        declarations(node, times);
        return (times.size() > 1 ? "the least of " : "") + String.join(" and ", times);
    }

    private static void declarations(PlanNode node, Set<String> times) {
        if (node instanceof PlanNode.Watermark watermark) {
            times.add(name(watermark, watermark.column())
                    + (watermark.delayMicros() == 0 ? "" : " less " + length(watermark.delayMicros())));
        } else {
            node.inputs().forEach(input -> declarations(input, times));
        }
    }

    private String remedy(PlanNode node) {
        if (plan.mode() == OutputMode.COMPLETE) {
            return "output mode complete keeps everything; append and update let go of what the watermark has closed"
                    + (canForget(node) ? OR_FORGET : "");
        }
        Set<String> times = new TreeSet<>();
        node.inputs().forEach(input -> times(input, times));
        if (node instanceof AsofJoin) {
            return "compare columns that both sides declare a watermark for";
        }
        if (node instanceof StreamJoin join && JoinTime.meetsWithoutTime(join)) {
            return "times that meet by <=>, as in a subquery that looks at a time of the outer row, bound nothing: write a join"
                    + " with the times of both sides bounded in its condition, and GROUP BY what the subquery would give a row"
                    + " for";
        }
        if (node instanceof StreamJoin) {
            return (times.isEmpty() ? "declare a watermark on both streams and " : "")
                    + "bound the times of both sides by each other in the join's condition, such as"
                    + " r.ts BETWEEN l.ts AND l.ts + INTERVAL 10 MINUTES" + (canForget(node) ? OR_FORGET_ROWS : "");
        }
        return (times.isEmpty()
                ? "give the stream a watermark (WATERMARK FOR ts AS ts - INTERVAL 10 SECONDS) and put its time, or a"
                        + " window of it, among the " + keys(node)
                : "put " + String.join(" or ", times) + ", or a window of it, among the " + keys(node))
                + (canForget(node) ? OR_FORGET : "");
    }

    private boolean canForget(PlanNode node) {
        return (ForgettableKeys.in(node) || (node instanceof StreamJoin && !RecursiveUnion.isInLoop(node)))
                && node.inputs().stream().allMatch(input -> traits(input).changes() == Changes.INSERT_ONLY);
    }

    private static String keys(PlanNode node) {
        return switch (node) {
            case Aggregate _ -> "GROUP BY keys";
            case Over _,TopN _ -> "PARTITION BY columns";
            default -> "columns"; // a rule: the others compare rows by their columns
        };
    }

    /// The times that a watermark speaks of, in the rows of a node or further down, where nobody has read them yet.
    private void times(PlanNode node, Set<String> times) {
        EventTime eventTime = traits(node).eventTime();
        OptionalInt found = eventTime.deciding(eventTime.columns().keySet());
        if (found.isPresent()) {
            times.add(name(node, found.getAsInt()));
        } else if (node instanceof PlanNode.Watermark watermark) {
            times.add(name(watermark, watermark.column()));
        } else {
            node.inputs().forEach(input -> times(input, times));
        }
    }

    private Traits traits(PlanNode node) {
        return plan.traits(node);
    }

    private static String name(PlanNode node, int column) {
        return ColumnMarks.shown(node.schema().names()).get(column);
    }

    private static String names(List<Integer> columns, PlanNode node) {
        return columns.stream().map(ColumnMarks.shown(node.schema().names())::get).toList().toString();
    }
}
