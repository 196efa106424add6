-- Aggregates whose groups a watermark frees. Soak says what `events` and `others` are.

-- tumbling window: append
SELECT window.start, g, count(*), sum(v), min(v), max(v) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), g;

-- tumbling window, many groups: update
SELECT window.start, k, count(*), avg(v) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), k;

-- tumbling window, groups that come once: append
SELECT window.start, s, count(*), max(v) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), s;

-- tumbling window, texts that come once: update
SELECT window.start, text, count(*), max(text || v), collect_set(text) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), text;

-- sliding window by pane: append
SELECT window.start, g, count(*), sum(v) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS, INTERVAL '5' SECONDS), g;

-- sliding window, many groups: update
SELECT window.start, k, count(*) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS, INTERVAL '10' SECONDS), k;

-- session, partial results: append
SELECT session_window.start, s, count(*), sum(v) FROM events GROUP BY session_window(ts, INTERVAL '2' SECONDS), s;

-- session, partial results: update
SELECT session_window.start, k, count(*), sum(v) FROM events GROUP BY session_window(ts, INTERVAL '1' SECOND), k;

-- session, rows: append
SELECT session_window.start, s, collect_list(v) FROM events GROUP BY session_window(ts, INTERVAL '2' SECONDS), s;

-- session, gap by row: append
SELECT session_window.start, k, count(*) FROM events
GROUP BY session_window(ts, CASE WHEN v < 500 THEN INTERVAL '1' SECOND ELSE INTERVAL '2' SECONDS END), k;

-- cumulated window: append
SELECT window_start, window_end, g, sum(v) FROM CUMULATE(TABLE events, DESCRIPTOR(ts), INTERVAL '5' SECONDS, INTERVAL '20' SECONDS)
GROUP BY window_start, window_end, g;

-- grouping sets of a window: update
SELECT window.start, g, k, count(*) FROM events GROUP BY GROUPING SETS ((window(ts, INTERVAL '20' SECONDS), g), (window(ts, INTERVAL '20' SECONDS), k));

-- bare event time as group: append
SELECT t, g, count(*) FROM (SELECT date_trunc('SECOND', ts) AS t, g FROM raw) WATERMARK t DELAY OF INTERVAL 4 SECONDS GROUP BY t, g;

-- count of distinct values in a window: append
SELECT window.start, g, count(DISTINCT k), sum(DISTINCT v) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), g;

-- count of distinct values in a window: update
SELECT window.start, count(DISTINCT k), count(DISTINCT k) FILTER (WHERE v < 500) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS);

-- percentiles in a window: append
SELECT window.start, g, percentile(v, 0.5), percentile_approx(v, 0.9) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), g;

-- lists in a window: append
SELECT window.start, k, collect_list(v), collect_set(g) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), k;

-- sketches in a window: append
SELECT window.start, g, approx_count_distinct(k), max_by(id, v) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), g;

-- window over window: append
SELECT window(window_time(w), INTERVAL '40' SECONDS).start, g, sum(n) FROM
  (SELECT window AS w, g, k, count(*) AS n FROM events GROUP BY window(ts, INTERVAL '10' SECONDS), g, k)
GROUP BY window(window_time(w), INTERVAL '40' SECONDS), g;

-- window over window: update
SELECT window.start, max(n) FROM (SELECT window AS w, k, count(*) AS n FROM events GROUP BY window(ts, INTERVAL '10' SECONDS), k)
GROUP BY window(w, INTERVAL '20' SECONDS);

-- aggregate over aggregate of one window: update
SELECT w, max(n), percentile(n, 0.5) FROM (SELECT window AS w, k, count(*) AS n FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), k) GROUP BY w;

-- tumbling window, refused rows kept: append, late rows into a table
SELECT window.start, k, count(*) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), k;

-- window of a union: append
SELECT window.start, g, count(*) FROM (SELECT ts, g FROM events UNION ALL SELECT ts, g FROM others) GROUP BY window(ts, INTERVAL '20' SECONDS), g;

-- tumbling window, many groups: update, on disk
SELECT window.start, k, count(*), avg(v) FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), k;
