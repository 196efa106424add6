-- Window functions in batch queries.
CREATE STREAM t (k STRING, n INT, v INT, ts TIMESTAMP) USING memory;
INSERT INTO t VALUES ('a', 1, 10, TIMESTAMP '2026-01-01 12:00:00'), ('a', 2, NULL, TIMESTAMP '2026-01-01 12:00:30'), ('a', 2, 30, TIMESTAMP '2026-01-01 12:01:00'), ('a', 4, 5, TIMESTAMP '2026-01-01 12:05:00'), ('b', 1, 7, TIMESTAMP '2026-01-01 12:00:00'), ('b', 3, 8, TIMESTAMP '2026-01-01 12:10:00');
SELECT k, n, v, row_number() OVER (PARTITION BY k ORDER BY n, v) AS r, rank() OVER (PARTITION BY k ORDER BY n) AS p, dense_rank() OVER (PARTITION BY k ORDER BY n) AS d FROM t ORDER BY k, r;
--> a, 1, 10, 1, 1, 1
--> a, 2, NULL, 2, 2, 2
--> a, 2, 30, 3, 2, 2
--> a, 4, 5, 4, 4, 3
--> b, 1, 7, 1, 1, 1
--> b, 3, 8, 2, 2, 2
SELECT k, n, percent_rank() OVER (PARTITION BY k ORDER BY n) AS p, cume_dist() OVER (PARTITION BY k ORDER BY n) AS c, ntile(2) OVER (PARTITION BY k ORDER BY n, v) AS q FROM t ORDER BY k, n, q;
--> a, 1, 0.0, 0.25, 1
--> a, 2, 0.3333333333333333, 0.75, 1
--> a, 2, 0.3333333333333333, 0.75, 2
--> a, 4, 1.0, 1.0, 2
--> b, 1, 0.0, 0.5, 1
--> b, 3, 1.0, 1.0, 2
SELECT k, n, v, lag(v) OVER w AS l, lag(v, 1, -1) OVER w AS d, lead(v, 2) OVER w AS m, lag(v) IGNORE NULLS OVER w AS i FROM t WINDOW w AS (PARTITION BY k ORDER BY n, v) ORDER BY k, n, v;
--> a, 1, 10, NULL, -1, 30, NULL
--> a, 2, NULL, 10, 10, 5, 10
--> a, 2, 30, NULL, NULL, NULL, 10
--> a, 4, 5, 30, 30, NULL, 30
--> b, 1, 7, NULL, -1, NULL, NULL
--> b, 3, 8, 7, 7, NULL, 7
SELECT k, n, v, sum(v) OVER (PARTITION BY k) AS whole, sum(v) OVER (PARTITION BY k ORDER BY n) AS running, sum(v) OVER (PARTITION BY k ORDER BY n, v ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS two FROM t ORDER BY k, n, v;
--> a, 1, 10, 45, 10, 10
--> a, 2, NULL, 45, 40, 10
--> a, 2, 30, 45, 40, 30
--> a, 4, 5, 45, 45, 35
--> b, 1, 7, 15, 7, 7
--> b, 3, 8, 15, 15, 15
SELECT k, ts, count(*) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL 1 MINUTE PRECEDING AND CURRENT ROW) AS minute, max(v) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL 1 MINUTE PRECEDING AND INTERVAL 5 MINUTES FOLLOWING) AS most FROM t ORDER BY k, ts;
--> a, 12:00, 1, 30
--> a, 12:00:30, 2, 30
--> a, 12:01, 3, 30
--> a, 12:05, 1, 5
--> b, 12:00, 1, 7
--> b, 12:10, 1, 8
SELECT k, n, v, count(*) OVER (PARTITION BY k ORDER BY n GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS g, min(v) OVER (PARTITION BY k ORDER BY n DESC RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS near FROM t ORDER BY k, n, v;
--> a, 1, 10, 1, 10
--> a, 2, NULL, 3, 10
--> a, 2, 30, 3, 10
--> a, 4, 5, 3, 5
--> b, 1, 7, 1, 7
--> b, 3, 8, 2, 8
SELECT k, n, v, first_value(v) OVER w AS f, last_value(v) IGNORE NULLS OVER w AS l, nth_value(v, 2) OVER w AS s, first(v, true) OVER w AS g FROM t WINDOW w AS (PARTITION BY k ORDER BY n, v ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) ORDER BY k, n, v;
--> a, 1, 10, 10, 10, NULL, 10
--> a, 2, NULL, 10, 30, NULL, 10
--> a, 2, 30, NULL, 5, 30, 30
--> a, 4, 5, 30, 5, 5, 30
--> b, 1, 7, 7, 8, 8, 7
--> b, 3, 8, 7, 8, 8, 7
SELECT n, collect_list(v) OVER (ORDER BY n, v) AS list, avg(v) OVER (ORDER BY n, v ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS mean FROM t WHERE k = 'a' ORDER BY n, v;
--> 1, [10], 10.0
--> 2, [10], 20.0
--> 2, [10, 30], 17.5
--> 4, [10, 30, 5], 17.5
SELECT k, sum(v) AS total, rank() OVER (ORDER BY sum(v) DESC) AS place, sum(sum(v)) OVER () AS whole FROM t GROUP BY k ORDER BY k;
--> a, 45, 1, 60
--> b, 15, 2, 60
SELECT n + 1 AS m, v * 2 - lag(v, 1, 0) OVER (ORDER BY n, v) AS change FROM t WHERE k = 'b' ORDER BY 1;
--> 2, 14
--> 4, 9
SELECT sum('2') OVER () AS two, lag(v, 1, '9') OVER (ORDER BY n, v) AS l, count(*) OVER (ORDER BY k RANGE UNBOUNDED PRECEDING) AS c FROM t WHERE k = 'b' ORDER BY l;
--> 4.0, 7, 2
--> 4.0, 9, 2
SELECT k, n, v, sum(v) OVER (PARTITION BY k ORDER BY n) + 1 AS a, sum(v) OVER (ORDER BY n, k, v) AS b FROM t ORDER BY n, k, v;
--> a, 1, 10, 11, 10
--> b, 1, 7, 8, 17
--> a, 2, NULL, 41, 17
--> a, 2, 30, 41, 47
--> b, 3, 8, 16, 55
--> a, 4, 5, 46, 60
-- Every aggregate goes over a window, also with FILTER.
SELECT k, n, sum(v) FILTER (WHERE n > 1) OVER (PARTITION BY k) AS s, count(*) FILTER (WHERE v > 7) OVER (PARTITION BY k ORDER BY n) AS c, count_if(v > 7) FILTER (WHERE n > 1) OVER (ORDER BY n, k, v) AS i, max_by(n, v) FILTER (WHERE v < 30) OVER (PARTITION BY k) AS m, first(v) FILTER (WHERE v < 10) IGNORE NULLS OVER (PARTITION BY k) AS f FROM t ORDER BY n, k, v;
--> a, 1, 35, 1, 0, 1, 5
--> b, 1, 8, 0, 0, 3, 7
--> a, 2, 35, 2, 0, 1, 5
--> a, 2, 35, 2, 1, 1, 5
--> b, 3, 8, 1, 2, 3, 7
--> a, 4, 35, 2, 2, 1, 5
SELECT k, n, median(v) OVER (PARTITION BY k) AS m, percentile(v, 0.25) OVER (PARTITION BY k ORDER BY n) AS p, mode(n) OVER (PARTITION BY k ORDER BY n ROWS 2 PRECEDING) AS o, approx_count_distinct(v) OVER () AS a, listagg(v, '-') OVER (PARTITION BY k ORDER BY n, v ROWS 1 PRECEDING) AS l FROM t ORDER BY k, n, l;
--> a, 1, 10.0, 10.0, 1, 5, 10
--> a, 2, 10.0, 15.0, 1, 5, 10
--> a, 2, 10.0, 15.0, 2, 5, 30
--> a, 4, 10.0, 7.5, 2, 5, 30-5
--> b, 1, 7.5, 7.0, 1, 5, 7
--> b, 3, 7.5, 7.25, 1, 5, 7-8
-- QUALIFY, and windows that build upon named ones.
SELECT k, n, v FROM t QUALIFY row_number() OVER (PARTITION BY k ORDER BY v DESC) = 1 ORDER BY k;
--> a, 2, 30
--> b, 3, 8
SELECT k, n, rank() OVER (PARTITION BY k ORDER BY n) AS r FROM t QUALIFY r <= 2 ORDER BY k, n, r;
--> a, 1, 1
--> a, 2, 2
--> a, 2, 2
--> b, 1, 1
--> b, 3, 2
SELECT k, n, sum(n) OVER (w ORDER BY n, v) AS s FROM t WINDOW w AS (PARTITION BY k) ORDER BY k, s;
--> a, 1, 1
--> a, 2, 3
--> a, 2, 5
--> a, 4, 9
--> b, 1, 1
--> b, 3, 4
SELECT k, v FROM (SELECT k, v, dense_rank() OVER (PARTITION BY k ORDER BY v NULLS LAST) AS d FROM t) WHERE d < 3 ORDER BY k, v;
--> a, 5
--> a, 10
--> b, 7
--> b, 8
SELECT k, count(*) AS n FROM t GROUP BY k QUALIFY rank() OVER (ORDER BY count(*)) = 1;
--> b, 2
-- Sliding windows above copy what OVER has said of a row; it does not see the copies.
SELECT window.start AS s, max(r) AS r, count(*) AS n FROM (SELECT timestamp_seconds(v) AS ts, row_number() OVER (ORDER BY v, k) AS r FROM t) GROUP BY window(ts, INTERVAL '1' MINUTE, INTERVAL '30' SECOND) ORDER BY 1;
--> 1969-12-31 23:59:30, 5, 4
--> 1970-01-01 00:00, 6, 5
--> 1970-01-01 00:00:30, 6, 1
SELECT r, e FROM (SELECT k, row_number() OVER (ORDER BY v, k) AS r FROM t) LATERAL VIEW explode(array(1, 2)) AS e WHERE k = 'b' ORDER BY 1, 2;
--> 3, 1
--> 3, 2
--> 4, 1
--> 4, 2
SELECT r, explode(array(1, 2)) AS e FROM (SELECT k, row_number() OVER (ORDER BY v, k) AS r FROM t) WHERE k = 'b' ORDER BY 1, 2;
--> 3, 1
--> 3, 2
--> 4, 1
--> 4, 2
-- By a constant all rows have one place.
SELECT k, v, rank() OVER (PARTITION BY k ORDER BY 'x') AS r, row_number() OVER (ORDER BY 1) > 0 AS n FROM t WHERE k = 'b';
--> b, 7, 1, true
--> b, 8, 1, true
-- What is wrong is told.
SELECT row_number() OVER (PARTITION BY k) FROM t;
--> error THW-3201: row_number() OVER needs an ORDER BY: without one its rows have no order (line 1, column 8).
SELECT row_number() FROM t;
--> error THW-3201: 'row_number' needs OVER (line 1, column 8).
SELECT sum(DISTINCT v) OVER (PARTITION BY k) FROM t;
--> error THW-3200: DISTINCT does not go with OVER (line 1, column 8).
SELECT first(v) FILTER (WHERE n > 1) OVER (PARTITION BY k) FROM t;
--> error THW-3200: FILTER does not go with first() OVER rows: rows that are left out would count as NULLs (line 1, column 8).
SELECT upper(k) OVER (PARTITION BY k) FROM t;
--> error THW-3200: 'upper' does not go with OVER (line 1, column 8).
SELECT sum(v) OVER nowhere FROM t;
--> error THW-3202: There is no window 'nowhere' here (line 1, column 20).
SELECT sum(v) OVER (ORDER BY n ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM t;
--> error THW-3203: The frame ends before it begins (line 1, column 45).
SELECT sum(v) OVER (ORDER BY k RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t;
--> error THW-3203: A RANGE over an ORDER BY of a STRING cannot be counted by numbers.
SELECT sum(v) OVER (ORDER BY n ROWS BETWEEN n PRECEDING AND CURRENT ROW) FROM t;
--> error THW-3203: The end of a frame must be a constant from 0 up (line 1, column 45).
SELECT lag(v, n) OVER (ORDER BY n) FROM t;
--> error THW-3204: The number in lag() OVER must be a constant.
SELECT k FROM t WHERE row_number() OVER (ORDER BY n) = 1;
--> error THW-1110: OVER cannot stand in WHERE (line 1, column 23).
-- What does not go with OVER says why, and what does.
SELECT first(v) FILTER (WHERE v > 2) IGNORE NULLS OVER (PARTITION BY k) FROM VALUES ('a', 2), ('a', 3) AS t(k, v);
--> 3
--> 3
SELECT row_number() FILTER (WHERE v > 1) OVER (PARTITION BY k ORDER BY v) FROM VALUES ('a', 2) AS t(k, v);
--> error THW-3200: FILTER does not go with row_number() OVER rows: it takes every row of its window (line 1, column 8).
SELECT approx_top_k(v, 1) FILTER (WHERE v > 1) OVER (PARTITION BY k) FROM VALUES ('a', 2) AS t(k, v);
--> error THW-3200: FILTER does not go with approx_top_k() OVER rows: it counts NULLs too (line 1, column 8).
SELECT listagg(k ORDER BY v) OVER (PARTITION BY k) FROM VALUES ('a', 2) AS t(k, v);
--> error THW-3200: listagg() with an order of its own does not go with OVER.
SELECT sum(v) IGNORE NULLS OVER (PARTITION BY k) FROM VALUES ('a', 2) AS t(k, v);
--> error THW-3200: sum() takes neither IGNORE NULLS nor RESPECT NULLS (line 1, column 8).
