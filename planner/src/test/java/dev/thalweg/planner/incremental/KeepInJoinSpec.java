package dev.thalweg.planner.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.planner.logical.LogicalPlan;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A DISTINCT right below a join of streams")
final class KeepInJoinSpec {
    private static final String KEPT_BY_THE_JOIN = "Distinct, kept by the join";

    private final Plans plans = new Plans();

    private String explain(String left, String join, String on) {
        return explain(left, join, on, OutputMode.UPDATE);
    }

    private String explain(String left, String join, String on, OutputMode mode) {
        return plans
                .explain("SELECT a.* FROM (%s) a %s (SELECT url, user, ts FROM STREAM clicks) b ON %s".formatted(left,
                        join, on), mode);
    }

    @Test
    @DisplayName("is kept by the join, to which its rows travel without an exchange before")
    void isKeptByTheJoin() {
        assertThat(explain("SELECT DISTINCT url, user FROM STREAM clicks", "JOIN", "a.url = b.url")).contains(
                """
                        | state: each different row of the left side by [url], never freed; rows of the right side by [url], never freed
                        Exchange by [url]  {insert-only}
                          Distinct, kept by the join  {insert-only}
                            Project [url, user]  {insert-only}
                              Watermark"""
                        .indent(4).stripTrailing());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"JOIN | a.url = b.url AND a.ts = b.ts",
            "JOIN | a.url = b.url AND b.ts BETWEEN a.ts AND a.ts + INTERVAL 1 MINUTE",
            "LEFT SEMI JOIN | a.ts = b.ts", "RIGHT JOIN | a.ts = b.ts", "LEFT JOIN | a.url = b.url",
            "FULL JOIN | a.url = b.url"})
    @DisplayName("is kept by a join that holds a row at least as long")
    void asLong(String join, String on) {
        assertThat(explain("SELECT DISTINCT url, ts FROM STREAM clicks", join, on)).contains(KEPT_BY_THE_JOIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "JOIN | a.url = b.url AND b.ts BETWEEN a.ts - INTERVAL 2 MINUTES AND a.ts - INTERVAL 1 MINUTE",
            "LEFT JOIN | a.ts = b.ts", "LEFT ANTI JOIN | a.ts = b.ts", "FULL JOIN | a.ts = b.ts"})
    @DisplayName("keeps its rows itself where the join lets go of one while an equal one may come")
    void notAsLong(String join, String on) {
        assertThat(explain("SELECT DISTINCT url, ts FROM STREAM clicks", join, on)).contains("Distinct")
                .doesNotContain(KEPT_BY_THE_JOIN);
    }

    @Test
    @DisplayName("keeps its rows itself where equal ones may look different, are taken back, or are computed with in between")
    void otherRows() {
        assertThat(explain("SELECT DISTINCT url, CAST(amount AS DOUBLE) AS v FROM STREAM clicks", "JOIN",
                "a.url = b.url"))
                .doesNotContain(KEPT_BY_THE_JOIN);
        assertThat(
                explain("SELECT DISTINCT n FROM (SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url) c", "JOIN",
                        "a.n = length(b.url)"))
                .doesNotContain(KEPT_BY_THE_JOIN);
        assertThat(explain("SELECT url FROM (SELECT DISTINCT url, user FROM STREAM clicks) d", "JOIN", "a.url = b.url"))
                .doesNotContain(KEPT_BY_THE_JOIN);
    }

    @Test
    @DisplayName("keeps its rows itself where another node reads them too: both read one, which refuses a late row once")
    void readElsewhereToo() {
        assertThat(plans.explain("""
                WITH d AS (SELECT DISTINCT url, ts FROM STREAM clicks)
                SELECT d.* FROM d JOIN (SELECT ts, count(*) AS n FROM d GROUP BY ts) g ON d.ts = g.ts""",
                OutputMode.APPEND)).contains("Distinct  {insert-only; event time: ts}  shared, see above")
                .doesNotContain(KEPT_BY_THE_JOIN);
        assertThat(plans.explain("""
                WITH d AS (SELECT DISTINCT url, ts FROM STREAM clicks)
                SELECT d.* FROM d JOIN d AS e ON d.ts = e.ts""", OutputMode.APPEND))
                .contains(KEPT_BY_THE_JOIN + "  {insert-only; event time: ts}  shared, see above");
    }

    @Test
    @DisplayName("keeps its rows itself where all rows of the join meet in one task")
    void oneTask() {
        assertThat(explain("SELECT DISTINCT url, user FROM STREAM clicks", "JOIN", "a.url < b.url"))
                .doesNotContain(KEPT_BY_THE_JOIN);
    }

    @Test
    @DisplayName("keeps its rows itself where the join goes by the greatest watermark, and would refuse equal rows one by one")
    void greatestWatermark() {
        LogicalPlan join = plans.logical("""
                SELECT a.* FROM (SELECT DISTINCT url, ts FROM STREAM clicks) a JOIN STREAM clicks b ON a.ts = b.ts""");
        assertThat(explained(join, false)).contains(KEPT_BY_THE_JOIN);
        assertThat(explained(join, true)).doesNotContain(KEPT_BY_THE_JOIN);
    }

    private static String explained(LogicalPlan plan, boolean mayRunAhead) {
        return ExplainPrinter.print(
                IncrementalPlanner.stream(plan, new Running(OutputMode.APPEND, OptionalLong.empty(), mayRunAhead)));
    }

    @ParameterizedTest
    @EnumSource(OutputMode.class)
    @DisplayName("is kept by the join in every output mode")
    void everyMode(OutputMode mode) {
        assertThat(explain("SELECT DISTINCT url, ts FROM STREAM clicks", "JOIN", "a.ts = b.ts", mode))
                .contains(KEPT_BY_THE_JOIN);
    }
}
