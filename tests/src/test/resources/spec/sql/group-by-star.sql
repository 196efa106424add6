-- A star inside a call is a key of GROUP BY ALL; by itself it is none.
CREATE TABLE t (n INT, m INT, s STRING) USING memory;
INSERT INTO t VALUES (1, 2, 'x'), (1, 2, 'y'), (3, NULL, 'z');
SELECT array(* EXCEPT (s)) AS a, count(*) FROM t GROUP BY ALL ORDER BY a;
--> [1, 2], 2
--> [3, null], 1
SELECT struct(t.*).n AS n, count(*) FROM t GROUP BY ALL ORDER BY n;
--> 1, 2
--> 3, 1
SELECT struct(* EXCEPT (s)), count(*) FROM t GROUP BY struct(* EXCEPT (s)) ORDER BY 2;
--> {3, NULL}, 1
--> {1, 2}, 2
SELECT array(*), count(*) FROM t GROUP BY ALL;
--> error THW-4003: The STRING value 'x' cannot be cast to BIGINT: it is malformed. Use TRY_CAST to get NULL instead.
SELECT count(*) FROM t GROUP BY *;
--> error THW-1107: GROUP BY does not go with '*' (line 1, column 33).
SELECT count(*) FROM t GROUP BY t.*;
--> error THW-1107: GROUP BY does not go with '*' (line 1, column 33).
