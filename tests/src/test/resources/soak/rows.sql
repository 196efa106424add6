-- First rows, ranks, OVER, set operations, patterns, the clock: what they keep of rows.

-- DISTINCT with event time: append
SELECT DISTINCT t, g, s FROM (SELECT date_trunc('SECOND', ts) AS t, g, s FROM raw) WATERMARK t DELAY OF INTERVAL 4 SECONDS;

-- DISTINCT of windows: append
SELECT DISTINCT window_start, window_end, k FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS);

-- dropDuplicates with the time: append
SELECT * FROM first_rows;

-- dropDuplicatesWithinWatermark: append
SELECT * FROM first_rows_within;

-- OVER a range of time in a window: append
SELECT id, sum(v) OVER (PARTITION BY window_start, window_end, s ORDER BY ts RANGE BETWEEN INTERVAL '2' SECONDS PRECEDING AND CURRENT ROW)
FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS);

-- OVER rows of a window: append
SELECT id, sum(v) OVER (PARTITION BY window_start, window_end, k ORDER BY ts, id), lag(v) OVER (PARTITION BY window_start, window_end, k ORDER BY ts, id)
FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS);

-- OVER a window: update
SELECT k, v, count(*) OVER (PARTITION BY window_start, window_end, k) FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS);

-- Top-N of a window: append
SELECT * FROM (SELECT window_start, window_end, g, id, v, row_number() OVER (PARTITION BY window_start, window_end, g ORDER BY v DESC, id) AS n
  FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS)) WHERE n <= 5;

-- Top-N of a window: update
SELECT window_start, window_end, id, v FROM (SELECT window_start, window_end, k, id, v, row_number() OVER (PARTITION BY window_start, window_end, k ORDER BY v DESC, id) AS n
  FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS)) WHERE n <= 2;

-- Top-N of texts of a window: update
SELECT window_start, g, text FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS)
QUALIFY row_number() OVER (PARTITION BY window_start, window_end, g ORDER BY text DESC, id) <= 20;

-- rank in a window: append
SELECT * FROM (SELECT window_start, window_end, k, id, rank() OVER (PARTITION BY window_start, window_end, k ORDER BY v) AS n
  FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS)) WHERE n <= 2;

-- last row of each key of a window: append
SELECT window_start, k, id FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS)
QUALIFY row_number() OVER (PARTITION BY window_start, window_end, k ORDER BY ts DESC, id) = 1;

-- Top-N of counts of a window: update
SELECT * FROM (SELECT w, k, n, row_number() OVER (PARTITION BY w ORDER BY n DESC, k) AS place
  FROM (SELECT window AS w, k, count(*) AS n FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), k)) WHERE place <= 3;

-- INTERSECT of windows: append
SELECT window_start, window_end, k FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS)
INTERSECT SELECT window_start, window_end, k FROM TUMBLE(TABLE others, DESCRIPTOR(ts), INTERVAL '20' SECONDS);

-- EXCEPT of windows: append
SELECT window_start, window_end, k FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS)
EXCEPT SELECT window_start, window_end, k FROM TUMBLE(TABLE others, DESCRIPTOR(ts), INTERVAL '20' SECONDS);

-- EXCEPT ALL of windows: update
SELECT window_start, window_end, k FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS)
EXCEPT ALL SELECT window_start, window_end, k FROM TUMBLE(TABLE others, DESCRIPTOR(ts), INTERVAL '20' SECONDS);

-- UNION of windows: append
SELECT window_start, window_end, k FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS)
UNION SELECT window_start, window_end, k FROM TUMBLE(TABLE others, DESCRIPTOR(ts), INTERVAL '20' SECONDS);

-- pattern within an interval: append
SELECT * FROM events MATCH_RECOGNIZE (PARTITION BY g ORDER BY ts, id MEASURES A.id AS first, B.id AS last
  PATTERN (A X* B) WITHIN INTERVAL '1' SECOND DEFINE A AS v < 50, X AS v < 500, B AS v > 900);

-- pattern within an interval, partitions that come once: append
SELECT * FROM events MATCH_RECOGNIZE (PARTITION BY s ORDER BY ts, id MEASURES A.id AS first, B.id AS last
  PATTERN (A B+) WITHIN INTERVAL '5' SECONDS DEFINE A AS v < 300, B AS v > 300);

-- rows of the last seconds: update, by the clock
SELECT g, count(*), sum(v) FROM raw WHERE ts > clock() - INTERVAL '10' SECONDS GROUP BY g;

-- rows of the last seconds: changelog, by the clock
SELECT id, v FROM raw WHERE ts > clock() - INTERVAL '5' SECONDS;

-- rows that wait: append, by the clock
SELECT id, v FROM raw WHERE ts <= clock() - INTERVAL '10' SECONDS;

-- DISTINCT with event time: append, on disk
SELECT DISTINCT t, g, s FROM (SELECT date_trunc('SECOND', ts) AS t, g, s FROM raw) WATERMARK t DELAY OF INTERVAL 4 SECONDS;
