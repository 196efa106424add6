-- Numbers, as rows.
SELECT * FROM range(3);
--> 0
--> 1
--> 2
SELECT id * 10 FROM range(2, 8, 3);
--> 20
--> 50
SELECT id FROM range(3, 0, -1) AS t(n);
--> error THW-1104: Unknown column 'id' in 't' (line 1, column 8).
SELECT n FROM range(3, 0, -1) AS t(n);
--> 3
--> 2
--> 1
SELECT count(*), sum(id), max(id) FROM range(1000000);
--> 1000000, 499999500000, 999999
SELECT * FROM range(5, 5);
SELECT id FROM range(9223372036854775800, 9223372036854775807, 5);
--> 9223372036854775800
--> 9223372036854775805
SELECT * FROM range(1, 5, 0);
--> error THW-4210: range(1, 5, 0) would never end. Give a step above 0, or below 0 to count down.
SELECT * FROM range('a');
--> error THW-1201: Function 'range' does not take (STRING) (line 1, column 15).
SELECT * FROM range(1, 2, 1, 4);
--> error THW-1201: Function 'range' does not take (INT, INT, INT, INT) (line 1, column 15).
SELECT a.id, b.id FROM range(2) a JOIN range(1, 3) b ON a.id < b.id;
--> 0, 1
--> 0, 2
--> 1, 2
SELECT t.k, r.id FROM VALUES ('a', 2), ('b', 1) AS t(k, n), LATERAL range(t.n) AS r(id);
--> a, 0
--> a, 1
--> b, 0
-- Beside a stream.
CREATE STREAM s (id BIGINT) USING memory;
INSERT INTO s VALUES (1), (7);
CREATE MATERIALIZED VIEW both AS SELECT id FROM STREAM s UNION ALL SELECT id FROM range(2) UNION ALL VALUES (100);
AWAIT QUERY both UNTIL IDLE;
SELECT * FROM both ORDER BY id;
--> 0
--> 1
--> 1
--> 7
--> 100
INSERT INTO s VALUES (8);
AWAIT QUERY both UNTIL IDLE;
SELECT * FROM both ORDER BY id;
--> 0
--> 1
--> 1
--> 7
--> 8
--> 100
CREATE MATERIALIZED VIEW known AS SELECT s.id FROM STREAM s JOIN range(5) r ON s.id = r.id;
AWAIT QUERY known UNTIL IDLE;
SELECT * FROM known ORDER BY id;
--> 1
