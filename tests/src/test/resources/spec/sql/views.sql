-- A view reads the tables it was made over, and no others of their names.
CREATE TABLE t (a INT) USING memory;
INSERT INTO t VALUES (1), (2);
CREATE VIEW v AS SELECT a + 1 AS b FROM t WHERE a > 1;
CREATE VIEW w AS SELECT b FROM v;
SELECT b FROM w;
--> 3
DROP TABLE t;
SELECT b FROM v;
--> error THW-1119: View 'v' reads 't', which was dropped (line 1, column 15).
SELECT b FROM w;
--> error THW-1119: View 'v' reads 't', which was dropped (line 1, column 15).
CREATE TABLE t (a STRING) USING memory;
INSERT INTO t VALUES ('x');
SELECT b FROM v;
--> error THW-1119: View 'v' reads 't', which is another table now (line 1, column 15).
DROP TABLE t;
CREATE TABLE t (a INT) USING memory;
INSERT INTO t VALUES (6);
SELECT b FROM w;
--> 7
-- A temporary view may stand in front of the table that it reads.
CREATE TEMPORARY VIEW t AS SELECT a * 10 AS a FROM t;
SELECT a FROM t;
--> 60
SELECT b FROM v;
--> 7
-- CREATE OR REPLACE replaces like by like.
CREATE OR REPLACE TABLE v (a INT) USING memory;
--> error THW-1117: 'v' is a view, which CREATE OR REPLACE TABLE does not replace. Choose another name, or DROP VIEW v first.
CREATE OR REPLACE STREAM v (a INT) USING memory;
--> error THW-1117: 'v' is a view, which CREATE OR REPLACE STREAM does not replace. Choose another name, or DROP VIEW v first.
CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT a FROM STREAM t;
--> error THW-1117: 'v' is a view, which CREATE OR REPLACE MATERIALIZED VIEW does not replace. Choose another name, or DROP VIEW v first.
CREATE OR REPLACE VIEW t AS SELECT 1 AS a;
--> error THW-1117: 't' is a table, which CREATE OR REPLACE VIEW does not replace. Choose another name, or DROP TABLE t first.
CREATE OR REPLACE VIEW v AS SELECT 7 AS b;
SELECT b FROM v;
--> 7
CREATE STREAM s (a INT) USING memory;
CREATE OR REPLACE TABLE s (a INT) USING memory;
SELECT a FROM s;
-- A view reads the views that it was made over, and no others of their names.
CREATE VIEW lower_view AS SELECT 1 AS a;
CREATE VIEW upper_view AS SELECT a + 1 AS b FROM lower_view;
CREATE VIEW top_view AS SELECT b FROM upper_view;
SELECT b FROM top_view;
--> 2
CREATE OR REPLACE VIEW lower_view AS SELECT a FROM lower_view;
--> error THW-1119: View 'lower_view' would read itself.
CREATE OR REPLACE VIEW lower_view AS SELECT 5 AS a;
SELECT b FROM upper_view;
--> error THW-1119: View 'upper_view' reads 'lower_view', which is another view now (line 1, column 15).
SELECT b FROM top_view;
--> error THW-1119: View 'upper_view' reads 'lower_view', which is another view now (line 1, column 15).
CREATE OR REPLACE VIEW upper_view AS SELECT a + 1 AS b FROM lower_view;
SELECT b FROM upper_view;
--> 6
DROP VIEW lower_view;
SELECT b FROM upper_view;
--> error THW-1119: View 'upper_view' reads 'lower_view', which was dropped (line 1, column 15).
CREATE VIEW lower_view AS SELECT 4 AS a;
SELECT b FROM upper_view;
--> error THW-1119: View 'upper_view' reads 'lower_view', which is another view now (line 1, column 15).
DROP VIEW lower_view;
CREATE VIEW lower_view AS SELECT 5 AS a;
SELECT b FROM upper_view;
--> 6
CREATE TEMPORARY VIEW upper_view AS SELECT 3 AS b;
SELECT b FROM upper_view;
--> 3
CREATE VIEW twice_named (a, A) AS SELECT 1, 2;
--> error THW-1118: CREATE VIEW names the column 'a' twice. Give each a name of its own.
