-- NEXMark q1: prices of dollars in euros
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q1 AS
SELECT auction, bidder, 0.908 * price AS price, dateTime, extra FROM STREAM bid;

AWAIT QUERY q1;
SELECT auction, bidder, price FROM q1 ORDER BY price DESC, auction, bidder LIMIT 10;
