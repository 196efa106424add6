-- What no watermark frees, and a time to live does.

-- inner join without a band: append, lives 20 seconds, by the clock
SELECT e.id, o.id AS other FROM raw e JOIN raw_others o ON e.k = o.k;

-- left join without a band: update, lives 20 seconds, by the clock
SELECT e.id, o.id AS other FROM raw e LEFT JOIN raw_others o ON e.s = o.s;

-- full join without a band: update, lives 20 seconds, by the clock
SELECT e.id, o.id AS other FROM raw e FULL JOIN raw_others o ON e.s = o.s;

-- count of the pairs of a join without a band: update, lives 20 seconds, by the clock
SELECT e.g, count(*), count(DISTINCT o.v) FROM raw e JOIN raw_others o ON e.s = o.s GROUP BY e.g;

-- semi join without a band: append, lives 20 seconds, by the clock
SELECT e.id FROM raw e LEFT SEMI JOIN raw_others o ON e.s = o.s;

-- anti join without a band: update, lives 20 seconds, by the clock
SELECT e.id FROM raw e LEFT ANTI JOIN raw_others o ON e.s = o.s;

-- groups: update, lives 20 seconds, by the clock
SELECT s, count(*), sum(v) FROM raw GROUP BY s;

-- groups, on few of which rows fall again: update, lives 20 seconds, by the clock, on disk
SELECT text, max(v) FROM raw GROUP BY text;

-- DISTINCT: append, lives 20 seconds, by the clock
SELECT DISTINCT s FROM raw;

-- INTERSECT: update, lives 20 seconds, by the clock
SELECT s FROM raw INTERSECT SELECT s FROM raw_others;

-- count of distinct values of groups: update, lives 20 seconds, by the clock
SELECT s, count(DISTINCT v), median(v) FROM raw GROUP BY s;

-- OVER partitions: update, lives 20 seconds, by the clock
SELECT s, sum(v) OVER (PARTITION BY s ORDER BY id) FROM raw;

-- last row of each key: update, lives 20 seconds, by the clock
SELECT s, id FROM raw QUALIFY row_number() OVER (PARTITION BY s ORDER BY id DESC) = 1;

-- rank among the rows of a key: update, lives 20 seconds, by the clock
SELECT s, id FROM raw QUALIFY rank() OVER (PARTITION BY s ORDER BY v) = 1;

-- first row of each key: append, lives 20 seconds, by the clock
SELECT s, id FROM (SELECT s, id, row_number() OVER (PARTITION BY s ORDER BY NULL) AS n FROM raw) WHERE n <= 1;

-- session, partial results: update, lives 20 seconds, by the clock
SELECT s, session_window.end, count(*) FROM raw GROUP BY s, session_window(ts, INTERVAL '2' SECONDS);

-- session, every row: update, lives 20 seconds, by the clock
SELECT s, session_window.end, count(DISTINCT v) FROM raw GROUP BY s, session_window(ts, INTERVAL '2' SECONDS);

-- OVER in the order of time: append, lives 20 seconds, by the clock
SELECT s, row_number() OVER (PARTITION BY s ORDER BY ts), lag(v) OVER (PARTITION BY s ORDER BY ts) FROM events;

-- pattern without a bound: append, lives 20 seconds, by the clock
SELECT * FROM events MATCH_RECOGNIZE (PARTITION BY s ORDER BY ts, id MEASURES MATCH_NUMBER() AS n, a.id AS one
  PATTERN (a b) DEFINE a AS a.v < 300, b AS b.v > 900);

-- EXCEPT of a table: update, lives 20 seconds, by the clock
SELECT s FROM raw EXCEPT SELECT * FROM VALUES (1), (2) AS t(s);
