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
-- A field that a date or an interval does not have is told before anything runs.
SELECT EXTRACT(FOO FROM DATE'2024-01-01');
--> error THW-1202: 'extract' knows no field 'FOO' of a DATE (line 1, column 8).
SELECT date_part('year', INTERVAL 1 DAY);
--> error THW-1202: 'date_part' knows no field 'year' of an INTERVAL DAY TO SECOND (line 1, column 8).
SELECT EXTRACT(doy FROM DATE'2024-02-01'), date_part('MONTHS', INTERVAL 15 MONTH), extract(SECS FROM INTERVAL 1 SECOND);
--> 32, 3, 1.000000
-- A map has a key once, whatever its type.
SELECT map(X'41', 1, X'41', 2);
--> error THW-4005: The map key '41' is there twice. Remove the duplicate.
SELECT map(array(1), 1, array(1), 2);
--> error THW-4005: The map key '[1]' is there twice. Remove the duplicate.
SELECT map(0D, 1, -0D, 2);
--> error THW-4005: The map key '-0.0' is there twice. Remove the duplicate.
SELECT map_from_arrays(array(X'41', X'41'), array(1, 2));
--> error THW-4005: The map that map_from_arrays makes has the key '41' twice. Keep one value for each key, such as with map_from_entries over distinct entries.
SELECT map(X'41', 1, X'42', 2)[X'42'];
--> 2
SET thalweg.trigger = 'sometimes';
--> error THW-2001: Option 'thalweg.trigger' is 'sometimes', but must be asSoonAsPossible, availableNow, once, or an interval such as '1 second'.
SELECT * FROM late(nosuch);
--> error THW-1101: There is no query 'nosuch' whose late rows could be read (line 1, column 20).
SELECT rand(v) FROM VALUES (1), (2) AS t(v);
--> error THW-1201: Argument 1 of 'rand' is no constant, but must be the same for all rows (line 1, column 8).
SELECT shuffle(array(1, 2), v) FROM VALUES (1), (2) AS t(v);
--> error THW-1201: Argument 2 of 'shuffle' is no constant, but must be the same for all rows (line 1, column 8).
SELECT uniform(1, v) FROM VALUES (1), (2) AS t(v);
--> error THW-1201: Argument 2 of 'uniform' is no constant, but must be the same for all rows (line 1, column 8).
SELECT randn(hash(current_date));
--> error THW-1201: Argument 1 of 'randn' is no constant, but must be the same for all rows (line 1, column 8).
SELECT randn(rand());
--> error THW-1201: Argument 1 of 'randn' is no constant, but must be the same for all rows (line 1, column 8).
SELECT rand(1 + 1) < 1, rand(CAST('1' AS BIGINT)) < 1;
--> true, true
SELECT cout(1);
--> error THW-1106: Unknown function 'cout' (line 1, column 8).
-- A slip in a function of FROM is told where it is.
CREATE TABLE tags (id INT, tags ARRAY<INT>) USING memory;
SELECT x FROM tags LATERAL VIEW explode(tag) e AS x;
--> error THW-1104: Unknown column 'tag' in table 'tags' (line 1, column 41).
SELECT x FROM tags, LATERAL explode(tag) AS e(x);
--> error THW-1104: Unknown column 'tag' in table 'tags' (line 1, column 37).
SELECT * FROM tags UNPIVOT (v FOR n IN (id, nosuch));
--> error THW-1104: Unknown column 'nosuch' in table 'tags' (line 1, column 45).
SELECT id FROM tags t RIGHT JOIN LATERAL (SELECT 1 AS x WHERE t.id = 1) ON true;
--> error THW-1107: RIGHT JOIN does not go with LATERAL: its rows belong to a row of the left side (line 1, column 34).
WITH c(a, b) AS (SELECT 1) SELECT * FROM c;
--> error THW-1111: A query of WITH has another number of columns than it is given names (line 1, column 7).
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY id) OVER (PARTITION BY tags) FROM tags;
--> error THW-3200: percentile_cont() OVER is not supported yet.
SELECT id FROM tags LIMIT -1;
--> error THW-3126: LIMIT must be a whole number from 0 up, but is -1 (line 1, column 27).
SELECT id FROM tags SORT BY id;
--> error THW-1001: Unexpected 'BY' (line 1, column 26).
SELECT id FROM tags DISTRIBUTE BY id;
--> error THW-1001: Unexpected 'BY' (line 1, column 32).
SELECT * FROM tags MATCH_RECOGNIZE (ORDER BY id MEASURES A.id AS i PATTERN (^ A) DEFINE A AS id > 1);
--> error THW-1001: Unexpected '^' (line 1, column 77).
SELECT * FROM tags MATCH_RECOGNIZE (ORDER BY id MEASURES A.id AS i PATTERN (A $) DEFINE A AS id > 1);
--> error THW-1003: The character '$' has no meaning here (line 1, column 79).
