-- NEXMark q19: the ten highest bids of each auction
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours. Of equal bids the earlier one comes first.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q19 AS
SELECT * FROM (
  SELECT *, row_number() OVER (PARTITION BY auction ORDER BY price DESC, dateTime) AS place FROM STREAM bid)
WHERE place <= 10;

AWAIT QUERY q19;
SELECT auction, place, price FROM q19 ORDER BY auction, place LIMIT 10;
