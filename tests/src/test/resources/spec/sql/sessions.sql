-- Sessions over a table: rows no more than a gap apart, by key.
CREATE TABLE t (k STRING, ts TIMESTAMP, n INT) USING memory;
INSERT INTO t VALUES ('a', TIMESTAMP '2024-01-01 00:00:00', 1), ('a', TIMESTAMP '2024-01-01 00:04:59', 2), ('a', TIMESTAMP '2024-01-01 00:09:59', 3), ('a', TIMESTAMP '2024-01-01 00:15:00', 4), ('b', TIMESTAMP '2024-01-01 00:02:00', 5), (NULL, TIMESTAMP '2024-01-01 00:02:00', 6), ('b', NULL, 7);
SELECT k, session_window.start AS s, session_window.end AS e, count(*) AS c, sum(n) AS n FROM t GROUP BY k, session_window(ts, '5 minutes') ORDER BY k, s;
--> NULL, 2024-01-01 00:02, 2024-01-01 00:07, 1, 6
--> a, 2024-01-01 00:00, 2024-01-01 00:14:59, 3, 6
--> a, 2024-01-01 00:15, 2024-01-01 00:20, 1, 4
--> b, 2024-01-01 00:02, 2024-01-01 00:07, 1, 5
SELECT session_window(ts, INTERVAL 5 MINUTES).end AS e, collect_list(n) AS ns FROM t GROUP BY session_window(ts, INTERVAL 5 MINUTES) ORDER BY e;
--> 2024-01-01 00:14:59, [1, 5, 6, 2, 3]
--> 2024-01-01 00:20, [4]
-- The gap may be each row's own; without one above 0 a row is in no session.
SELECT session_window.start AS s, session_window.end AS e, count(*) AS c FROM t WHERE k = 'a' GROUP BY session_window(ts, CASE WHEN n = 1 THEN '1 minute' WHEN n = 3 THEN '0 seconds' ELSE '20 minutes' END) ORDER BY s;
--> 2024-01-01 00:00, 2024-01-01 00:01, 1
--> 2024-01-01 00:04:59, 2024-01-01 00:35, 2
SELECT count(*) FROM (SELECT session_window(ts, INTERVAL '-1' MINUTE) AS w FROM t) GROUP BY w;
-- Grouped in a subquery, filtered above: the filter sees whole sessions.
SELECT k, c FROM (SELECT k, session_window(ts, '5 minutes') AS w, count(*) AS c FROM t GROUP BY k, session_window(ts, '5 minutes')) WHERE w.start = TIMESTAMP '2024-01-01 00:00:00' AND k = 'a';
--> a, 3
SELECT k, count(*) AS c FROM t GROUP BY k, session_window(ts, '5 minutes') HAVING session_window.end > TIMESTAMP '2024-01-01 00:10:00' ORDER BY c;
--> a, 1
--> a, 3
SELECT DISTINCT session_window(ts, '1 hour').start FROM t;
--> 2024-01-01 00:00
SELECT window_time(session_window) FROM t WHERE k = 'b' GROUP BY session_window(ts, '5 minutes');
--> 2024-01-01 00:06:59.999999
-- A clock without a zone has sessions as well.
SELECT session_window.start, count(*) FROM VALUES (TIMESTAMP_NTZ '2024-01-01 00:00:00'), (TIMESTAMP_NTZ '2024-01-01 00:00:10') AS t(ts) GROUP BY session_window(ts, '10 seconds');
--> 2024-01-01T00:00, 2
-- What cannot be.
SELECT session_window(ts, '5 minutes') FROM t;
--> error THW-3240: session_window() stands where no rows are grouped by it: which rows make a session depends on the rest of the GROUP BY. Write GROUP BY session_window(ts, gap), or FROM SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), gap) for the rows themselves.
SELECT count(*) FROM t GROUP BY session_window(ts, '5 minutes'), session_window(ts, '6 minutes');
--> error THW-3241: GROUP BY names 2 different sessions, but a row is in one session only. Group by one of them, in a subquery if need be.
SELECT count(*) FROM t GROUP BY CUBE(k, session_window(ts, '5 minutes'));
--> error THW-3242: session_window() cannot stand in GROUPING SETS, CUBE or ROLLUP: each set has sessions of its own. Write a query for each set, with UNION ALL between them.
SELECT count(*) FROM t GROUP BY session_window(ts, k);
--> error THW-1201: This is no session (line 1, column 33).
SELECT count(*) FROM t GROUP BY session_window(ts, 'often');
--> error THW-1202: 'often' is no length of a window (line 1, column 52).
