-- PIVOT makes columns of values, UNPIVOT values of columns.
CREATE STREAM sales (year INT, course STRING, region STRING, earned DOUBLE) USING memory;
INSERT INTO sales VALUES (2025, 'SQL', 'n', 10), (2025, 'Java', 'n', 20), (2026, 'SQL', 's', 30), (2026, 'SQL', 'n', 5);
SELECT * FROM (SELECT year, course, earned FROM sales) PIVOT (sum(earned) FOR course IN ('SQL', 'Java' AS java, 'C')) ORDER BY year;
--> 2025, 10.0, 20.0, NULL
--> 2026, 35.0, NULL, NULL
SELECT * FROM (SELECT year, course, earned FROM sales) PIVOT (sum(earned) AS total, count(*) FOR course IN ('SQL' AS s, 'Java' AS j)) ORDER BY year;
--> 2025, 10.0, 1, 20.0, 1
--> 2026, 35.0, 2, NULL, NULL
SELECT * FROM (SELECT year, course, region, earned FROM sales) PIVOT (max(earned) AS top FOR (course, region) IN (('SQL', 'n') AS sqln, ('SQL', 's'))) AS p ORDER BY p.year;
--> 2025, 10.0, NULL
--> 2026, 5.0, 30.0
SELECT * FROM sales PIVOT (round(sum(earned) / 2, 1) FOR course IN ('SQL')) ORDER BY 1, 2;
--> 2025, n, 5.0
--> 2026, n, 2.5
--> 2026, s, 15.0
SELECT * FROM (SELECT earned, course FROM sales) PIVOT (median(earned) FOR course IN ('SQL', 'Java'));
--> 10.0, 20.0
SELECT * FROM (SELECT year, course FROM sales) PIVOT (year FOR course IN ('SQL'));
--> error THW-3264: PIVOT takes aggregates, and 'year' is none (line 1, column 55).
CREATE MATERIALIZED VIEW wide AS SELECT * FROM (SELECT year, course, earned FROM STREAM sales) PIVOT (sum(earned) AS total, listagg(course, ',') AS names FOR course IN ('SQL' AS s, 'Java' AS j));
AWAIT QUERY wide UNTIL IDLE;
SELECT * FROM wide ORDER BY year;
--> 2025, 10.0, SQL, 20.0, Java
--> 2026, 35.0, SQL,SQL, NULL, NULL
INSERT INTO sales VALUES (2025, 'Java', 'n', 1), (2027, 'C', 'n', 1);
AWAIT QUERY wide UNTIL IDLE;
SELECT * FROM wide ORDER BY year;
--> 2025, 10.0, SQL, 21.0, Java,Java
--> 2026, 35.0, SQL,SQL, NULL, NULL
--> 2027, NULL, NULL, NULL, NULL
CREATE TABLE q (id INT, q1 INT, q2 INT, q3 INT) USING memory;
INSERT INTO q VALUES (1, 10, NULL, 30), (2, 5, 6, 7);
SELECT * FROM q UNPIVOT (sold FOR quarter IN (q1, q2 AS second, q3)) ORDER BY id, quarter;
--> 1, q1, 10
--> 1, q3, 30
--> 2, q1, 5
--> 2, q3, 7
--> 2, second, 6
SELECT * FROM q UNPIVOT INCLUDE NULLS (sold FOR quarter IN (q1, q2)) AS u WHERE u.id = 1 ORDER BY quarter;
--> 1, 30, q1, 10
--> 1, 30, q2, NULL
SELECT * FROM q UNPIVOT ((a, b) FOR half IN ((q1, q2) AS first, (q2, q3))) ORDER BY id, half;
--> 1, first, 10, NULL
--> 1, q2_q3, NULL, 30
--> 2, first, 5, 6
--> 2, q2_q3, 6, 7
