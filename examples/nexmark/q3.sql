-- NEXMark q3: who sells in some states, and what: a join of two streams that no time bounds
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM auction (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'auction', numEvents '100000', maxEventsPerTrigger '10000');

CREATE STREAM person (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'person', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q3 AS
SELECT p.name, p.city, p.state, a.id
FROM STREAM auction a JOIN STREAM person p ON a.seller = p.id
WHERE a.category = 10 AND p.state IN ('OR', 'ID', 'CA');

AWAIT QUERY q3;
SELECT state, count(*) AS auctions FROM q3 GROUP BY state ORDER BY state;
