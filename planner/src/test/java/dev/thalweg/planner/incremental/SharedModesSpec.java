package dev.thalweg.planner.incremental;

import static dev.thalweg.planner.incremental.OutputMode.APPEND;
import static dev.thalweg.planner.incremental.OutputMode.CHANGELOG;
import static dev.thalweg.planner.incremental.OutputMode.COMPLETE;
import static dev.thalweg.planner.incremental.OutputMode.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.planner.explain.ExplainedResult;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Results of several output modes")
final class SharedModesSpec {
    private static final String BY_URL = "SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url";
    private static final String MINUTES = "SELECT url, count(*) AS n FROM STREAM clicks"
            + " GROUP BY url, window(ts, INTERVAL '1' MINUTE)";
    private static final String SAME_TIME = "SELECT a.url FROM STREAM clicks a JOIN STREAM clicks b ON a.ts = b.ts";

    private final Plans plans = new Plans();

    private SharedPlan shared(String sql, OutputMode... modes) {
        return SharedPlan.of(Arrays.stream(modes).map(mode -> plans.stream(sql, mode)).toList());
    }

    private static long count(SharedPlan shared, Class<? extends PlanNode> kind) {
        return shared.whole().nodes().stream().filter(kind::isInstance).count();
    }

    @Test
    @DisplayName("read a stream and follow its time once, whatever the modes")
    void readOnce() {
        SharedPlan shared = shared(MINUTES, APPEND, UPDATE, COMPLETE, CHANGELOG);
        assertThat(count(shared, PlanNode.Scan.class)).isOne();
        assertThat(count(shared, PlanNode.Watermark.class)).isOne();
    }

    @Test
    @DisplayName("keep groups once for those who are told of changes, and apart for who waits or who keeps everything")
    void windows() {
        assertThat(count(shared(MINUTES, UPDATE, CHANGELOG), PlanNode.Aggregate.class)).isOne();
        assertThat(count(shared(MINUTES, UPDATE, COMPLETE), PlanNode.Aggregate.class)).isEqualTo(2);
        assertThat(count(shared(MINUTES, APPEND, UPDATE), PlanNode.Aggregate.class)).isEqualTo(2);
        assertThat(count(shared(MINUTES, APPEND, UPDATE, COMPLETE, CHANGELOG), PlanNode.Aggregate.class)).isEqualTo(3);
        assertThat(count(shared(BY_URL, UPDATE, COMPLETE, CHANGELOG), PlanNode.Aggregate.class)).isOne();
    }

    @Test
    @DisplayName("keep a join once where its rows are final and freed alike, and a pattern always")
    void joins() {
        String rising = "SELECT * FROM STREAM clicks MATCH_RECOGNIZE (PARTITION BY url ORDER BY ts MEASURES A.amount AS low"
                + " PATTERN (A B) DEFINE B AS B.amount > A.amount)";
        assertThat(count(shared(rising, APPEND, UPDATE, COMPLETE), MatchRecognize.class)).isOne();
        assertThat(count(shared(SAME_TIME, APPEND, UPDATE, CHANGELOG), PlanNode.StreamJoin.class)).isOne();
        assertThat(count(shared(SAME_TIME, UPDATE, COMPLETE), PlanNode.StreamJoin.class)).isEqualTo(2);
        assertThat(count(shared(SAME_TIME.replace(" JOIN", " LEFT JOIN"), APPEND, UPDATE), PlanNode.StreamJoin.class))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("share what is below, and not what is above, a node that runs otherwise in one of them")
    void above() {
        String urls = "SELECT count(*) AS urls FROM (SELECT DISTINCT url FROM STREAM clicks)";
        assertThat(count(shared(urls, UPDATE, COMPLETE), PlanNode.Aggregate.class)).isOne();
        String largest = "SELECT url, max(n) AS most FROM (" + MINUTES + ") GROUP BY url";
        assertThat(count(shared(largest, UPDATE, COMPLETE), PlanNode.Aggregate.class)).isEqualTo(4);
        String distinct = "SELECT DISTINCT url, ts FROM STREAM clicks";
        assertThat(count(shared(distinct, APPEND, UPDATE), PlanNode.Distinct.class)).isOne();
        assertThat(count(shared(distinct, APPEND, COMPLETE), PlanNode.Distinct.class)).isEqualTo(2);
    }

    @Test
    @DisplayName("do not share what stands above loops that run otherwise")
    void loops() {
        String steps = "WITH RECURSIVE r AS (SELECT DISTINCT ts, amount FROM STREAM clicks UNION"
                + " SELECT ts, amount - 1 FROM r WHERE amount > 0) SELECT DISTINCT amount FROM r";
        assertThat(count(shared(steps, UPDATE, CHANGELOG), PlanNode.Distinct.class)).isEqualTo(2);
        assertThat(count(shared(steps, UPDATE, COMPLETE), PlanNode.Distinct.class)).isEqualTo(4);
    }

    @Test
    @DisplayName("tell a checkpoint their modes, but only where they differ")
    void fingerprint() {
        SharedPlan shared = shared(BY_URL, UPDATE, COMPLETE);
        Fingerprint nodes = Fingerprint.of(shared.whole(), shared.outputs().stream().map(StreamPlan::root).toList());
        assertThat(nodes.withModes(List.of(UPDATE, UPDATE))).isEqualTo(nodes);
        assertThat(nodes.withModes(List.of(UPDATE, COMPLETE)).nodes()).contains("result 1 in output mode update",
                "result 2 in output mode complete");
    }

    @Test
    @DisplayName("are explained each in its mode, with what it keeps in it")
    void explained() {
        List<ExplainedResult> results = shared(MINUTES, APPEND, UPDATE, CHANGELOG).outputs().stream()
                .map(plan -> new ExplainedResult("sink", plan)).toList();
        assertThat(ExplainPrinter.print(results)).contains("result 1 of 3 into sink\noutput mode: append",
                "result 2 of 3 into sink\noutput mode: update", "result 3 of 3 into sink\noutput mode: changelog");
        assertThat(ExplainPrinter.printState(results).lines()).filteredOn(line -> line.startsWith("  "))
                .satisfiesExactly(line -> assertThat(line).endsWith("emitted then"),
                        line -> assertThat(line).startsWith("  freed by time"),
                        line -> assertThat(line).endsWith("passes end"),
                        line -> assertThat(line).startsWith("  freed by time"),
                        line -> assertThat(line).isEqualTo("  shared, see above"));
    }
}
