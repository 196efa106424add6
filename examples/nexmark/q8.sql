-- NEXMark q8: who opened an auction within the ten seconds of joining
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM person (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'person', numEvents '100000', maxEventsPerTrigger '10000');

CREATE STREAM auction (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'auction', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q8 AS
SELECT p.id, p.name, p.starts
FROM (SELECT id, name, window.start AS starts, window.end AS ends
      FROM STREAM person GROUP BY id, name, window(dateTime, '10 seconds')) p
JOIN (SELECT seller, window.start AS starts, window.end AS ends
      FROM STREAM auction GROUP BY seller, window(dateTime, '10 seconds')) a
  ON p.id = a.seller AND p.starts = a.starts AND p.ends = a.ends;

AWAIT QUERY q8;
SELECT starts, count(*) AS people FROM q8 GROUP BY starts ORDER BY starts;
