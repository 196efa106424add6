package dev.thalweg.planner.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.planner.explain.ExplainedResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Several queries as one plan")
final class SharedPlanSpec {
    private final Plans plans = new Plans();

    private SharedPlan shared(OutputMode mode, String... queries) {
        return SharedPlan.of(Arrays.stream(queries).map(sql -> plans.stream(sql, mode)).toList());
    }

    private static <T extends PlanNode> List<T> of(SharedPlan shared, Class<T> kind) {
        return shared.whole().nodes().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static String explained(SharedPlan shared) {
        return ExplainPrinter.print(shared.outputs().stream().map(plan -> new ExplainedResult("sink", plan)).toList());
    }

    @Test
    @DisplayName("read a stream once, with the columns of all, and give each what it wanted")
    void readOnce() {
        SharedPlan shared = shared(OutputMode.APPEND, "SELECT url FROM STREAM clicks WHERE url IS NOT NULL",
                "SELECT user, amount FROM STREAM clicks", "SELECT amount, url FROM STREAM clicks");
        assertThat(of(shared, PlanNode.Scan.class)).singleElement()
                .satisfies(scan -> assertThat(scan.schema().names()).containsExactly("user", "url", "amount", "ts"));
        assertThat(of(shared, PlanNode.Watermark.class)).hasSize(1);
        assertThat(shared.outputs()).extracting(output -> output.schema().names()).containsExactly(List.of("url"),
                List.of("user", "amount"), List.of("amount", "url"));
    }

    @Test
    @DisplayName("keep an aggregate once that is the same in both, whatever is made of it")
    void keepOnce() {
        String counts = "SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url";
        SharedPlan shared = shared(OutputMode.UPDATE, counts, "SELECT * FROM (" + counts + ") WHERE n > 3",
                "SELECT url, max(amount) AS most FROM STREAM clicks GROUP BY url");
        assertThat(of(shared, PlanNode.Aggregate.class)).hasSize(2);
        assertThat(of(shared, PlanNode.Scan.class)).hasSize(1);
        assertThat(explained(shared)).contains("shared, see above");
    }

    @Test
    @DisplayName("read and keep once what one query has twice, too")
    void onceWithinAQuery() {
        String counts = "(SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url)";
        StreamPlan plan = plans.stream("SELECT a.url FROM " + counts + " a JOIN " + counts + " b ON a.n = b.n + 1",
                OutputMode.UPDATE);
        assertThat(plan.nodes()).filteredOn(PlanNode.Scan.class::isInstance).hasSize(1);
        assertThat(plan.nodes()).filteredOn(PlanNode.Aggregate.class::isInstance).hasSize(1);
        assertThat(ExplainPrinter.print(plan)).containsOnlyOnce("shared, see above");
    }

    @Test
    @DisplayName("read a stream with the columns of both sides of a join with itself")
    void selfJoin() {
        StreamPlan plan = plans.stream("SELECT a.url, b.amount FROM STREAM clicks a JOIN STREAM clicks b"
                + " ON a.user = b.user", OutputMode.APPEND);
        assertThat(plan.nodes()).filteredOn(PlanNode.Scan.class::isInstance).singleElement()
                .satisfies(scan -> assertThat(scan.schema().names()).containsExactly("user", "url", "amount", "ts"));
    }

    @Test
    @DisplayName("give each batch to both sides of a union of a stream with itself")
    void unionWithItself() {
        StreamPlan plan = plans.stream("SELECT url FROM STREAM clicks UNION ALL SELECT url FROM STREAM clicks",
                OutputMode.APPEND);
        assertThat(plan.nodes()).filteredOn(PlanNode.Scan.class::isInstance).hasSize(1);
        assertThat(plan.root().inputs()).hasSize(2);
    }

    @Test
    @DisplayName("read twice where a union of a stream and its own counts would wait for itself, and nothing else")
    void twiceWhereItWouldWait() {
        String union = "SELECT url, 1 AS n FROM STREAM clicks UNION ALL"
                + " SELECT url, count(*) FROM STREAM clicks GROUP BY url";
        assertThat(scans(union)).isEqualTo(2);
        assertThat(scans(union + " UNION ALL SELECT a.value, 1 FROM STREAM lines a JOIN STREAM lines b USING (value)"))
                .isEqualTo(3);
        String rowsAndTotal = "WITH c AS (SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url)"
                + " SELECT url, n FROM c UNION ALL SELECT 'all', sum(n) FROM c";
        assertThat(scans(rowsAndTotal)).isEqualTo(1);
    }

    private long scans(String query) {
        return plans.stream(query, OutputMode.UPDATE).nodes().stream().filter(PlanNode.Scan.class::isInstance).count();
    }

    @Test
    @DisplayName("plan many unions of counts of one stream in no time")
    @Timeout(20)
    void manyParts() {
        String parts = IntStream.range(0, 40)
                .mapToObj(
                        i -> " UNION ALL SELECT url, count(*) FROM STREAM clicks WHERE amount > " + i + " GROUP BY url")
                .collect(Collectors.joining());
        assertThat(scans("SELECT url, count(*) FROM (SELECT url, 1 AS n FROM STREAM clicks" + parts
                + ") GROUP BY url, n")).isEqualTo(2);
    }

    @Test
    @DisplayName("draw numbers for each mention of its own")
    void draws() {
        String drawn = "(SELECT DISTINCT url, rand() AS r FROM STREAM clicks)";
        StreamPlan plan = plans.stream("SELECT a.url FROM " + drawn + " a JOIN " + drawn
                + " b ON a.url = b.url AND a.r <> b.r", OutputMode.APPEND);
        assertThat(plan.nodes()).filteredOn(PlanNode.Distinct.class::isInstance).hasSize(2);
        assertThat(plan.nodes()).filteredOn(PlanNode.Scan.class::isInstance).hasSize(1);
    }

    @Test
    @DisplayName("tell a checkpoint which mentions share what is kept, so that a filter that parts them is noticed")
    void fingerprint() {
        assertThat(fingerprint(0, 0, 10)).isEqualTo(fingerprint(1, 1, 10)).isNotEqualTo(fingerprint(0, 10, 10));
        assertThat(fingerprint(0, 1, 10)).isEqualTo(fingerprint(5, 6, 7));
    }

    private Fingerprint fingerprint(int... least) {
        return Fingerprint.of(plans.stream(Arrays.stream(least)
                .mapToObj(amount -> "SELECT url, count(*) AS n FROM STREAM clicks WHERE amount > " + amount
                        + " GROUP BY url")
                .collect(Collectors.joining(" UNION ALL ")), OutputMode.UPDATE));
    }

    @Test
    @DisplayName("list every node once, inputs first, and with its traits")
    void nodesInOrder() {
        SharedPlan shared = shared(OutputMode.UPDATE, "SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url",
                "SELECT count(*) AS n FROM STREAM clicks");
        List<PlanNode> nodes = shared.whole().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            for (PlanNode input : nodes.get(i).inputs()) {
                assertThat(nodes.subList(0, i)).anyMatch(input::isSame);
            }
            assertThat(shared.whole().traits(nodes.get(i))).isNotNull();
        }
    }

    @Test
    @DisplayName("stay apart where they would wait for each other, and only there")
    void stayApart() {
        StreamPlan one = plan(distinct(names()));
        StreamPlan two = plan(union(names(), distinct(lines())));
        StreamPlan three = plan(union(lines(), distinct(names())));
        assertThat(of(SharedPlan.of(List.of(one, two, three)), PlanNode.Scan.class)).hasSize(3);
        assertThat(of(SharedPlan.of(List.of(one, two)), PlanNode.Scan.class)).hasSize(2);
    }

    private static PlanNode distinct(PlanNode input) {
        return new PlanNode.Distinct(new PlanNode.Exchange(input, List.of(0)), false);
    }

    private PlanNode lines() {
        return plans.stream("SELECT value FROM STREAM lines", OutputMode.UPDATE).nodes().getFirst();
    }

    private PlanNode names() {
        PlanNode scan = plans.stream("SELECT user FROM STREAM clicks", OutputMode.APPEND).nodes().getFirst();
        int user = scan.schema().indexOf("user").orElseThrow();
        return new PlanNode.Project(scan, List.of(Expressions.input(scan.schema(), user)),
                scan.schema().select(List.of(user)));
    }

    private static PlanNode union(PlanNode left, PlanNode right) {
        return new PlanNode.Union(List.of(left, right), left.schema());
    }

    private static StreamPlan plan(PlanNode root) {
        return IncrementalPlanner.withTraits(root, Running.in(OutputMode.UPDATE), List.of());
    }
}
