package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A condition that is never true")
final class NeverTrueSpec {
    private static Scenario running(String query) {
        return given("""
                CREATE STREAM s (k STRING) USING memory;
                CREATE TABLE t (name STRING, n INT) USING memory;
                INSERT INTO t VALUES ('a', 1)""").query(OutputMode.Update(), query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT k, count(*) FROM STREAM s GROUP BY k HAVING 0 IS NULL",
            "SELECT k FROM STREAM s WHERE k > k AND (k < 'a' AND k < k)",
            "SELECT k FROM STREAM s JOIN t ON s.k = t.name AND k > k",
            "SELECT k FROM STREAM s LEFT SEMI JOIN t ON s.k = t.name AND s.k = 'a' AND s.k = 'b'",
            "SELECT * FROM (SELECT q.*, (SELECT max(t.n) FROM t WHERE t.name = q.k) AS c FROM STREAM s q) WHERE k > k",
            "SELECT * FROM (SELECT q.*, (SELECT max(t.n) FROM t WHERE t.name = q.k) AS c FROM STREAM s q)"
                    + " WHERE k LIKE 'a%' AND (k <> k AND c < 1)",
            "SELECT * FROM (SELECT q.*, (SELECT max(t.n) FROM t WHERE t.name = q.k) AS c FROM STREAM s q) q"
                    + " JOIN t ON q.k = t.name AND q.k < q.k",
            "SELECT * FROM (SELECT q.*, (SELECT max(t.n) FROM t WHERE t.name = q.k) AS c FROM STREAM s q) q"
                    + " LEFT SEMI JOIN t ON q.k = t.name AND q.c < q.c"})
    @DisplayName("leaves a stream a stream: the query runs, and has nothing to say")
    void leavesAStreamAStream(String query) {
        try (Scenario scenario = running(query)) {
            scenario.trigger("a").emitsNothing();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT k, n FROM STREAM s LEFT JOIN t ON s.k = t.name AND s.k <> s.k",
            "SELECT q.k, t.n FROM (SELECT q.*, (SELECT max(t.n) FROM t WHERE t.name = q.k) AS c FROM STREAM s q) q"
                    + " LEFT JOIN t ON q.k = t.name AND q.c < q.c"})
    @DisplayName("leaves its rows to the left side of an outer join")
    void outer(String query) {
        try (Scenario scenario = running(query)) {
            scenario.trigger("a").emits("a, NULL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT k FROM STREAM s WHERE CAST(FALSE AS STRING) > 'beta'",
            "SELECT k FROM (SELECT q.*, (SELECT max(t.n) FROM t WHERE t.name = q.k) AS c FROM STREAM s q)"
                    + " WHERE CAST(FALSE AS STRING) > 'beta' AND c > 0",
            "SELECT q.k FROM (SELECT q.*, (SELECT max(t.n) FROM t WHERE t.name = q.k) AS c FROM STREAM s q) q"
                    + " JOIN t ON q.k = t.name AND CAST(FALSE AS STRING) > 'beta'"})
    @DisplayName("is none that is constant and true, as the dialect computes it: false is written small")
    void constant(String query) {
        try (Scenario scenario = running(query)) {
            scenario.trigger("a").emits("a");
        }
    }
}
