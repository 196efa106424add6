package dev.thalweg.planner.logical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.planner.incremental.IncrementalPlanner;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A column keeps the name it was given")
final class ColumnNamesSpec {
    private final Planning session = new Planning();

    ColumnNamesSpec() {
        table("scores", "score INT, score1 INT");
        table("l", "k STRING, v INT");
        table("r", "k STRING, v INT");
    }

    private void table(String name, String columns) {
        session.catalog.create(new CatalogEntry.Table(name, "json", TableOptions.none(),
                StatementParser.parseSchema(columns), false, Optional.empty()));
    }

    private void view(String name, String sql) {
        session.catalog.create(session.planner.view(name, session.plan(sql), true, List.of()));
    }

    private List<String> names(String sql) {
        return session.plan(sql).names();
    }

    private void refuses(String sql, String... parts) {
        assertThatThrownBy(() -> session.plan(sql)).isInstanceOf(InvalidQuery.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    @DisplayName("whatever digits it ends in, through *, joins, views and subqueries")
    void digits() {
        assertThat(names("SELECT * FROM scores")).containsExactly("score", "score1");
        assertThat(names("SELECT *, score AS score10 FROM scores")).containsExactly("score", "score1", "score10");
        assertThat(names("SELECT s.*, s.* FROM scores s")).containsExactly("score", "score1", "score", "score1");
        assertThat(names("SELECT * FROM l JOIN (SELECT k, v AS v2 FROM r) x ON l.k = x.k"))
                .containsExactly("k", "v", "k", "v2");
        assertThat(names("SELECT * FROM l JOIN (SELECT k, v AS v2 FROM r) x USING (k)")).containsExactly("k", "v",
                "v2");
        assertThat(names("SELECT x.*, l.* FROM l JOIN (SELECT k, v AS v0 FROM r) x ON l.k = x.k"))
                .containsExactly("k", "v0", "k", "v");
        view("seen", "SELECT * FROM scores");
        assertThat(names("SELECT * FROM (SELECT * FROM seen)")).containsExactly("score", "score1");
        assertThat(names("SELECT * FROM scores UNION ALL SELECT * FROM seen")).containsExactly("score", "score1");
        assertThat(names("WITH w AS (SELECT *, 1 AS score2 FROM scores) SELECT * FROM w ORDER BY score1"))
                .containsExactly("score", "score1", "score2");
    }

    @Test
    @DisplayName("also where two are called alike; * tells them apart by place")
    void repeated() {
        assertThat(names("SELECT * FROM (SELECT 1 AS a, 2 AS a)")).containsExactly("a", "a");
        assertThat(names("SELECT * FROM (SELECT * FROM l JOIN r ON l.k = r.k) x JOIN l"))
                .containsExactly("k", "v", "k", "v", "k", "v");
        assertThat(names("SELECT l.k, r.K, r.v AS k0 FROM l, r")).containsExactly("k", "K", "k0");
        assertThat(names("SELECT v FROM (SELECT v, v FROM l)")).containsExactly("v"); // one column, twice
        assertThat(names("SELECT * FROM (SELECT v, v FROM l)")).containsExactly("v", "v");
        session.catalog.create(new CatalogEntry.Table("cased", "json", TableOptions.none(),
                RowType.of(Field.of("A", Simple.INT), Field.of("a", Simple.INT)), false, Optional.empty()));
        assertThat(names("SELECT * FROM cased")).containsExactly("A", "a");
        assertThat(names("SELECT * FROM (SELECT l.v, r.v FROM l, r UNION ALL SELECT 1, 2)")).containsExactly("v", "v");
    }

    @Test
    @DisplayName("and the values of both go on to the query around")
    void values() {
        session.plans("SELECT * FROM (SELECT 1 AS a, 2 AS a)", """
                LogicalProject(a#0=[1], a#1=[2])
                  LogicalValues(tuples=[[{ 0 }]])""");
    }

    @Test
    @DisplayName("after their expression, with types as users write them")
    void types() {
        assertThat(names("SELECT CAST(NULL AS ARRAY<STRING>), CAST(NULL AS MAP<STRING, DECIMAL(10, 2)>),"
                + " CAST(NULL AS STRUCT<a: INT, b: ARRAY<BIGINT>>), CAST(1 AS DECIMAL(3, 1)), CAST(1 AS FLOAT)"))
                .containsExactly("CAST(NULL AS ARRAY<STRING>)", "CAST(NULL AS MAP<STRING, DECIMAL(10,2)>)",
                        "CAST(NULL AS STRUCT<a: INT, b: ARRAY<BIGINT>>)", "CAST(1 AS DECIMAL(3,1))",
                        "CAST(1 AS FLOAT)");
        assertThat(names("SELECT INTERVAL '1' YEAR, INTERVAL '14' MONTH, INTERVAL '0' MONTH"))
                .containsExactly("INTERVAL '1' YEAR", "INTERVAL '14' MONTH", "INTERVAL '0' MONTH");
    }

    @Test
    @DisplayName("but a name that two columns bear means neither")
    void ambiguous() {
        view("j", "SELECT * FROM l JOIN r ON l.k = r.k");
        refuses("SELECT v FROM j", """
                Column 'v' is ambiguous: view 'j' has 2 columns of that name (line 1, column 8).
                    SELECT v FROM j
                           ^
                Give them names of their own where they are made. The view has: k, v, k, v.""", "THW-1105");
        refuses("SELECT j.V FROM j", "Column 'V' is ambiguous", "THW-1105");
        refuses("SELECT x.v + 1 FROM (SELECT * FROM j) x", "Column 'v' is ambiguous: 'x' has 2", "THW-1105");
        refuses("SELECT 1 FROM j WHERE v > 1", "THW-1105");
        refuses("SELECT count(*) FROM j GROUP BY v", "THW-1105");
        refuses("SELECT v FROM j JOIN (SELECT v FROM l) y ON true", "THW-1105");
        refuses("SELECT l.v, r.v FROM l, r ORDER BY v", "Column 'v' is ambiguous", "THW-1105");
        refuses("SELECT * FROM j JOIN l USING (k)", "THW-1105");
        refuses("SELECT (SELECT max(v) FROM j) FROM l", "THW-1105");
    }

    @Test
    @DisplayName("and plans show them as the query gives them")
    void explained() {
        String text = ExplainPrinter.print(IncrementalPlanner.batch(session.plan(
                "SELECT l.v, r.v, l.k, count(*) FROM l JOIN r ON l.k = r.k WHERE l.v > 0 OR r.v > 0 GROUP BY l.v, r.v, l.k")));
        assertThat(text).doesNotContain("\u2060").contains("AS count(1)]", "Aggregate by [v, v, k]");
        text = ExplainPrinter.print(IncrementalPlanner.stream(session.plan(
                "SELECT DISTINCT c.user, l.k AS user FROM STREAM clicks c JOIN l ON c.url = l.k"), OutputMode.UPDATE));
        assertThat(text).doesNotContain("\u2060").contains("each different row [user, user]");
    }

    @Test
    @DisplayName("and the names that the planner makes for itself cannot be written")
    void inner() {
        view("j", "SELECT * FROM l JOIN r ON l.k = r.k");
        refuses("SELECT v0 FROM j", "Unknown column 'v0' in view 'j'", "The view has: k, v, k, v.", "THW-1104");
        refuses("SELECT a0 FROM (SELECT 1 AS a, 2 AS a)", "Unknown column 'a0'", "THW-1104");
    }
}
