package dev.thalweg.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.parser.tree.LateralView;
import dev.thalweg.parser.tree.StreamOperators;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlSelect;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A query")
final class QuerySpec {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            select 1 => SELECT 1
            select *, t.*, a as x, b y from t => SELECT *, t.*, a AS x, b AS y FROM t
            select distinct a from t => SELECT DISTINCT a FROM t
            select all a from t => SELECT a FROM t
            select a from t where b group by a having c order by a => SELECT a FROM t WHERE b GROUP BY a HAVING c ORDER BY a
            select a from t order by a desc nulls first, b asc, c nulls last => SELECT a FROM t ORDER BY a DESC NULLS FIRST, b, c NULLS LAST
            select a from t limit 10 offset 5 => SELECT a FROM t OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY
            select a from t limit all => SELECT a FROM t
            select a from t offset 5 => SELECT a FROM t OFFSET 5 ROWS
            select a from t group by 1, a + b => SELECT a FROM t GROUP BY 1, a + b
            select a from t group by all => SELECT a FROM t GROUP BY (ALL)
            select a from t group by grouping sets ((a, b), a, ()) => SELECT a FROM t GROUP BY GROUPING SETS((a, b), a, ())
            select a from t group by cube(a, (b, c)), rollup(d) => SELECT a FROM t GROUP BY CUBE(a, (b, c)), ROLLUP(d)
            select a from t group by a, b with cube => SELECT a FROM t GROUP BY CUBE(a, b)
            select a from t group by a, b grouping sets ((a), (b)) => SELECT a FROM t GROUP BY GROUPING SETS(a, b)
            select sum(a) over w from t window w as (order by b) => SELECT SUM(a) OVER w FROM t WINDOW w AS (ORDER BY b)
            select a from t qualify rank() over (order by a) = 1 => SELECT a FROM t QUALIFY (RANK() OVER (ORDER BY a)) = 1
            """)
    void selects(String text, String tree) {
        assertThat(Printed.query(text)).isEqualTo(tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            select * from a, b c => SELECT * FROM a, b AS c
            select * from a join b on a.x = b.x => SELECT * FROM a INNER JOIN b ON a.x = b.x
            select * from a left join b using (x, y) => SELECT * FROM a LEFT JOIN b USING (x, y)
            select * from a right outer join b on true => SELECT * FROM a RIGHT JOIN b ON TRUE
            select * from a full outer join b on true => SELECT * FROM a FULL JOIN b ON TRUE
            select * from a natural join b => SELECT * FROM a NATURAL INNER JOIN b
            select * from a cross join b => SELECT * FROM a CROSS JOIN b
            select * from a join b => SELECT * FROM a CROSS JOIN b
            select * from a left join b => SELECT * FROM a LEFT JOIN b ON TRUE
            select * from a left semi join b on a.x = b.x => SELECT * FROM a LEFT SEMI JOIN b ON a.x = b.x
            select * from a anti join b on a.x = b.x => SELECT * FROM a LEFT ANTI JOIN b ON a.x = b.x
            select * from (select 1 as x) t => SELECT * FROM (SELECT 1 AS x) AS t
            select * from (a join b on true) => SELECT * FROM a INNER JOIN b ON TRUE
            select * from values (1, 'a'), (2, 'b') as t(x, y) => SELECT * FROM (VALUES ROW(1, 'a'), ROW(2, 'b')) AS t (x, y)
            values 1, 2 => SELECT * FROM (VALUES ROW(1), ROW(2)) AS values (col1)
            table t => SELECT * FROM t
            select * from range(10) as r(n) => SELECT * FROM TABLE(range(10)) AS r (n)
            select * from t, lateral explode(t.x) as e(y) => SELECT * FROM t, LATERAL TABLE(explode(t.x)) AS e (y)
            select * from t join lateral (select t.x) u on true => SELECT * FROM t INNER JOIN LATERAL (SELECT t.x) AS u ON TRUE
            select * from t lateral view explode(x) e as y => SELECT * FROM t LATERAL VIEW explode(x) e AS y
            select * from session(table s partition by k, descriptor(ts), interval 1 minute) => SELECT * FROM TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), $interval_dt(60000000)))
            select * from tumble(table (select 1 as a), descriptor(a), interval 1 minute) => SELECT * FROM TABLE(TUMBLE(TABLE (SELECT 1 AS a), DESCRIPTOR(a), $interval_dt(60000000)))
            select * from tumble(table t, descriptor(ts), interval 1 minute) => SELECT * FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), $interval_dt(60000000)))
            select * from a.b.c => SELECT * FROM a.b.c
            select * from l asof join r match_condition (l.t >= r.t) on l.k = r.k => SELECT * FROM (l ASOF JOIN r MATCH_CONDITION l.t >= r.t ON l.k = r.k)
            select * from l left asof join r match_condition (r.t > l.t) => SELECT * FROM (l LEFT ASOF JOIN r MATCH_CONDITION r.t > l.t ON TRUE)
            select * from asof asof left outer join stream r match_condition (asof.t < r.t) => SELECT * FROM (asof LEFT ASOF JOIN (STREAM r) AS r MATCH_CONDITION asof.t < r.t ON TRUE)
            select * from l join stream r for system_time as of l.t x on l.k = x.k => SELECT * FROM l INNER JOIN (STREAM r FOR SYSTEM_TIME AS OF l.t) AS x ON l.k = x.k
            select * from l left join r for system_time as of l.t on l.k = r.k => SELECT * FROM l LEFT JOIN (r FOR SYSTEM_TIME AS OF l.t) AS r ON l.k = r.k
            """)
    void readsFromRelations(String text, String tree) {
        assertThat(Printed.query(text)).isEqualTo(tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            select 1 union select 2 => SELECT 1 UNION SELECT 2
            select 1 union all select 2 except select 3 => SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 3
            select 1 minus all select 2 => SELECT 1 EXCEPT ALL SELECT 2
            select 1 intersect distinct select 2 => SELECT 1 INTERSECT SELECT 2
            select 1 union select 2 order by 1 limit 3 => SELECT 1 UNION SELECT 2 ORDER BY 1 FETCH NEXT 3 ROWS ONLY
            with a as (select 1), b(x) as (select 2) select * from a, b => WITH a AS (SELECT 1), b (x) AS (SELECT 2) SELECT * FROM a, b
            """)
    void combines(String text, String tree) {
        assertThat(Printed.query(text)).isEqualTo(tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            select * from stream t => SELECT * FROM (STREAM t) AS t
            select * from stream(t) as x => SELECT * FROM (STREAM t) AS x
            select * from stream => SELECT * FROM stream
            select * from t watermark ts delay of interval 10 seconds => SELECT * FROM (t WATERMARK ts DELAY OF 10000000 MICROSECONDS) AS t
            select * from stream t x watermark x.ts delay of '1 minute' => SELECT * FROM (STREAM t WATERMARK ts DELAY OF 60000000 MICROSECONDS) AS x
            select * from (select 1) watermark to_timestamp(a) as ts delay of interval '1' second q => SELECT * FROM ((SELECT 1) WATERMARK to_timestamp(a) AS ts DELAY OF 1000000 MICROSECONDS) AS q
            """)
    void marksStreamsAndWatermarksBelowTheAlias(String text, String tree) {
        assertThat(Printed.query(text)).isEqualTo(tree);
    }

    @Test
    @DisplayName("has marks that a planner finds by their operator")
    void hasMarks() {
        SqlSelect select = (SqlSelect) StatementParser.parseQuery("SELECT a FROM STREAM t GROUP BY ALL");

        SqlBasicCall from = (SqlBasicCall) select.getFrom();
        assertThat(StreamOperators.is(from.operand(0), StreamOperators.STREAM)).isTrue();
        assertThat(StreamOperators.is(select.getGroup().get(0), StreamOperators.GROUP_BY_ALL)).isTrue();
    }

    @Test
    @DisplayName("keeps what a lateral view is made of")
    void hasLateralViews() {
        SqlSelect select = (SqlSelect) StatementParser
                .parseQuery("SELECT * FROM t LATERAL VIEW OUTER posexplode(xs) p AS i, x");

        LateralView view = (LateralView) select.getFrom();
        assertThat(view.outer()).isTrue();
        assertThat(view.alias()).hasValueSatisfying(alias -> assertThat(alias.getSimple()).isEqualTo("p"));
        assertThat(view.columns()).containsExactly("i", "x");
        assertThat(Printed.of(view.left())).isEqualTo("t");
        assertThat(Printed.of(view.call())).isEqualTo("posexplode(xs)");
    }

    @Test
    @DisplayName("joins with Calcite's own kinds, semi and anti too")
    void hasJoinTypes() {
        SqlSelect select = (SqlSelect) StatementParser.parseQuery("SELECT * FROM a SEMI JOIN b ON a.x = b.x");

        assertThat(((SqlJoin) select.getFrom()).getJoinType()).isEqualTo(JoinType.LEFT_SEMI_JOIN);
    }
}
