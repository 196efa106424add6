-- NEXMark q13: each bid with what a table says of its auction
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours. The table has a thousand rows.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE TABLE side (key BIGINT, value STRING)
  USING csv OPTIONS (path 'examples/nexmark/side.csv', header 'true');

CREATE MATERIALIZED VIEW q13 AS
SELECT b.auction, b.bidder, b.price, b.dateTime, s.value
FROM STREAM bid b JOIN side s ON b.auction % 1000 = s.key;

AWAIT QUERY q13;
SELECT value, count(*) AS bids FROM q13 GROUP BY value ORDER BY bids DESC, value LIMIT 10;
