package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A hint")
final class HintSpec {
    private static final String STREAMS = """
            CREATE STREAM o (id INT, k STRING) USING memory; CREATE STREAM c (k STRING, v INT) USING memory""";

    private static ThalwegSession streams() {
        ThalwegSession session = Way.session(2);
        session.sql("CREATE STREAM c (k STRING, v INT) USING memory");
        session.sql("CREATE STREAM w (ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory");
        session.sql("CREATE TABLE t (k STRING, n INT) USING memory");
        return session;
    }

    @Test
    @DisplayName("gives the rows of each side of a join a time to live, and leaves the other side alone")
    void sides() {
        try (Scenario both = given(STREAMS).query(OutputMode.Changelog(),
                """
                        SELECT /*+ STATE_TTL('O' = '16 minutes', 'c' = '160m') */ id, v FROM STREAM o JOIN STREAM c ON o.k = c.k""");
                Scenario one = given(STREAMS).query(OutputMode.Changelog(), """
                        SELECT /*+ STATE_TTL('x' = '16 min') */ x.id, v FROM STREAM c LEFT JOIN (
                          SELECT id * 10 AS id, k FROM STREAM o WHERE id > 0) x ON x.k = c.k""")) {
            both.clock("12:00").into("o", "1, a").into("c", "a, 5").run().emits("1, 5, +I").holds(2)
                    .clock("12:17").trigger().emits("1, 5, -D").holds(1)
                    .into("o", "2, a").run().emits("2, 5, +I")
                    .clock("14:49").trigger().emits("2, 5, -D").holds(1)
                    .clock("14:50").trigger().emitsNothing().holds(0);
            one.clock("12:00").into("o", "1, a").into("c", "a, 5").run().emits("10, 5, +I")
                    .clock("12:17").trigger().emits("10, 5, -D", "NULL, 5, +I").holds(1)
                    .clock("20:00").into("o", "3, a").run().emits("NULL, 5, -D", "30, 5, +I");
        }
    }

    @Test
    @DisplayName("lets DISTINCT give a row again, which a join above keeps once still")
    void forgottenBelowJoin() {
        try (Scenario joined = given(STREAMS).query(OutputMode.Append(), """
                SELECT d.k, v FROM (SELECT /*+ STATE_TTL('o' = '1 hour') */ DISTINCT k FROM STREAM o) d
                JOIN STREAM c ON d.k = c.k""")) {
            joined.clock("12:00").into("o", "1, a").run().holds(2)
                    .clock("13:30").trigger().holds(1).into("o", "2, a").run().holds(2)
                    .clock("15:00").trigger().holds(1).into("o", "3, a").run().holds(2)
                    .into("c", "a, 5").run().emits("a, 5", "a, 5", "a, 5").holds(3);
        }
    }

    @Test
    @DisplayName("is worth more than the time to live of the query, and can take it away")
    void overQuery() {
        try (Scenario groups = given(STREAMS).query(OutputMode.Changelog(), session -> {
            session.conf().set("thalweg.sql.stateTtl", "160 minutes");
            return session.sql("""
                    SELECT /*+ STATE_TTL('c' = '16 minutes') */ k, count(*) AS n FROM STREAM c GROUP BY k
                    UNION ALL SELECT /*+ STATE_TTL('o' = 'none') */ k, -1 FROM STREAM o GROUP BY k""");
        })) {
            groups.clock("12:00").into("c", "a, 1").into("o", "1, b").run().emits("a, 1, +I", "b, -1, +I")
                    .clock("12:17").trigger().emits("a, 1, -D")
                    .clock("20:00").into("o", "2, b").run().emitsNothing();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "SELECT DISTINCT k FROM STREAM c | SELECT /*+ STATE_TTL('c' = '16 m') */ DISTINCT k FROM STREAM c",
            "SELECT k FROM STREAM c UNION SELECT k FROM STREAM o | SELECT /*+ STATE_TTL('c' = '16 m') */ k FROM STREAM c UNION SELECT /*+ STATE_TTL('o' = '15 m') */ k FROM STREAM o",
            "SELECT k FROM STREAM c GROUP BY k | WITH w AS (SELECT * FROM STREAM c) SELECT /*+ STATE_TTL('w' = '16 m') */ k FROM w GROUP BY k",
            "SELECT k FROM STREAM c GROUP BY k | SELECT /*+ STATE_TTL('d' = '16 m') */ upper(kk) AS k FROM STREAM c AS d(kk, vv) WHERE vv < 9 GROUP BY upper(kk)"})
    @DisplayName("counts for what is made of a table, an alias, a query of WITH")
    void names(String without, String hinted) {
        try (Scenario some = given(STREAMS).query(OutputMode.Changelog(), hinted);
                Scenario others = given(STREAMS).query(OutputMode.Changelog(), without)) {
            some.clock("12:00").into("c", "A, 1").run().emits("A, +I").clock("12:17").trigger().emits("A, -D");
            others.clock("12:00").into("c", "A, 1").run().emits("A, +I").clock("12:17").trigger().emitsNothing();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "SELECT /*+ STATE_TTL('c' = '16 m') */ k FROM STREAM c EXCEPT VALUES ('X') | 2",
            "VALUES ('X') INTERSECT SELECT /*+ STATE_TTL('c' = '16 m') */ k FROM STREAM c | 2",
            "SELECT /*+ STATE_TTL('c' = '16 m') */ k FROM STREAM c UNION VALUES ('X') | 1"})
    @DisplayName("needs none of a table beside the stream, whose rows stay but for those behind a UNION")
    void besideTables(String sql, int kept) {
        try (Scenario going = given(STREAMS).query(OutputMode.Update(), sql);
                Scenario staying = given(STREAMS).query(OutputMode.Update(), sql.replace("16 m", "none"))) {
            going.clock("2026-03-01T12:00").into("c", "A, 1", "X, 1").run()
                    .clock("2026-03-01T12:17").into("c", "B, 1").run().holds(kept);
            staying.clock("2026-03-01T12:00").into("c", "A, 1", "X, 1").run()
                    .clock("2026-03-01T12:17").into("c", "B, 1").run().holds(3);
        }
    }

    @Test
    @DisplayName("of a dataset says the same")
    void datasets() {
        try (Scenario joined = given(STREAMS).query(OutputMode.Changelog(), session -> {
            Dataset<Row> orders = session.sql("SELECT * FROM STREAM o").hint("state_ttl", "16 minutes")
                    .hint("broadcast");
            return orders.join(session.sql("SELECT * FROM STREAM c"), "k").hint("repartition", 4).select("id", "v");
        })) {
            joined.clock("12:00").into("o", "1, a").into("c", "a, 5").run().emits("1, 5, +I")
                    .clock("12:17").trigger().emits("1, 5, -D").into("o", "2, a").run().emits("2, 5, +I");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*+ BROADCAST(a) */", "/*+ MERGE(a, b) */", "/*+ REPARTITION(4) */",
            "/*+ COALESCE(1), REBALANCE */",
            "/*+ REPARTITION(3, v) SHUFFLE_HASH(b) */ /*+ MAPJOIN(a) */", "/*+ SKEW('a') */",
            "/*+ STATE_TTL('a' = '1 d') */"})
    @DisplayName("of Spark's, and one that nobody knows, changes nothing")
    void nothing(String hint) {
        try (ThalwegSession session = Way.session(2)) {
            String sql = " a.v + b.v AS s FROM VALUES (1) AS a(v) JOIN VALUES (2) AS b(v) ON true";
            assertThat(session.sql("SELECT " + hint + sql).first().getInt(0)).isEqualTo(3);
            assertThat(session.sql("SELECT " + hint + " DISTINCT" + sql).count()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("shows in EXPLAIN with what became of it")
    void explain() {
        try (ThalwegSession session = Way.session(2)) {
            String sql = "SELECT /*+ BROADCAST(b), SKEW('a') */ a.v FROM VALUES (1) AS a(v) JOIN VALUES (2) AS b(v) ON true";
            assertThat(Texts.of(session, "EXPLAIN " + sql)).contains(
                    "Hint BROADCAST(b): not needed, joins are chosen by what is joined",
                    "Hint SKEW(a): unknown, ignored");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT /*+ STATE_TTL('q' = '1 h') */ k, r FROM (SELECT k, row_number() OVER"
            + " (PARTITION BY k ORDER BY v) AS r FROM STREAM c) q WHERE r <= 3 AND k > 'a'",
            "SELECT k, r FROM (SELECT /*+ STATE_TTL('q' = '1 h') */ k, r + 0 AS r FROM (SELECT k, rank() OVER"
                    + " (PARTITION BY k ORDER BY v) AS r FROM STREAM c) q WHERE k <> 'b' AND r <= 3)",
            "SELECT k, r FROM (SELECT /*+ STATE_TTL('q' = '1 h') */ k, r FROM (SELECT k, rank() OVER"
                    + " (PARTITION BY k ORDER BY v) AS r FROM STREAM c) q) WHERE 3 >= r"})
    @DisplayName("lets filters pass, so that one on a rank asks for the first rows only")
    void filters(String sql) {
        try (ThalwegSession session = streams()) {
            assertThat(Texts.of(session, "EXPLAIN INCREMENTAL " + sql))
                    .containsPattern("Lives 1 hour.*\\n +(Filter .*\\n +)?(Project .*\\n +)?TopN R.* 3 of \\[k\\]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "SELECT /*+ STATE_TTL('c' = '1 h') */ k FROM STREAM c WHERE v > 1 | nothing that reads it keeps anything",
            "SELECT /*+ STATE_TTL('c' = '1 h') */ count(*) FROM STREAM c | keeps nothing by a key",
            "SELECT /*+ STATE_TTL('c' = '1 h') */ k FROM STREAM c LIMIT 3 | keeps nothing by a key",
            "SELECT /*+ STATE_TTL('q' = '1 h') */ n, count(*) FROM (SELECT k, count(*) AS n FROM STREAM c GROUP BY k) q GROUP BY n | its rows may be taken back",
            "SELECT /*+ STATE_TTL('w' = '1 h') */ window, count(*) FROM STREAM w GROUP BY window(ts, '1 hour') | the watermark frees",
            "SELECT /*+ STATE_TTL('c' = '1 h') */ k FROM STREAM c EXCEPT SELECT k FROM STREAM c | the other side of the INTERSECT or EXCEPT has none",
            "SELECT DISTINCT * FROM (SELECT /*+ STATE_TTL('c' = '1 h') */ k FROM STREAM c UNION ALL SELECT k FROM STREAM c) | other inputs of the UNION have none",
            "SELECT /*+ STATE_TTL('q' = '2 h') */ k, count(*) FROM (SELECT /*+ STATE_TTL('c' = '1 h') */ k FROM STREAM c) q GROUP BY k | that of 'q' is nearer"})
    @DisplayName("that no operator can keep to is told with the reason, in EXPLAIN STATE and in a warning at the start")
    void unused(String sql, String reason) {
        try (ThalwegSession session = streams()) {
            assertThat(Texts.of(session, "EXPLAIN STATE " + sql))
                    .contains("Hint STATE_TTL of '", "is used by no operator: ").contains(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT /*+ STATE_TTL('c' = '1 h') */ k, count(*) FROM STREAM c GROUP BY k",
            "SELECT /*+ STATE_TTL('c' = 'none') */ count(DISTINCT k) FROM STREAM c",
            "SELECT /*+ STATE_TTL('c' = '1 h', 'd' = '1 h') */ c.k FROM STREAM c JOIN STREAM c AS d ON c.k = d.k",
            "SELECT /*+ STATE_TTL('q' = '1 h') */ k FROM (SELECT DISTINCT k FROM STREAM c) q JOIN STREAM c USING (k)"})
    @DisplayName("that an operator keeps to is not")
    void used(String sql) {
        try (ThalwegSession session = streams()) {
            assertThat(Texts.of(session, "EXPLAIN STATE " + sql))
                    .doesNotContain("Hint");
        }
    }

    @Test
    @DisplayName("holds below a condition on the clock, which lets no row out before it is forgotten")
    void belowTheClock() {
        try (Scenario distinct = given("CREATE STREAM c (k STRING, ts TIMESTAMP) USING memory").query(
                OutputMode.Complete(),
                """
                        SELECT * FROM (SELECT /*+ STATE_TTL('q' = '16 minutes') */ DISTINCT k, ts FROM (SELECT * FROM STREAM c) AS q)
                        WHERE clock() < ts + INTERVAL 2 HOURS""")) {
            distinct.clock("12:00").trigger("a, 11:00", "b, 09:00").emits("a, 11:00").clock("12:10").trigger("d, 12:10")
                    .emits("a, 11:00", "d, 12:10").clock("12:17").trigger("e, 12:17").emits("d, 12:10", "e, 12:17");
        }
    }

    @Test
    @DisplayName("holds for OVER whether anybody reads what it computes or not")
    void unread() {
        try (Scenario counts = given("CREATE STREAM c (k STRING, v INT) USING memory").query(OutputMode.Complete(),
                """
                        SELECT count(*) FROM (SELECT /*+ STATE_TTL('q' = '16 minutes') */ k, rank() OVER (PARTITION BY k ORDER BY v) AS r
                        FROM (SELECT * FROM STREAM c) AS q)""")) {
            counts.clock("12:00").trigger("a, 1", "a, 2", "b, 1").emits("3").clock("12:17").trigger("b, 7").emits("2");
        }
    }

    @Test
    @DisplayName("of a table is told to mean nothing, beside a stream and alone")
    void tables() {
        try (ThalwegSession session = streams()) {
            String joined = "/*+ STATE_TTL('t' = '1 h') */ c.k FROM STREAM c JOIN t ON c.k = t.k";
            assertThat(Texts.of(session, "EXPLAIN SELECT " + joined))
                    .contains("Hint STATE_TTL of 't': ignored, as the rows of a table come once");
            assertThat(Texts.of(session, "EXPLAIN SELECT /*+ STATE_TTL('t' = '1 h') */ k FROM t"))
                    .contains("Hint STATE_TTL of 't': ignored, as the rows of a table come once");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/*+ STATE_TTL('d' = '1 h') */ | THW-1122",
            "/*+ STATE_TTL('c' = 'soon') */ | THW-1121",
            "/*+ STATE_TTL(c) */ | THW-1121", "/*+ STATE_TTL('c' = '1 month') */ | THW-1121", "/*+ (4) */ | THW-1001",
            "/*+ BROADCAST(c | THW-1"})
    @DisplayName("that cannot be meant is refused with its place")
    void refused(String hint, String code) {
        try (ThalwegSession session = streams()) {
            assertThatThrownBy(() -> session.sql("SELECT " + hint + " k FROM STREAM c")).hasMessageContaining(code);
            assertThatThrownBy(() -> session.sql("SELECT k FROM STREAM c").hint("state_ttl", "soon"))
                    .hasMessageContaining("THW-1121");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "SELECT /*+ STATE_TTL('zz' = '1 h') */ * FROM (SELECT k FROM c) | Give the relation a name: FROM (…) AS q.",
            "SELECT /*+ STATE_TTL('zz' = '1 h') */ * FROM (SELECT k FROM c), c AS d | There are: d.",
            "SELECT /*+ STATE_TTL('l' = '1 h') */ * FROM c, LATERAL (SELECT c.v + 1 AS m) l | of its own",
            "SELECT /*+ STATE_TTL('l' = '1 h') */ * FROM c LATERAL VIEW explode(array(v)) l AS e | There are: c.",
            "SELECT /*+ STATE_TTL('c' = '1 h') */ * FROM HOP(TABLE c, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '2' HOUR) AS w | in a SELECT of its own there",
            "SELECT /*+ STATE_TTL('c' = '1 h') */ * FROM c MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.v AS n PATTERN (A) DEFINE A AS A.v > 1) AS m | (SELECT /*+ STATE_TTL('c' = …) */ * FROM c)",
            "SELECT k FROM c /*+ STATE_TTL('c' = '1 h') */ WHERE v > 1 | Hints stand right behind SELECT",
            "SELECT DISTINCT /*+ BROADCAST(c) */ k FROM c | Hints stand right behind SELECT"})
    @DisplayName("in the wrong place, or of the wrong relation, is told where it belongs, in the query's own names")
    void wrong(String sql, String advice) {
        try (ThalwegSession session = Way.session(2)) {
            session.sql("CREATE TABLE c (k STRING, v INT, ts TIMESTAMP) USING memory");
            assertThatThrownBy(() -> session.sql(sql)).hasMessageContaining(advice).message().doesNotContain("$");
        }
    }

    @Test
    @DisplayName("is none in a comment")
    void comments() {
        try (ThalwegSession session = Way.session(2)) {
            assertThat(session.sql("SELECT /**/ 1 /* a /* b */ + c */ + /* +x */ 1 -- /*+ y").first().getInt(0))
                    .isEqualTo(2);
            assertThat(session.sql("/*++++ signs ++++*/ SELECT 2*/* two */3 /* was: SELECT /*+ X */ 1 */").first()
                    .getInt(0)).isEqualTo(6);
        }
    }
}
