package dev.thalweg.planner.incremental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.spi.error.InvalidQuery;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The incremental plan of")
final class IncrementalPlannerSpec {
    private final Plans plans = new Plans();

    @Test
    @DisplayName("a filter and a projection keeps nothing, reads only the columns it needs, and filters above the watermark")
    void filterAndProject() {
        assertThat(plans.explain("SELECT upper(url) AS u FROM STREAM clicks WHERE amount > 3", OutputMode.APPEND))
                .isEqualTo("""
                        output mode: append
                        Project [upper(url) AS u]  {insert-only}
                          Filter (amount > 3)  {insert-only; event time: ts}
                            Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}
                              Scan stream clicks (memory) [url, amount, ts]  {insert-only}
                        """);
    }

    @Test
    @DisplayName("a windowed aggregate in append mode emits a group when the watermark closes its window")
    void windowInAppendMode() {
        assertThat(plans.explain("""
                SELECT window.start, url, count(*) AS n FROM STREAM clicks
                GROUP BY window(ts, INTERVAL '1' MINUTE), url""", OutputMode.APPEND)).isEqualTo("""
                output mode: append, key: [start, url]
                Project [start, url, n]  {insert-only; event time: start (window start)}
                  Aggregate by [start, end, url]: [count(*) AS n]  \
                {insert-only; event time: start (window start), end (window end)}
                    | state: a group for each [start, end, url], freed when the watermark passes end, emitted then
                    Exchange by [start, end, url]  {insert-only; event time: start (window start), end (window end)}
                      Project [start, end, url]  {insert-only; event time: start (window start), end (window end)}
                        WindowAssign ts size 1 MINUTE  \
                {insert-only; event time: ts, start (window start), end (window end)}
                          Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}
                            Scan stream clicks (memory) [url, ts]  {insert-only}
                """);
    }

    @Test
    @DisplayName("sessions and what is counted of them are one node, below which no row is kept")
    void sessions() {
        assertThat(plans.explain("""
                SELECT session_window.start, url, count(*) AS n FROM STREAM clicks
                GROUP BY session_window(ts, '5 minutes'), url""", OutputMode.APPEND)).isEqualTo(
                """
                        output mode: append, key: [start, url]
                        Project [start, url, n]  {insert-only; event time: start (window start)}
                          SessionAggregate ts gap INTERVAL 5 MINUTES by [start, end, url]: [count(*) AS n]  \
                        {insert-only; event time: start (window start), end (window end)}
                            | state: a group for each session of [url], freed when the watermark passes the session's end, emitted then
                            Exchange by [url]  {insert-only; event time: ts}
                              Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}
                                Scan stream clicks (memory) [url, ts]  {insert-only}
                        """);
    }

    @Test
    @DisplayName("sessions whose rows are wanted are a node of their own, and its rows change")
    void sessionsOfRows() {
        assertThat(plans.explain("""
                SELECT session_window.start, count(DISTINCT url) AS n FROM STREAM clicks
                GROUP BY session_window(ts, CASE WHEN url = 'a' THEN '1 minute' ELSE '5 minutes' END)""",
                OutputMode.UPDATE)).contains("Aggregate by [start, end]: [count(DISTINCT url) AS n]",
                        "SessionAssign ts gap gap of []  {retract; event time: start (window start), end (window end)}",
                        "| state: the rows of each session of [], freed when the watermark passes the session's end",
                        "Exchange to one task");
    }

    @Test
    @DisplayName("a window over a computed time, behind another key, has both as its key")
    void windowOfTheClock() {
        assertThat(plans.explain("""
                SELECT url, window.start, count(*) AS n FROM (SELECT url, now() AS taken FROM STREAM clicks)
                GROUP BY url, window(taken, INTERVAL '10' SECOND)""", OutputMode.UPDATE)).contains("key: [url, start]");
    }

    @Test
    @DisplayName("a windowed aggregate in update mode takes rows back, and frees state all the same")
    void windowInUpdateMode() {
        assertThat(plans.explain(
                "SELECT window.end, count(*) AS n FROM STREAM clicks GROUP BY window(ts, INTERVAL 1 HOUR)",
                OutputMode.UPDATE)).contains("Aggregate by [start, end]: [count(*) AS n]  {retract",
                        "freed when the watermark passes end\n", "key: [end]");
    }

    @Test
    @DisplayName("complete mode keeps every window, so nothing is late")
    void windowInCompleteMode() {
        assertThat(plans.explain(
                "SELECT window.end, count(*) AS n FROM STREAM clicks GROUP BY window(ts, INTERVAL 1 HOUR)",
                OutputMode.COMPLETE)).contains("never freed");
    }

    @Test
    @DisplayName("an aggregate of an aggregate retracts, each level in the task of its key")
    void aggregateOfAnAggregate() {
        assertThat(plans.explain("SELECT max(n) AS m FROM (SELECT url, count(*) n FROM STREAM clicks GROUP BY url)",
                OutputMode.UPDATE)).contains("Exchange to one task  {retract}", "Exchange by [url]  {insert-only}");
    }

    @Test
    @DisplayName("IN over a table is a semi join, NOT EXISTS an anti join, with the table read once")
    void subqueriesBecomeJoins() {
        assertThat(plans.explain("SELECT url FROM STREAM clicks WHERE user IN (SELECT name FROM users)",
                OutputMode.APPEND))
                .contains("StaticJoin SEMI on user = name", "Scan table users (csv) [name]  {read once}");
        assertThat(plans.explain("""
                SELECT url FROM STREAM clicks c WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.name = c.user)""",
                OutputMode.APPEND)).contains("StaticJoin ANTI on user = name");
    }

    @Test
    @DisplayName("a join checks what is not an equality on each pair of rows")
    void joinWithResidualCondition() {
        assertThat(plans.explain("""
                SELECT c.url, u.city FROM STREAM clicks c LEFT JOIN users u ON c.user = u.name AND c.amount > u.age""",
                OutputMode.APPEND)).contains("StaticJoin LEFT on user = name AND (amount > age)");
    }

    @Test
    @DisplayName("CUBE makes a copy of each row for each grouping set")
    void cube() {
        assertThat(plans.explain(
                "SELECT user, url, grouping(user) g, count(*) n FROM STREAM clicks GROUP BY CUBE(user, url)",
                OutputMode.UPDATE)).contains(
                        "Expand (user, url, 0, 0), (user, NULL, 1, 0), (NULL, url, 2, 1), (NULL, NULL, 3, 1)",
                        "may delete");
    }

    @Test
    @DisplayName("HAVING makes keys vanish, so a sink that only adds does not serve")
    void havingMayDelete() {
        assertThat(plans.stream("SELECT url, count(*) n FROM STREAM clicks GROUP BY url HAVING count(*) < 3",
                OutputMode.UPDATE).mayDelete()).isTrue();
        assertThat(
                plans.stream("SELECT url, count(*) n FROM STREAM clicks GROUP BY url", OutputMode.UPDATE).mayDelete())
                .isFalse();
    }

    @Test
    @DisplayName("UNION ALL, VALUES and CTEs")
    void smallShapes() {
        assertThat(plans.explain("SELECT url FROM STREAM clicks UNION ALL SELECT value FROM STREAM lines",
                OutputMode.APPEND))
                .contains("Union  {insert-only}");
        assertThat(plans.explainBatch("VALUES (1, 'a'), (2, 'b')")).contains("Values 2 rows");
        assertThat(plans.explainBatch("WITH w AS (SELECT city FROM users) SELECT * FROM w WHERE city = 'x'"))
                .contains("Filter (city = 'x')");
        assertThat(plans.explainBatch("SELECT city, count(*) n FROM users GROUP BY city ORDER BY n DESC LIMIT 3"))
                .startsWith("output mode: complete, key: [city]\nLimit 3  {read once}\n  Sort n DESC  {read once}");
    }

    @Test
    @DisplayName("a struct that is taken apart again is never made")
    void structsAreSeenThrough() {
        assertThat(plans.explainBatch("SELECT a.x FROM (SELECT named_struct('x', age) AS a FROM users)"))
                .contains("Project [age AS x]");
    }

    @Test
    @DisplayName("an aggregate that never becomes final is refused in append mode, with the modes that work")
    void appendWithoutWatermarkIsRefused() {
        assertThatThrownBy(
                () -> plans.stream("SELECT url, count(*) FROM STREAM clicks GROUP BY url", OutputMode.APPEND))
                .isInstanceOf(InvalidQuery.class).hasMessageContaining("GROUP BY url never becomes final")
                .hasMessageContaining("Group by a window of 'ts'")
                .hasMessageContaining("update, complete or changelog");
    }

    @Test
    @DisplayName("a grouping set without the window is refused in append mode in the query's own words")
    void appendWithASetThatStaysOpen() {
        assertThatThrownBy(() -> plans.stream("""
                SELECT window.end, url, count(*) FROM STREAM clicks
                GROUP BY GROUPING SETS ((window(ts, INTERVAL 1 HOUR), url), (url))""", OutputMode.APPEND))
                .hasMessage(
                        "One of the grouping sets of window, url leaves the event time out and never becomes final, so"
                                + " append mode would never emit it. Keep the window in every set (GROUP BY window(…), CUBE(…)),"
                                + " or use output mode update, complete or changelog.  [THW-3101]");
        assertThat(plans.explain("""
                SELECT window.end, url, count(*) FROM STREAM clicks
                GROUP BY window(ts, INTERVAL 1 HOUR), CUBE(url)""", OutputMode.APPEND)).contains("emitted then");
        assertThatThrownBy(() -> plans.stream("""
                SELECT url, count(*) FROM STREAM clicks GROUP BY ROLLUP(url)""", OutputMode.APPEND))
                .hasMessageContaining("GROUP BY url never becomes final");
        assertThatThrownBy(() -> plans.stream("""
                SELECT count(*) FROM (SELECT CAST(value AS TIMESTAMP) AS t FROM STREAM lines)
                GROUP BY window(t, INTERVAL 1 HOUR)""", OutputMode.APPEND))
                .hasMessageContaining("GROUP BY window never becomes final");
    }

    @Test
    @DisplayName("groups of which only the keys are read is that of DISTINCT: it keeps no counts and takes nothing back")
    void unreadCalls() {
        assertThat(plans.explain("SELECT url FROM (SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url)",
                OutputMode.UPDATE)).contains("Distinct  {insert-only").doesNotContain("Aggregate", "retract");
        assertThat(plans.explain("""
                SELECT url FROM (SELECT url, window, count(*) AS n FROM STREAM clicks
                  GROUP BY url, window(ts, INTERVAL 1 HOUR))""", OutputMode.APPEND)).contains("emitted then");
        assertThat(plans.explain("SELECT 1 AS one FROM (SELECT count(*) AS n FROM STREAM clicks)", OutputMode.UPDATE))
                .contains("Aggregate");
    }

    @Test
    @DisplayName("ORDER BY on a stream is refused in append mode, left to the reader in update mode, and kept in complete mode")
    void orderByOnAStream() {
        String sorted = "SELECT url FROM STREAM clicks ORDER BY url";
        assertThatThrownBy(() -> plans.stream(sorted, OutputMode.APPEND)).hasMessageContaining("THW-3102");
        assertThat(plans.explain(sorted, OutputMode.UPDATE)).contains("order: url, left to who reads")
                .doesNotContain("Sort");
        assertThat(plans.explain(sorted, OutputMode.COMPLETE)).contains("order: url, in which each trigger");
        assertThatThrownBy(
                () -> plans.stream("SELECT url FROM STREAM clicks ORDER BY length(url)", OutputMode.COMPLETE))
                .hasMessageContaining("THW-3205");
        assertThatThrownBy(() -> plans.stream(sorted + " LIMIT 3", OutputMode.APPEND))
                .hasMessageContaining("THW-3206");
    }

    @Test
    @DisplayName("LIMIT and filters on ranks keep the first rows only")
    void firstRows() {
        assertThat(plans.explain("SELECT url FROM STREAM clicks LIMIT 3", OutputMode.APPEND))
                .contains("TopN ROW_NUMBER 3 of []  {insert-only");
        assertThat(plans.explain("SELECT url FROM STREAM clicks ORDER BY url DESC LIMIT 3 OFFSET 2", OutputMode.UPDATE))
                .contains("TopN ROW_NUMBER 3 offset 2 of [] in order of url DESC");
        assertThat(plans.explain("""
                SELECT url, r FROM (SELECT url, rank() OVER (PARTITION BY url ORDER BY ts) AS r FROM STREAM clicks)
                WHERE 10 > r AND url <> 'x'""", OutputMode.UPDATE)).contains("TopN RANK 9 of [url] in order of ts",
                "Filter (url <> 'x')").doesNotContain("Over");
    }

    @Test
    @DisplayName("an outer join of two streams is never final without a time that bounds it, so append mode refuses it")
    void unboundedOuterJoinIsRefusedInAppendMode() {
        assertThatThrownBy(
                () -> plans.stream("SELECT a.url FROM STREAM clicks a LEFT JOIN STREAM clicks b ON a.url = b.url",
                        OutputMode.APPEND))
                .hasMessageContaining("THW-3110").hasMessageContaining("BETWEEN");
    }

    @Test
    @DisplayName("a count over a band of the outer row is refused in append mode with the join that would be final")
    void countOverABandIsRefusedInAppendMode() {
        assertThatThrownBy(() -> plans.stream("SELECT a.url, n FROM STREAM clicks a, LATERAL (SELECT count(*) AS n FROM"
                + " STREAM clicks b WHERE b.ts BETWEEN a.ts AND a.ts + INTERVAL '10' SECOND)", OutputMode.APPEND))
                .hasMessageContaining("THW-3110").hasMessageContaining("GROUP BY a.k, a.ts");
        assertThat(
                plans.explain("SELECT a.url, a.ts, count(b.ts) FROM STREAM clicks a LEFT JOIN STREAM clicks b ON b.ts"
                        + " BETWEEN a.ts AND a.ts + INTERVAL '10' SECOND GROUP BY a.url, a.ts", OutputMode.APPEND))
                .contains("freed when the watermark passes ts + 10 seconds").doesNotContain("UNBOUNDED");
    }

    @Test
    @DisplayName("EXPLAIN STATE says only what is kept")
    void explainState() {
        assertThat(ExplainPrinter.printState(plans.stream("SELECT url, count(*) FROM STREAM clicks GROUP BY url",
                OutputMode.UPDATE))).isEqualTo(
                        """
                                Aggregate by [url]: [count(*) AS count(1)]
                                  a group for each [url], never freed: it grows with the number of keys
                                  UNBOUNDED; remedy: put ts, or a window of it, among the GROUP BY keys; or forget what no row has reached for some time: stateTtl '1 day'
                                """);
        assertThat(ExplainPrinter.printState(plans.stream("SELECT url FROM STREAM clicks", OutputMode.APPEND)))
                .isEqualTo("This query keeps no state.\n");
    }

    @Test
    @DisplayName("the fingerprint says what state is made of, and does not change with a filter or a delay")
    void fingerprint() {
        String counts = "SELECT lower(url) AS u, count(*) AS n FROM STREAM clicks %s GROUP BY lower(url)";
        Fingerprint plain = Fingerprint.of(plans.stream(counts.formatted(""), OutputMode.UPDATE));
        assertThat(plain.nodes()).containsExactly("source clicks (memory)",
                "aggregate by [lower(clicks.url) STRING] of [count() BIGINT]");
        assertThat(Fingerprint.of(plans.stream(counts.formatted("WHERE amount > 1"), OutputMode.UPDATE)))
                .isEqualTo(plain);
        assertThat(Fingerprint.of(plans.stream(counts.formatted("").replace("lower", "upper"), OutputMode.UPDATE)))
                .isNotEqualTo(plain);
    }
}
