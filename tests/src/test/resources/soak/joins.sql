-- Joins of streams.

-- inner join with a band: append
SELECT a.id, b.id AS other FROM events a JOIN others b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECONDS;

-- left join with a band: append
SELECT a.id, b.id AS other FROM events a LEFT JOIN others b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECONDS;

-- right join with a band: append
SELECT a.id, b.id AS other FROM events a RIGHT JOIN others b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECONDS;

-- full join with a band: append
SELECT a.id, b.id AS other FROM events a FULL JOIN others b ON a.s = b.s AND b.ts BETWEEN a.ts - INTERVAL '2' SECONDS AND a.ts + INTERVAL '2' SECONDS;

-- full join with a band: update
SELECT a.id, b.id AS other FROM events a FULL JOIN others b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECONDS;

-- full join with a band, texts that come once: update
SELECT a.text, b.id AS other FROM events a FULL JOIN others b ON a.text = b.text AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECONDS;

-- semi join with a band: append
SELECT a.id FROM events a LEFT SEMI JOIN others b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECONDS;

-- anti join with a band: append
SELECT a.id FROM events a LEFT ANTI JOIN others b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECONDS;

-- join of a stream with itself: append
SELECT a.id, b.id AS other FROM events a JOIN events b ON a.k = b.k AND b.ts > a.ts AND b.ts <= a.ts + INTERVAL '5' SECONDS;

-- join on event time: append
SELECT a.id, b.id AS other FROM events a JOIN others b ON a.s = b.s AND a.ts = b.ts;

-- join of whole windows: append
SELECT a.window_start, a.id, b.id AS other FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '20' SECONDS) a
JOIN TUMBLE(TABLE others, DESCRIPTOR(ts), INTERVAL '20' SECONDS) b
ON a.window_start = b.window_start AND a.window_end = b.window_end AND a.s = b.s AND a.v < b.v;

-- left join of windowed counts: append
SELECT a.w, a.k, a.n, b.n AS m FROM (SELECT window AS w, k, count(*) AS n FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), k) a
LEFT JOIN (SELECT window AS w, k, count(*) AS n FROM others GROUP BY window(ts, INTERVAL '20' SECONDS), k) b ON a.w = b.w AND a.k = b.k;

-- join of windowed counts: update
SELECT a.w, a.k, a.n, b.n AS m FROM (SELECT window AS w, k, count(*) AS n FROM events GROUP BY window(ts, INTERVAL '20' SECONDS), k) a
JOIN (SELECT window AS w, k, count(*) AS n FROM others GROUP BY window(ts, INTERVAL '20' SECONDS), k) b ON a.w = b.w AND a.k = b.k;

-- as-of join: append, keeps 10
SELECT a.id, b.id AS other FROM events a ASOF JOIN others b MATCH_CONDITION (a.ts >= b.ts) ON a.g = b.g;

-- left as-of join: update, keeps 10
SELECT a.id, b.id AS other FROM events a LEFT ASOF JOIN others b MATCH_CONDITION (a.ts >= b.ts) ON a.g = b.g;

-- version of a row at its time: append, keeps 10
SELECT a.id, b.id AS version FROM events a JOIN others FOR SYSTEM_TIME AS OF a.ts b ON a.g = b.g;

-- EXISTS with a band: append
SELECT id FROM events a WHERE EXISTS (SELECT 1 FROM others b WHERE b.k = a.k AND b.ts BETWEEN a.ts - INTERVAL '3' SECONDS AND a.ts);

-- NOT EXISTS with a band: update
SELECT id FROM events a WHERE NOT EXISTS (SELECT 1 FROM others b WHERE b.k = a.k AND b.ts BETWEEN a.ts - INTERVAL '3' SECONDS AND a.ts);

-- IN with a band: append
SELECT id FROM events a WHERE k IN (SELECT k FROM others b WHERE b.ts BETWEEN a.ts AND a.ts + INTERVAL '3' SECONDS);

-- window over a join with a band: append
SELECT window.start, count(*) FROM (SELECT a.ts, a.k FROM events a JOIN others b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECONDS)
GROUP BY window(ts, INTERVAL '20' SECONDS);

-- left join with a band: append, on disk
SELECT a.id, b.id AS other FROM events a LEFT JOIN others b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECONDS;
