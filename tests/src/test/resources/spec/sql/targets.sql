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
-- A file cannot tell apart two columns of one name, whatever their case: it is told before anything is read or written.
CREATE TABLE json_file USING json OPTIONS (path 'target/never/out', checkpointLocation 'target/never/checkpoint');
INSERT INTO json_file SELECT 1 AS a, 2 AS a;
--> error THW-2043: Two columns of the output are named 'a', which a file of format json cannot tell apart. Rename one with AS.
INSERT INTO json_file SELECT a AS x, a + 1 AS X FROM STREAM s;
--> error THW-2043: Two columns of the output are named 'X', which a file of format json cannot tell apart. Rename one with AS.
CREATE TABLE side (a INT) USING memory;
INSERT INTO json_file SELECT s.a, side.A FROM STREAM s JOIN side ON s.a = side.a;
--> error THW-2043: Two columns of the output are named 'A', which a file of format json cannot tell apart. Rename one with AS.
CREATE TABLE csv_file USING csv OPTIONS (path 'target/never/csv', checkpointLocation 'target/never/csv-checkpoint', header 'true');
INSERT INTO csv_file SELECT a, a FROM STREAM s;
--> error THW-2043: Two columns of the output are named 'a', which a file of format csv cannot tell apart. Rename one with AS.
SHOW QUERIES;
-- An option that there is not, or a value of one, is told where it is written.
CREATE STREAM ids (id INT) USING memory;
CREATE MATERIALIZED VIEW m OPTIONS (checkpointLoc 'x') AS SELECT id FROM STREAM ids;
--> error THW-2002: Unknown option 'checkpointLoc' for materialized view 'm'. It knows: checkpointLocation, endOfInput, lateTable, stateTtl.
CREATE MATERIALIZED VIEW m OPTIONS (outputMode 'append') AS SELECT id FROM STREAM ids;
--> error THW-2002: Unknown option 'outputMode' for materialized view 'm'. It knows: checkpointLocation, endOfInput, lateTable, stateTtl.
CREATE MATERIALIZED VIEW m OPTIONS (endOfInput 'flsh') AS SELECT id FROM STREAM ids;
--> error THW-2001: Option 'endOfInput' is 'flsh', but must be 'flush' or 'none'.
CREATE TABLE target_one (id INT) USING console OPTIONS (outputMode 'updat');
--> error THW-2001: Option 'outputMode' is 'updat', but must be append, update, complete or changelog.
CREATE TABLE target_two (id INT) USING json OPTIONS (path 'nowhere', endOfInput 'flsh');
--> error THW-2001: Option 'endOfInput' is 'flsh', but must be 'flush' or 'none'.
CREATE TABLE target_three (id INT) USING json OPTIONS (path 'nowhere', checkpointLocaton 'x');
--> error THW-2002: Unknown option 'checkpointLocaton' of 'target_three'. Did you mean 'checkpointLocation'?
CREATE MATERIALIZED VIEW m AS SELECT id FROM STREAM ids;
INSERT INTO m VALUES (1);
--> error THW-3115: 'm' is a result, not a table that can be written to.
EXPLAIN INSERT INTO m VALUES (1);
--> error THW-3115: 'm' is a result, not a table that can be written to.
STOP QUERY m;
SET thalweg.trigger = '-5 seconds';
--> error THW-2001: Option 'thalweg.trigger' is '-5 seconds', but must be asSoonAsPossible, availableNow, once, or an interval such as '1 second'.
