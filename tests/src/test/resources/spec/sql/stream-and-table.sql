-- One table, read as a stream and as of now in one query: each mention is what it says, whichever comes first.
CREATE STREAM j (k STRING, v INT) USING memory;
INSERT INTO j VALUES ('a', 1), ('b', 5);
CREATE MATERIALIZED VIEW joined AS SELECT a.k, b.v FROM STREAM j a JOIN j b ON a.k = b.k;
AWAIT QUERY joined UNTIL IDLE;
SELECT k, v FROM joined ORDER BY k;
--> a, 1
--> b, 5
CREATE MATERIALIZED VIEW turned AS SELECT a.k, b.v FROM j b JOIN STREAM j a ON a.k = b.k;
AWAIT QUERY turned UNTIL IDLE;
SELECT k, v FROM turned ORDER BY k;
--> a, 1
--> b, 5
CREATE MATERIALIZED VIEW among AS SELECT k FROM STREAM j WHERE k IN (SELECT k FROM j WHERE v > 1);
AWAIT QUERY among UNTIL IDLE;
SELECT k FROM among;
--> b
CREATE MATERIALIZED VIEW above AS SELECT k FROM STREAM j WHERE v > (SELECT min(v) FROM j);
AWAIT QUERY above UNTIL IDLE;
SELECT k FROM above;
--> b
-- The rows that come later meet the table as it was.
INSERT INTO j VALUES ('a', 7), ('c', 9);
AWAIT QUERY joined UNTIL IDLE;
SELECT k, v FROM joined ORDER BY k;
--> a, 1
--> a, 1
--> b, 5
-- A side that is read once makes a union with a stream, in either order: it flows in first, once.
CREATE MATERIALIZED VIEW u AS SELECT k, count(*) AS n FROM (SELECT k FROM j UNION ALL SELECT k FROM STREAM j) GROUP BY k;
AWAIT QUERY u UNTIL IDLE;
SELECT * FROM u ORDER BY k;
--> a, 4
--> b, 2
--> c, 2
CREATE TABLE out (k STRING) USING memory;
INSERT INTO out SELECT k FROM STREAM j UNION ALL SELECT k FROM j;
AWAIT QUERY out UNTIL IDLE;
SELECT k, count(*) FROM out GROUP BY k ORDER BY k;
--> a, 4
--> b, 2
--> c, 2
INSERT INTO j VALUES ('a', 8);
AWAIT QUERY out UNTIL IDLE;
AWAIT QUERY u UNTIL IDLE;
SELECT k, count(*) FROM out GROUP BY k ORDER BY k;
--> a, 5
--> b, 2
--> c, 2
SELECT * FROM u ORDER BY k;
--> a, 5
--> b, 2
--> c, 2
CREATE MATERIALIZED VIEW twice AS SELECT a.k FROM STREAM j a JOIN STREAM j b ON a.k = b.k;
AWAIT QUERY twice UNTIL IDLE;
SELECT k FROM twice ORDER BY k;
--> a
--> a
--> a
--> a
--> a
--> a
--> a
--> a
--> a
--> b
--> c
-- A query that is not started answers for what its streams hold now.
SELECT DISTINCT k FROM j WHERE k IN (SELECT k FROM j) AND k IN (SELECT k FROM STREAM j) ORDER BY k;
--> a
--> b
--> c
