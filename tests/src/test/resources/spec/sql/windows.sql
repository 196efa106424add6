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
