-- The same query over the bare table and over the stream.
CREATE STREAM clicks (url STRING, ts TIMESTAMP) USING memory;
INSERT INTO clicks VALUES ('a', TIMESTAMP '2026-01-01 12:00:10'), ('b', TIMESTAMP '2026-01-01 12:00:59'), ('a', TIMESTAMP '2026-01-01 12:01:00');
SELECT window.start, count(*) AS n FROM clicks GROUP BY window(ts, INTERVAL '1' MINUTE) ORDER BY 1;
--> 12:00, 2
--> 12:01, 1
CREATE MATERIALIZED VIEW minutes AS SELECT window.start, count(*) AS n FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
AWAIT QUERY minutes UNTIL IDLE;
SELECT * FROM minutes ORDER BY start;
--> 12:00, 2
--> 12:01, 1
