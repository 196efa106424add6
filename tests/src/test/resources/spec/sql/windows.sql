-- window() outside GROUP BY, and of windows.
CREATE TABLE t (id INT, ts TIMESTAMP) USING memory;
INSERT INTO t VALUES (1, TIMESTAMP '2024-01-01 00:00:05'), (2, TIMESTAMP '2024-01-01 00:01:15'), (3, NULL);
SELECT window(ts, '1 minute').start, id FROM t ORDER BY id;
--> 2024-01-01 00:00, 1
--> 2024-01-01 00:01, 2
SELECT id FROM t WHERE window(ts, '1 minute').start >= TIMESTAMP '2024-01-01 00:01:00';
--> 2
SELECT window_time(w) FROM (SELECT window(ts, '1 minute') AS w FROM t) ORDER BY 1;
--> 2024-01-01 00:00:59.999999
--> 2024-01-01 00:01:59.999999
SELECT window.end, sum(n) FROM (SELECT window AS w, count(*) AS n FROM t GROUP BY window(ts, '1 minute')) GROUP BY window(w, '1 hour');
--> 2024-01-01 01:00, 2
SELECT window(ts, '1 minute', '2 minutes') FROM t;
--> error THW-3130: A window of 1 MINUTE sliding by 2 MINUTES is not possible: the size must be positive, and the slide positive and not above the size.
SELECT window(ts, '1 month') FROM t;
--> error THW-1202: '1 month' is no length of a window (line 1, column 19).
SELECT k, window.start, count(*) FROM (SELECT id % 2 AS k, ts FROM t) GROUP BY ROLLUP(window(ts, '1 minute'), k) ORDER BY 2 NULLS FIRST, 1 NULLS FIRST;
--> NULL, NULL, 2
--> NULL, 2024-01-01 00:00, 1
--> 1, 2024-01-01 00:00, 1
--> NULL, 2024-01-01 00:01, 1
--> 0, 2024-01-01 00:01, 1
-- Windows over windows: inside the call, and inside aggregates, the name is that of the input's column.
CREATE VIEW tens AS SELECT window, count(*) AS n FROM VALUES (TIMESTAMP'2024-01-01 00:00:00'), (TIMESTAMP'2024-01-01 00:25:00') AS t(ts) GROUP BY window(ts, '10 minutes');
SELECT window(window, '30 minutes', '20 minutes').start AS s, count(*) AS c, sum(n) AS n FROM tens GROUP BY window(window, '30 minutes', '20 minutes') ORDER BY s;
--> 2023-12-31 23:40, 1, 1
--> 2024-01-01 00:00, 2, 2
--> 2024-01-01 00:20, 1, 1
SELECT window.start AS s, sum(n) AS n FROM tens GROUP BY window(window_time(window), '30 minutes', '20 minutes') ORDER BY window(window_time(window), '30 minutes', '20 minutes');
--> 2023-12-31 23:40, 1
--> 2024-01-01 00:00, 2
--> 2024-01-01 00:20, 1
SELECT window(window, '1 hour').end AS e, max(window.start) AS m, count(DISTINCT window) AS w, count(*) FILTER (WHERE window.start > TIMESTAMP'2024-01-01 00:10:00') AS f FROM tens GROUP BY window(window, '1 hour') HAVING max(window.start) > TIMESTAMP'2024-01-01 00:10:00';
--> 2024-01-01 01:00, 2024-01-01 00:20, 2, 1
SELECT window(window, '5 minutes'), count(*) FROM tens GROUP BY window(window, '1 hour');
--> error THW-1109: 'window' is neither grouped nor aggregated (line 1, column 15).
-- Years before the first have their own numbers.
SELECT TIMESTAMP'0001-01-01 00:00:00' - INTERVAL 9 MINUTES, TIMESTAMP_NTZ'-0001-01-01 00:00:00';
--> 0000-12-31 23:51, -0001-01-01T00:00
