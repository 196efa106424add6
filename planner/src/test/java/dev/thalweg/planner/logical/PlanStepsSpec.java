package dev.thalweg.planner.logical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A program's steps")
final class PlanStepsSpec {
    private final Planning session = new Planning();

    @Test
    @DisplayName("select from inputs that are planned already")
    void selectsFromInputs() {
        LogicalPlan input = session.plan("SELECT user, n FROM clicks");
        String sql = "SELECT upper(user) AS u FROM input WHERE n > 1";
        assertThat(session.planner.plan(StatementParser.parseQuery(sql), Map.of("input", input)).text()).isEqualTo("""
                LogicalProject(u=[upper($0)])
                  LogicalFilter(condition=[>($2, 1)])
                    LogicalTableScan(table=[[clicks]])
                """);
        assertThat(session.planner.typeOf(StatementParser.parseExpression("n + 1L"), input).sql())
                .isEqualTo("(n + 1) BIGINT");
    }

    @Test
    @DisplayName("declare a watermark where there is a stream, and drop duplicates")
    void marksAndDrops() {
        LogicalPlan stream = session.plan("SELECT url, ts FROM STREAM clicks");
        LogicalPlan marked = session.planner.withWatermark(stream, "TS", 5_000_000);
        assertThat(session.planner.dropDuplicates(marked, List.of("url")).text()).startsWith("""
                LogicalDropDuplicates(columns=[[0]])
                  LogicalWatermark(column=[ts], delayMicros=[5000000])
                """);
        LogicalPlan batch = session.plan("SELECT url, ts FROM clicks");
        assertThat(session.planner.withWatermark(batch, "ts", 1)).isSameAs(batch);
        assertThatThrownBy(() -> session.planner.withWatermark(stream, "url", 1)).hasMessage("""
                A watermark needs a TIMESTAMP, but 'url' is a STRING.
                Cast it first, for example with withColumn("url", col("url").cast("timestamp")).  [THW-1206]""");
        assertThatThrownBy(() -> session.planner.dropDuplicates(stream, List.of("ulr"))).hasMessage("""
                Unknown column 'ulr'.
                Did you mean 'url'? There are: url, ts.  [THW-1104]""");
    }

    @Test
    @DisplayName("write rows, of which dates and times are made by functions")
    void writesRows() {
        RowType schema = StatementParser.parseSchema("a INT, b STRING, c DECIMAL(5,2), d DATE, e TIMESTAMP");
        LogicalPlan plan = session.planner.values(schema,
                List.of(Arrays.asList(1, "x", new BigDecimal("1.5"), 18_000, 1_000_000L),
                        Arrays.asList(null, null, null, null, null)));
        assertThat(plan.text()).isEqualTo("""
                LogicalProject(a=[$0], b=[$1], c=[$2], d=[date_from_unix_date($3)], e=[timestamp_micros($4)])
                  LogicalValues(tuples=[[{ 1, 'x', 1.50, 18000, 1000000 }, { null, null, null, null, null }]])
                """);
        assertThat(plan.schema()).isEqualTo(schema);
    }

    @Test
    @DisplayName("cast what goes into a table, and refuse what does not fit")
    void coerces() {
        RowType target = StatementParser.parseSchema("who STRING, total BIGINT");
        LogicalPlan query = session.plan("SELECT n, n AS m FROM clicks");
        assertThat(session.planner.coerceTo(query, target, "sums").text()).startsWith(
                "LogicalProject(who=[CAST($0):VARCHAR], total=[CAST($1):BIGINT])");
        assertThatThrownBy(() -> session.planner.coerceTo(session.plan("SELECT user, url FROM clicks"), target, "sums"))
                .hasMessage(
                        "Column 'url' is a STRING, but 'total' of 'sums' is a BIGINT. Write CAST(url AS BIGINT).  [THW-1207]");
        assertThatThrownBy(() -> session.planner.coerceTo(session.plan("SELECT user FROM clicks"), target, "sums"))
                .hasMessage("""
                        'sums' has 2 columns, but the query gives 1.
                        The target has: who STRING, total BIGINT.
                        The query gives: user STRING.  [THW-1115]""");
    }

    @Test
    @DisplayName("read a view over a stream as a stream; its tables stay as of now")
    void readsViews() {
        LogicalPlan view = session.plan("SELECT c.url, u.age, ts FROM clicks c JOIN users u ON c.user = u.id");
        session.catalog.create(new CatalogEntry.View("aged", view.rel(), view.schema(), true, Set.of(), List.of()));
        assertThat(session.plan("SELECT * FROM aged").isStreaming()).isFalse();
        assertThat(session.plan("SELECT url FROM STREAM aged").text()).isEqualTo("""
                LogicalProject(url=[$1])
                  LogicalJoin(condition=[=($0, $9)], joinType=[inner])
                    LogicalWatermark(column=[ts], delayMicros=[10000000])
                      LogicalTableScan(table=[[clicks]], stream=[true])
                    LogicalTableScan(table=[[users]])
                """);
    }
}
