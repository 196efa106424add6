-- NEXMark q4: what auctions of each category go for, on average: a join below an aggregate below an aggregate
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM auction (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'auction', numEvents '100000', maxEventsPerTrigger '10000');

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q4 AS
SELECT category, avg(final) AS average FROM (
  SELECT a.id, a.category, max(b.price) AS final
  FROM STREAM auction a JOIN STREAM bid b ON a.id = b.auction AND b.dateTime BETWEEN a.dateTime AND a.expires
  GROUP BY a.id, a.category)
GROUP BY category;

AWAIT QUERY q4;
SELECT category, round(average, 2) AS average FROM q4 ORDER BY category;
