-- A lateral query looks at the row beside it. Whatever is in it, it becomes a join, over tables and over streams.
CREATE TABLE l (id INT, k STRING, v INT, tags ARRAY<INT>) USING memory;
INSERT INTO l VALUES (1, 'a', 2, array(1, 5)), (2, 'b', 0, array()), (3, NULL, 9, NULL), (4, 'a', NULL, array(7));
CREATE TABLE r (k STRING, n INT) USING memory;
INSERT INTO r VALUES ('a', 1), ('a', 2), ('a', 3), ('b', 5), (NULL, 8);
-- The first rows of each.
SELECT id, n FROM l, LATERAL (SELECT n FROM r WHERE r.k = l.k ORDER BY n DESC LIMIT 2) ORDER BY id, n;
--> 1, 2
--> 1, 3
--> 2, 5
--> 4, 2
--> 4, 3
SELECT id, n FROM l LEFT JOIN LATERAL (SELECT n FROM r WHERE r.n < l.v ORDER BY n DESC LIMIT 1) ON true ORDER BY id;
--> 1, 1
--> 2, NULL
--> 3, 8
--> 4, NULL
SELECT id, n FROM l, LATERAL (SELECT n FROM r WHERE r.k = l.k ORDER BY n LIMIT 1 OFFSET 1) ORDER BY id;
--> 1, 2
--> 4, 2
SELECT id, (SELECT n FROM r WHERE r.k = l.k ORDER BY n LIMIT 1) FROM l ORDER BY id;
--> 1, 1
--> 2, 5
--> 3, NULL
--> 4, 1
-- Aggregates: one of no rows gives a row.
SELECT id, c, s FROM l, LATERAL (SELECT count(*) c, sum(n) s FROM r WHERE r.n > l.v) ORDER BY id;
--> 1, 3, 16
--> 2, 5, 19
--> 3, 0, NULL
--> 4, 0, NULL
SELECT id, c FROM l LEFT JOIN LATERAL (SELECT count(*) c FROM r WHERE r.k = l.k HAVING count(*) > 1) ON true ORDER BY id;
--> 1, 3
--> 2, NULL
--> 3, NULL
--> 4, 3
SELECT id, n, c FROM l, LATERAL (SELECT n % 2 n, count(*) c FROM r WHERE r.k = l.k GROUP BY n % 2) ORDER BY id, n;
--> 1, 0, 1
--> 1, 1, 2
--> 2, 1, 1
--> 4, 0, 1
--> 4, 1, 2
SELECT id, (SELECT collect_list(n) FROM r WHERE r.k = l.k) FROM l ORDER BY id;
--> 1, [1, 2, 3]
--> 2, [5]
--> 3, []
--> 4, [1, 2, 3]
SELECT id, (SELECT hll_sketch_estimate(hll_sketch_agg(n)) FROM r WHERE r.k = l.k) FROM l ORDER BY id;
--> 1, 3
--> 2, 1
--> 3, 0
--> 4, 3
-- Windows, set operations, joins in it.
SELECT id, s FROM l, LATERAL (SELECT sum(n) OVER (ORDER BY n) s FROM r WHERE r.k = l.k) ORDER BY id, s;
--> 1, 1
--> 1, 3
--> 1, 6
--> 2, 5
--> 4, 1
--> 4, 3
--> 4, 6
SELECT id, n FROM l, LATERAL (SELECT n FROM r WHERE r.k = l.k EXCEPT SELECT l.v) ORDER BY id, n;
--> 1, 1
--> 1, 3
--> 2, 5
--> 4, 1
--> 4, 2
--> 4, 3
SELECT id, n, m FROM l, LATERAL (SELECT a.n, b.n m FROM r a LEFT JOIN r b ON b.n = a.n + l.v WHERE a.k = l.k) ORDER BY id, n;
--> 1, 1, 3
--> 1, 2, NULL
--> 1, 3, 5
--> 2, 5, 5
--> 4, 1, NULL
--> 4, 2, NULL
--> 4, 3, NULL
SELECT id, n, m FROM l, LATERAL (SELECT a.n, b.n m FROM (SELECT n FROM r WHERE n > l.v) a FULL JOIN (SELECT n FROM r WHERE r.k = l.k) b ON a.n = b.n) WHERE id < 3 ORDER BY id, n, m;
--> 1, NULL, 1
--> 1, NULL, 2
--> 1, 3, 3
--> 1, 5, NULL
--> 1, 8, NULL
--> 2, 1, NULL
--> 2, 2, NULL
--> 2, 3, NULL
--> 2, 5, 5
--> 2, 8, NULL
-- One that looks at the one before it, and a subquery at both.
SELECT id, c, d FROM l, LATERAL (SELECT count(*) c FROM r WHERE r.k = l.k) a, LATERAL (SELECT max(n) d FROM r WHERE r.n <= a.c) b ORDER BY id;
--> 1, 3, 3
--> 2, 1, 1
--> 3, 0, NULL
--> 4, 3, 3
SELECT id FROM l WHERE EXISTS (SELECT 1 FROM r WHERE r.k = l.k AND EXISTS (SELECT 1 FROM r z WHERE z.n = l.v)) ORDER BY id;
--> 1
-- Without a table.
SELECT id, w FROM l, LATERAL (SELECT v * 2 AS w WHERE v > 0) ORDER BY id;
--> 1, 4
--> 3, 18
SELECT id, w FROM l LEFT JOIN LATERAL (SELECT 10 DIV v AS w WHERE v > 0) ON true ORDER BY id;
--> 1, 5
--> 2, NULL
--> 3, 1
--> 4, NULL
-- Functions that make rows.
SELECT id, e FROM l, LATERAL (SELECT explode(tags) AS e) ORDER BY id, e;
--> 1, 1
--> 1, 5
--> 4, 7
SELECT id, e FROM l LEFT JOIN LATERAL (SELECT e FROM explode(l.tags) AS t(e) WHERE e > 4) ON true ORDER BY id, e;
--> 1, 5
--> 2, NULL
--> 3, NULL
--> 4, 7
SELECT id, s FROM l, LATERAL (SELECT sum(e) s FROM explode(l.tags) AS t(e)) ORDER BY id;
--> 1, 6
--> 2, NULL
--> 3, NULL
--> 4, 7
SELECT id FROM l WHERE 5 IN (SELECT e FROM explode(l.tags) AS t(e));
--> 1
SELECT id, e, (SELECT max(n) FROM r WHERE r.n <= e) m FROM l LATERAL VIEW explode(tags) t AS e ORDER BY id, e;
--> 1, 1, 1
--> 1, 5, 5
--> 4, 7, 5
SELECT id, explode(tags) e, (SELECT max(n) FROM r WHERE r.k = l.k) m FROM l ORDER BY id, e;
--> 1, 1, 3
--> 1, 5, 3
--> 4, 7, 3
SELECT id, e FROM l, LATERAL (SELECT e FROM r, LATERAL explode(array(r.n, l.v)) AS t(e) WHERE r.k = l.k) WHERE id = 1 ORDER BY e;
--> 1, 1
--> 1, 2
--> 1, 2
--> 1, 2
--> 1, 2
--> 1, 3
-- A subquery in OVER.
SELECT id, row_number() OVER (ORDER BY (SELECT max(n) FROM r WHERE r.k = l.k) DESC, id) FROM l ORDER BY id;
--> 1, 2
--> 2, 1
--> 3, 4
--> 4, 3
SELECT id, row_number() OVER (ORDER BY id) IN (SELECT n FROM r) FROM l ORDER BY id;
--> 1, true
--> 2, true
--> 3, true
--> 4, false
-- What is refused.
SELECT id FROM l, LATERAL (SELECT k, count(*) FROM r WHERE r.n > l.v GROUP BY ROLLUP (k));
--> error THW-3127: A subquery that looks at the outer row below GROUPING SETS with () is not supported yet.
-- Over streams.
CREATE STREAM s (id INT, k STRING, v INT, tags ARRAY<INT>) USING memory;
CREATE STREAM q (k STRING, n INT) USING memory;
CREATE MATERIALIZED VIEW firsts AS SELECT id, n FROM STREAM s LEFT JOIN LATERAL (SELECT n FROM STREAM q WHERE q.k = s.k AND q.n > s.v ORDER BY n LIMIT 1) ON true;
CREATE MATERIALIZED VIEW beside AS SELECT id, e, (SELECT sum(n) FROM STREAM q WHERE q.n < e) m FROM STREAM s LATERAL VIEW explode(tags) t AS e;
INSERT INTO s VALUES (1, 'a', 2, array(1, 5)), (2, 'b', 0, array());
INSERT INTO q VALUES ('a', 9), ('a', 1);
AWAIT QUERY firsts UNTIL IDLE;
SELECT * FROM firsts ORDER BY id;
--> 1, 9
--> 2, NULL
AWAIT QUERY beside UNTIL IDLE;
SELECT * FROM beside ORDER BY e;
--> 1, 1, NULL
--> 1, 5, 1
INSERT INTO q VALUES ('a', 3), ('b', 4);
AWAIT QUERY firsts UNTIL IDLE;
SELECT * FROM firsts ORDER BY id;
--> 1, 3
--> 2, 4
AWAIT QUERY beside UNTIL IDLE;
SELECT * FROM beside ORDER BY e;
--> 1, 1, NULL
--> 1, 5, 8
-- What an aggregate gives for no rows is what it gives by itself: a list without values, a sketch of none.
SELECT size((SELECT approx_top_k(v, 2) FROM (SELECT 'x' AS q, 1 AS v) b WHERE b.q = a.p)) AS t, (SELECT kll_sketch_agg_bigint(v) FROM (SELECT 'x' AS q, 1 AS v) b WHERE b.q = a.p) IS NULL AS k FROM (SELECT 'y' AS p UNION ALL SELECT 'x') a ORDER BY 1;
--> 0, false
--> 1, false
