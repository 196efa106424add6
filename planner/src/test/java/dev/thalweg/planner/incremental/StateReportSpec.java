package dev.thalweg.planner.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("EXPLAIN STATE says of")
final class StateReportSpec {
    private static final long MINUTE = 60_000_000;

    private final Plans plans = new Plans();

    private String state(String sql, OutputMode mode) {
        return ExplainPrinter.printState(plans.stream(sql, mode));
    }

    private static String state(PlanNode root) {
        return ExplainPrinter
                .printState(IncrementalPlanner.withTraits(PlaceExchanges.in(root), Running.in(OutputMode.UPDATE),
                        List.of()));
    }

    @Test
    @DisplayName("a windowed aggregate which watermark frees a group, with its delay")
    void window() {
        assertThat(state("SELECT window.end, count(*) AS n FROM STREAM clicks GROUP BY window(ts, INTERVAL 1 HOUR)",
                OutputMode.UPDATE)).isEqualTo("""
                        Aggregate by [start, end]: [count(*) AS n]
                          a group for each [start, end], freed when the watermark passes end
                          freed by time; the watermark is ts less 10 seconds
                        """);
    }

    @Test
    @DisplayName("an aggregate without a key that it is bounded, unless it keeps values")
    void global() {
        assertThat(state("SELECT count(*) AS n FROM STREAM clicks", OutputMode.UPDATE)).isEqualTo("""
                Aggregate by []: [count(*) AS n]
                  one group, bounded
                  bounded
                """);
        assertThat(state("SELECT count(DISTINCT user) AS n FROM STREAM clicks", OutputMode.UPDATE))
                .contains("one group with every value of count, never freed", "UNBOUNDED; remedy: put ts");
    }

    @Test
    @DisplayName("rows that leave with the clock when it frees them, and that it frees what is made of them")
    void clock() {
        assertThat(state(
                "SELECT user, count(*) AS n FROM STREAM clicks WHERE ts > clock() - INTERVAL 1 HOUR GROUP BY user",
                OutputMode.UPDATE)).isEqualTo("""
                        ClockFilter clock() < ts + INTERVAL 1 HOUR
                          rows until they leave, freed by the clock when it reaches ts + 1 hour
                          freed by the clock
                        Aggregate by [user]: [count(*) AS n]
                          a group for each [user], freed by the clock, as it takes their rows away
                          freed by the clock
                        """);
    }

    @Test
    @DisplayName("a stream without a watermark that it needs one")
    void withoutWatermark() {
        assertThat(state("SELECT DISTINCT value FROM STREAM lines", OutputMode.UPDATE)).contains(
                "each different row [value], never freed: it grows with the number of rows",
                "UNBOUNDED; remedy: give the stream a watermark (WATERMARK FOR ts AS ts - INTERVAL 10 SECONDS)");
    }

    @Test
    @DisplayName("an as-of join what the watermark leaves of each key, and what waits where it looks forward")
    void asof() {
        String sql = "SELECT a.url FROM STREAM clicks a ASOF JOIN STREAM clicks b MATCH_CONDITION (a.ts %s b.ts)"
                + " ON a.url = b.url";
        assertThat(state(sql.formatted(">="), OutputMode.APPEND)).contains(
                "freed when the watermark passes ts, emitted then",
                "freed when the watermark passes the next one, so that one of each key stays", "freed by time");
        assertThat(state(sql.formatted("<"), OutputMode.UPDATE)).contains("those that none follows stay",
                "UNBOUNDED; remedy: look back");
        assertThat(state(sql.formatted(">="), OutputMode.COMPLETE)).contains("never freed",
                "output mode complete keeps");
    }

    @Test
    @DisplayName("complete mode that it keeps everything, and what would not")
    void complete() {
        assertThat(state("SELECT window.end, count(*) AS n FROM STREAM clicks GROUP BY window(ts, INTERVAL 1 HOUR)",
                OutputMode.COMPLETE)).contains("never freed", "append and update let go");
    }

    private static final RowType ROW = RowType.of(Field.of("id", Simple.STRING), Field.of("at", Simple.TIMESTAMP));

    private static PlanNode stream(String name, long delayMicros) {
        PlanNode.TableSource table = new PlanNode.TableSource(name, "memory", dev.thalweg.spi.TableOptions.none(), ROW,
                true);
        PlanNode scan = new PlanNode.Scan(table, List.of(0, 1), ROW);
        return delayMicros < 0 ? scan : new PlanNode.Watermark(scan, 1, delayMicros);
    }

    private static Expression call(String function, Expression left, Expression right) {
        return new Expression.Call(function, List.of(left, right), Simple.BOOLEAN, true);
    }

    private static final Expression AT_LEFT = new Expression.Input(1, Simple.TIMESTAMP, true);
    private static final Expression AT_RIGHT = new Expression.Input(3, Simple.TIMESTAMP, true);

    private static Expression later(Expression time, long micros) {
        return new Expression.Call("+", List.of(time, new Expression.Literal(micros, Simple.INTERVAL_DAY_TIME)),
                Simple.TIMESTAMP, true);
    }

    private static StreamJoin join(PlanNode left, PlanNode right, Optional<Expression> condition) {
        return new StreamJoin(left, right, JoinKind.LEFT, List.of(0), List.of(0), condition,
                PlanNode.appended(left.schema(), right.schema().fields()));
    }

    @Test
    @DisplayName("a join with a band how long each side waits")
    void band() {
        Expression band = call("and", call(">=", AT_RIGHT, AT_LEFT), call("<=", AT_RIGHT, later(AT_LEFT, 10 * MINUTE)));
        assertThat(state(join(stream("l", MINUTE), stream("r", 0), Optional.of(band)))).isEqualTo("""
                StreamJoin LEFT on id = id AND ((at >= at) AND (at <= (at + INTERVAL 10 MINUTES)))
                  rows of the left side by [id], freed when the watermark passes at + 10 minutes; \
                rows of the right side by [id], freed when the watermark passes at
                  freed by time; the watermark is the least of at and at less 1 minute
                """);
    }

    @Test
    @DisplayName("a join with half a band which side is never freed, and what would free it")
    void halfABand() {
        assertThat(state(join(stream("l", MINUTE), stream("r", 0), Optional.of(call(">=", AT_RIGHT, AT_LEFT)))))
                .contains("rows of the left side by [id], never freed; rows of the right side by [id], freed when",
                        "UNBOUNDED; remedy: bound the times of both sides by each other");
        assertThat(state(join(stream("l", -1), stream("r", -1), Optional.empty())))
                .contains("never freed; ", "remedy: declare a watermark on both streams and bound the times");
    }

    @Test
    @DisplayName("the first rows that they are bounded, or grow with the partitions")
    void topRows() {
        PlanNode input = stream("s", 0);
        List<PlanNode.SortKey> order = List.of(new PlanNode.SortKey(1, true, false));
        assertThat(state(new PlanNode.TopN(input, List.of(), order, PlanNode.TopN.Rank.ROW_NUMBER, 2, 3, false, ROW)))
                .contains("the first 5 rows of the whole input, bounded");
        assertThat(state(new PlanNode.TopN(input, List.of(0), order, PlanNode.TopN.Rank.ROW_NUMBER, 0, 3, false, ROW)))
                .contains(
                        "the first 3 rows of each partition [id], never freed: it grows with the number of partitions",
                        "put at, or a window of it, among the PARTITION BY columns");
        assertThat(state(new PlanNode.TopN(input, List.of(1), order, PlanNode.TopN.Rank.RANK, 0, 3, false, ROW)))
                .contains("the rows of the first 3 ranks of each partition [at], freed when the watermark passes at");
    }

    @Test
    @DisplayName("set operations, window functions and sessions what they keep")
    void others() {
        PlanNode input = stream("s", 0);
        assertThat(state(new PlanNode.SetOperation(input, stream("t", 0), PlanNode.SetOperation.Kind.EXCEPT, false,
                ROW))).contains("how often each side has each row [id, at], freed when the watermark passes at");
        RowType numbered = PlanNode.appended(ROW, List.of(Field.of("n", Simple.BIGINT)));
        assertThat(state(new PlanNode.Over(input, List.of(0), List.of(), List.of(), ROW)))
                .contains("the rows of each partition [id], never freed");
        RowType session = PlanNode.appended(numbered.select(List.of(0, 1)), List.of(
                new Field("start", Simple.TIMESTAMP, false), new Field("end", Simple.TIMESTAMP, false)));
        assertThat(state(new PlanNode.SessionAssign(input, 1, new Expression.Literal(MINUTE, Simple.BIGINT), List.of(0),
                session)))
                .contains("the rows of each session of [id], freed when the watermark passes the session's end");
    }
}
