-- WITH RECURSIVE: the step reads the rows of the level before, until it makes none.
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t ORDER BY n;
--> 1
--> 2
--> 3
--> 4
--> 5
WITH RECURSIVE t(n) AS (VALUES (1), (10) UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n, count(*) FROM t GROUP BY n ORDER BY n;
--> 1, 1
--> 2, 1
--> 3, 1
--> 10, 1
WITH RECURSIVE t AS (SELECT 1 AS n, 'a' AS path UNION ALL SELECT n + 1, concat(path, 'b') FROM t WHERE n < 4) SELECT path FROM t ORDER BY n;
--> a
--> ab
--> abb
--> abbb
-- One hundred levels, unless the query says how many.
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT count(*) FROM t;
--> 100
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 102) SELECT count(*) FROM t;
--> error THW-4211: The recursive query 't' still finds rows after 100 levels. Let a condition end it, or allow more: WITH RECURSIVE t(…) MAX RECURSION LEVEL 1000 AS (…).
WITH RECURSIVE t(n) MAX RECURSION LEVEL 300 AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 300) SELECT count(*), max(n) FROM t;
--> 300, 300
WITH RECURSIVE t(n) MAX RECURSION LEVEL 3 AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t;
--> error THW-4211: The recursive query 't' still finds rows after 3 levels. Let a condition end it, or allow more: WITH RECURSIVE t(…) MAX RECURSION LEVEL 30 AS (…).
WITH RECURSIVE t(n) MAX RECURSION DEPTH 3 AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t;
--> error THW-1004: 'MAX RECURSION DEPTH 3' is no limit of a recursive query (line 1, column 21).
-- A graph with a circle: UNION finds each row once, and so ends.
CREATE TABLE edges (a INT, b INT) USING memory;
INSERT INTO edges VALUES (1, 2), (2, 3), (3, 1), (3, 4), (5, 6);
WITH RECURSIVE reach(x) AS (SELECT 1 UNION SELECT e.b FROM reach r JOIN edges e ON e.a = r.x) SELECT x FROM reach ORDER BY x;
--> 1
--> 2
--> 3
--> 4
WITH RECURSIVE reach(a, b) AS (SELECT a, b FROM edges UNION SELECT e.a, r.b FROM edges e JOIN reach r ON e.b = r.a) SELECT count(*) FROM reach;
--> 13
WITH RECURSIVE up(x, depth) AS (SELECT 4, 0 UNION ALL SELECT a, depth + 1 FROM up, edges WHERE b = x AND depth < 4) SELECT * FROM up ORDER BY depth, x;
--> 4, 0
--> 3, 1
--> 2, 2
--> 1, 3
--> 3, 4
WITH RECURSIVE reach(x) AS (SELECT 1 UNION SELECT b FROM edges WHERE a IN (SELECT x FROM reach)) SELECT count(*) FROM reach;
--> 4
WITH RECURSIVE reach(a, b) AS (SELECT a, b FROM edges UNION SELECT DISTINCT e.a, r.b FROM reach r RIGHT JOIN edges e ON e.b = r.a WHERE r.b IS NOT NULL) SELECT count(*) FROM reach;
--> 13
-- Several anchors and steps; other queries of the clause, before and after.
WITH RECURSIVE base AS (SELECT 1 AS n), t(n) AS (SELECT n FROM base UNION ALL SELECT 100 UNION ALL SELECT n + 1 FROM t WHERE n < 3 UNION ALL SELECT n * 10 FROM t WHERE n BETWEEN 2 AND 3), total AS (SELECT count(*) AS c FROM t) SELECT n, c FROM t, total ORDER BY n, c;
--> 1, 6
--> 2, 6
--> 3, 6
--> 20, 6
--> 30, 6
--> 100, 6
WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 2), b(n) AS (SELECT n FROM a UNION ALL SELECT n * 10 FROM b WHERE n < 10) SELECT n FROM b ORDER BY n;
--> 1
--> 2
--> 10
--> 20
SELECT * FROM (WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 2) SELECT * FROM t) x JOIN (VALUES (2)) AS t(m) ON x.n = t.m;
--> 2, 2
-- The name hides a table's, in views too.
CREATE TABLE t (n INT) USING memory;
INSERT INTO t VALUES (77);
CREATE VIEW v AS WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 2) SELECT * FROM t;
SELECT * FROM v ORDER BY n;
--> 1
--> 2
SELECT * FROM t;
--> 77
DROP TABLE t;
-- What does not read itself is a plain query.
WITH RECURSIVE t AS (SELECT 1 AS t) SELECT * FROM t;
--> 1
WITH RECURSIVE t(n) AS (SELECT n + 1 FROM t) SELECT * FROM t;
--> error THW-3224: The recursive query 't' is not made of a part that reads itself and one that does not (line 1, column 16).
WITH RECURSIVE t(n, m) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT * FROM t;
--> error THW-1111: 't' has 2 column names, but its query gives 1 columns (line 1, column 17).
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n, n FROM t) SELECT * FROM t;
--> error THW-1115: 't' has 1 columns, but the query gives 2.
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT missing FROM t) SELECT * FROM t;
--> error THW-1104: Unknown column 'missing' in recursive query 't' (line 1, column 51).
WITH t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT * FROM t;
--> error THW-1101: Unknown table or stream 't' (line 1, column 52).
-- Beside a stream it is a table; of a stream it follows what comes.
CREATE STREAM s (x INT) USING memory;
INSERT INTO s VALUES (3), (5);
CREATE MATERIALIZED VIEW reached AS WITH RECURSIVE reach(x) AS (SELECT 1 UNION SELECT e.b FROM reach r JOIN edges e ON e.a = r.x) SELECT s.x FROM STREAM s JOIN reach ON s.x = reach.x;
AWAIT QUERY reached UNTIL IDLE;
SELECT * FROM reached;
--> 3
INSERT INTO s VALUES (4);
AWAIT QUERY reached UNTIL IDLE;
SELECT * FROM reached ORDER BY x;
--> 3
--> 4
CREATE MATERIALIZED VIEW countdown AS WITH RECURSIVE t(n) AS (SELECT x FROM STREAM s UNION ALL SELECT n - 1 FROM t WHERE n > 0) SELECT * FROM t;
AWAIT QUERY countdown UNTIL IDLE;
SELECT n, count(*) FROM countdown GROUP BY n ORDER BY n;
--> 0, 3
--> 1, 3
--> 2, 3
--> 3, 3
--> 4, 2
--> 5, 1
STOP QUERY countdown;

WITH RECURSIVE r(a, b) AS (SELECT a, b FROM edges UNION SELECT x.a, y.b FROM r x JOIN r y ON x.b = y.a) SELECT count(*) FROM r;
--> error THW-3225: The recursive query 'r' reads itself twice in one step (line 1, column 57).
EXPLAIN INCREMENTAL WITH RECURSIVE reach(x) AS (SELECT 1 UNION SELECT e.b FROM reach r JOIN edges e ON e.a = r.x) SELECT count(*) FROM reach;
--> output mode: complete, key: []
--> Aggregate by []: [count(*) AS count(1)]  {read once}
-->   Exchange to one task  {read once}
-->     Project []  {read once}
-->       Recursion reach, at most 100 levels  {read once}
-->         Project [1 AS x]  {read once}
-->           Values 1 rows [ZERO]  {read once}
-->         Project [b AS x]  {read once}
-->           StaticJoin INNER on x = a  {read once}
-->             Scan table reach (recursion) [x]  {read once}
-->             Scan table edges (memory) [a, b]  {read once}
