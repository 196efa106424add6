-- NEXMark q9: the bid that wins each auction
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours. Of the auction's columns the id and the seller.

SET thalweg.trigger = 'availableNow';

CREATE STREAM auction (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'auction', numEvents '100000', maxEventsPerTrigger '10000');

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q9 AS
SELECT id, seller, bidder, price, dateTime FROM (
  SELECT a.id, a.seller, b.bidder, b.price, b.dateTime,
         row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.dateTime) AS place
  FROM STREAM auction a JOIN STREAM bid b ON a.id = b.auction AND b.dateTime BETWEEN a.dateTime AND a.expires)
WHERE place = 1;

AWAIT QUERY q9;
SELECT id, bidder, price FROM q9 ORDER BY price DESC, id LIMIT 10;
