-- WITH RECURSIVE: the step reads the rows of the level before, until it makes none.
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t ORDER BY n;
WITH RECURSIVE t(n) AS (VALUES (1), (10) UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n, count(*) FROM t GROUP BY n ORDER BY n;
WITH RECURSIVE t AS (SELECT 1 AS n, 'a' AS path UNION ALL SELECT n + 1, concat(path, 'b') FROM t WHERE n < 4) SELECT path FROM t ORDER BY n;
-- One hundred levels, unless the query says how many.
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT count(*) FROM t;
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 102) SELECT count(*) FROM t;
WITH RECURSIVE t(n) MAX RECURSION LEVEL 300 AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 300) SELECT count(*), max(n) FROM t;
WITH RECURSIVE t(n) MAX RECURSION LEVEL 3 AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t;
WITH RECURSIVE t(n) MAX RECURSION DEPTH 3 AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t;
-- A graph with a circle: UNION finds each row once, and so ends.
CREATE TABLE edges (a INT, b INT) USING memory;
INSERT INTO edges VALUES (1, 2), (2, 3), (3, 1), (3, 4), (5, 6);
WITH RECURSIVE reach(x) AS (SELECT 1 UNION SELECT e.b FROM reach r JOIN edges e ON e.a = r.x) SELECT x FROM reach ORDER BY x;
WITH RECURSIVE reach(a, b) AS (SELECT a, b FROM edges UNION SELECT e.a, r.b FROM edges e JOIN reach r ON e.b = r.a) SELECT count(*) FROM reach;
WITH RECURSIVE reach(a, b) AS (SELECT a, b FROM edges UNION SELECT r.a, s.b FROM reach r JOIN reach s ON r.b = s.a) SELECT count(*) FROM reach;
WITH RECURSIVE up(x, depth) AS (SELECT 4, 0 UNION ALL SELECT a, depth + 1 FROM up, edges WHERE b = x AND depth < 4) SELECT * FROM up ORDER BY depth, x;
WITH RECURSIVE reach(x) AS (SELECT 1 UNION SELECT b FROM edges WHERE a IN (SELECT x FROM reach)) SELECT count(*) FROM reach;
-- Several anchors and steps; other queries of the clause, before and after.
WITH RECURSIVE base AS (SELECT 1 AS n), t(n) AS (SELECT n FROM base UNION ALL SELECT 100 UNION ALL SELECT n + 1 FROM t WHERE n < 3 UNION ALL SELECT n * 10 FROM t WHERE n BETWEEN 2 AND 3), total AS (SELECT count(*) AS c FROM t) SELECT n, c FROM t, total ORDER BY n, c;
WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 2), b(n) AS (SELECT n FROM a UNION ALL SELECT n * 10 FROM b WHERE n < 10) SELECT n FROM b ORDER BY n;
SELECT * FROM (WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 2) SELECT * FROM t) x JOIN (VALUES (2)) AS t(m) ON x.n = t.m;
-- What does not read itself is a plain query.
WITH RECURSIVE t AS (SELECT 1 AS t) SELECT * FROM t;
WITH RECURSIVE t(n) AS (SELECT n + 1 FROM t) SELECT * FROM t;
WITH RECURSIVE t(n, m) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT * FROM t;
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n, n FROM t) SELECT * FROM t;
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT missing FROM t) SELECT * FROM t;
WITH t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT * FROM t;
-- Beside a stream it is a table; of a stream it cannot be made.
CREATE STREAM s (x INT) USING memory;
INSERT INTO s VALUES (3), (5);
CREATE MATERIALIZED VIEW reached AS WITH RECURSIVE reach(x) AS (SELECT 1 UNION SELECT e.b FROM reach r JOIN edges e ON e.a = r.x) SELECT s.x FROM STREAM s JOIN reach ON s.x = reach.x;
AWAIT QUERY reached UNTIL IDLE;
SELECT * FROM reached;
INSERT INTO s VALUES (4);
AWAIT QUERY reached UNTIL IDLE;
SELECT * FROM reached ORDER BY x;
CREATE MATERIALIZED VIEW never AS WITH RECURSIVE t(n) AS (SELECT x FROM STREAM s UNION ALL SELECT n - 1 FROM t WHERE n > 0) SELECT * FROM t;
EXPLAIN INCREMENTAL WITH RECURSIVE reach(x) AS (SELECT 1 UNION SELECT e.b FROM reach r JOIN edges e ON e.a = r.x) SELECT count(*) FROM reach;
