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
                          LogicalTableScan(table=[[clicks]], stream=[true])
                """);
        session.plans("SELECT * FROM (SELECT DISTINCT ts, url FROM STREAM clicks) WHERE url = 'a'", """
                LogicalFilter(condition=[=($1, 'a')])
                  LogicalAggregate(group=[{0, 1}])
                    LogicalProject(ts=[$3], url=[$1])
                      LogicalWatermark(column=[ts], delayMicros=[10000000])
                        LogicalTableScan(table=[[clicks]], stream=[true])
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
                        LogicalTableScan(table=[[clicks]], stream=[true])
                """);
        session.plans("SELECT * FROM (SELECT DISTINCT ts, url FROM clicks) WHERE url = 'a'", """
                LogicalAggregate(group=[{0, 1}])
                  LogicalProject(ts=[$3], url=[$1])
                    LogicalFilter(condition=[=($1, 'a')])
                      LogicalTableScan(table=[[clicks]])
                """);
    }

    @Test
    @DisplayName("stays where it is when it draws: each row above is judged once, none below")
    void staysWhenItDraws() {
        session.plans("SELECT url, count(*) AS n FROM clicks GROUP BY url HAVING rand() < 0.5", """
                LogicalFilter(condition=[<(rand(), CAST(0.5:DECIMAL(1, 1)):DOUBLE NOT NULL)])
                  LogicalAggregate(group=[{0}], n=[count()])
                    LogicalProject(url=[$1])
                      LogicalTableScan(table=[[clicks]])
                """);
        session.plans("SELECT * FROM (SELECT DISTINCT url FROM clicks) WHERE uuid() > url", """
                LogicalFilter(condition=[>(uuid(), $0)])
                  LogicalAggregate(group=[{0}])
                    LogicalProject(url=[$1])
                      LogicalTableScan(table=[[clicks]])
                """);
        session.plans("SELECT * FROM (SELECT url FROM clicks UNION ALL SELECT id FROM users) WHERE uuid() > url", """
                LogicalFilter(condition=[>(uuid(), $0)])
                  LogicalUnion(all=[true])
                    LogicalProject(url=[$1])
                      LogicalTableScan(table=[[clicks]])
                    LogicalProject(id=[$0])
                      LogicalTableScan(table=[[users]])
                """);
        session.plans("SELECT c.url FROM clicks c JOIN users u ON c.user = u.id WHERE uuid() > c.url", """
                LogicalProject(url=[$1])
                  LogicalFilter(condition=[>(uuid(), $1)])
                    LogicalJoin(condition=[=($0, $9)], joinType=[inner])
                      LogicalTableScan(table=[[clicks]])
                      LogicalTableScan(table=[[users]])
                """);
        session.plans("SELECT c.url FROM clicks c JOIN users u ON c.user = u.id AND uuid() > c.url", """
                LogicalProject(url=[$1])
                  LogicalJoin(condition=[AND(=($0, $9), >(uuid(), $1))], joinType=[inner])
                    LogicalTableScan(table=[[clicks]])
                    LogicalTableScan(table=[[users]])
                """);
    }

    @Test
    @DisplayName("does not hold one up that does not draw, nor is it taken along by it")
    void letsOthersPass() {
        session.plans(
                """
                        SELECT url FROM (SELECT url, count(*) AS n FROM clicks GROUP BY url HAVING url > 'a') WHERE rand() < 0.5""",
                """
                        LogicalProject(url=[$0])
                          LogicalFilter(condition=[<(rand(), CAST(0.5:DECIMAL(1, 1)):DOUBLE NOT NULL)])
                            LogicalAggregate(group=[{0}], n=[count()])
                              LogicalProject(url=[$1])
                                LogicalFilter(condition=[>($1, 'a')])
                                  LogicalTableScan(table=[[clicks]])
                        """);
        session.plans("SELECT * FROM (SELECT DISTINCT ts FROM clicks) WHERE unix_timestamp(ts) > 5", """
                LogicalAggregate(group=[{0}])
                  LogicalProject(ts=[$3])
                    LogicalFilter(condition=[>(unix_timestamp($3), CAST(5):BIGINT NOT NULL)])
                      LogicalTableScan(table=[[clicks]])
                """);
    }
}
