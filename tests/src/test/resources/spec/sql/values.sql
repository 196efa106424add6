-- The rows of a VALUES have as many values each, and a column's values are of one kind.
SELECT * FROM VALUES (1, 2), (3);
--> error THW-1111: This row of VALUES has 1 value, the first one has 2 (line 1, column 31).
SELECT * FROM (VALUES (1), (2, 3)) AS t(a);
--> error THW-1111: This row of VALUES has 2 values, the first one has 1 (line 1, column 28).
SELECT * FROM VALUES (1), ('a');
--> error THW-1203: Column 1 of VALUES has a string here, but a number above (line 1, column 28).
SELECT * FROM VALUES ('x', true), (NULL, NULL), ('y', -1);
--> error THW-1203: Column 2 of VALUES has a number here, but a boolean above (line 1, column 55).
SELECT * FROM VALUES (array(1)), (map('a', 1));
--> error THW-1203: The values of a column of VALUES have no type in common (line 1, column 15).
SELECT * FROM VALUES (1), (2.5), (-3e0), (NULL);
--> 1.0
--> 2.5
--> -3.0
--> NULL
-- They name no column, and hold no aggregate.
VALUES (abc, 1), (x.y, upper(q));
--> error THW-1104: Unknown column 'abc': VALUES has none to take values from (line 1, column 9).
SELECT * FROM VALUES (count(*));
--> error THW-1110: An aggregate cannot stand in VALUES (line 1, column 23).
SELECT * FROM VALUES (struct(1 AS a).a, (SELECT max(b) FROM VALUES (3) AS t(b)));
--> 1, 3
CREATE TABLE v (a STRING, b INT) USING memory;
INSERT INTO v VALUES ('a', abc);
--> error THW-1104: Unknown column 'abc': VALUES has none to take values from (line 1, column 28).
INSERT INTO v VALUES (DEFAULT, 1);
--> error THW-1104: Unknown column 'DEFAULT': VALUES has none to take values from (line 1, column 23).
-- Of whole numbers, whole numbers.
SELECT typeof(uniform(1, 10)), typeof(uniform(1L, 10L)), typeof(uniform(1, 10L, 7)), typeof(uniform(1.5D, 2)), uniform(3000000000, 3000000001, 1);
--> int, bigint, bigint, double, 3000000000
