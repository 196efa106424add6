package dev.thalweg.planner.logical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Joins and subqueries")
final class JoinSpec {
    private final Planning session = new Planning();

    @Test
    @DisplayName("an outer join keeps its condition; filters move to the side they look at")
    void outer() {
        session.plans(
                "SELECT c.user, u.id FROM STREAM clicks c LEFT JOIN users u ON c.user = u.id AND u.age > 3 WHERE n = 1",
                """
                        LogicalProject(user=[$0], id=[$9])
                          LogicalJoin(condition=[=($0, $9)], joinType=[left])
                            LogicalFilter(condition=[=($2, 1)])
                              LogicalWatermark(column=[ts], delayMicros=[10000000])
                                LogicalTableScan(table=[[clicks]], stream=[true])
                            LogicalFilter(condition=[>($1, 3)])
                              LogicalTableScan(table=[[users]])
                        """);
        assertThat(session.plan("SELECT u.id FROM clicks c LEFT JOIN users u ON c.user = u.id").schema().field(0)
                .nullable())
                .as("the side that may be missing becomes nullable").isTrue();
        assertThat(session.plan("SELECT c.place FROM users u LEFT JOIN clicks c ON c.user = u.id").schema().sql())
                .isEqualTo("place STRUCT<city: STRING, at: STRUCT<x: DOUBLE>>");
    }

    @Test
    @DisplayName("SEMI JOIN, IN and EXISTS are the same join")
    void semi() {
        String plan = """
                LogicalJoin(condition=[=($0, $9)], joinType=[semi])
                  LogicalTableScan(table=[[clicks]])
                  LogicalTableScan(table=[[users]])
                """;
        session.plans("SELECT * FROM clicks LEFT SEMI JOIN users ON user = id", plan);
        session.plans("SELECT * FROM clicks c WHERE EXISTS (SELECT 1 FROM users u WHERE c.user = u.id)", plan);
        session.plans("SELECT * FROM clicks WHERE user IN (SELECT id FROM users)", """
                LogicalJoin(condition=[=($0, $9)], joinType=[semi])
                  LogicalTableScan(table=[[clicks]])
                  LogicalProject(id=[$0])
                    LogicalTableScan(table=[[users]])
                """);
    }

    @Test
    @DisplayName("NOT IN keeps no row that might be in: where a side is NULL nobody knows")
    void notIn() {
        session.plans("SELECT * FROM clicks c WHERE user NOT IN (SELECT id FROM users WHERE age > c.n)", """
                LogicalJoin(condition=[AND(>($9, $2), OR(IS NULL($0), $10))], joinType=[anti])
                  LogicalJoin(condition=[AND(>($10, $2), =($0, $9))], joinType=[anti])
                    LogicalTableScan(table=[[clicks]])
                    LogicalTableScan(table=[[users]])
                  LogicalAggregate(group=[{0, 1}])
                    LogicalProject($f0=[$1], $f1=[IS NULL($0)])
                      LogicalTableScan(table=[[users]])
                """);
    }

    @Test
    @DisplayName("a count in a correlated subquery is 0 where there is nothing to count")
    void counts() {
        session.plans("SELECT n, (SELECT count(*) + 1 FROM users u WHERE u.id = c.user) AS k FROM clicks c",
                """
                        LogicalProject(n=[$2], k=[CAST(+(coalesce($10, CAST(0):BIGINT NOT NULL), CAST(1):BIGINT NOT NULL)):BIGINT])
                          LogicalJoin(condition=[=($9, $0)], joinType=[left])
                            LogicalTableScan(table=[[clicks]])
                            LogicalAggregate(group=[{1}], agg#0=[count()])
                              LogicalProject(value=[0], id=[$0])
                                LogicalTableScan(table=[[users]])
                        """);
    }

    @ParameterizedTest
    @DisplayName("a stream stays one above a correlated subquery, also where no row of it can pass")
    @ValueSource(strings = {"NOT (user = user)", "false", "greatest(amount, 3) IS NULL", "user = 'a' AND 1 = 2"})
    void keepsItsStream(String condition) {
        assertThat(session.plan(
                "SELECT k FROM (SELECT c.user, 5 AS amount, (SELECT count(*) FROM users u WHERE u.id = c.user) AS k"
                        + " FROM STREAM clicks c) WHERE " + condition)
                .isStreaming()).isTrue();
    }

    @Test
    @DisplayName("no filter moves below a window or another expression that makes rows or a value of its own")
    void staysAboveWindows() {
        session.plans("SELECT w.start FROM (SELECT window(ts, INTERVAL '1' HOUR) AS w, n FROM clicks) WHERE n = 1", """
                LogicalProject(start=[$0.start])
                  LogicalFilter(condition=[=($1, 1)])
                    LogicalProject(w=[window($3, $interval_dt(3600000000:BIGINT))], n=[$2])
                      LogicalTableScan(table=[[clicks]])
                """);
        session.plans("SELECT r FROM (SELECT rand() AS r, n FROM clicks) WHERE r > 0.5", """
                LogicalProject(r=[$0])
                  LogicalFilter(condition=[>($0, CAST(0.5:DECIMAL(1, 1)):DOUBLE NOT NULL)])
                    LogicalProject(r=[rand()], n=[$2])
                      LogicalTableScan(table=[[clicks]])
                """);
    }
}
