package dev.thalweg.planner.logical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A SELECT")
final class SelectSpec {
    private final Planning session = new Planning();

    @Test
    @DisplayName("over a table reads it as of now")
    void readsTables() {
        session.plans("SELECT user, url FROM clicks WHERE n > 1 AND url LIKE 'a%'", """
                LogicalProject(user=[$0], url=[$1])
                  LogicalFilter(condition=[AND(>($2, 1), like($1, 'a%':VARCHAR))])
                    LogicalTableScan(table=[[clicks]])
                """);
        assertThat(session.plan("SELECT * FROM clicks").isStreaming()).isFalse();
    }

    @Test
    @DisplayName("over STREAM reads trigger by trigger, and the declared watermark stands above the scan")
    void readsStreams() {
        session.plans("SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url", """
                LogicalAggregate(group=[{0}], n=[count()])
                  LogicalProject(url=[$1])
                    LogicalWatermark(column=[ts], delayMicros=[10000000])
                      LogicalTableScan(table=[[clicks]], stream=[true])
                """);
        assertThat(session.plan("SELECT * FROM STREAM clicks").isStreaming()).isTrue();
    }

    @Test
    @DisplayName("may call the window of its GROUP BY by the name window, also in HAVING")
    void knowsItsWindow() {
        session.plans("""
                SELECT window.start, url, count(*) AS n FROM STREAM clicks
                GROUP BY window(ts, INTERVAL '1' MINUTE), url HAVING window.end > now()""", """
                LogicalProject(start=[$0.start], url=[$1], n=[$2])
                  LogicalFilter(condition=[>($0.end, current_timestamp())])
                    LogicalAggregate(group=[{0, 1}], n=[count()])
                      LogicalProject($f0=[window($3, $interval_dt(CAST(60000000):BIGINT NOT NULL))], url=[$1])
                        LogicalWatermark(column=[ts], delayMicros=[10000000])
                          LogicalTableScan(table=[[clicks]], stream=[true])
                """);
        assertThat(session.plan("SELECT window(ts, '1 minute') AS w FROM clicks").schema().sql())
                .isEqualTo("w STRUCT<start: TIMESTAMP, end: TIMESTAMP> NOT NULL");
    }

    @Test
    @DisplayName("groups by aliases, ordinals and ALL")
    void groups() {
        String plan = """
                LogicalAggregate(group=[{0}], c=[count()])
                  LogicalProject(up=[upper($1)])
                    LogicalTableScan(table=[[clicks]])
                """;
        session.plans("SELECT upper(url) AS up, count(*) AS c FROM clicks GROUP BY up", plan);
        session.plans("SELECT upper(url) AS up, count(*) AS c FROM clicks GROUP BY 1", plan);
        session.plans("SELECT upper(url) AS up, count(*) AS c FROM clicks GROUP BY ALL", plan);
    }

    @Test
    @DisplayName("names its columns as Spark does, and an alias may be used by the items after it")
    void names() {
        assertThat(session.plan("""
                SELECT count(*), n + 1, upper(user), place.city, sum(n) FILTER (WHERE n > 1), CAST(n AS STRING),
                  ts - INTERVAL 10 MINUTES FROM clicks GROUP BY ALL""").schema().names())
                .containsExactly("count(1)", "(n + 1)", "upper(user)", "city", "sum(n) FILTER (WHERE (n > 1))",
                        "CAST(n AS STRING)", "(ts - INTERVAL '10' MINUTE)");
        session.plans("SELECT n * 2 AS twice, twice + 1 AS more FROM clicks", """
                LogicalProject(twice=[*($2, 2)], more=[+(*($2, 2), 1)])
                  LogicalTableScan(table=[[clicks]])
                """);
    }

    @Test
    @DisplayName("reaches into structs, arrays and maps")
    void nested() {
        session.plans("SELECT place.at.x, clicks.place.city, tags[0], counts['a'] FROM clicks",
                """
                        LogicalProject(x=[$6.at.x], city=[$6.city], tags[0]=[element($4, 0)], counts[a]=[element($5, 'a':VARCHAR)])
                          LogicalTableScan(table=[[clicks]])
                        """);
    }

    @Test
    @DisplayName("with a generator joins its rows laterally, in SELECT, LATERAL VIEW and FROM")
    void generates() {
        session.plans("SELECT *, explode(tags) AS tag FROM users u JOIN clicks c ON u.id = c.user",
                """
                        LogicalProject(id=[$0], age=[$1], country=[$2], user=[$3], url=[$4], n=[$5], ts=[$6], tags=[$7], counts=[$8], \
                        place=[$9], price=[$10], day=[$11], tag=[$12])
                          LogicalCorrelate(correlation=[$cor0], joinType=[inner], requiredColumns=[{7}])
                            LogicalJoin(condition=[=($0, $3)], joinType=[inner])
                              LogicalTableScan(table=[[users]])
                              LogicalTableScan(table=[[clicks]])
                            LogicalTableFunctionScan(invocation=[explode($cor0.tags)], rowType=[RecordType(VARCHAR col)])
                        """);
        session.plans("SELECT p, x FROM clicks LATERAL VIEW OUTER posexplode(tags) t AS p, x", """
                LogicalProject(p=[$9], x=[$10])
                  LogicalCorrelate(correlation=[$cor1], joinType=[inner], requiredColumns=[{4}])
                    LogicalTableScan(table=[[clicks]])
                    LogicalTableFunctionScan(invocation=[posexplode_outer($cor1.tags)], \
                rowType=[RecordType(INTEGER pos, VARCHAR col)])
                """);
        session.plans("SELECT explode(array(1, 2)) AS x", """
                LogicalProject(x=[$1])
                  LogicalCorrelate(correlation=[$cor2], joinType=[inner], requiredColumns=[{}])
                    LogicalValues(tuples=[[{ 0 }]])
                    LogicalTableFunctionScan(invocation=[explode(array(1, 2))], rowType=[RecordType(INTEGER col)])
                """);
    }

    @Test
    @DisplayName("declares a watermark in the query, also on a computed column; no filter moves below it")
    void declaresWatermarks() {
        session.plans("""
                SELECT url FROM STREAM clicks WATERMARK CAST(url AS TIMESTAMP) AS at DELAY OF INTERVAL 1 SECOND
                WHERE n > 2""",
                """
                        LogicalProject(url=[$1])
                          LogicalFilter(condition=[>($2, 2)])
                            LogicalWatermark(column=[at], delayMicros=[1000000])
                              LogicalProject(user=[$0], url=[$1], n=[$2], ts=[$3], tags=[$4], counts=[$5], place=[$6], price=[$7], \
                        day=[$8], at=[CAST($1):TIMESTAMP_WITH_LOCAL_TIME_ZONE(6)])
                                LogicalWatermark(column=[ts], delayMicros=[10000000])
                                  LogicalTableScan(table=[[clicks]], stream=[true])
                        """);
        assertThat(session.plan("SELECT * FROM clicks WATERMARK ts DELAY OF '1 second'").text())
                .as("a batch query has no watermark").doesNotContain("Watermark");
    }

    @Test
    @DisplayName("keeps the rows of VALUES in one node, each value of its column's type")
    void values() {
        session.plans("VALUES (1, 'a'), (2.5, NULL)", """
                LogicalProject(col1=[$0], col2=[$1])
                  LogicalValues(tuples=[[{ 1.0, 'a' }, { 2.5, null }]])
                """);
        assertThat(session.plan("VALUES (1, 'a'), (2.5, NULL)").schema().sql())
                .isEqualTo("col1 DECIMAL(11,1) NOT NULL, col2 STRING");
    }
}
