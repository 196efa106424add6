-- Fields of structs, of structs in arrays, and of maps; all fields of a struct, and a struct of all columns.
CREATE TABLE t (id INT, d ARRAY<STRUCT<x: INT, y: STRUCT<z: STRING>>>, m MAP<STRING, INT>, s STRUCT<a: INT, b: STRUCT<c: STRING>>) USING memory;
INSERT INTO t SELECT 1, array(named_struct('x', 10, 'y', named_struct('z', 'p')), NULL, named_struct('x', NULL, 'y', NULL)), map('k', 5), named_struct('a', 2, 'b', named_struct('c', 'q'));
INSERT INTO t SELECT 2, NULL, NULL, NULL;
SELECT d.x, d.y, d.y.z, t.d.X, d[0].x, size(d.x) FROM t ORDER BY id;
--> [10, null, null], [[p], null, null], [p, null, null], [10, null, null], 10, 3
--> NULL, NULL, NULL, NULL, NULL, NULL
DESCRIBE QUERY SELECT d.x, d.y.z, t.d.X FROM t;
--> x, array<int>, true
--> z, array<string>, true
--> X, array<int>, true
SELECT id FROM t WHERE array_contains(d.x, 10);
--> 1
SELECT explode(d.x) FROM t;
--> 10
--> NULL
--> NULL
SELECT d.nosuch FROM t;
--> error THW-1104: Unknown field 'nosuch' (line 1, column 8).
SELECT d.x.y FROM t;
--> error THW-1205: '.y' cannot follow an ARRAY<INT> (line 1, column 8).
SELECT m.k, t.m.k, m.nosuch FROM t ORDER BY id;
--> 5, 5, NULL
--> NULL, NULL, NULL
SELECT id, s.* FROM t ORDER BY id;
--> 1, 2, {q}
--> 2, NULL, NULL
SELECT t.s.*, s.b.* FROM t ORDER BY a;
--> NULL, NULL, NULL
--> 2, {q}, q
DESCRIBE QUERY SELECT t.s.*, u.s.b.* FROM t JOIN t u ON t.id = u.id;
--> a, int, true
--> b, struct<c: string>, true
--> c, string, true
DESCRIBE QUERY SELECT s.*, s.b.c FROM t;
--> a, int, true
--> b, struct<c: string>, true
--> c, string, true
SELECT a + 1 FROM (SELECT s.* FROM t) ORDER BY 1;
--> NULL
--> 3
SELECT d.*  FROM t;
--> error THW-1107: '.*' cannot follow an ARRAY<STRUCT<x: INT, y: STRUCT<z: STRING>>> (line 1, column 8).
SELECT struct(*) FROM VALUES (1, 'x') v(a, b);
--> {1, x}
DESCRIBE QUERY SELECT struct(v.*, v.a + 1 AS c) AS wide, struct(s.*) AS fields FROM VALUES (1, 'x') v(a, b), t;
--> wide, struct<a: int not null, b: string not null, c: int not null>, false
--> fields, struct<a: int, b: struct<c: string>>, false
SELECT a FROM VALUES (1, 2), (3, NULL) v(a, b) WHERE coalesce(*) = 3;
--> 3
SELECT array(*), greatest(*) FROM VALUES (1, 2) v(a, b);
--> [1, 2], 2
SELECT s.*, count(*) FROM t GROUP BY s ORDER BY a;
--> NULL, NULL, 1
--> 2, {q}, 1
SELECT count(s.*), count(DISTINCT s.*) FROM t;
--> 1, 1
SELECT id FROM t GROUP BY s.*;
--> error THW-1107: GROUP BY does not go with '*' (line 1, column 27).
SELECT grouping_id(), id % 2 AS odd, count(*) FROM t GROUP BY CUBE(id % 2) ORDER BY 1, 2;
--> 0, 0, 1
--> 0, 1, 1
--> 1, NULL, 2
-- Maps cannot be compared, and so no array of them sorted or searched.
SELECT array_distinct(array(map(1, 2)));
--> error THW-1201: Function 'array_distinct' does not take ARRAY<MAP<INT, INT>>: maps have no order (line 1, column 8).
SELECT array_contains(array(array(map(1, 2))), array(map(1, 2)));
--> error THW-1201: Function 'array_contains' does not take ARRAY<ARRAY<MAP<INT, INT>>>: maps have no order (line 1, column 8).
SELECT map_from_entries(slice(array(struct(1, 2)), 9, 1)), arrays_overlap(slice(array(1), 9, 1), array(NULL));
--> {}, false
