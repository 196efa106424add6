-- Subqueries over tables, in every place.
CREATE TABLE t (id INT, k STRING) USING memory;
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'a'), (4, NULL);
SELECT id, (SELECT max(id) FROM t) FROM t ORDER BY id;
--> 1, 4
--> 2, 4
--> 3, 4
--> 4, 4
SELECT id, (SELECT u.k FROM t u WHERE u.id = t.id + 1) FROM t ORDER BY id;
--> 1, b
--> 2, a
--> 3, NULL
--> 4, NULL
SELECT id, (SELECT count(*) FROM t u WHERE u.k = t.k) FROM t ORDER BY id;
--> 1, 2
--> 2, 1
--> 3, 2
--> 4, 0
SELECT (SELECT k FROM t WHERE id = 7) IS NULL;
--> true
-- More than one row is an error.
SELECT (SELECT k FROM t);
--> error THW-4008: A subquery that stands for one value gave more than one row. Aggregate its rows, such as with max(…), or let a condition leave one.
SELECT id, (SELECT u.id FROM t u WHERE u.k = t.k) FROM t WHERE id < 3;
--> error THW-4008: A subquery that stands for one value gave more than one row. Aggregate its rows, such as with max(…), or let a condition leave one.
-- But only of rows that somebody asks for.
SELECT a.id, (SELECT u.id FROM t u WHERE u.k = a.k) FROM t a WHERE a.k = 'b';
--> 2, 2
-- IN and NOT IN know NULL.
SELECT id FROM t WHERE k IN (SELECT 'a') ORDER BY id;
--> 1
--> 3
SELECT id FROM t WHERE k NOT IN (SELECT 'a') ORDER BY id;
--> 2
SELECT id, k IN (SELECT 'a') FROM t ORDER BY id;
--> 1, true
--> 2, false
--> 3, true
--> 4, NULL
SELECT id, id NOT IN (SELECT id + 1 FROM t) FROM t ORDER BY id;
--> 1, true
--> 2, false
--> 3, false
--> 4, false
SELECT id, id IN (SELECT CAST(NULL AS INT)) FROM t ORDER BY id;
--> 1, NULL
--> 2, NULL
--> 3, NULL
--> 4, NULL
SELECT id, id IN (SELECT id FROM t WHERE id > 9), id NOT IN (SELECT id FROM t WHERE id > 9) FROM t WHERE id = 1;
--> 1, false, true
SELECT id FROM t WHERE k = 'b' OR id IN (SELECT 3) ORDER BY id;
--> 2
--> 3
SELECT id FROM t WHERE (id, k) IN (SELECT id, k FROM t WHERE id < 3) ORDER BY id;
--> 1
--> 2
-- The types of both sides are made one.
SELECT id FROM t WHERE id IN (SELECT 1.0);
--> 1
SELECT id, id IN (SELECT 2.0) FROM t ORDER BY id;
--> 1, false
--> 2, true
--> 3, false
--> 4, false
-- EXISTS, also inside another.
SELECT id, EXISTS (SELECT 1 FROM t u WHERE u.id = t.id + 1 AND u.k = 'b') FROM t ORDER BY id;
--> 1, true
--> 2, false
--> 3, false
--> 4, false
SELECT a.id FROM t a WHERE EXISTS (SELECT 1 FROM t b WHERE b.id = a.id AND EXISTS (SELECT 1 FROM t c WHERE c.id = b.id AND c.k = 'a')) ORDER BY 1;
--> 1
--> 3
SELECT sum(id) FROM t WHERE NOT EXISTS (SELECT 1 FROM t u WHERE u.id = t.id + 1);
--> 4
SELECT k, count(*) FROM t GROUP BY k HAVING count(*) > (SELECT min(id) FROM t);
--> a, 2
SELECT id FROM t WHERE id = (SELECT max(id) FROM t u WHERE u.k = t.k) ORDER BY id;
--> 2
--> 3
-- Planning them folds constants, NaN among them.
SELECT id FROM (SELECT id, CAST(id AS FLOAT) f, (SELECT max(u.k) FROM t u WHERE u.id = t.id) m FROM t) WHERE coalesce(f, CAST('NaN' AS FLOAT)) = f ORDER BY id;
--> 1
--> 2
--> 3
--> 4
-- A subquery over a stream makes a query that never ends, and whose rows come and go with those of the stream.
CREATE STREAM s (id INT, k STRING) USING memory;
CREATE TABLE few (id INT) USING memory;
INSERT INTO few VALUES (1), (2), (3);
CREATE MATERIALIZED VIEW among AS SELECT id FROM few WHERE id IN (SELECT id FROM STREAM s);
CREATE MATERIALIZED VIEW others AS SELECT id FROM few WHERE id NOT IN (SELECT id FROM STREAM s);
CREATE MATERIALIZED VIEW counted AS SELECT id, (SELECT count(*) FROM STREAM s) AS n FROM few;
CREATE MATERIALIZED VIEW largest AS SELECT id, (SELECT max(k) FROM STREAM s WHERE s.id = few.id) AS k FROM few;
CREATE MATERIALIZED VIEW above AS SELECT id FROM STREAM s WHERE id > (SELECT avg(id) FROM STREAM s);
INSERT INTO s VALUES (1, 'x'), (1, 'y'), (7, 'z');
AWAIT QUERY among UNTIL IDLE;
SELECT * FROM among;
--> 1
AWAIT QUERY others UNTIL IDLE;
SELECT * FROM others ORDER BY id;
--> 2
--> 3
AWAIT QUERY counted UNTIL IDLE;
SELECT * FROM counted ORDER BY id;
--> 1, 3
--> 2, 3
--> 3, 3
AWAIT QUERY largest UNTIL IDLE;
SELECT * FROM largest ORDER BY id;
--> 1, y
--> 2, NULL
--> 3, NULL
AWAIT QUERY above UNTIL IDLE;
SELECT * FROM above;
--> 7
-- A NULL among them, and NOT IN is true for none.
INSERT INTO s VALUES (2, 'x'), (NULL, 'y'), (30, 'z');
AWAIT QUERY among UNTIL IDLE;
SELECT * FROM among ORDER BY id;
--> 1
--> 2
AWAIT QUERY others UNTIL IDLE;
SELECT * FROM others;
AWAIT QUERY largest UNTIL IDLE;
SELECT * FROM largest ORDER BY id;
--> 1, y
--> 2, x
--> 3, NULL
AWAIT QUERY above UNTIL IDLE;
SELECT * FROM above;
--> 30
-- A column that is an AND itself, asked for beside others.
SELECT k FROM (SELECT k, v BETWEEN 1 AND 3 AS f FROM VALUES (1, 2), (2, 5) AS t(k, v)) WHERE k > 0 AND (k > 5 OR (k < 3 AND f));
--> 1
