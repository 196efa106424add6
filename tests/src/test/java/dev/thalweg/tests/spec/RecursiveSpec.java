package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.streaming.OutputMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("WITH RECURSIVE over streams")
final class RecursiveSpec {
    private static final String EDGES = """
            CREATE STREAM edge (a INT, b INT) USING memory;
            CREATE STREAM start (a INT) USING memory""";
    private static final String REACHED = """
            WITH RECURSIVE reached(n) AS (
              SELECT a FROM STREAM start UNION SELECT e.b FROM reached JOIN STREAM edge e ON e.a = reached.n)
            SELECT n FROM reached""";

    /// Edges that come and go: one is there while its weights add up to more than 0.
    private static final String CHANGING = "CREATE STREAM edge (a INT, b INT, w INT) USING memory";
    private static final String NOW = "(SELECT a, b FROM STREAM edge GROUP BY a, b HAVING sum(w) > 0)";

    @Test
    @DisplayName("finds what a new row leads to, through everything that came before, and each row once")
    void reaches() {
        try (Scenario scenario = given(EDGES).query(OutputMode.Append(), REACHED)) {
            scenario.into("edge", "1, 2", "2, 3", "3, 1", "7, 8").run().emitsNothing()
                    .into("start", "1").run().emits("1", "2", "3")
                    .into("edge", "3, 7").run().emits("7", "8")
                    .into("edge", "8, 1", "NULL, 5").into("start", "NULL").run().emits("NULL")
                    .into("start", "1", "8").run().emitsNothing();
        }
    }

    @Test
    @DisplayName("takes back what only a way that is gone led to, circles too")
    void takesBack() {
        try (Scenario scenario = given(CHANGING + ";CREATE STREAM start (a INT) USING memory").query(
                OutputMode.Changelog(), """
                        WITH RECURSIVE reached(n) AS (
                          SELECT a FROM STREAM start UNION SELECT e.b FROM reached JOIN %s e ON e.a = reached.n)
                        SELECT n FROM reached""".formatted(NOW))) {
            scenario.into("edge", "1, 2, 1", "2, 3, 1", "3, 2, 1").into("start", "1").run()
                    .emits("1, +I", "2, +I", "3, +I")
                    .into("edge", "1, 2, -1").run().emits("2, -D", "3, -D") // they led to each other
                    .into("edge", "1, 3, 1").run().emits("2, +I", "3, +I")
                    .into("edge", "1, 2, 1").run().emitsNothing()
                    .into("edge", "1, 3, -1").run().emitsNothing();
        }
    }

    @Test
    @DisplayName("counts every way with UNION ALL, and computes along it")
    void everyWay() {
        try (Scenario scenario = given(CHANGING).query(OutputMode.Complete(), """
                WITH RECURSIVE way(n, length) AS (
                  VALUES (1, 0) UNION ALL SELECT e.b, way.length + 1 FROM way JOIN %s e ON e.a = way.n)
                SELECT n, length, count(*) FROM way GROUP BY n, length""".formatted(NOW))) {
            scenario.into("edge", "1, 2, 1", "1, 3, 1", "2, 4, 1", "3, 4, 1").run()
                    .emits("1, 0, 1", "2, 1, 1", "3, 1, 1", "4, 2, 2")
                    .into("edge", "1, 3, -1", "4, 5, 1").run().emits("1, 0, 1", "2, 1, 1", "4, 2, 1", "5, 3, 1");
        }
    }

    @Test
    @DisplayName("joins with tables, and steps of several parts")
    void severalSteps() {
        try (Scenario scenario = given("""
                CREATE STREAM edge (a INT, b INT) USING memory;
                CREATE TABLE road (a INT, b INT) USING memory;
                INSERT INTO road VALUES (2, 20), (20, 21)""").query(OutputMode.Complete(), """
                WITH RECURSIVE reached(n) AS (
                  VALUES (1) UNION SELECT e.b FROM reached r JOIN STREAM edge e ON e.a = r.n
                  UNION SELECT t.b FROM road t JOIN reached r ON t.a = r.n WHERE r.n < 20)
                SELECT n FROM reached""")) {
            scenario.into("edge", "1, 2").run().emits("1", "2", "20")
                    .into("edge", "20, 3", "3, 2").run().emits("1", "2", "20", "3");
        }
    }

    @Test
    @DisplayName("one query may read another")
    void oneOverAnother() {
        try (Scenario scenario = given(EDGES).query(OutputMode.Complete(), """
                WITH RECURSIVE
                  up(n) AS (SELECT a FROM STREAM start UNION SELECT e.b FROM up JOIN STREAM edge e ON e.a = up.n),
                  down(n) AS (SELECT n FROM up UNION SELECT e.a FROM down JOIN STREAM edge e ON e.b = down.n)
                SELECT n FROM down""")) {
            scenario.into("edge", "1, 2", "3, 2", "4, 3", "5, 6").into("start", "1").run().emits("1", "2", "3", "4")
                    .into("edge", "5, 4").run().emits("1", "2", "3", "4", "5");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("equals the search from the beginning, for edges that come and go at random")
    void equalsSearch(long seed) {
        Random random = new Random(seed);
        int[][] weights = new int[7][7];
        try (Scenario scenario = given(CHANGING).query(OutputMode.Complete(), """
                WITH RECURSIVE pair(a, b) AS (
                  SELECT a, b FROM %s e UNION SELECT pair.a, e.b FROM pair JOIN %s e ON e.a = pair.b)
                SELECT a, b FROM pair""".formatted(NOW, NOW))) {
            for (int trigger = 0; trigger < 8; trigger++) {
                List<String> rows = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    int a = random.nextInt(7);
                    int b = random.nextInt(7);
                    int w = weights[a][b] > 0 ? -1 : 1;
                    weights[a][b] += w;
                    rows.add(a + ", " + b + ", " + w);
                }
                scenario.into("edge", rows.toArray(String[]::new)).run().emits(closure(weights));
            }
        }
    }

    private static String[] closure(int[][] weights) {
        TreeSet<String> pairs = new TreeSet<>();
        for (int from = 0; from < weights.length; from++) {
            boolean[] seen = new boolean[weights.length];
            visit(from, weights, seen);
            for (int to = 0; to < seen.length; to++) {
                if (seen[to]) {
                    pairs.add(from + ", " + to);
                }
            }
        }
        return pairs.toArray(String[]::new);
    }

    private static void visit(int node, int[][] weights, boolean[] seen) {
        for (int next = 0; next < weights.length; next++) {
            if (weights[node][next] > 0 && !seen[next]) {
                seen[next] = true;
                visit(next, weights, seen);
            }
        }
    }

    @Test
    @DisplayName("falls back on a longer way")
    void fallsBack() {
        try (Scenario scenario = given(CHANGING).query(OutputMode.Complete(), """
                WITH RECURSIVE pair(a, b) AS (
                  SELECT a, b FROM %s e UNION SELECT pair.a, e.b FROM pair JOIN %s e ON e.a = pair.b)
                SELECT a, b FROM pair WHERE a = 5""".formatted(NOW, NOW))) {
            scenario.into("edge", "5, 0, 1", "1, 3, 1", "3, 0, 1").run().emits("5, 0")
                    .into("edge", "5, 1, 1").run().emits("5, 0", "5, 1", "5, 3")
                    .into("edge", "5, 0, -1").run().emits("5, 0", "5, 1", "5, 3");
        }
    }

    @Test
    @DisplayName("ends with an error, not never, when UNION ALL goes in circles")
    void endless() {
        try (Scenario scenario = given(EDGES).query(OutputMode.Append(), REACHED.replace("UNION", "UNION ALL"))) {
            assertThatThrownBy(() -> scenario.into("edge", "1, 2", "2, 1").into("start", "1").run().emitsNothing())
                    .hasStackTraceContaining("THW-4211");
        }
    }

    @Test
    @DisplayName("refuses steps that cannot follow changes one by one")
    void refused() {
        assertThatThrownBy(() -> given(EDGES).query(OutputMode.Update(), """
                WITH RECURSIVE r(n) AS (SELECT a FROM STREAM start UNION ALL
                  SELECT CAST(count(*) AS INT) FROM r JOIN STREAM edge e ON e.a = r.n)
                SELECT n FROM r""")).hasMessageContaining("THW-3226");
    }
}
