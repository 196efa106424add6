-- What is said of TIME, and what try_add and try_subtract make of it.
CREATE TABLE t (n INT, m INT, ts TIMESTAMP, tm TIME) USING memory;
INSERT INTO t VALUES (1, 2, TIMESTAMP '2026-01-01 10:00:00.5', TIME '10:00:00');
SELECT try_add(tm, INTERVAL '1' HOUR), try_add(INTERVAL '1' HOUR, tm), try_add(tm, INTERVAL '20' HOUR), try_add(tm, NULL) FROM t;
--> 11:00, 11:00, NULL, NULL
SELECT try_subtract(tm, INTERVAL '1' HOUR), try_subtract(tm, INTERVAL '20' HOUR), try_subtract(tm, TIME '11:30:00'), try_subtract(NULL, tm) FROM t;
--> 09:00, NULL, PT-1H-30M, NULL
SELECT tm - INTERVAL '20' HOUR FROM t;
--> error THW-4002: TIME overflow: 10:00:00 - INTERVAL '0 20:00:00' DAY TO SECOND lies beyond what TIME can hold. Check what it is made of, or leave such rows out.
SELECT tm + INTERVAL '20' HOUR FROM t;
--> error THW-4002: TIME overflow: 10:00:00 + INTERVAL '0 20:00:00' DAY TO SECOND lies beyond what TIME can hold. Check what it is made of, or leave such rows out.
SELECT tm - INTERVAL '1' MONTH FROM t;
--> error THW-1201: '-' does not take TIME(6) and INTERVAL YEAR TO MONTH (line 1, column 8).
SELECT CAST(ts AS TIME) FROM t;
--> error THW-1204: There is no CAST from TIMESTAMP to TIME(6) (line 1, column 8).
SELECT to_time(date_format(ts, 'HH:mm:ss.SSSSSS')), make_time(hour(ts), minute(ts), second(ts)) FROM t;
--> 10:00:00.500, 10:00
SELECT CAST(tm AS TIMESTAMP) FROM t;
--> error THW-1204: There is no CAST from TIME(6) to TIMESTAMP (line 1, column 8).
SELECT make_timestamp(DATE '2026-01-02', tm) FROM t;
--> 2026-01-02 10:00
SELECT percentile_approx(tm, 0.5) FROM t;
--> error THW-1201: Function 'percentile_approx' does not take a TIME(6) (line 1, column 8).
SELECT from_json('{"a":"10:00:00"}', 'a TIME(3)');
--> error THW-1260: The schema 'a TIME(3)' of 'from_json' is none: A column of type TIME has six digits of a second (line 1, column 8).
SELECT from_json('{"a":"10:00:00"}', 'a TIME');
--> {10:00}
