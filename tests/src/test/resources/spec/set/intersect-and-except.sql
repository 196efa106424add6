-- Set operations over tables. NULLs equal each other, and so do 0.0 and -0.0.
CREATE TABLE l (k STRING, x DOUBLE) USING memory;
CREATE TABLE r (k STRING, x DOUBLE) USING memory;
INSERT INTO l VALUES ('a', 1.0), ('a', 1.0), ('b', 2.0), (NULL, NULL), ('z', -0.0);
INSERT INTO r VALUES ('a', 1.0), ('c', 3.0), (NULL, NULL), (NULL, NULL), ('z', 0.0);
SELECT * FROM l INTERSECT SELECT * FROM r ORDER BY k;
--> NULL, NULL
--> a, 1.0
--> z, 0.0
SELECT * FROM l INTERSECT ALL SELECT * FROM r ORDER BY k;
--> NULL, NULL
--> a, 1.0
--> z, 0.0
SELECT * FROM l EXCEPT SELECT * FROM r ORDER BY k;
--> b, 2.0
SELECT * FROM l EXCEPT ALL SELECT * FROM r ORDER BY k;
--> a, 1.0
--> b, 2.0
SELECT * FROM l MINUS SELECT * FROM r ORDER BY k;
--> b, 2.0
SELECT * FROM r EXCEPT DISTINCT SELECT * FROM l ORDER BY k;
--> c, 3.0
-- INTERSECT binds tighter; several of a kind go from left to right.
SELECT k FROM l EXCEPT SELECT k FROM r INTERSECT SELECT 'a' ORDER BY 1;
--> NULL
--> b
--> z
(SELECT k FROM l EXCEPT SELECT k FROM r) UNION ALL SELECT 'q' ORDER BY 1;
--> b
--> q
SELECT 1 EXCEPT SELECT 2 EXCEPT SELECT 1;
VALUES (1), (1), (2), (3) EXCEPT ALL VALUES (1) EXCEPT ALL VALUES (3);
--> 1
--> 2
-- The columns of both sides get the type they have in common.
SELECT typeof(a) FROM (SELECT 1 AS a INTERSECT SELECT 1.0);
--> decimal(11,1)
SELECT * FROM (SELECT 1 AS a INTERSECT SELECT 1.0);
--> 1.0
SELECT array(1, NULL) AS a INTERSECT SELECT array(1, NULL);
--> [1, null]
SELECT named_struct('a', 1, 'b', NULL) AS s EXCEPT SELECT named_struct('a', 1, 'b', 2);
--> {1, NULL}
SELECT map('a', 1, 'b', 2) AS m INTERSECT SELECT map('b', 2, 'a', 1);
--> {a=1, b=2}
SELECT k FROM l INTERSECT SELECT * FROM r;
--> error THW-1111: The sides of INTERSECT have different numbers of columns (line 1, column 27).
SELECT count(*) FROM (SELECT k FROM l INTERSECT SELECT k FROM r) WHERE k = 'a';
--> 1
-- A stream and a table, as a materialized view.
CREATE STREAM s (k STRING, x DOUBLE) USING memory;
INSERT INTO s VALUES ('a', 1.0), ('new', 1.0);
CREATE MATERIALIZED VIEW fresh AS SELECT k FROM STREAM s EXCEPT SELECT k FROM r;
AWAIT QUERY fresh UNTIL IDLE;
SELECT * FROM fresh ORDER BY k;
--> new
INSERT INTO s VALUES ('c', 1.0), ('newer', 1.0);
AWAIT QUERY fresh UNTIL IDLE;
SELECT * FROM fresh ORDER BY k;
--> new
--> newer
-- What is kept, and until when.
CREATE STREAM u (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory;
CREATE STREAM v (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory;
EXPLAIN INCREMENTAL SELECT k, ts FROM STREAM u EXCEPT SELECT k, ts FROM STREAM v;
--> output mode: update, key: [k, ts], may delete
--> EXCEPT  {retract; event time: ts}
-->   | state: how often each side has each row [k, ts], freed when the watermark passes ts
-->   Exchange by [k, ts]  {insert-only; event time: ts}
-->     Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}
-->       Scan stream u (memory) [k, ts]  {insert-only}
-->   Exchange by [k, ts]  {insert-only; event time: ts}
-->     Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}
-->       Scan stream v (memory) [k, ts]  {insert-only}
EXPLAIN STATE SELECT k FROM STREAM u EXCEPT SELECT k FROM STREAM v;
--> EXCEPT
-->   how often each side has each row [k], never freed: it grows with the number of different rows
-->   UNBOUNDED; remedy: put ts, or a window of it, among the columns; or forget what no row has reached for some time: stateTtl '1 day'
EXPLAIN STATE SELECT k, ts FROM STREAM u INTERSECT ALL SELECT k, ts FROM STREAM v;
--> INTERSECT ALL
-->   how often each side has each row [k, ts], freed when the watermark passes ts
-->   freed by time; the watermark is ts less 10 seconds
-- Without event time no row of an EXCEPT is final.
CREATE TABLE out (k STRING) USING memory OPTIONS (outputMode 'append');
INSERT INTO out SELECT k FROM STREAM u EXCEPT SELECT k FROM STREAM v;
--> error THW-3220: A row of this EXCEPT may be taken back, because the other side may still bring the same row, so append mode would never emit it. Use output mode update, complete or changelog; or give both streams a watermark and keep its column in the rows of both sides.
