-- Found by the law: what is known of a column on one side of INTERSECT was tried on the other's subquery, by running it.
CREATE STREAM s (k STRING, v INT) USING memory;
CREATE STREAM r (k STRING, v INT) USING memory;
CREATE TABLE t (k STRING, w INT) USING memory;
INSERT INTO s VALUES ('a', 1), ('a', 2), ('a', 3), ('b', 1), (NULL, 1);
INSERT INTO r VALUES ('a', 1), ('a', 5), ('b', 2), ('c', 1);
INSERT INTO t VALUES ('c', 1), ('d', 2);
SELECT DISTINCT * FROM (SELECT k FROM s WHERE k = 'a' INTERSECT ALL SELECT k FROM r WHERE NOT EXISTS (SELECT 1 FROM t WHERE t.k = r.k)) AS q;
--> a
SELECT DISTINCT * FROM (SELECT k FROM s WHERE k = 'a' INTERSECT ALL SELECT k FROM r WHERE k NOT IN (SELECT k FROM t)) AS q;
--> a
SELECT count(*) FROM (SELECT k FROM s WHERE k = 'c' INTERSECT ALL SELECT k FROM r WHERE k = (SELECT min(k) FROM t)) AS q;
--> 0
CREATE MATERIALIZED VIEW both AS SELECT DISTINCT * FROM (SELECT k FROM STREAM s WHERE k < 'c' INTERSECT ALL SELECT k FROM STREAM r WHERE k NOT IN (SELECT k FROM t)) AS q;
AWAIT QUERY both UNTIL IDLE;
SELECT * FROM both ORDER BY k;
--> a
--> b
INSERT INTO s VALUES ('aa', 1), ('a', 9);
INSERT INTO r VALUES ('aa', 1);
AWAIT QUERY both UNTIL IDLE;
SELECT * FROM both ORDER BY k;
--> a
--> aa
--> b
-- One row of a subquery is known to be one: of its group whose key a condition fixes. Rows that a function makes are counted.
SELECT k, (SELECT sum(v) FROM s WHERE s.k = o.k GROUP BY s.k) AS n FROM VALUES ('a'), ('x') AS o(k) ORDER BY k;
--> a, 15
--> x, NULL
SELECT (SELECT explode(array(1, 2)));
--> error THW-4008: A subquery that stands for one value gave more than one row. Aggregate its rows, such as with max(…), or let a condition leave one.
SELECT (SELECT explode(array(7)));
--> 7
SELECT k FROM VALUES ('a') AS o(k) WHERE EXISTS (SELECT max(v) FROM s WHERE k = 'none');
--> a
