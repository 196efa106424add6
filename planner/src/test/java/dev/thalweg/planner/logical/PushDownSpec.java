package dev.thalweg.planner.logical;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A filter above a node that keeps state")
final class PushDownSpec {
    private final Planning session = new Planning();

    @Test
    @DisplayName("stays above an aggregate that refuses late rows, whatever it looks at")
    void staysWhereRowsMayBeLate() {
        session.plans("""
                SELECT * FROM (SELECT window.end AS e, url, count(*) AS n FROM STREAM clicks
                  GROUP BY window(ts, INTERVAL '1' MINUTE), url) WHERE url = 'a'""", """
                LogicalProject(e=[$0.end], url=[$1], n=[$2])
                  LogicalFilter(condition=[=($1, 'a')])
                    LogicalAggregate(group=[{0, 1}], n=[count()])
                      LogicalProject($f0=[window($3, $interval_dt(CAST(60000000):BIGINT NOT NULL))], url=[$1])
                        LogicalWatermark(column=[ts], delayMicros=[10000000])
                          LogicalTableScan(table=[[clicks]])
                """);
        session.plans("SELECT * FROM (SELECT DISTINCT ts, url FROM STREAM clicks) WHERE url = 'a'", """
                LogicalFilter(condition=[=($1, 'a')])
                  LogicalAggregate(group=[{0, 1}])
                    LogicalProject(ts=[$3], url=[$1])
                      LogicalWatermark(column=[ts], delayMicros=[10000000])
                        LogicalTableScan(table=[[clicks]])
                """);
    }

    @Test
    @DisplayName("moves below one that refuses none: no time among its keys, or no watermark")
    void movesWhereNoneIsLate() {
        session.plans("SELECT * FROM (SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url) WHERE url = 'a'", """
                LogicalAggregate(group=[{0}], n=[count()])
                  LogicalProject(url=[$1])
                    LogicalFilter(condition=[=($1, 'a')])
                      LogicalWatermark(column=[ts], delayMicros=[10000000])
                        LogicalTableScan(table=[[clicks]])
                """);
        session.plans("SELECT * FROM (SELECT DISTINCT ts, url FROM clicks) WHERE url = 'a'", """
                LogicalAggregate(group=[{0, 1}])
                  LogicalProject(ts=[$3], url=[$1])
                    LogicalFilter(condition=[=($1, 'a')])
                      LogicalTableScan(table=[[clicks]])
                """);
    }
}
