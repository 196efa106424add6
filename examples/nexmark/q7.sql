-- NEXMark q7: the highest bids of every ten seconds
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours. A bid at the very end of a window belongs to the next one only.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q7 AS
SELECT b.auction, b.price, b.bidder, b.dateTime, b.extra
FROM STREAM bid b JOIN (
  SELECT max(price) AS highest, window.end AS ends FROM STREAM bid GROUP BY window(dateTime, '10 seconds')) m
  ON b.price = m.highest AND b.dateTime >= m.ends - INTERVAL '10' SECOND AND b.dateTime < m.ends;

AWAIT QUERY q7;
SELECT dateTime, auction, bidder, price FROM q7 ORDER BY dateTime LIMIT 10;
