-- Functions that are expressions, in batch queries and over a stream.
CREATE STREAM t (k STRING, n INT) USING memory;
INSERT INTO t VALUES ('a', 1), ('a', 4), ('b', NULL);
CREATE FUNCTION twice(x INT) RETURNS BIGINT RETURN x + x;
CREATE TEMPORARY FUNCTION label(name STRING, number BIGINT) RETURNS STRING LANGUAGE SQL DETERMINISTIC COMMENT 'text' RETURN concat(name, '-', coalesce(CAST(number AS STRING), '?'));
CREATE FUNCTION nothing() RETURN 42;
SELECT k, n, twice(n) AS t, label(k, twice(n)) AS l, nothing() AS c FROM t WHERE twice(n) IS NULL OR twice(n) > 1 ORDER BY k, n;
--> a, 1, 2, a-2, 42
--> a, 4, 8, a-8, 42
--> b, NULL, NULL, b-?, 42
SELECT label(k, sum(twice(n))) AS l FROM t GROUP BY label(k, 0), k HAVING twice(count(*)) > 0 ORDER BY l;
--> a-10
--> b-?
SELECT transform(array(1, 2), x -> twice(x) + 1) AS a, twice(2.7) AS truncated;
--> [3, 5], 4
CREATE OR REPLACE FUNCTION twice(pair STRUCT<a: INT, b: INT>) RETURN pair.a + pair.b;
SELECT twice(named_struct('a', 1, 'b', n)) AS s FROM t ORDER BY s NULLS LAST;
--> 2
--> 5
--> NULL
CREATE FUNCTION IF NOT EXISTS twice(x INT) RETURN 0;
DESCRIBE FUNCTION twice;
--> twice(STRUCT<a: INT, b: INT>) : INT
DROP FUNCTION twice;
DROP FUNCTION IF EXISTS twice;
