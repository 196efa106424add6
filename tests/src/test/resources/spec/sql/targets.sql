-- A stream is read, not written to; only rows of one in memory come by INSERT.
CREATE STREAM files (a INT, b INT) USING json OPTIONS (path 'src/test/resources');
INSERT INTO files SELECT 1;
--> error THW-3115: 'files' is a stream, not a table that can be written to. Make a target with CREATE TABLE.
CREATE STREAM s (a INT) USING memory;
CREATE STREAM other (a INT) USING memory;
INSERT INTO s VALUES (1);
SELECT a FROM s;
--> 1
INSERT INTO s SELECT a FROM STREAM other;
--> error THW-3115: 's' is a stream, which a query over another one cannot write to. Make a target with CREATE TABLE, or read the query's result as a view.
