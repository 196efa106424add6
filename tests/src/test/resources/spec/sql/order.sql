-- Arrays and structs have an order: element by element and field by field, NULL first, the shorter array before the longer.
SELECT a FROM VALUES (array(1, 2)), (array(1)), (array(CAST(NULL AS INT))), (NULL), (array(-5, 3)), (array()) AS t(a) ORDER BY a;
--> NULL
--> []
--> [null]
--> [-5, 3]
--> [1]
--> [1, 2]
SELECT a FROM VALUES (array(1, 2)), (array(1)), (array(CAST(NULL AS INT))), (NULL), (array(-5, 3)), (array()) AS t(a) ORDER BY a DESC;
--> [1, 2]
--> [1]
--> [-5, 3]
--> [null]
--> []
--> NULL
SELECT s FROM (SELECT struct('b' AS x, 1 AS y) AS s UNION ALL SELECT struct('a', 2) UNION ALL SELECT struct(NULL, 9) UNION ALL SELECT struct('a', -2)) ORDER BY s;
--> {NULL, 9}
--> {a, -2}
--> {a, 2}
--> {b, 1}
SELECT s.d, s.e FROM (SELECT struct(1.5BD AS d, -0.5D AS e) AS s UNION ALL SELECT struct(-20.25BD, 0D) UNION ALL SELECT struct(1.5BD, -7D)) ORDER BY s;
--> -20.25, 0.0
--> 1.50, -7.0
--> 1.50, -0.5
CREATE STREAM c (k STRING, v INT, ts TIMESTAMP) USING memory;
INSERT INTO c VALUES ('a', 1, TIMESTAMP'2024-01-01 00:00:05'), ('b', 5, TIMESTAMP'2024-01-01 00:02:15'), ('c', NULL, TIMESTAMP'2024-01-01 00:01:15');
SELECT count(*), min(v) FROM c GROUP BY window(ts, '1 minute') ORDER BY window DESC;
--> 1, 5
--> 1, NULL
--> 1, 1
SELECT window.end - window.start, min(k) FROM c GROUP BY window(ts, '1 minute') ORDER BY window;
--> PT1M, a
--> PT1M, c
--> PT1M, b
-- So have min and max of them, also where rows are taken back.
SELECT max(struct(v, k)), min(struct(v, k)), max(array(k, 'z')), min(struct(1.5 AS d, 2e0 AS e, 3.5F AS f, DATE'2024-01-01' AS g, true AS b)), hex(max(struct(X'00FF' AS x)).x) FROM c;
--> {5, b}, {NULL, c}, [c, z], {1.5, 2.0, 3.5, 2024-01-01, true}, 00FF
SELECT max(array(v)), min(array(v)) FROM c WHERE k = '?';
--> NULL, NULL
CREATE MATERIALIZED VIEW m AS SELECT max(n) AS n, min(n) AS least FROM (SELECT struct(count(*) AS n, k) AS n FROM STREAM c GROUP BY k);
AWAIT QUERY m UNTIL IDLE;
SELECT n, least FROM m;
--> {1, c}, {1, a}
INSERT INTO c VALUES ('a', 1, NULL), ('c', 1, NULL);
AWAIT QUERY m UNTIL IDLE;
SELECT n, least FROM m;
--> {2, c}, {1, b}
-- Maps have none.
SELECT 1 ORDER BY map(1, 2);
--> error THW-3054: ORDER BY does not take MAP<INT, INT>: maps have no order. Order by map_keys(…), map_values(…) or single elements.
SELECT max(map(1, 2));
--> error THW-1201: Function 'max' does not take a MAP<INT, INT> (line 1, column 8).
SELECT max(struct(map(1, 2)));
--> error THW-3051: max() does not take STRUCT<col1: MAP<INT, INT> NOT NULL>: maps have no order. Take it over map_keys(…), map_values(…) or single elements.
