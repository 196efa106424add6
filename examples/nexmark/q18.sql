-- NEXMark q18: the last bid of each bidder at each auction
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q18 AS
SELECT auction, bidder, price, channel, url, dateTime, extra FROM (
  SELECT *, row_number() OVER (PARTITION BY bidder, auction ORDER BY dateTime DESC) AS place FROM STREAM bid)
WHERE place = 1;

AWAIT QUERY q18;
SELECT bidder, count(*) AS auctions FROM q18 GROUP BY bidder ORDER BY auctions DESC, bidder LIMIT 10;
