-- Columns without an alias are called as in Spark; two may have one name.
CREATE TABLE t (id INT, k STRING, ts TIMESTAMP, s STRUCT<a: INT, b: STRUCT<c: STRING>>) USING memory;
DESCRIBE QUERY SELECT a.id, b.id, a.s.b.c FROM t a JOIN t b ON a.id = b.id;
--> id, int, true
--> id, int, true
--> c, string, true
DESCRIBE QUERY SELECT * FROM (SELECT id FROM t) a JOIN (SELECT id, k FROM t) b ON a.id = b.id;
--> id, int, true
--> id, int, true
--> k, string, true
DESCRIBE QUERY SELECT count(*), count(1), sum(id) FILTER (WHERE id > 1), count(DISTINCT k, id) FROM t;
--> count(1), bigint, false
--> count(1), bigint, false
--> sum(id) FILTER (WHERE (id > 1)), bigint, true
--> count(DISTINCT k, id), bigint, false
DESCRIBE QUERY SELECT 1L, 2.5, CAST(1 AS DECIMAL(4,2)), '1'::INT, 'x', NULL, true, -id, id + 1, k LIKE 'a', k NOT LIKE 'a', (id = 1) IS TRUE FROM t;
--> 1, bigint, false
--> 2.5, decimal(2,1), false
--> CAST(1 AS DECIMAL(4,2)), decimal(4,2), false
--> CAST(1 AS INT), int, false
--> x, string, false
--> NULL, void, true
--> true, boolean, false
--> (- id), int, true
--> (id + 1), int, true
--> k LIKE a, boolean, true
--> (NOT k LIKE a), boolean, true
--> ((id = 1) <=> true), boolean, false
DESCRIBE QUERY SELECT extract(YEAR FROM ts), date_part('year', ts), id IS NULL, k IS NOT NULL, id BETWEEN 1 AND 2, CASE WHEN id = 1 THEN 2 END FROM t;
--> extract(YEAR FROM ts), int, true
--> date_part(year, ts), int, true
--> (id IS NULL), boolean, false
--> (k IS NOT NULL), boolean, false
--> between(id, 1, 2), boolean, true
--> CASE WHEN (id = 1) THEN 2 END, int, true
SELECT id FROM t JOIN t u ON t.id = u.id;
--> error THW-1105: Column 'id' is ambiguous (line 1, column 8).
SELECT x FROM (SELECT id AS x, k AS x FROM t);
--> error THW-1105: Column 'x' is ambiguous: the subquery has 2 columns of that name (line 1, column 8).
SELECT s.* FROM t;
SELECT nosuch.* FROM t;
--> error THW-1104: Unknown column 'nosuch' in table 't' (line 1, column 8).
SELECT k.* FROM t;
--> error THW-1107: '.*' cannot follow a STRING (line 1, column 8).
-- Two queries of a WITH clause have names of their own.
WITH a AS (SELECT 1), A AS (SELECT 2) SELECT * FROM a;
--> error THW-1113: 'A' is twice in WITH (line 1, column 23).
-- Every word names a column where it is declared; behind a dot or in quotes it is one in a query, too.
CREATE TABLE words (when INT, from STRING, order INT NOT NULL) USING memory;
INSERT INTO words VALUES (1, 'x', 2);
SELECT w.when, w.from, `order` FROM words w;
--> 1, x, 2
CREATE TABLE parted (a INT) USING json OPTIONS (path 'there-is-no-such-directory') PARTITIONED BY (zz);
--> error THW-1104: Unknown column 'zz' in PARTITIONED BY of 'parted'.
-- A column without an alias is named as it was written.
DESCRIBE SELECT X'41', 1.5D, (1, 'a') IN ((1, 'b')), map(X'41', 2e0);
--> X'41', binary, false
--> 1.5, double, false
--> (named_struct(col1, 1, col2, a) IN (named_struct(col1, 1, col2, b))), boolean, false
--> map(X'41', 2.0), map<binary, double>, false
