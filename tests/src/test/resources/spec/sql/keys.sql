-- count(DISTINCT *) and count(t.*) are of the columns: rows in which none is NULL.
SELECT count(DISTINCT *) FROM VALUES (1, 2), (1, 2), (1, 3) t(a, b);
--> 2
SELECT count(DISTINCT t.*), count(t.*), count(*) FROM VALUES (1, NULL), (1, 2), (1, 2) t(a, b);
--> 1, 2, 3
SELECT count(s.*), count(*) FROM VALUES (1), (2) t(a) LEFT JOIN VALUES (1, 5) s(k, v) ON t.a = s.k;
--> 1, 2
SELECT count(DISTINCT *) FROM VALUES (1, 2), (1, 2) t(a, b) JOIN VALUES (1, 3), (1, 4) s(a, c) USING (a);
--> 2
SELECT a FROM VALUES (1, 2), (1, 2), (2, 3), (2, 4) t(a, b) GROUP BY a HAVING count(DISTINCT *) > 1 ORDER BY count(DISTINCT t.*);
--> 2
SELECT (SELECT count(DISTINCT *) FROM VALUES (7), (7) u(x)), count(DISTINCT *) FROM VALUES (1, 2), (2, 3) t(a, b);
--> 1, 2
SELECT count(nothing.*) FROM VALUES (1) t(a);
--> error THW-1104: Unknown column 'nothing' in 't' (line 1, column 14).
-- A struct whose first field is NULL is a group of its own, not the one that a grouping set leaves out.
SELECT s, count(*) AS n, grouping(s) AS g FROM (SELECT struct(a, b) AS s FROM VALUES (CAST(NULL AS INT), 1), (1, 2) t(a, b)) GROUP BY CUBE(s) ORDER BY g, n, s.b;
--> {NULL, 1}, 1, 0
--> {1, 2}, 1, 0
--> NULL, 2, 1
SELECT s, k FROM (SELECT named_struct('x', NULL, 'y', NULL) AS s, 1 AS k) GROUP BY GROUPING SETS ((s, k), (k)) ORDER BY s IS NULL;
--> {NULL, NULL}, 1
--> NULL, 1
-- Maps with equal entries are one key, whatever the order of their entries; as a key a map shows them in the order of theirs.
SELECT m, count(*) FROM VALUES (map(3, 'c', -1, 'a')), (map(-1, 'a', 3, 'c')) t(m) GROUP BY m;
--> {-1=a, 3=c}, 2
SELECT count(DISTINCT m) FROM VALUES (map('b', 1, 'a', 2)), (map('a', 2, 'b', 1)) t(m);
--> 1
SELECT DISTINCT s FROM VALUES (named_struct('m', array(map(2, 2, 1, 1)))), (named_struct('m', array(map(1, 1, 2, 2)))) t(s);
--> {[{1=1, 2=2}]}
-- 0.0 and -0.0 are one value, and 0.0 is what is shown of them.
SELECT DISTINCT d FROM VALUES (-0.0D), (0.0D) t(d);
--> 0.0
SELECT -0.0D AS d UNION SELECT 0.0D;
--> 0.0
SELECT DISTINCT a FROM VALUES (array(-0.0F, 1.0F)) t(a);
--> [0.0, 1.0]
-- What cannot be a value is told before what is asked of it.
SELECT a.x FROM VALUES (named_struct('x', 1, 'X', 2)) t(a);
--> error THW-1202: 'named_struct' names the field 'X' twice (line 1, column 25).
