-- NEXMark q2: bids of one auction of 123
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q2 AS
SELECT auction, price FROM STREAM bid WHERE auction % 123 = 0;

AWAIT QUERY q2;
SELECT auction, count(*) AS bids FROM q2 GROUP BY auction ORDER BY bids DESC, auction LIMIT 10;
