-- Numbers, as rows.
SELECT * FROM range(3);
SELECT id * 10 FROM range(2, 8, 3);
SELECT id FROM range(3, 0, -1) AS t(n);
SELECT n FROM range(3, 0, -1) AS t(n);
SELECT count(*), sum(id), max(id) FROM range(1000000);
SELECT * FROM range(5, 5);
SELECT id FROM range(9223372036854775800, 9223372036854775807, 5);
SELECT * FROM range(1, 5, 0);
SELECT * FROM range('a');
SELECT * FROM range(1, 2, 1, 4);
SELECT a.id, b.id FROM range(2) a JOIN range(1, 3) b ON a.id < b.id;
SELECT t.k, r.id FROM VALUES ('a', 2), ('b', 1) AS t(k, n), LATERAL range(t.n) AS r(id);
-- Beside a stream.
CREATE STREAM s (id BIGINT) USING memory;
INSERT INTO s VALUES (1), (7);
CREATE MATERIALIZED VIEW both AS SELECT id FROM STREAM s UNION ALL SELECT id FROM range(2) UNION ALL VALUES (100);
AWAIT QUERY both UNTIL IDLE;
SELECT * FROM both ORDER BY id;
INSERT INTO s VALUES (8);
AWAIT QUERY both UNTIL IDLE;
SELECT * FROM both ORDER BY id;
CREATE MATERIALIZED VIEW known AS SELECT s.id FROM STREAM s JOIN range(5) r ON s.id = r.id;
AWAIT QUERY known UNTIL IDLE;
SELECT * FROM known ORDER BY id;
