-- A bare NULL may stand wherever a value may.
SELECT NULL IS TRUE, NULL IS NOT TRUE, NULL IS FALSE, NULL IS NOT FALSE, NULL IS UNKNOWN, NULL IS NOT UNKNOWN, NULL IS NULL;
--> false, true, false, true, true, false, true
SELECT TRUE IS TRUE, FALSE IS NOT TRUE, FALSE IS FALSE, (1 = 1) IS NOT UNKNOWN, (1 = NULL) IS UNKNOWN;
--> true, true, true, true, true
SELECT 1 IS TRUE;
--> error THW-1203: '<=>' cannot compare INT with BOOLEAN (line 1, column 8).
SELECT NULL = 1, NULL <=> NULL, NULL AND TRUE, NOT NULL, NULL || 'a', NULL + 1, -NULL, NULL LIKE 'a', NULL IN (1, 2), 1 IN (NULL);
--> NULL, true, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
SELECT CASE WHEN NULL THEN 1 ELSE 2 END, if(NULL, 1, 2), coalesce(NULL, NULL), NULL::INT, array(NULL), map('a', NULL);
--> 2, 2, NULL, NULL, [null], {a=null}
-- A condition that is NULL is not true.
SELECT 1 WHERE NULL;
SELECT count(*) HAVING NULL;
SELECT * FROM VALUES (1) a(x) JOIN VALUES (1) b(y) ON NULL;
SELECT count(*) FILTER (WHERE NULL);
--> 0
-- Aggregates over nothing but NULL.
SELECT count(NULL), sum(NULL), avg(NULL), min(NULL), max(NULL), first(NULL), any(NULL), collect_list(NULL), stddev(NULL);
--> 0, NULL, NULL, NULL, NULL, NULL, NULL, [], NULL
SELECT min(NULL), x FROM VALUES (1), (2) v(x) GROUP BY x ORDER BY x;
--> NULL, 1
--> NULL, 2
