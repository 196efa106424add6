-- Found by the law: a condition on a field of a struct that is never NULL in one input of a union, and may be in the other.
CREATE STREAM s (k STRING, v INT) USING memory;
CREATE TABLE t (k STRING) USING memory;
INSERT INTO t VALUES ('a'), ('b');
INSERT INTO s VALUES ('a', 4), ('b', NULL), ('c', 0);
CREATE MATERIALIZED VIEW both AS SELECT * FROM (SELECT k, named_struct('x', k, 'y', v) AS c FROM STREAM s UNION ALL SELECT k, named_struct('x', k, 'y', 4) AS c FROM t) AS q WHERE c.y <=> 4 OR c.y IS NULL;
AWAIT QUERY both UNTIL IDLE;
SELECT k, c.y FROM both ORDER BY k, c.y;
--> a, 4
--> a, 4
--> b, NULL
--> b, 4
-- The same of an array of structs, of a struct within one, and above an outer join.
SELECT q.k, q.c[0].y FROM (SELECT k, array(named_struct('y', v)) AS c FROM s UNION ALL SELECT k, array(named_struct('y', 4)) AS c FROM t) AS q WHERE c[0].y = 4 ORDER BY k;
--> a, 4
--> a, 4
--> b, 4
SELECT count(*) FROM (SELECT named_struct('z', named_struct('y', v)) AS c FROM s UNION ALL SELECT named_struct('z', named_struct('y', 4)) AS c FROM t) AS q WHERE c.z.y = 4;
--> 3
SELECT s.k, r.c.y FROM s LEFT JOIN (SELECT k, named_struct('y', 4) AS c FROM t) AS r ON s.k = r.k WHERE r.c.y = 4 OR r.c IS NULL ORDER BY s.k;
--> a, 4
--> b, 4
--> c, NULL
SELECT s.k FROM s LEFT JOIN (SELECT k, named_struct('y', 4) AS c FROM t) AS r ON s.k = r.k WHERE r.c.y = 4 ORDER BY s.k;
--> a
--> b
SELECT n FROM (SELECT c.y AS n FROM (SELECT named_struct('y', v) AS c FROM s UNION SELECT named_struct('y', 4) AS c FROM t) AS q WHERE c.y > 0) AS p;
--> 4
