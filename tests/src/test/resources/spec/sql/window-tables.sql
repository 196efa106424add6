-- TUMBLE, HOP, CUMULATE and SESSION in FROM: rows beside the bounds of their windows.
CREATE TABLE t (k STRING, ts TIMESTAMP) USING memory;
INSERT INTO t VALUES ('a', TIMESTAMP '2024-01-01 00:00:05'), ('b', TIMESTAMP '2024-01-01 00:01:15'), ('c', NULL);
SELECT * FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE) ORDER BY k;
--> a, 2024-01-01 00:00:05, 2024-01-01 00:00, 2024-01-01 00:01, 2024-01-01 00:00:59.999999
--> b, 2024-01-01 00:01:15, 2024-01-01 00:01, 2024-01-01 00:02, 2024-01-01 00:01:59.999999
SELECT k, window_start FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), '1 minute', '10 seconds')) ORDER BY k;
--> a, 2023-12-31 23:59:10
--> b, 2024-01-01 00:01:10
SELECT k, window_start, window_end FROM HOP(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '2' MINUTES) ORDER BY k, window_start;
--> a, 2023-12-31 23:59, 2024-01-01 00:01
--> a, 2024-01-01 00:00, 2024-01-01 00:02
--> b, 2024-01-01 00:00, 2024-01-01 00:02
--> b, 2024-01-01 00:01, 2024-01-01 00:03
SELECT k, window_start, window_end FROM CUMULATE(DATA => TABLE t, TIMECOL => DESCRIPTOR(ts), STEP => INTERVAL '1' MINUTE, SIZE => INTERVAL '2' MINUTE) ORDER BY k, window_end;
--> a, 2024-01-01 00:00, 2024-01-01 00:01
--> a, 2024-01-01 00:00, 2024-01-01 00:02
--> b, 2024-01-01 00:00, 2024-01-01 00:02
SELECT x.k, x.window_end FROM SESSION(TABLE (SELECT upper(k) AS k, ts FROM t) PARTITION BY k, DESCRIPTOR(ts), INTERVAL '1' MINUTE) AS x ORDER BY 1;
--> A, 2024-01-01 00:01:05
--> B, 2024-01-01 00:02:15
SELECT window_start, window_end, count(*) FROM SESSION(TABLE t, DESCRIPTOR(ts), INTERVAL '2' MINUTE) GROUP BY window_start, window_end;
--> 2024-01-01 00:00:05, 2024-01-01 00:03:15, 2
-- Sliding windows with a start, over a clock without a zone.
SELECT window.start, count(*) FROM VALUES (TIMESTAMP_NTZ '2024-01-01 00:00:05'), (TIMESTAMP_NTZ '2024-01-01 00:00:12') AS n(ts) GROUP BY window(ts, '20 seconds', '10 seconds', '5 seconds') ORDER BY 1;
--> 2023-12-31T23:59:55, 2
--> 2024-01-01T00:00:05, 2
-- window(ts, a, b) and window(ts, a, b, '0 seconds') are the same.
SELECT window(ts, '20 seconds', '10 seconds').start AS s, count(*) FROM t WHERE k = 'a' GROUP BY window(ts, '20 seconds', '10 seconds', '0 seconds') ORDER BY s;
--> 2023-12-31 23:59:50, 1
--> 2024-01-01 00:00, 1
-- A field of a window as the key.
SELECT window(ts, '1 hour').start, count(*) FROM t GROUP BY window(ts, '1 hour').start;
--> 2024-01-01 00:00, 2
SELECT window.end, count(*) FROM (SELECT window AS inner_one, count(*) AS n FROM t GROUP BY window(ts, '1 minute')) GROUP BY window(inner_one, '1 hour').end, window(inner_one, '1 hour');
--> 2024-01-01 01:00, 2
-- In the condition of a join.
SELECT count(*) FROM t a JOIN t b ON window(a.ts, '1 hour') = window(b.ts, '1 hour');
--> error THW-3243: window() cannot stand here, in the condition of a join: it makes a row for each window. Compute it in a subquery of that side: JOIN (SELECT *, window(ts, size) AS w FROM t) t ON … t.w = ….
SELECT count(*) FROM (SELECT *, window(ts, '1 hour') AS w FROM t) a JOIN (SELECT *, window(ts, '1 hour') AS w FROM t) b ON a.w = b.w;
--> 4
-- What cannot be.
SELECT * FROM TUMBLE(TABLE t, DESCRIPTOR(ts));
--> error THW-3244: TUMBLE lacks an argument (line 1, column 15).
SELECT * FROM TUMBLE(TABLE t PARTITION BY k, DESCRIPTOR(ts), INTERVAL '1' MINUTE);
--> error THW-3244: PARTITION BY means nothing to TUMBLE: its windows are the same for every row (line 1, column 22).
SELECT * FROM HOP(TABLE t, ts, INTERVAL '1' MINUTE, INTERVAL '1' MINUTE);
--> error THW-3244: The time of HOP must be DESCRIPTOR(column) (line 1, column 28).
SELECT * FROM CUMULATE(TABLE t, DESCRIPTOR(ts), INTERVAL '25' SECOND, INTERVAL '1' MINUTE);
--> error THW-3130: CUMULATE in steps of 25 SECONDS up to 1 MINUTE is not possible: the size must be the step or so many times the step.
SELECT tumble(ts, INTERVAL '1' MINUTE) FROM t;
--> error THW-3140: 'tumble' is not supported yet (line 1, column 8).
