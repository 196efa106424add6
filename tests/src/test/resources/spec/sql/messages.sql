-- What is wrong is said in the words of whoever wrote it.
SELECT printf('%99999999999d', 1);
--> error THW-4005: The format '%99999999999d' of format_string does not fit its values: a width or precision in it is too large. Use %d for integers, %f for DOUBLE, %s for anything.
SELECT a FROM (SELECT 1 AS a, 2 AS a);
--> error THW-1105: Column 'a' is ambiguous: the subquery has 2 columns of that name (line 1, column 8).
SELECT CAST(1 AS DECIMAL(50, 2));
--> error THW-1005: There is no type DECIMAL(50,2) (line 1, column 18).
SET thalweg.memory.bytesMax = 0;
--> error THW-2001: Option 'thalweg.memory.bytesMax' is '0', but must be a whole number from 1 up.
SET thalweg.state.snapshotsRetained = many;
--> error THW-2001: Option 'thalweg.state.snapshotsRetained' is 'many', but must be a whole number from 1 up.
SET spark.sql.shuffle.partitions = 0;
--> error THW-2001: Option 'spark.sql.shuffle.partitions' is '0', but must be a whole number from 1 up.
SET thalweg.sql.tasks = 200;
--> error THW-2001: Option 'thalweg.sql.tasks' is '200', but must be a whole number from 1 to 128.
-- Spark's programs ask for hundreds of partitions; there are 128 key groups, so no more tasks than that.
SET spark.sql.shuffle.partitions = 200;
SET thalweg.sql.tasks;
--> thalweg.sql.tasks, 128
CREATE TABLE t (a INT) USING csv OPTIONS (path 'nowhere', dateFormat 'QQQQQQQQ{');
--> error THW-2001: Option 'dateFormat' is 'QQQQQQQQ{', but must be a date-time pattern, such as yyyy/MM/dd HH:mm (Too many pattern letters: Q).
CREATE STREAM t (a INT) USING json OPTIONS (path 'nowhere', timestampFormat 'no pattern');
--> error THW-2001: Option 'timestampFormat' is 'no pattern', but must be a date-time pattern, such as yyyy/MM/dd HH:mm (Unknown pattern letter: o).
-- NULL is never true.
SELECT 1 WHERE NULL;
SELECT count(*) FROM VALUES (1) AS t(a) HAVING NULL;
