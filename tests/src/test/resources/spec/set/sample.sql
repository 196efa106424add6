-- A part of the rows: by chance, or by the row and a seed.
CREATE TABLE t (id BIGINT, k STRING) USING memory;
INSERT INTO t SELECT id, CAST(id AS STRING) FROM range(10000);
SELECT count(*) BETWEEN 800 AND 1200 FROM t TABLESAMPLE (10 PERCENT);
--> true
SELECT count(*) BETWEEN 2200 AND 2800 FROM t TABLESAMPLE (BUCKET 1 OUT OF 4) AS x WHERE x.id >= 0;
--> true
SELECT count(*) FROM t TABLESAMPLE (5 ROWS);
--> 5
SELECT t.id FROM t TABLESAMPLE (2 ROWS);
--> 0
--> 1
SELECT count(*), min(id) FROM t TABLESAMPLE (10 PERCENT) REPEATABLE (42);
--> 1000, 6
SELECT count(*), min(id) FROM (SELECT * FROM t) TABLESAMPLE (10 PERCENT) REPEATABLE (42) q;
--> 1000, 6
SELECT count(*), min(id) FROM t TABLESAMPLE (10 PERCENT) REPEATABLE (-7);
--> 983, 2
SELECT count(*) FROM t TABLESAMPLE (0 PERCENT);
--> 0
SELECT count(*) FROM t TABLESAMPLE (100 PERCENT);
--> 10000
SELECT count(*) FROM t TABLESAMPLE (100 PERCENT) REPEATABLE (1);
--> 10000
SELECT count(*) FROM t TABLESAMPLE (0 PERCENT) REPEATABLE (1);
--> 0
SELECT count(*) FROM t TABLESAMPLE (101 PERCENT);
--> error THW-1004: A sample is a part of the rows, not 1.01 of them (line 1, column 24).
SELECT count(*) FROM t TABLESAMPLE (BUCKET 5 OUT OF 4);
--> error THW-1004: A sample is a part of the rows, not 1.25 of them (line 1, column 24).
SELECT count(*) FROM t TABLESAMPLE (5 ROWS) REPEATABLE (1);
--> error THW-1004: So many ROWS are the first ones, whatever the seed (line 1, column 24).
SELECT count(*) FROM (VALUES (map('a', 1)), (map('b', 2)) AS v(m)) TABLESAMPLE (100 PERCENT) REPEATABLE (1);
--> 2
-- The same rows of a stream as of the table: what is drawn with a seed depends on nothing else.
CREATE STREAM s (id BIGINT, k STRING) USING memory;
INSERT INTO s SELECT * FROM t WHERE id < 5000;
CREATE MATERIALIZED VIEW drawn AS SELECT count(*) AS n, min(id) AS least FROM STREAM s TABLESAMPLE (10 PERCENT) REPEATABLE (42);
AWAIT QUERY drawn UNTIL IDLE;
INSERT INTO s SELECT * FROM t WHERE id >= 5000;
AWAIT QUERY drawn UNTIL IDLE;
SELECT * FROM drawn;
--> 1000, 6
-- Of rows that change a row is taken back as it was chosen.
CREATE MATERIALIZED VIEW counts AS SELECT k, n FROM (SELECT id % 100 AS k, count(*) AS n FROM STREAM s GROUP BY id % 100) TABLESAMPLE (50 PERCENT);
AWAIT QUERY counts UNTIL IDLE;
SELECT count(*) BETWEEN 25 AND 75, count(*) = count(DISTINCT k), min(n), max(n) FROM counts;
--> true, true, 100, 100
INSERT INTO s SELECT * FROM t;
AWAIT QUERY counts UNTIL IDLE;
SELECT count(*) BETWEEN 25 AND 75, count(*) = count(DISTINCT k), min(n), max(n) FROM counts;
--> true, true, 200, 200
EXPLAIN INCREMENTAL SELECT id FROM STREAM s TABLESAMPLE (10 PERCENT);
--> output mode: update
--> Filter (rand() < 0.1)  {insert-only}
-->   Scan stream s (memory) [id]  {insert-only}
EXPLAIN INCREMENTAL SELECT id FROM STREAM s TABLESAMPLE (BUCKET 1 OUT OF 2) REPEATABLE (3) WHERE id > 5;
--> output mode: update
--> Project [id]  {insert-only}
-->   Filter (id > CAST(5 AS BIGINT))  {insert-only}
-->     Filter (xxhash64(3, id, k) < 0)  {insert-only}
-->       Scan stream s (memory) [id, k]  {insert-only}
