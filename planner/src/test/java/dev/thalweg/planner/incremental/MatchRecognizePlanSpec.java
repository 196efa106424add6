package dev.thalweg.planner.incremental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.spi.error.InvalidQuery;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("MATCH_RECOGNIZE is planned")
final class MatchRecognizePlanSpec {
    private final Plans plans = new Plans();

    private static String over(String from, String match) {
        return "SELECT * FROM " + from + " MATCH_RECOGNIZE (" + match + ")";
    }

    private String explain(String match) {
        return plans.explain(over("STREAM clicks", match), OutputMode.APPEND);
    }

    private void refuses(String match, String... parts) {
        refusesQuery(over("STREAM clicks", match), parts);
    }

    private void refusesQuery(String sql, String... parts) {
        assertThatThrownBy(() -> plans.stream(sql, OutputMode.UPDATE)).isInstanceOf(InvalidQuery.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    @DisplayName("with what it asks of a row alone computed before, and measures above")
    void shape() {
        assertThat(
                explain("""
                        PARTITION BY user ORDER BY ts MEASURES upper(A.url) AS page, C.ts AS ends, count(*) + 1 AS n
                        PATTERN (A B+? C) WITHIN INTERVAL 1 HOUR
                        DEFINE A AS amount = 5, B AS B.amount > 1 AND B.amount > PREV(B.amount), C AS C.amount > sum(B.amount)"""))
                .isEqualTo(
                        """
                                output mode: append
                                Project [user, upper(url) AS page, ts AS ends, (count + CAST(1 AS BIGINT)) AS n]  {insert-only; event time: ends}
                                  MatchRecognize A B{1,}? C within 1 hour where A: A, B: B AND (row.amount > row back 1.amount), \
                                C: (CAST(row.amount AS BIGINT) > sum(amount) of B) by [user] in order of ts: \
                                [last A.url, last C.ts, count(*) of rows]  {insert-only; event time: ts}
                                    | state: the rows of each partition [user] that the watermark has not passed and those of matches \
                                that have begun, freed when the watermark passes ts + 1 hour
                                    Exchange by [user]  {insert-only; event time: ts}
                                      Project [user, ts, (amount = 5) AS A, amount, (amount > 1) AS B, url]  {insert-only; event time: ts}
                                        Filter ts IS NOT NULL  {insert-only; event time: ts}
                                          Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}
                                            Scan stream clicks (memory) [user, url, amount, ts]  {insert-only}
                                """);
    }

    @Test
    @DisplayName("with what it keeps: only WITHIN bounds it, and neither numbers nor rows before a match")
    void state() {
        assertThat(state("PATTERN (A B)")).contains("UNBOUNDED", "WITHIN INTERVAL 1 HOUR");
        assertThat(state("PATTERN (A B) WITHIN INTERVAL 1 HOUR")).contains("freed", "ts + 1 hour")
                .doesNotContain("UNBOUNDED");
        assertThat(state("PATTERN (A B) WITHIN INTERVAL 1 HOUR DEFINE B AS amount > PREV(amount)"))
                .doesNotContain("UNBOUNDED"); // there is a row in the match before B
        assertThat(state("PATTERN (A B) WITHIN INTERVAL 1 HOUR DEFINE A AS amount > PREV(amount)"))
                .contains("UNBOUNDED", "the last 1 row before");
        assertThat(state("PATTERN (A B) WITHIN INTERVAL 1 HOUR DEFINE A AS amount > NEXT(amount)"))
                .contains("UNBOUNDED", "NEXT");
    }

    private String state(String rest) {
        return ExplainPrinter.printState(plans.stream(
                over("STREAM clicks", "PARTITION BY user ORDER BY ts MEASURES A.amount AS a " + rest),
                OutputMode.COMPLETE));
    }

    @Test
    @DisplayName("only over event time in ascending order, and rows that stay")
    void streams() {
        refuses("ORDER BY amount MEASURES A.ts AS t PATTERN (A)", "THW-3305", "ORDER BY ts first");
        refuses("ORDER BY ts DESC MEASURES A.ts AS t PATTERN (A)", "THW-3305", "descending");
        refusesQuery(over("STREAM lines", "ORDER BY value MEASURES A.value AS v PATTERN (A)"), "THW-3305", "WATERMARK");
        refusesQuery(over("(SELECT user, max(ts) AS ts FROM STREAM clicks GROUP BY user)",
                "ORDER BY ts MEASURES A.ts AS t PATTERN (A)"), "THW-3308", "update mode");
        assertThatThrownBy(() -> plans.explainBatch(
                over("users", "ORDER BY age MEASURES A.age AS a PATTERN (A) WITHIN INTERVAL 1 HOUR")))
                .hasMessageContaining("THW-3306");
    }

    @Test
    @DisplayName("and told what is wrong with its clauses")
    void clauses() {
        refuses("MEASURES A.ts AS t PATTERN (A)", "THW-3300");
        refuses("ORDER BY upper(url) MEASURES A.ts AS t PATTERN (A)", "THW-3301", "columns only");
        refuses("ORDER BY ts PATTERN (A)", "THW-3301", "no columns");
        refuses("ORDER BY ts MEASURES A.ts AS t, A.ts AS T PATTERN (A)", "THW-3301", "called 'T'");
        refuses("ORDER BY ts MEASURES A.ts AS t PATTERN (A) DEFINE B AS amount > 1", "THW-3302", "'B'");
        refuses("ORDER BY ts MEASURES A.ts AS t PATTERN (A) DEFINE A AS amount > 1, a AS amount < 2", "THW-3302",
                "twice");
        refuses("ORDER BY ts MEASURES A.ts AS t AFTER MATCH SKIP TO LAST X PATTERN (A)", "THW-3302", "'X'");
        refuses("ORDER BY ts MEASURES A.ts AS t PATTERN (A) SUBSET U = (A, B)", "THW-3302", "'B'");
        refuses("ORDER BY ts MEASURES A.ts AS t PATTERN (A) SUBSET A = (A)", "THW-3302", "already");
        refuses("ORDER BY ts MEASURES A.ts AS t PATTERN ((A{1000}){1000})", "THW-3303", "too large");
        refuses("ORDER BY ts MEASURES A.ts AS t PATTERN (PERMUTE(A, B, C, D, E, F, G))", "THW-3303");
        refuses("ORDER BY ts ALL ROWS PER MATCH WITH UNMATCHED ROWS PATTERN (A {- B -})", "THW-3303");
    }

    @Test
    @DisplayName("and told what cannot stand in DEFINE and MEASURES")
    void expressions() {
        refuses("ORDER BY ts MEASURES A.tss AS t PATTERN (A)", "THW-1104", "'tss'");
        refuses("ORDER BY ts MEASURES A.ts AS t PATTERN (A) DEFINE A AS amount", "THW-1203", "DEFINE");
        refuses("ORDER BY ts MEASURES A.ts AS t PATTERN (A) DEFINE A AS FINAL sum(amount) > 1", "THW-3304", "FINAL");
        refuses("ORDER BY ts MEASURES RUNNING upper(A.url) AS t PATTERN (A)", "THW-3304", "RUNNING");
        refuses("ORDER BY ts MEASURES count(DISTINCT A.url) AS n PATTERN (A)", "THW-3304", "DISTINCT");
        refuses("ORDER BY ts MEASURES sum(A.amount) OVER () AS n PATTERN (A)", "THW-3304", "OVER");
        refuses("ORDER BY ts MEASURES (SELECT max(age) FROM users) AS n PATTERN (A)", "THW-3304", "subquery");
        refuses("ORDER BY ts MEASURES sum(A.amount + B.amount) AS n PATTERN (A B)", "THW-3304", "different variables");
        refuses("ORDER BY ts MEASURES PREV(sum(A.amount)) AS n PATTERN (A B)", "THW-3304", "inside");
        refuses("ORDER BY ts MEASURES LAST(A.amount, amount) AS n PATTERN (A B)", "THW-3304", "constant");
        refuses("ORDER BY ts MEASURES CLASSIFIER(Z) AS n PATTERN (A B)", "THW-3304", "CLASSIFIER");
        refuses("ORDER BY ts MEASURES percentile(A.amount, 0.5) AS n PATTERN (A B)", "THW-3307", "percentile");
    }
}
