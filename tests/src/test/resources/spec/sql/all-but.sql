-- `* EXCEPT (a, b)` is a star without some columns.
CREATE TABLE t (k STRING, i INT, v INT) USING memory;
INSERT INTO t VALUES ('a', 1, 1), ('b', 5, 7);
SELECT * EXCEPT (v) FROM t ORDER BY v DESC;
--> b, 5
--> a, 1
SELECT T.* EXCEPT (t.K, i), k AS kk FROM t ORDER BY 1;
--> 1, a
--> 7, b
SELECT u.* EXCEPT (k), t.k FROM t JOIN t u ON t.i = u.i ORDER BY 1;
--> 1, 1, a
--> 5, 7, b
SELECT * EXCEPT (t.v, u.k, u.i) FROM t JOIN t u ON t.i = u.i ORDER BY 1;
--> a, 1, 1
--> b, 5, 7
SELECT * EXCEPT (v), explode(array(1, 2)) AS e FROM t WHERE i = 1 ORDER BY e;
--> a, 1, 1
--> a, 1, 2
SELECT * EXCEPT (i), sum(v) OVER (ORDER BY i) AS s FROM t QUALIFY s > 1;
--> b, 7, 8
SELECT s.* EXCEPT (y) FROM (SELECT named_struct('x', 1, 'y', 2) AS s);
--> 1
CREATE VIEW w AS SELECT * EXCEPT (i) FROM t;
SELECT * FROM w ORDER BY k DESC;
--> b, 7
--> a, 1
-- It is no set operation.
SELECT k, i, v FROM t EXCEPT (SELECT 'a', 1, 1);
--> b, 5, 7
-- What is wrong is told.
SELECT * EXCEPT (nope) FROM t;
--> error THW-1104: The '*' has no column 'nope' that EXCEPT could leave out (line 1, column 18).
SELECT * EXCEPT (k, i, v) FROM t;
--> error THW-1107: EXCEPT leaves no column of the '*' (line 1, column 8).
SELECT * EXCEPT (k), count(*) FROM t GROUP BY ALL;
--> error THW-1107: GROUP BY ALL does not go with '*' (line 1, column 8).
-- Inside a call.
SELECT struct(* EXCEPT (a)), struct(t.* EXCEPT (a), 5 AS x), to_json(struct(* EXCEPT (b))) FROM VALUES (1, 2) AS t(a, b);
--> {2}, {2, 5}, {"a":1}
SELECT count(* EXCEPT (a)), count(DISTINCT * EXCEPT (a)) FROM VALUES (1, 2), (3, NULL) AS t(a, b);
--> 1, 1
SELECT array(* EXCEPT (a)) AS rest, count(*) FROM VALUES (1, 2), (3, 2) AS t(a, b) GROUP BY array(b);
--> [2], 2
SELECT count(* EXCEPT (c)) FROM VALUES (1, 2) AS t(a, b);
--> error THW-1104: The '*' has no column 'c' that EXCEPT could leave out (line 1, column 24).
SELECT * EXCEPT (a, a) FROM VALUES (1, 2) AS t(a, b);
--> error THW-1107: EXCEPT names the column 'a' twice (line 1, column 21).
