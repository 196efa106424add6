-- ORDER BY ALL is by every column, from left to right.
SELECT * FROM VALUES (2, 'b'), (1, 'c'), (2, 'a'), (NULL, 'z') t(n, s) ORDER BY ALL;
--> NULL, z
--> 1, c
--> 2, a
--> 2, b
SELECT * FROM VALUES (2, 'b'), (1, 'c'), (2, 'a'), (NULL, 'z') t(n, s) ORDER BY ALL DESC;
--> 2, b
--> 2, a
--> 1, c
--> NULL, z
SELECT * FROM VALUES (2, 'b'), (1, 'c'), (2, 'a'), (NULL, 'z') t(n, s) ORDER BY ALL DESC NULLS FIRST LIMIT 2;
--> NULL, z
--> 2, b
SELECT * FROM VALUES (2, 'b'), (1, 'c'), (2, 'a'), (NULL, 'z') t(n, s) ORDER BY ALL NULLS LAST;
--> 1, c
--> 2, a
--> 2, b
--> NULL, z
SELECT s AS x, n AS x FROM VALUES (2, 'b'), (1, 'b') t(n, s) ORDER BY ALL;
--> b, 1
--> b, 2
SELECT s, count(*) FROM VALUES (2, 'b'), (1, 'c'), (2, 'a'), (3, 'c') t(n, s) GROUP BY ALL ORDER BY ALL DESC;
--> c, 2
--> b, 1
--> a, 1
SELECT DISTINCT n FROM VALUES (2, 'b'), (1, 'c'), (2, 'a') t(n, s) ORDER BY ALL;
--> 1
--> 2
SELECT n FROM VALUES (2), (1) t(n) UNION ALL SELECT 0 ORDER BY ALL;
--> 0
--> 1
--> 2
WITH w AS (SELECT n FROM VALUES (2), (1) t(n)) SELECT n + 1, 7 FROM w ORDER BY ALL ASC;
--> 2, 7
--> 3, 7
SELECT * FROM (SELECT n FROM VALUES (2), (1), (3) t(n) ORDER BY ALL LIMIT 2) ORDER BY n DESC;
--> 2
--> 1
VALUES (2), (1) ORDER BY ALL;
--> 1
--> 2
SELECT n FROM VALUES (2), (1) t(n) ORDER BY ALL, n;
--> error THW-1001: Unexpected ',' (line 1, column 48).
SELECT map(1, 2) AS m ORDER BY ALL;
--> error THW-3054: ORDER BY does not take MAP<INT, INT>: maps have no order. Order by map_keys(…), map_values(…) or single elements.
